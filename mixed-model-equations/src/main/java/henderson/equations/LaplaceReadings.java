package henderson.equations;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;

/** What is read from {@link LaplaceApproximation} at its last point: information, modes, variances and importance weights. */
public final class LaplaceReadings {
    private final LaplaceApproximation laplace;

    /** Reads from an approximation. */
    public LaplaceReadings(LaplaceApproximation laplace) {
        this.laplace = laplace;
    }

    /**
     * Information on β at the last point: {@code 2(XᵀWX − XᵀWD H⁻¹ DᵀWX)}, theory (119).
     *
     * @param out p × p. Modified.
     */
    public void fixedInformation(DMatrixRMaj out) {
        int p = laplace.equations.p;
        double[] cross = new double[laplace.v.length * p];
        double[] weight = new double[laplace.n];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = -laplace.density[2 * laplace.n + i];
        }
        double[] sum = new double[p * p];
        addFixed(weight, sum);
        laplace.design.scatter(weight, laplace.equations.x, p, cross);
        for (int c = 0; c < laplace.equations.elimination.components(); c++) {
            laplace.factor.forward(c, cross, p);
        }
        for (int r = 0; r < cross.length; r += p) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k <= j; k++) {
                    sum[j * p + k] -= cross[r + j] * cross[r + k];
                }
            }
        }
        for (int j = 0; j < p; j++) {
            for (int k = 0; k <= j; k++) {
                out.set(j, k, 2 * sum[j * p + k]);
                out.set(k, j, 2 * sum[j * p + k]);
            }
        }
    }

    /** Adds {@code XᵀWX}, its lower triangle. {@code sum} is modified. */
    private void addFixed(double[] weight, double[] sum) {
        int p = laplace.equations.p;
        double[] x = laplace.equations.x;
        for (int i = 0; i < weight.length; i++) {
            int row = i * p;
            for (int j = 0; j < p; j++) {
                double wx = weight[i] * x[row + j];
                for (int k = 0; k <= j; k++) {
                    sum[j * p + k] += wx * x[row + k];
                }
            }
        }
    }

    /** Conditional modes {@code b̂ = Λv̂} of a term, levels × columns. */
    public double[] modes(int term) {
        Layout layout = laplace.equations.layout;
        int f = layout.factorOf[term];
        int q = layout.columns[term];
        DMatrixRMaj l = laplace.lambda.ofTerm(term);
        double[] out = new double[layout.levels(f) * q];
        for (int level = 0; level < layout.levels(f); level++) {
            int place = laplace.factor.row(layout.firstNode[f] + level) + layout.columnOf[term];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    out[level * q + i] += l.data[i * q + j] * laplace.v[place + j];
                }
            }
        }
        return out;
    }

    /** Curvature covariances {@code Λ(H⁻¹)Λᵀ} of a term, levels × columns × columns, after {@link LaplaceApproximation#gradient}. */
    public double[] variances(int term) {
        Layout layout = laplace.equations.layout;
        int f = layout.factorOf[term];
        int q = layout.columns[term];
        int column = layout.columnOf[term];
        DMatrixRMaj l = laplace.lambda.ofTerm(term);
        double[] out = new double[layout.levels(f) * q * q];
        for (int level = 0; level < layout.levels(f); level++) {
            int node = layout.firstNode[f] + level;
            int stride = laplace.factor.inverseStride(node);
            int at = laplace.factor.inverseOffset(node, node) + column * stride + column;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int k = 0; k < q; k++) {
                        for (int m = 0; m < q; m++) {
                            sum += l.data[i * q + k]
                                    * laplace.factor.inverse()[at + k * stride + m]
                                    * l.data[j * q + m];
                        }
                    }
                    out[(level * q + i) * q + j] = sum;
                }
            }
        }
        return out;
    }

    /** Mean square of each column of Z of a term. */
    public double[] meanSquares(int term) {
        Layout layout = laplace.equations.layout;
        int from = layout.columnOf[term];
        for (int g = 0; g < layout.factorOf[term]; g++) {
            from += layout.width[g];
        }
        double[] out = new double[layout.columns[term]];
        for (int i = 0; i < laplace.n; i++) {
            for (int a = 0; a < out.length; a++) {
                double z = laplace.equations.z[i * laplace.equations.entries + from + a];
                out[a] += z * z / laplace.n;
            }
        }
        return out;
    }

    /**
     * Logarithms of importance weights {@code exp(−h(v) + h(v̂) + ½(v − v̂)ᵀH(v − v̂))}, {@code v ~ N(v̂, H⁻¹)}, at the last
     * point, which is left as it was. Each pair of draws is {@code v̂ ± δ}: what is odd in δ cancels.
     *
     * @param draws even
     */
    public double[] importance(int draws, long seed) {
        Random random = new Random(seed);
        double[] mode = laplace.v.clone();
        double[] away = laplace.proposal;
        double[] at = new double[mode.length];
        double h = laplace.penalized(mode, 0);
        double[] out = new double[draws];
        for (int k = 0; k < draws; k += 2) {
            double half = 0;
            for (int i = 0; i < mode.length; i++) {
                away[i] = random.nextGaussian();
                half += away[i] * away[i] / 2;
            }
            for (int c = 0; c < laplace.equations.elimination.components(); c++) {
                laplace.factor.backward(c, away, 1);
            }
            for (int side = 0; side < 2; side++) {
                for (int i = 0; i < mode.length; i++) {
                    at[i] = side == 0 ? mode[i] + away[i] : mode[i] - away[i];
                }
                double there = laplace.penalized(at, 0);
                out[k + side] = Double.isNaN(there) ? Double.NEGATIVE_INFINITY : h - there + half;
            }
        }
        laplace.penalized(mode);
        return out;
    }
}
