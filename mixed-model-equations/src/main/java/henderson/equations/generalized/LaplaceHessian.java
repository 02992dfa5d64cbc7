package henderson.equations.generalized;

import java.util.Arrays;

/**
 * Second derivatives of {@code log L} by Laplace's approximation over the clusters of one grouping factor, theory (162) to
 * (165): along a coordinate the modes move, and η of each row with them. A workspace of one thread.
 *
 * <p>Letters: {@code A = H⁻¹}; {@code s_j} the derivative of the mode by coordinate j; {@code u_j} what multiplies z in the
 * derivative of η, so that this is {@code x_ij + z_iᵀu_j}; {@code P = Σ ℓ″zzᵀ}. Coordinates are β, then those of Λ. All that
 * rows are passed for are sums of their columns, X and Z, with weights.
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
    /** Pairs of columns of Z. */
    private final int pairs;

    private final LambdaBends lambda;
    /** Columns of Z over a leaf. */
    private final double[][] z;
    /** {@code ℓ″z_a}, then {@code ℓ‴z_a z_b}, b ≤ a; rows of a leaf. */
    private final double[][] weighted;
    /** Weight of the product of two derivatives of η, then it times the columns of Z; rows of a leaf. */
    private final double[] weight;

    private final double[][] weightedZ;
    /** Fourth derivatives, rows of a leaf. */
    private final double[] fourth;
    /** Sums of each column of X and Z with {@link #weighted}, then with {@link #weightedZ}. */
    private final double[][] sum;

    private final double[][] sumZ;
    /** First row of the leaf. */
    private int base;

    private final double[] a;
    private final double[] lambdaA;
    /** {@code ΛAΛᵀ}. */
    private final double[] spreadZ;

    private final double[][] s;
    private final double[][] u;
    /** {@code Σ ℓ‴ẋ_j zzᵀΛ}, the dot for the derivative of η. */
    private final double[][] turn;
    /** The derivative of H times A, its sign turned. */
    private final double[][] image;
    /** {@code Σ ℓ″ẋ_j z}. */
    private final double[][] pull;
    /** {@code Λ_jA}, for the coordinates of Λ. */
    private final double[][] spread;
    /** P. */
    private final double[] square;
    /** {@code PΛ}. */
    private final double[] half;
    /** {@code Σ ℓ′z}. */
    private final double[] slope;
    /** {@code a = A Σ ℓ‴(dᵀAd)d}, and Λa. */
    private final double[] lean;

    private final double[] leanZ;
    /** {@code Σ κz}. */
    private final double[] plain;

    private final double[] work;
    private final double[] block;

    LaplaceHessian(NestedPoint point, FactorBends bends) {
        this.point = point;
        this.rows = point.rows;
        this.mode = new ClusterMode(point);
        this.lambda = new LambdaBends(rows, bends);
        this.n = rows.n;
        this.p = rows.p;
        this.q = rows.path;
        this.m = p + lambda.size();
        this.pairs = q * (q + 1) / 2;
        int most = rows.mostLeafRows();
        this.z = new double[q][most];
        this.weighted = new double[q + pairs][most];
        this.weight = new double[most];
        this.weightedZ = new double[q][most];
        this.fourth = new double[most];
        this.sum = new double[p + q][q + pairs];
        this.sumZ = new double[p + q][q];
        this.a = new double[q * q];
        this.lambdaA = new double[q * q];
        this.spreadZ = new double[q * q];
        this.s = new double[m][q];
        this.u = new double[m][q];
        this.turn = new double[m][q * q];
        this.image = new double[m][q * q];
        this.pull = new double[m][q];
        this.spread = new double[lambda.size()][q * q];
        this.square = new double[q * q];
        this.half = new double[q * q];
        this.slope = new double[q];
        this.lean = new double[q];
        this.leanZ = new double[q];
        this.plain = new double[q];
        this.work = new double[q];
        this.block = new double[q * q];
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
        columns(count);
        System.arraycopy(point.density, 2 * n + base, weight, 0, count);
        for (int c = from; c < to && q > 0; c++) {
            cluster(c, out);
        }
        rows.addFixed(base, count, weight, fourth, m, out);
        return true;
    }

    private void columns(int count) {
        double[] density = point.density;
        int second = 2 * n + base;
        int third = 3 * n + base;
        int next = q;
        for (int b = 0; b < q; b++) {
            double[] own = z[b];
            double[] w = weighted[b];
            for (int i = 0; i < count; i++) {
                own[i] = rows.z[(base + i) * q + b];
                w[i] = density[second + i] * own[i];
            }
            for (int c = 0; c <= b; c++) {
                double[] other = z[c];
                double[] t = weighted[next++];
                for (int i = 0; i < count; i++) {
                    t[i] = density[third + i] * (own[i] * other[i]);
                }
            }
        }
    }

    private void cluster(int c, double[] out) {
        int from = rows.firstRow(c) - base;
        int to = rows.firstRow(c + 1) - base;
        for (int j = 0; j < p + q; j++) {
            sums(j, from, to, weighted, sum[j]);
        }
        ofCluster(c, from, to);
        for (int j = 0; j < m; j++) {
            ofCoordinate(c, j);
        }
        weights(from, to);
        for (int j = 0; j < p + q; j++) {
            sums(j, from, to, weightedZ, sumZ[j]);
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

    /** Sums of one column over the rows of a cluster, with several weights. */
    private void sums(int j, int from, int to, double[][] w, double[] into) {
        double[] column = j < p ? rows.x : z[j - p];
        int at = j < p ? j * n + base : 0;
        int b = 0;
        for (; b < into.length - 1; b += 2) {
            double[] first = w[b];
            double[] second = w[b + 1];
            double one = 0;
            double two = 0;
            for (int i = from; i < to; i++) {
                double own = column[at + i];
                one += first[i] * own;
                two += second[i] * own;
            }
            into[b] = one;
            into[b + 1] = two;
        }
        if (b < into.length) {
            double[] last = w[b];
            double one = 0;
            for (int i = from; i < to; i++) {
                one += last[i] * column[at + i];
            }
            into[b] = one;
        }
    }

    /** What belongs to a cluster, whatever the coordinate. */
    private void ofCluster(int c, int from, int to) {
        double[] root = point.curvature.root[0];
        double[] l = point.lambda[0];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double entry = 0;
                for (int k = 0; k <= j; k++) {
                    entry += root[(c * q + i) * q + k] * root[(c * q + j) * q + k];
                }
                a[i * q + j] = entry;
                a[j * q + i] = entry;
            }
            double g = 0;
            for (int r = from; r < to; r++) {
                g += point.density[n + base + r] * z[i][r];
            }
            slope[i] = g;
            System.arraycopy(sum[p + i], 0, square, i * q, q);
        }
        Products.multiply(q, square, l, half);
        Products.multiply(q, l, a, lambdaA);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double entry = 0;
                for (int k = 0; k < q; k++) {
                    entry += lambdaA[i * q + k] * l[j * q + k];
                }
                spreadZ[i * q + j] = entry;
            }
        }
        for (int i = 0; i < q; i++) { // Σ ℓ‴(dᵀAd)z
            work[i] = Products.mirrored(q, sum[p + i], q, spreadZ);
            plain[i] = slope[i] + work[i] / 2;
        }
        for (int i = 0; i < q; i++) { // a = AΛᵀ of it
            double entry = 0;
            for (int k = 0; k < q; k++) {
                entry += lambdaA[k * q + i] * work[k];
            }
            lean[i] = entry;
        }
        Products.multiply(q, l, lean, 0, leanZ);
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                plain[i] += half[i * q + k] * lean[k] / 2;
            }
        }
        for (int k = 0; k < lambda.size(); k++) {
            Products.multiply(q, lambda.first(k), a, spread[k]);
        }
    }

    /** The mode's move (162), that of η, and that of H (163). */
    private void ofCoordinate(int c, int j) {
        double[] l = point.lambda[0];
        double[] own = j < p ? l : lambda.first(j - p);
        double[] direct = u[j]; // of η, before the mode moves
        if (j < p) {
            Arrays.fill(direct, 0);
            System.arraycopy(sum[j], 0, pull[j], 0, q);
        } else {
            Products.multiply(q, own, point.mode[0], c * q, direct);
            Products.multiply(q, square, direct, 0, pull[j]);
        }
        for (int i = 0; i < q; i++) {
            double entry = 0;
            for (int k = 0; k < q; k++) {
                entry += l[k * q + i] * pull[j][k] + (j < p ? 0 : own[k * q + i] * slope[k]);
            }
            work[i] = entry;
        }
        Products.multiply(q, a, work, 0, s[j]);
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                direct[i] += l[i * q + k] * s[j][k];
                pull[j][i] += half[i * q + k] * s[j][k];
            }
        }
        cubic(j);
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                double entry = 0;
                for (int b = 0; b < q; b++) {
                    entry += l[b * q + i] * turn[j][b * q + k];
                    entry += j < p ? 0 : own[b * q + i] * half[b * q + k] + half[b * q + i] * own[b * q + k];
                }
                block[i * q + k] = entry;
            }
        }
        Products.multiply(q, block, a, image[j]);
    }

    /** {@code Σ ℓ‴ẋ_j zzᵀ} times Λ. */
    private void cubic(int j) {
        int next = q;
        for (int i = 0; i < q; i++) {
            for (int k = 0; k <= i; k++, next++) {
                double entry = j < p ? sum[j][next] : 0;
                for (int b = 0; b < q; b++) {
                    entry += sum[p + b][next] * u[j][b];
                }
                block[i * q + k] = entry;
                block[k * q + i] = entry;
            }
        }
        Products.multiply(q, block, point.lambda[0], turn[j]);
    }

    /** Weights of the rows, theory (164). */
    private void weights(int from, int to) {
        for (int r = from; r < to; r++) {
            double form = 0;
            double along = 0;
            for (int i = 0; i < q; i++) {
                double entry = 0;
                for (int k = 0; k < q; k++) {
                    entry += spreadZ[i * q + k] * z[k][r];
                }
                form += entry * z[i][r];
                along += leanZ[i] * z[i][r];
            }
            weight[r] += (fourth[r] * form + point.density[3 * n + base + r] * along) / 2;
            for (int i = 0; i < q; i++) {
                weightedZ[i][r] = weight[r] * z[i][r];
            }
        }
    }

    /** What a cluster adds beside the products of columns of X, theory (165). */
    private double pair(int j, int k) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            double entry = k < p ? sumZ[k][i] : 0;
            for (int b = 0; b < q; b++) {
                entry += sumZ[p + i][b] * u[k][b];
                out += image[j][i * q + b] * image[k][b * q + i] / 2;
            }
            out += u[j][i] * entry - s[j][i] * s[k][i];
            out += j < p ? u[k][i] * sumZ[j][i] : 0;
        }
        out += j >= p ? leaning(j, k) : 0;
        out += k >= p ? leaning(k, j) : 0;
        if (j >= p && k >= p) {
            out += Products.form(q, square, lambda.first(k - p), spread[j - p]);
        }
        return out;
    }

    /** {@code (Σ κz)ᵀΛ_j s_k + ⟨Σ ℓ‴ẋ_k z dᵀ, Λ_jA⟩ + ½(Σ ℓ″ẋ_k z)ᵀΛ_j a}. */
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

    /** What a second derivative of Λ adds: {@code (Σ κz)ᵀΛ_jk v + ½(Σ ℓ′z)ᵀΛ_jk a + ⟨PΛA, Λ_jk⟩}. */
    private double bent(int c, double[] l) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int b = 0; b < q; b++) {
                double entry = plain[i] * point.mode[0][c * q + b] + slope[i] * lean[b] / 2;
                for (int r = 0; r < q; r++) {
                    entry += half[i * q + r] * a[r * q + b];
                }
                out += l[i * q + b] * entry;
            }
        }
        return out;
    }
}
