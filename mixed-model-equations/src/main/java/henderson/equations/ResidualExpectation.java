package henderson.equations;

import henderson.api.Criterion;
import henderson.api.Semidefinite;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * What an E-step leaves for the parameters of a residual structure: {@code log|R(ρ)| + tr(E UᵀU)} with E held at the last
 * {@link Score}, theory (91). Unwhitened, {@code E = YYᵀ} group by group, {@code Y = [e/σ, ZF, X*]}: the residual, {@code FFᵀ =
 * ΛM⁻¹Λᵀ}, and under REML what the uncertainty of β̂ adds.
 */
public final class ResidualExpectation {
    private final ResidualScore effects;
    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final ResidualRows rows;
    private final int p;
    private final int border;
    private final boolean reml;
    private final int size;
    /** Y of each group, and the same whitened. */
    private final double[][] y;

    private final double[][] white;
    private final int[] columns;
    private double[] qy = new double[0];

    /** Reads from a score of equations that have a residual structure. */
    public ResidualExpectation(Score score) {
        this.effects = new ResidualScore(score);
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.rows = Objects.requireNonNull(equations.residualRows, "a model with a residual structure");
        this.p = evaluation.p;
        this.border = evaluation.border;
        this.reml = evaluation.criterion == Criterion.REML;
        this.size = Objects.requireNonNull(equations.model().residual())
                .structure()
                .coordinates()
                .size();
        int groups = rows.groups().size();
        this.y = new double[groups][];
        this.white = new double[groups][];
        this.columns = new int[groups];
        int longest = 0;
        for (int g = 0; g < groups; g++) {
            ResidualRows.Group group = rows.groups().get(g);
            columns[g] = 1 + group.random + (reml ? p : 0);
            y[g] = new double[group.rows * columns[g]];
            white[g] = new double[y[g].length];
            longest = Math.max(longest, y[g].length);
        }
        this.qy = new double[longest * Math.max(1, size)];
    }

    /**
     * Fixes E at the last score.
     *
     * @param sigma2 what residuals are measured in
     */
    public void update(double sigma2) {
        for (int g = 0; g < y.length; g++) {
            ResidualRows.Group group = rows.groups().get(g);
            int q = group.random;
            double[] b = new double[q];
            double[] lv = new double[q * p];
            DMatrixRMaj s = new DMatrixRMaj(q, q);
            effects.effects(group, b, lv, s.data);
            Semidefinite.cholesky(s);
            fill(group, b, lv, s.data, Math.sqrt(sigma2), y[g], columns[g]);
        }
    }

    private void fill(
            ResidualRows.Group group, double[] b, double[] lv, double[] f, double sigma, double[] into, int c) {
        int q = group.random;
        int width = q + border;
        double[] line = new double[p];
        for (int i = 0; i < group.rows; i++) {
            int from = i * width;
            double e = group.raw[from + q + p];
            for (int k = 0; k < p; k++) {
                e -= group.raw[from + q + k] * evaluation.betaInside[k];
            }
            for (int a = 0; a < q; a++) {
                e -= group.raw[from + a] * b[a];
                double sum = 0;
                for (int d = a; d < q; d++) {
                    sum += group.raw[from + d] * f[d * q + a];
                }
                into[i * c + 1 + a] = sum;
            }
            into[i * c] = e / sigma;
            if (reml) {
                for (int k = 0; k < p; k++) {
                    line[k] = group.raw[from + q + k];
                    for (int a = 0; a < q; a++) {
                        line[k] -= group.raw[from + a] * lv[a * p + k];
                    }
                }
                evaluation.rightSolve(line, 0, into, i * c + 1 + q);
            }
        }
    }

    /** {@code log|R| + Σ‖C⁻¹Y‖²} at ρ, the held coordinate at 1; NaN where R is not positive definite. */
    public double value(double[] rho) {
        equations.forgetWhitening();
        double sum = 0;
        for (ResidualRows.Pattern pattern : rows.patterns()) {
            if (!pattern.whitening.update(rho)) {
                return Double.NaN;
            }
            sum += pattern.count() * pattern.whitening.logDeterminant();
        }
        for (int g = 0; g < y.length; g++) {
            System.arraycopy(y[g], 0, white[g], 0, y[g].length);
            rows.groups().get(g).whitening().whiten(white[g], 0, columns[g]);
            for (double v : white[g]) {
                sum += v * v;
            }
        }
        return sum;
    }

    /**
     * Gradient and scoring matrix {@code Σ tr(YᵀQ_jQ_kY)} at the last value.
     *
     * @param coordinates which
     * @param gradient    as many. Modified.
     * @param information square of that order. Modified.
     */
    public void derivatives(int[] coordinates, double[] gradient, DMatrixRMaj information) {
        int m = coordinates.length;
        information.zero();
        for (int k = 0; k < m; k++) {
            gradient[k] = rows.traceQ(coordinates[k]);
        }
        double[] one = new double[qy.length / Math.max(1, size)];
        for (int g = 0; g < y.length; g++) {
            int length = y[g].length;
            for (int k = 0; k < m; k++) {
                rows.groups().get(g).whitening().q(coordinates[k], white[g], 0, columns[g], one);
                System.arraycopy(one, 0, qy, k * length, length);
                for (int i = 0; i < length; i++) {
                    gradient[k] -= one[i] * white[g][i];
                }
            }
            for (int j = 0; j < m; j++) {
                for (int k = 0; k <= j; k++) {
                    double sum = 0;
                    for (int i = 0; i < length; i++) {
                        sum += qy[j * length + i] * qy[k * length + i];
                    }
                    information.add(j, k, sum);
                    if (j != k) {
                        information.add(k, j, sum);
                    }
                }
            }
        }
    }
}
