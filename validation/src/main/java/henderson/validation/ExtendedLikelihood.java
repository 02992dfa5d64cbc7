package henderson.validation;

import henderson.api.Batch;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.Model;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.numbers.core.DD;
import org.ejml.data.DMatrixRMaj;

/**
 * The log-likelihood of a fit at its parameters from V itself, built and factored densely with 32 digits, theory (2), (16),
 * (17): an answer that shares nothing with the equations. For at most {@value #MAX_ROWS} rows.
 */
final class ExtendedLikelihood {
    /** The factorization takes n³/6 operations of about 20 ns. */
    static final int MAX_ROWS = 300;

    private static final DD ZERO = DD.of(0);

    private final Fit fit;
    private final Model model;
    private final List<double[]> x = new ArrayList<>();
    private final List<Double> y = new ArrayList<>();
    private final List<Double> weights = new ArrayList<>();
    private final List<double[][]> z = new ArrayList<>();
    private final List<int[]> level = new ArrayList<>();
    /** Residual group and position of each row; empty for independent residuals. */
    private final List<Integer> group = new ArrayList<>();

    private final List<Integer> place = new ArrayList<>();

    private ExtendedLikelihood(Fit fit) {
        this.fit = fit;
        this.model = fit.model();
        int terms = model.random().size();
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                int p = model.fixedNames().size();
                double[] row = new double[p];
                System.arraycopy(batch.x().data, i * p, row, 0, p);
                x.add(row);
                y.add(batch.y()[i] - (batch.offset() == null ? 0 : batch.offset()[i]));
                weights.add(batch.weights() == null ? 1 : batch.weights()[i]);
                double[][] zRow = new double[terms][];
                int[] levels = new int[terms];
                for (int t = 0; t < terms; t++) {
                    int q = model.random().get(t).columns().size();
                    zRow[t] = new double[q];
                    System.arraycopy(batch.z(t).data, i * q, zRow[t], 0, q);
                    levels[t] = batch.level(t)[i];
                }
                z.add(zRow);
                level.add(levels);
                if (model.residual() != null) {
                    group.add(batch.residualGroup()[i]);
                    place.add(batch.residualAt()[i]);
                }
            }
        }
    }

    /** Whether a fit is small enough and of the kind this computes: no family, no known precision, no frequency weights. */
    static boolean takes(Fit fit) {
        Model model = fit.model();
        return model.rows() <= MAX_ROWS
                && model.random().stream().allMatch(t -> t.precision() == null)
                && model.family() == null
                && model.spec().frequencyWeights() == null;
    }

    /** The log-likelihood at the fit's parameters, σ² and β profiled. */
    static double of(Fit fit) {
        return new ExtendedLikelihood(fit).logLikelihood();
    }

    private double logLikelihood() {
        int n = y.size();
        int p = model.fixedNames().size();
        DD[][] v = covariance(n);
        double log = factor(v, n);
        // [X y] ← L⁻¹[X y]
        DD[][] xy = new DD[n][p + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= p; j++) {
                DD sum = DD.of(j < p ? x.get(i)[j] : y.get(i));
                for (int k = 0; k < i; k++) {
                    sum = sum.subtract(v[i][k].multiply(xy[k][j]));
                }
                xy[i][j] = sum.divide(v[i][i]);
            }
        }
        DD[][] cross = new DD[p + 1][p + 1];
        for (int a = 0; a <= p; a++) {
            for (int b = 0; b <= p; b++) {
                DD sum = ZERO;
                for (int i = 0; i < n; i++) {
                    sum = sum.add(xy[i][a].multiply(xy[i][b]));
                }
                cross[a][b] = sum;
            }
        }
        factor(cross, p + 1); // its last pivot is r
        double r2 = cross[p][p].multiply(cross[p][p]).doubleValue();
        boolean reml = fit.options().criterion() == Criterion.REML;
        double m = reml ? n - p : n;
        for (int j = 0; reml && j < p; j++) {
            log += 2 * logarithm(cross[j][j]);
        }
        return -(log + m * (1 + Math.log(2 * Math.PI * r2 / m))) / 2;
    }

    /** V relative to σ². */
    private DD[][] covariance(int n) {
        DD[][] out = new DD[n][n];
        DMatrixRMaj[] g = new DMatrixRMaj[fit.random().size()];
        for (int t = 0; t < g.length; t++) {
            Fit.RandomEstimate estimate = fit.random().get(t);
            int q = estimate.term().columns().size();
            int[] at = new int[q];
            for (int a = 0; a < q; a++) {
                at[a] = a;
            }
            g[t] = estimate.term().structure().matrix(estimate.tau(), at, new DMatrixRMaj(q, q));
        }
        DMatrixRMaj r = residual(n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                DD sum = r.get(i, j) == 0
                        ? ZERO
                        : DD.of(r.get(i, j))
                                .divide(DD.of(weights.get(i))
                                        .multiply(weights.get(j))
                                        .sqrt());
                for (int t = 0; t < g.length; t++) {
                    if (level.get(i)[t] == level.get(j)[t]) {
                        sum = sum.add(form(z.get(i)[t], g[t], z.get(j)[t]));
                    }
                }
                out[i][j] = sum;
            }
        }
        return out;
    }

    /** R relative to σ², row by row. */
    private DMatrixRMaj residual(int n) {
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        Fit.RandomEstimate estimate = fit.residual();
        for (int i = 0; i < n && estimate == null; i++) {
            out.set(i, i, 1);
        }
        DMatrixRMaj pair = new DMatrixRMaj(2, 2);
        for (int i = 0; i < n && estimate != null; i++) {
            for (int j = 0; j <= i; j++) {
                if (group.get(i).equals(group.get(j))) {
                    estimate.term().structure().matrix(estimate.tau(), new int[] {place.get(i), place.get(j)}, pair);
                    out.set(i, j, pair.get(0, 1));
                    out.set(j, i, pair.get(0, 1));
                }
            }
        }
        return out;
    }

    private static DD form(double[] a, DMatrixRMaj g, double[] b) {
        DD sum = ZERO;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum = sum.add(DD.ofProduct(a[i], b[j]).multiply(g.get(i, j)));
            }
        }
        return sum;
    }

    /** {@code a ← L}, lower; returns log|a|. */
    private static double factor(DD[][] a, int n) {
        double log = 0;
        for (int j = 0; j < n; j++) {
            for (int i = j; i < n; i++) {
                DD sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum = sum.subtract(a[i][k].multiply(a[j][k]));
                }
                a[i][j] = i == j ? sum.sqrt() : sum.divide(a[j][j]);
            }
            log += 2 * logarithm(a[j][j]);
        }
        return log;
    }

    private static double logarithm(DD value) {
        return Math.log(value.hi()) + value.lo() / value.hi();
    }
}
