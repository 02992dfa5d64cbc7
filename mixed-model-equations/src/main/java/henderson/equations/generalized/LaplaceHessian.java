package henderson.equations.generalized;

import java.util.Arrays;

/**
 * Second derivatives of {@code log L} by Laplace's approximation over the clusters of one grouping factor, theory (162) to
 * (165): along a coordinate the modes move, and η of each row with them. A workspace of one thread.
 *
 * <p>Letters: {@code A = H⁻¹}, {@code e_ij} the derivative of η_i by coordinate j while the mode follows, {@code s_j} that of the
 * mode; coordinates are β, then those of Λ.
 */
final class LaplaceHessian implements NestedHessian.Rule {
    private final NestedPoint point;
    private final NestedRows rows;
    private final ClusterMode mode;
    private final int n;
    private final int p;
    private final int q;
    /** Coordinates. */
    private final int m;
    private final LambdaBends lambda;
    /** {@code e_ij}, coordinates × rows of a leaf. */
    private final double[][] e;
    /** Weight of {@code e_ij e_ik}, rows of a leaf. */
    private final double[] weight;
    /** Fourth derivatives, rows of a leaf. */
    private final double[] fourth;
    /** A weight times one column of e. */
    private final double[] weighted;
    /** First row of the leaf. */
    private int base;

    private final double[] a;
    /** {@code s_j}. */
    private final double[][] s;
    /** {@code Σ ℓ‴e_j z dᵀ}, then the derivative of H, its sign turned; each q × q. */
    private final double[][] turn;

    /** The derivative of H times A, its sign turned. */
    private final double[][] image;
    /** {@code Σ ℓ″e_j z}. */
    private final double[][] pull;
    /** {@code Λ_jA}, for the coordinates of Λ. */
    private final double[][] spread;
    /** {@code Λ_jv}. */
    private final double[][] moved;
    /** {@code Σ ℓ″zzᵀ}. */
    private final double[] square;
    /** {@code Σ ℓ″zzᵀΛ}. */
    private final double[] half;
    /** {@code Σ ℓ′z}. */
    private final double[] slope;
    /** {@code A Σ ℓ‴q d}. */
    private final double[] lean;
    /** {@code Σ κz}. */
    private final double[] plain;

    private final double[] work;

    LaplaceHessian(NestedPoint point, FactorBends bends) {
        this.point = point;
        this.rows = point.rows;
        this.mode = new ClusterMode(point);
        this.lambda = new LambdaBends(rows, bends);
        this.n = rows.n;
        this.p = rows.p;
        this.q = rows.path;
        this.m = p + lambda.size();
        int most = rows.mostLeafRows();
        this.e = new double[m][most];
        this.weight = new double[most];
        this.fourth = new double[most];
        this.weighted = new double[most];
        this.a = new double[q * q];
        this.s = new double[m][q];
        this.turn = new double[m][q * q];
        this.image = new double[m][q * q];
        this.pull = new double[m][q];
        this.spread = new double[lambda.size()][q * q];
        this.moved = new double[lambda.size()][q];
        this.square = new double[q * q];
        this.half = new double[q * q];
        this.slope = new double[q];
        this.lean = new double[q];
        this.plain = new double[q];
        this.work = new double[q];
    }

    /** Whether these derivatives are offered for some rows. */
    static boolean offered(NestedRows rows) {
        return rows.depths == 1 && rows.auxiliaries == 0;
    }

    @Override
    public boolean add(int from, int to, double[] out) {
        base = rows.firstRow(from);
        int count = rows.firstRow(to) - base;
        for (int c = from; c < to; c++) {
            if (!mode.find(c)) {
                return false;
            }
        }
        if (q > 0 && !rows.family.fourthDerivatives(base, base + count, point.eta, point.phi, point.density, fourth)) {
            return false;
        }
        for (int c = from; c < to; c++) {
            cluster(c, out);
        }
        for (int j = 0; j < m; j++) {
            double[] own = e[j];
            for (int i = 0; i < count; i++) {
                weighted[i] = weight[i] * own[i];
            }
            for (int k = 0; k <= j; k++) {
                out[j * m + k] += product(weighted, e[k], count);
            }
        }
        return true;
    }

    private static double product(double[] x, double[] y, int count) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i < count - 3; i += 4) {
            a += x[i] * y[i];
            b += x[i + 1] * y[i + 1];
            c += x[i + 2] * y[i + 2];
            d += x[i + 3] * y[i + 3];
        }
        for (; i < count; i++) {
            a += x[i] * y[i];
        }
        return a + b + (c + d);
    }

    private void cluster(int c, double[] out) {
        int from = rows.firstRow(c);
        int to = rows.firstRow(c + 1);
        inverse(c);
        second(from, to);
        for (int j = 0; j < m; j++) {
            modeMoves(c, j, from, to);
            predictorMoves(j, from, to);
        }
        weights(from, to);
        for (int j = 0; j < m; j++) {
            sums(j, from, to);
        }
        for (int j = 0; j < m; j++) {
            curvatureMoves(j);
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k <= j; k++) {
                out[j * m + k] += pair(j, k);
            }
            for (int k = p; k <= j; k++) {
                double[] bend = lambda.second(j - p, k - p);
                out[j * m + k] += bend.length == 0 ? 0 : bent(c, bend);
            }
        }
    }

    /** {@code A = CCᵀ}. */
    private void inverse(int c) {
        double[] root = point.curvature.root[0];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k <= j; k++) {
                    sum += root[(c * q + i) * q + k] * root[(c * q + j) * q + k];
                }
                a[i * q + j] = sum;
                a[j * q + i] = sum;
            }
        }
    }

    /** {@code Σ ℓ″zzᵀ}, {@code Σ ℓ′z}, and what belongs to each coordinate of Λ alone. */
    private void second(int from, int to) {
        double[] density = point.density;
        double[] z = rows.z;
        for (int i = 0; i < q; i++) {
            double g = 0;
            for (int r = from; r < to; r++) {
                g += density[n + r] * z[r * q + i];
            }
            slope[i] = g;
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int r = from; r < to; r++) {
                    sum += density[2 * n + r] * z[r * q + i] * z[r * q + j];
                }
                square[i * q + j] = sum;
                square[j * q + i] = sum;
            }
        }
        multiply(square, point.lambda[0], half);
        for (int k = 0; k < lambda.size(); k++) {
            multiply(lambda.first(k), a, spread[k]);
        }
    }

    private void multiply(double[] x, double[] y, double[] to) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += x[i * q + k] * y[k * q + j];
                }
                to[i * q + j] = sum;
            }
        }
    }

    private void multiply(double[] x, double[] y, int at, double[] to) {
        for (int i = 0; i < q; i++) {
            double sum = 0;
            for (int k = 0; k < q; k++) {
                sum += x[i * q + k] * y[at + k];
            }
            to[i] = sum;
        }
    }

    /** {@code s_j = A(Λᵀ Σ ℓ″η_j z + Λ_jᵀ Σ ℓ′z)}, theory (162). */
    private void modeMoves(int c, int j, int from, int to) {
        double[] x = rows.x;
        double[] z = rows.z;
        int column = j * n;
        if (j < p) {
            for (int i = 0; i < q; i++) {
                double sum = 0;
                for (int r = from; r < to; r++) {
                    sum += point.density[2 * n + r] * x[column + r] * z[r * q + i];
                }
                work[i] = sum;
            }
        } else {
            multiply(lambda.first(j - p), point.mode[0], c * q, moved[j - p]);
            multiply(square, moved[j - p], 0, work);
        }
        double[] g = lean; // not yet in use
        for (int i = 0; i < q; i++) {
            double sum = 0;
            for (int k = 0; k < q; k++) {
                sum += point.lambda[0][k * q + i] * work[k];
                sum += j < p ? 0 : lambda.first(j - p)[k * q + i] * slope[k];
            }
            g[i] = sum;
        }
        multiply(a, g, 0, s[j]);
    }

    /** {@code e_ij = η_i,j + d_iᵀs_j}. */
    private void predictorMoves(int j, int from, int to) {
        double[] own = e[j];
        double[] z = rows.z;
        double[] d = point.d;
        if (j < p) {
            System.arraycopy(rows.x, j * n + from, own, from - base, to - from);
        } else {
            Arrays.fill(own, from - base, to - base, 0);
        }
        for (int i = 0; i < q; i++) {
            double step = s[j][i];
            for (int r = from; r < to; r++) {
                own[r - base] += d[r * q + i] * step;
            }
            if (j >= p) {
                double along = moved[j - p][i];
                for (int r = from; r < to; r++) {
                    own[r - base] += z[r * q + i] * along;
                }
            }
        }
    }

    /** Weights of the rows, theory (164). */
    private void weights(int from, int to) {
        double[] density = point.density;
        double[] d = point.d;
        Arrays.fill(lean, 0);
        for (int r = from; r < to; r++) {
            double form = 0;
            for (int i = 0; i < q; i++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    sum += a[i * q + j] * d[r * q + j];
                }
                form += sum * d[r * q + i];
            }
            weighted[r - base] = form;
            double t = density[3 * n + r] * form;
            for (int i = 0; i < q; i++) {
                lean[i] += t * d[r * q + i];
            }
        }
        System.arraycopy(lean, 0, work, 0, q);
        multiply(a, work, 0, lean);
        Arrays.fill(plain, 0);
        for (int r = from; r < to; r++) {
            double along = 0;
            for (int i = 0; i < q; i++) {
                along += lean[i] * d[r * q + i];
            }
            double form = weighted[r - base];
            double w = density[2 * n + r];
            double t = density[3 * n + r];
            weight[r - base] = w + (q > 0 ? fourth[r - base] * form + t * along : 0) / 2;
            double kappa = density[n + r] + (t * form + w * along) / 2;
            for (int i = 0; i < q; i++) {
                plain[i] += kappa * rows.z[r * q + i];
            }
        }
    }

    /** {@code Σ ℓ‴e_j z dᵀ}, {@code Σ ℓ″e_j z}. */
    private void sums(int j, int from, int to) {
        double[] own = e[j];
        double[] density = point.density;
        double[] z = rows.z;
        double[] d = point.d;
        for (int i = 0; i < q; i++) {
            double first = 0;
            for (int r = from; r < to; r++) {
                first += density[2 * n + r] * own[r - base] * z[r * q + i];
            }
            pull[j][i] = first;
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int r = from; r < to; r++) {
                    sum += density[3 * n + r] * own[r - base] * z[r * q + i] * d[r * q + k];
                }
                turn[j][i * q + k] = sum;
            }
        }
    }

    /** {@code −H_jA}, {@code −H_j = Λᵀ Σ ℓ‴e_j z dᵀ + Λ_jᵀPΛ + ΛᵀPΛ_j}, P the sum of {@code ℓ″zzᵀ}; theory (163). */
    private void curvatureMoves(int j) {
        double[] l = point.lambda[0];
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int b = 0; b < q; b++) {
                    sum += l[b * q + i] * turn[j][b * q + k];
                    if (j >= p) {
                        double[] own = lambda.first(j - p);
                        sum += own[b * q + i] * half[b * q + k] + half[b * q + i] * own[b * q + k];
                    }
                }
                image[j][i * q + k] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                double sum = 0;
                for (int b = 0; b < q; b++) {
                    sum += image[j][i * q + b] * a[b * q + k];
                }
                work[k] = sum;
            }
            System.arraycopy(work, 0, image[j], i * q, q);
        }
    }

    /** What a cluster adds beside the rows' own products, theory (165). */
    private double pair(int j, int k) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            out -= s[j][i] * s[k][i];
            for (int b = 0; b < q; b++) {
                out += image[j][i * q + b] * image[k][b * q + i] / 2;
            }
        }
        out += j >= p ? leaning(j, k) : 0;
        out += k >= p ? leaning(k, j) : 0;
        if (j >= p && k >= p) {
            out += both(lambda.first(k - p), spread[j - p]);
        }
        return out;
    }

    /** {@code (Σ κz)ᵀΛ_j s_k + ⟨Σ ℓ‴e_k z dᵀ, Λ_jA⟩ + ½(Σ ℓ″e_k z)ᵀΛ_j a}. */
    private double leaning(int j, int k) {
        double[] own = lambda.first(j - p);
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int b = 0; b < q; b++) {
                out += own[i * q + b] * (plain[i] * s[k][b] + pull[k][i] * lean[b] / 2);
                out += turn[k][i * q + b] * spread[j - p][i * q + b];
            }
        }
        return out;
    }

    /** {@code ⟨P, Λ_jAΛ_kᵀ⟩}. */
    private double both(double[] second, double[] image) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int b = 0; b < q; b++) {
                double sum = 0;
                for (int r = 0; r < q; r++) {
                    sum += image[i * q + r] * second[b * q + r];
                }
                out += square[i * q + b] * sum;
            }
        }
        return out;
    }

    /** What a second derivative of Λ adds: {@code (Σ κz)ᵀΛ_jk v + ½(Σ ℓ′z)ᵀΛ_jk a + ⟨PΛA, Λ_jk⟩}. */
    private double bent(int c, double[] l) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int b = 0; b < q; b++) {
                double sum = plain[i] * point.mode[0][c * q + b] + slope[i] * lean[b] / 2;
                for (int r = 0; r < q; r++) {
                    sum += half[i * q + r] * a[r * q + b];
                }
                out += l[i * q + b] * sum;
            }
        }
        return out;
    }
}
