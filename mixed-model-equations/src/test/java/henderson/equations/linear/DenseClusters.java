package henderson.equations.linear;

import henderson.api.Batch;
import henderson.api.Model;
import henderson.equations.Clustering;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/** Log-likelihoods of clusters by brute force: V of a cluster dense, factored without any structure. */
final class DenseClusters {
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    private final Model model;
    /** Rows of each cluster. */
    private final List<List<Row>> clusters = new ArrayList<>();

    private record Row(double y, double weight, double[] x, double[][] z, int[] level, int group, int at) {}

    DenseClusters(Model model, Clustering clustering) {
        this.model = model;
        for (int i = 0; i < clustering.count(); i++) {
            clusters.add(new ArrayList<>());
        }
        int at = 0;
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                Row row = row(b, i);
                int copies = b.frequencies() == null ? 1 : (int) b.frequencies()[i];
                for (int c = 0; c < copies; c++) {
                    clusters.get(clustering.of()[at]).add(row);
                }
                at++;
            }
        }
    }

    private Row row(Batch b, int i) {
        int p = model.fixedNames().size();
        double[] x = new double[p];
        for (int j = 0; j < p; j++) {
            x[j] = b.x().data[i * p + j] + model.fixedShifts()[j];
        }
        int terms = model.random().size();
        double[][] z = new double[terms][];
        int[] level = new int[terms];
        for (int t = 0; t < terms; t++) {
            int q = model.random().get(t).columns().size();
            z[t] = java.util.Arrays.copyOfRange(b.z(t).data, i * q, i * q + q);
            level[t] = b.level(t)[i];
        }
        double offset = b.offset() == null ? 0 : b.offset()[i];
        double weight = b.weights() == null ? 1 : b.weights()[i];
        boolean structured = model.residual() != null;
        int group = structured ? b.residualGroup()[i] : -1;
        int at = structured ? b.residualAt()[i] : -1;
        return new Row(b.y()[i] + model.responseShift() - offset, weight, x, z, level, group, at);
    }

    /** {@code ℓ} of a cluster; {@code point} holds β, τ and log σ one after the other. */
    double logLikelihood(int cluster, double[] point) {
        List<Row> rows = clusters.get(cluster);
        int n = rows.size();
        int p = model.fixedNames().size();
        double sigma2 = Math.exp(2 * point[point.length - 1]);
        DMatrixRMaj[] g = covariances(point, p);
        DMatrixRMaj residual = residual(point);
        double[][] v = new double[n][n];
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = rows.get(i).y;
            for (int j = 0; j < p; j++) {
                r[i] -= rows.get(i).x[j] * point[j];
            }
            for (int j = 0; j < n; j++) {
                double own = residual == null ? (i == j ? 1 : 0) : own(rows.get(i), rows.get(j), residual);
                v[i][j] = sigma2
                        * (covariance(rows.get(i), rows.get(j), g)
                                + own / Math.sqrt(rows.get(i).weight * rows.get(j).weight));
            }
        }
        return logDensity(v, r);
    }

    private static double own(Row a, Row b, DMatrixRMaj residual) {
        return a.group == b.group ? residual.get(a.at, b.at) : 0;
    }

    /** R of all positions at the last coordinates but one, the held one at 1. */
    private DMatrixRMaj residual(double[] point) {
        if (model.residual() == null) {
            return null;
        }
        var structure = model.residual().structure();
        double[] rho = new double[structure.coordinates().size()];
        int from = point.length - rho.length; // less the held one and log σ
        for (int k = 0; k < rho.length; k++) {
            rho[k] = k == structure.held() ? 1 : point[from++];
        }
        int n = model.residual().columns().size();
        int[] all = java.util.stream.IntStream.range(0, n).toArray();
        return structure.matrix(rho, all, new DMatrixRMaj(n, n));
    }

    private DMatrixRMaj[] covariances(double[] point, int p) {
        DMatrixRMaj[] g = new DMatrixRMaj[model.random().size()];
        int at = p;
        for (int t = 0; t < g.length; t++) {
            var structure = model.random().get(t).structure();
            int q = model.random().get(t).columns().size();
            int k = structure.coordinates().size();
            int[] all = java.util.stream.IntStream.range(0, q).toArray();
            g[t] = structure.matrix(java.util.Arrays.copyOfRange(point, at, at + k), all, new DMatrixRMaj(q, q));
            at += k;
        }
        return g;
    }

    private static double covariance(Row a, Row b, DMatrixRMaj[] g) {
        double sum = 0;
        for (int t = 0; t < g.length; t++) {
            for (int i = 0; a.level[t] == b.level[t] && i < g[t].numRows; i++) {
                for (int j = 0; j < g[t].numCols; j++) {
                    sum += a.z[t][i] * g[t].get(i, j) * b.z[t][j];
                }
            }
        }
        return sum;
    }

    /** Cholesky by columns. */
    private static double logDensity(double[][] v, double[] r) {
        int n = r.length;
        double out = -n * Math.log(2 * Math.PI) / 2;
        for (int k = 0; k < n; k++) {
            for (int j = 0; j < k; j++) {
                for (int i = k; i < n; i++) {
                    v[i][k] -= v[i][j] * v[k][j];
                }
            }
            double pivot = Math.sqrt(v[k][k]);
            for (int i = k; i < n; i++) {
                v[i][k] /= pivot;
            }
            double white = r[k];
            for (int j = 0; j < k; j++) {
                white -= v[k][j] * r[j];
            }
            r[k] = white / pivot;
            out -= Math.log(pivot) + r[k] * r[k] / 2;
        }
        return out;
    }

    /** {@code ∂ℓ/∂point} of a cluster by six-point differences. */
    double[] gradient(int cluster, double[] point) {
        return gradient(x -> logLikelihood(cluster, x), point, 0x1p-9);
    }

    static double[] gradient(ToDoubleFunction<double[]> f, double[] point, double step) {
        double[] out = new double[point.length];
        for (int k = 0; k < out.length; k++) {
            double h = step * Math.max(1, Math.abs(point[k]));
            for (int s = 1; s <= WEIGHTS.length; s++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[k] += s * h;
                down[k] -= s * h;
                out[k] += WEIGHTS[s - 1] * (f.applyAsDouble(up) - f.applyAsDouble(down)) / h;
            }
        }
        return out;
    }
}
