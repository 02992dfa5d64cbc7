package henderson.structures;

import henderson.api.Moments;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Covariance matrices from moments, and their factors row by row. */
final class UnstructuredStart {
    private UnstructuredStart() {}

    /** {@code Σ sum / Σ count}, q × q; null where a pattern lacks positions or nothing was counted. */
    static @Nullable DMatrixRMaj mean(List<Moments> moments, int q) {
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        double count = 0;
        for (Moments m : moments) {
            if (!Indices.isPermutation(m.at(), q)) {
                return null;
            }
            count += m.count();
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    out.add(m.at()[i], m.at()[j], m.sum().get(i, j));
                }
            }
        }
        if (!(count > 0)) {
            return null;
        }
        for (int i = 0; i < q * q; i++) {
            out.data[i] /= count;
        }
        return out;
    }

    static double[] of(List<Moments> moments, int q, double floor) {
        DMatrixRMaj g = mean(moments, q);
        if (g == null) {
            g = variances(moments, q);
        }
        double trace = 0;
        for (int i = 0; i < q; i++) {
            trace += Math.max(0, g.get(i, i));
        }
        double least = floor * (trace > 0 ? trace / q : 1 / floor);
        for (int i = 0; i < q; i++) {
            g.set(i, i, Math.max(g.get(i, i), least));
        }
        double[] tau = new double[q * (q + 1) / 2];
        cholesky(g, floor, tau);
        return tau;
    }

    /** The mean variance of each position, q × q diagonal; that of all where a position has none. */
    private static DMatrixRMaj variances(List<Moments> moments, int q) {
        double[] sum = new double[q];
        double[] count = new double[q];
        for (Moments m : moments) {
            for (int i = 0; i < m.at().length; i++) {
                sum[m.at()[i]] += m.sum().get(i, i);
                count[m.at()[i]] += m.count();
            }
        }
        double all = Arrays.stream(count).sum();
        double mean = all > 0 ? Arrays.stream(sum).sum() / all : 1;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            out.set(i, i, count[i] > 0 ? sum[i] / count[i] : mean);
        }
        return out;
    }

    /**
     * {@code tau ← } the lower triangular factor of {@code g}, row by row. A conditional variance below {@code floor}
     * times the variance is raised to that; with {@code floor = 0} a column whose pivot vanishes becomes zero.
     */
    static void cholesky(DMatrixRMaj g, double floor, double[] tau) {
        int q = g.numRows;
        for (int j = 0; j < q; j++) {
            double pivot = g.get(j, j) - dot(tau, j, j, j);
            double least = Math.max(floor, q * 0x1p-50) * Math.max(0, g.get(j, j));
            boolean vanishes = !(pivot > least);
            double root = vanishes ? (floor > 0 ? Math.sqrt(least) : 0) : Math.sqrt(pivot);
            tau[j * (j + 1) / 2 + j] = root;
            for (int i = j + 1; i < q; i++) {
                double rest = g.get(i, j) - dot(tau, i, j, j);
                tau[i * (i + 1) / 2 + j] = root == 0 ? 0 : rest / root;
            }
        }
    }

    /** The first {@code n} terms of the product of rows i and k. */
    private static double dot(double[] tau, int i, int k, int n) {
        double sum = 0;
        for (int c = 0; c < n; c++) {
            sum += tau[i * (i + 1) / 2 + c] * tau[k * (k + 1) / 2 + c];
        }
        return sum;
    }
}
