package henderson.framework;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The robust covariance by brute force in coordinates of its own: β, and θ of which a function makes the covariance of two
 * rows. Scores and the Hessian of the likelihood, β profiled out, are six-point differences of dense likelihoods.
 */
final class DenseSandwich {
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    /** Covariance of rows i and j at θ. */
    interface Covariance {
        double of(double[] theta, int i, int j);
    }

    private final double[] y;
    private final double[][] x;
    private final Covariance covariance;
    private final List<int[]> clusters = new ArrayList<>();

    DenseSandwich(double[] y, double[][] x, int[] cluster, Covariance covariance) {
        this.y = y;
        this.x = x;
        this.covariance = covariance;
        Map<Integer, List<Integer>> rows = new TreeMap<>();
        for (int i = 0; i < y.length; i++) {
            rows.computeIfAbsent(cluster[i], c -> new ArrayList<>()).add(i);
        }
        rows.values()
                .forEach(
                        r -> clusters.add(r.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** {@code C (Σ s sᵀ) C} at (β, θ), C block-diagonal. */
    DMatrixRMaj at(double[] beta, double[] theta) {
        int p = beta.length;
        int k = theta.length;
        DMatrixRMaj bread = new DMatrixRMaj(p + k, p + k);
        CommonOps_DDRM.insert(inverse(crossProducts(theta)[0]), bread, 0, 0);
        DMatrixRMaj hessian = new DMatrixRMaj(k, k);
        double[][] rows = new double[k][];
        for (int a = 0; a < k; a++) {
            int at = a;
            rows[a] = gradient(t -> gradient(this::profile, t, at), theta);
        }
        for (int a = 0; a < k; a++) {
            for (int b = 0; b < k; b++) {
                hessian.set(a, b, -(rows[a][b] + rows[b][a]) / 2);
            }
        }
        CommonOps_DDRM.insert(inverse(hessian), bread, p, p);
        DMatrixRMaj meat = new DMatrixRMaj(p + k, p + k);
        double[] point = new double[p + k];
        System.arraycopy(beta, 0, point, 0, p);
        System.arraycopy(theta, 0, point, p, k);
        for (int[] c : clusters) {
            double[] s = gradient(q -> logLikelihood(c, q, p), point);
            for (int i = 0; i < s.length; i++) {
                for (int j = 0; j < s.length; j++) {
                    meat.add(i, j, s[i] * s[j]);
                }
            }
        }
        DMatrixRMaj half = new DMatrixRMaj(p + k, p + k);
        DMatrixRMaj out = new DMatrixRMaj(p + k, p + k);
        CommonOps_DDRM.mult(bread, meat, half);
        CommonOps_DDRM.mult(half, bread, out);
        return out;
    }

    private static DMatrixRMaj inverse(DMatrixRMaj a) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numCols);
        CommonOps_DDRM.invert(a, out);
        return out;
    }

    private double logLikelihood(int[] rows, double[] point, int p) {
        double[] theta = java.util.Arrays.copyOfRange(point, p, point.length);
        double[][] columns = new double[1][rows.length];
        for (int i = 0; i < rows.length; i++) {
            columns[0][i] = y[rows[i]];
            for (int j = 0; j < p; j++) {
                columns[0][i] -= x[rows[i]][j] * point[j];
            }
        }
        double log = whiten(rows, theta, columns);
        return log - product(columns[0], columns[0]) / 2;
    }

    /** XᵀV⁻¹X, XᵀV⁻¹y and the rest of the log-likelihood, with yᵀV⁻¹y. */
    private DMatrixRMaj[] crossProducts(double[] theta) {
        int p = x[0].length;
        DMatrixRMaj xx = new DMatrixRMaj(p, p);
        DMatrixRMaj xy = new DMatrixRMaj(p, 1);
        DMatrixRMaj rest = new DMatrixRMaj(2, 1);
        for (int[] rows : clusters) {
            double[][] columns = new double[p + 1][rows.length];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < p; j++) {
                    columns[j][i] = x[rows[i]][j];
                }
                columns[p][i] = y[rows[i]];
            }
            rest.add(0, 0, whiten(rows, theta, columns));
            rest.add(1, 0, product(columns[p], columns[p]));
            for (int i = 0; i < p; i++) {
                xy.add(i, 0, product(columns[i], columns[p]));
                for (int j = 0; j < p; j++) {
                    xx.add(i, j, product(columns[i], columns[j]));
                }
            }
        }
        return new DMatrixRMaj[] {xx, xy, rest};
    }

    private double profile(double[] theta) {
        DMatrixRMaj[] c = crossProducts(theta);
        DMatrixRMaj beta = new DMatrixRMaj(c[1].numRows, 1);
        CommonOps_DDRM.mult(inverse(c[0]), c[1], beta);
        return c[2].get(0, 0) - (c[2].get(1, 0) - CommonOps_DDRM.dot(c[1], beta)) / 2;
    }

    /** Columns are multiplied by the inverse of the Cholesky factor; gives {@code −½(log|V| + n log 2π)}. */
    private double whiten(int[] rows, double[] theta, double[][] columns) {
        int n = rows.length;
        double[][] v = new double[n][n];
        double out = -n * Math.log(2 * Math.PI) / 2;
        for (int k = 0; k < n; k++) {
            for (int i = k; i < n; i++) {
                v[i][k] = covariance.of(theta, rows[i], rows[k]);
                for (int j = 0; j < k; j++) {
                    v[i][k] -= v[i][j] * v[k][j];
                }
            }
            double pivot = Math.sqrt(v[k][k]);
            for (int i = k; i < n; i++) {
                v[i][k] /= pivot;
            }
            for (double[] c : columns) {
                for (int j = 0; j < k; j++) {
                    c[k] -= v[k][j] * c[j];
                }
                c[k] /= pivot;
            }
            out -= Math.log(pivot);
        }
        return out;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] gradient(ToDoubleFunction<double[]> f, double[] point) {
        double[] out = new double[point.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = gradient(f, point, k);
        }
        return out;
    }

    private static double gradient(ToDoubleFunction<double[]> f, double[] point, int k) {
        double h = 0x1p-7 * Math.max(1, Math.abs(point[k]));
        double out = 0;
        for (int s = 1; s <= WEIGHTS.length; s++) {
            double[] up = point.clone();
            double[] down = point.clone();
            up[k] += s * h;
            down[k] -= s * h;
            out += WEIGHTS[s - 1] * (f.applyAsDouble(up) - f.applyAsDouble(down)) / h;
        }
        return out;
    }
}
