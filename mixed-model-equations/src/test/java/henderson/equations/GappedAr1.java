package henderson.equations;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Whitening;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** First-order autoregression over whole-number times, gaps being gaps: covariance {@code θ² (sin ψ)^|s − t|}. */
final class GappedAr1 implements BoundStructure {
    private final int[] times;

    GappedAr1(int... times) {
        this.times = times.clone();
    }

    @Override
    public List<Coordinate> coordinates() {
        return List.of(Coordinate.variance("var(e)", -1), Coordinate.correlation("rho"));
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        for (int i = 0; i < at.length; i++) {
            for (int j = 0; j < at.length; j++) {
                out.set(i, j, tau[0] * tau[0] * Math.pow(Math.sin(tau[1]), Math.abs(times[at[i]] - times[at[j]])));
            }
        }
        return out;
    }

    /** Given the row before, a row has mean φ times it and variance θ²(1 − φ²), φ = ρ^gap: O(rows). */
    @Override
    public Whitening whitening(int[] at) {
        return new Chain(at);
    }

    private final class Chain implements Whitening {
        private final int n;
        private final int[] gap;
        private final double[] phi;
        private final double[] slope;
        private final double[] sd;
        private double logDeterminant;
        private double theta;

        Chain(int[] at) {
            this.n = at.length;
            this.gap = new int[n];
            this.phi = new double[n];
            this.slope = new double[n];
            this.sd = new double[n];
            for (int i = 1; i < n; i++) {
                gap[i] = times[at[i]] - times[at[i - 1]];
            }
        }

        @Override
        public boolean update(double[] tau) {
            double rho = Math.sin(tau[1]);
            theta = tau[0];
            logDeterminant = 0;
            for (int i = 0; i < n; i++) {
                phi[i] = i == 0 ? 0 : Math.pow(rho, gap[i]);
                slope[i] = i == 0 ? 0 : gap[i] * Math.pow(rho, gap[i] - 1) * Math.cos(tau[1]);
                double variance = theta * theta * (1 - phi[i] * phi[i]);
                if (!(variance > 0)) {
                    return false;
                }
                sd[i] = Math.sqrt(variance);
                logDeterminant += Math.log(variance);
            }
            return true;
        }

        @Override
        public double logDeterminant() {
            return logDeterminant;
        }

        @Override
        public void whiten(double[] x, int offset, int columns) {
            for (int i = n - 1; i >= 0; i--) {
                for (int j = 0; j < columns; j++) {
                    double before = i == 0 ? 0 : phi[i] * x[offset + (i - 1) * columns + j];
                    x[offset + i * columns + j] = (x[offset + i * columns + j] - before) / sd[i];
                }
            }
        }

        @Override
        public void colour(double[] x, int offset, int columns) {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < columns; j++) {
                    double before = i == 0 ? 0 : phi[i] * x[offset + (i - 1) * columns + j];
                    x[offset + i * columns + j] = before + sd[i] * x[offset + i * columns + j];
                }
            }
        }

        /**
         * With L = C⁻¹: ∂(C⁻¹)C = D, so Q = −(D + Dᵀ); row i of ∂(C⁻¹) holds the slopes of {@code −φ/sd} and {@code 1/sd}.
         */
        @Override
        public void q(int k, double[] x, int offset, int columns, double[] out) {
            for (int i = 0; i < n * columns; i++) {
                out[offset + i] = 0;
            }
            double[] up = x.clone();
            colour(up, offset, columns); // Cx
            double[] down = new double[x.length];
            for (int i = 0; i < n; i++) {
                double own = ownSlope(k, i);
                double link = linkSlope(k, i);
                for (int j = 0; j < columns; j++) {
                    int at = offset + i * columns + j;
                    out[at] -= own * up[at] + (i == 0 ? 0 : link * up[at - columns]);
                    down[at] += own * x[at];
                    if (i > 0) {
                        down[at - columns] += link * x[at];
                    }
                }
            }
            // Cᵀ applied from the last row up
            for (int i = n - 1; i >= 0; i--) {
                for (int j = 0; j < columns; j++) {
                    int at = offset + i * columns + j;
                    if (i > 0) {
                        down[at - columns] += phi[i] * down[at];
                    }
                    out[at] -= sd[i] * down[at];
                }
            }
        }

        private double ownSlope(int k, int i) {
            if (k == 0) {
                return -1 / (theta * sd[i]);
            }
            return theta * theta * phi[i] * slope[i] / (sd[i] * sd[i] * sd[i]);
        }

        private double linkSlope(int k, int i) {
            return -phi[i] * ownSlope(k, i) - (k == 0 ? 0 : slope[i] / sd[i]);
        }

        @Override
        public double traceQ(int k) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum -= 2 * ownSlope(k, i) * sd[i];
            }
            return sum;
        }
    }
}
