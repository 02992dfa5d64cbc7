package henderson.testkit;

import henderson.api.Criterion;
import henderson.api.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** −2 log-likelihood of a model with one random effect as a function of {@code γ = var(b)/σ²}, from sums over groups. */
final class OneVarianceProfile {
    private final OneVariance.AllRows rows;
    private final Criterion criterion;
    private final int p;
    private final int groups;
    private final double contrasts;
    private final double[] root;
    private double logWeights;
    private double[] a = new double[0];
    private double[][] u = new double[0][];
    private double[][] inverse = new double[0][];
    private double[] beta = new double[0];
    private double[] effects = new double[0];
    private double r2;
    private double slope;
    private double logSlope;

    OneVarianceProfile(Model model, Criterion criterion) {
        this.rows = OneVariance.AllRows.of(model);
        this.criterion = criterion;
        this.p = model.fixedNames().size();
        this.groups = model.random().get(0).levels().size();
        this.contrasts = rows.rows(criterion);
        this.root = new double[p];
        for (int i = 0; i < rows.y().length; i++) {
            logWeights += rows.count()[i] * Math.log(rows.weight()[i]);
            for (int j = 0; j < p; j++) {
                root[j] += rows.x()[i][j] * rows.x()[i][j];
            }
        }
        for (int j = 0; j < p; j++) {
            root[j] = Math.sqrt(root[j]);
        }
    }

    /** {@code d} at γ; the other methods speak of the same γ. Columns of X are divided by their norms inside. */
    double at(double gamma) {
        double[][] c = new double[p + 1][p + 1]; // [X y]ᵀV⁻¹[X y]
        a = new double[groups];
        u = new double[groups][p + 1];
        for (int i = 0; i < rows.y().length; i++) {
            double w = rows.weight()[i] * rows.count()[i];
            int g = rows.level()[i];
            a[g] += w * rows.z()[i] * rows.z()[i];
            for (int j = 0; j <= p; j++) {
                u[g][j] += w * rows.z()[i] * entry(i, j);
                for (int k = 0; k <= p; k++) {
                    c[j][k] += w * entry(i, j) * entry(i, k);
                }
            }
        }
        double d = -logWeights;
        for (int g = 0; g < groups; g++) {
            double m = 1 + gamma * a[g];
            d += Math.log(m);
            for (int j = 0; j <= p; j++) {
                for (int k = 0; k <= p; k++) {
                    c[j][k] -= gamma / m * u[g][j] * u[g][k];
                }
            }
            for (int j = 0; j <= p; j++) {
                u[g][j] /= m; // zᵀV⁻¹[X y]
            }
        }
        solve(c);
        r2 = c[p][p];
        for (int j = 0; j < p; j++) {
            r2 -= beta[j] * c[j][p];
        }
        if (criterion == Criterion.REML) {
            d += logDeterminant(c);
        }
        slopes(gamma);
        return d + contrasts * (1 + Math.log(2 * Math.PI * r2 / contrasts));
    }

    private double entry(int i, int j) {
        return j == p ? rows.y()[i] : rows.x()[i][j] / root[j];
    }

    private void solve(double[][] c) {
        double[][] xvx = new double[p][p];
        double[] xvy = new double[p];
        inverse = new double[p][];
        for (int j = 0; j < p; j++) {
            System.arraycopy(c[j], 0, xvx[j], 0, p);
            xvy[j] = c[j][p];
        }
        beta = p == 0 ? new double[0] : Small.solve(copy(xvx), xvy);
        for (int j = 0; j < p; j++) {
            double[] unit = new double[p];
            unit[j] = 1;
            inverse[j] = Small.solve(copy(xvx), unit);
        }
    }

    private static double[][] copy(double[][] a) {
        double[][] out = a.clone();
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].clone();
        }
        return out;
    }

    /** {@code log|XᵀV⁻¹X|} of X as given. */
    private double logDeterminant(double[][] c) {
        double[][] l = copy(c);
        double sum = 0;
        for (int j = 0; j < p; j++) {
            sum += Math.log(l[j][j]) + 2 * Math.log(root[j]);
            for (int i = j + 1; i < p; i++) {
                double f = l[i][j] / l[j][j];
                for (int k = j; k < p; k++) {
                    l[i][k] -= f * l[j][k];
                }
            }
        }
        return sum;
    }

    /** {@code ∂d/∂γ} and {@code ∂log r²/∂γ}. */
    private void slopes(double gamma) {
        slope = 0;
        logSlope = 0;
        effects = new double[groups];
        for (int g = 0; g < groups; g++) {
            double residual = u[g][p];
            for (int j = 0; j < p; j++) {
                residual -= u[g][j] * beta[j];
            }
            effects[g] = gamma * residual;
            slope += a[g] / (1 + gamma * a[g]) - residual * residual * contrasts / r2;
            logSlope -= residual * residual / r2;
            if (criterion == Criterion.REML) {
                for (int j = 0; j < p; j++) {
                    for (int k = 0; k < p; k++) {
                        slope -= u[g][j] * inverse[j][k] * u[g][k];
                    }
                }
            }
        }
    }

    double slope() {
        return slope;
    }

    double sigma2() {
        return r2 / contrasts;
    }

    double[] effects() {
        return effects;
    }

    double[] beta() {
        double[] out = beta.clone();
        for (int j = 0; j < p; j++) {
            out[j] /= root[j];
        }
        return out;
    }

    DMatrixRMaj betaCovariance() {
        DMatrixRMaj out = new DMatrixRMaj(p, p);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                out.set(j, k, sigma2() * inverse[j][k] / (root[j] * root[k]));
            }
        }
        return out;
    }

    /** Of {@code (γσ², σ²)}, by the observed information of {@code (γ, log σ)}. */
    DMatrixRMaj varianceCovariance(double gamma, boolean boundary) {
        double s = sigma2();
        if (boundary) {
            return new DMatrixRMaj(2, 2, true, Double.NaN, Double.NaN, Double.NaN, 2 * s * s / contrasts);
        }
        double h = logSlope;
        double curvature = NumericalDerivative.gradient(
                        x -> {
                            at(gamma * Math.exp(x[0]));
                            return slope;
                        },
                        new double[1])[0]
                / gamma;
        at(gamma);
        // [[H + nhh, −2nh], [·, 4n]]: its inverse has the determinant 4nH
        double n = contrasts;
        double vg = 2 / curvature;
        double gs = h / curvature;
        double vs = (curvature + n * h * h) / (2 * n * curvature);
        double first = s * s * vg + 4 * gamma * s * s * gs + 4 * gamma * gamma * s * s * vs;
        double mixed = 2 * s * s * gs + 4 * gamma * s * s * vs;
        return new DMatrixRMaj(2, 2, true, first, mixed, mixed, 4 * s * s * vs);
    }

    List<String> culprits() {
        List<String> out = new ArrayList<>();
        if (p > 2) {
            double r = inverse[1][2] / Math.sqrt(inverse[1][1] * inverse[2][2]);
            out.add(String.format(Locale.ROOT, "x1 and x2: scales %.1e, correlation %.6f", root[1] / root[2], r));
        }
        return out;
    }
}
