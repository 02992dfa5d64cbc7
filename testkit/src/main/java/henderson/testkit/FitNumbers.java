package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The numbers of a fit that laws compare.
 *
 * @param beta      fixed effects
 * @param betaError their standard errors
 * @param variances variance parameters
 * @param varianceError their standard errors, NaN on a boundary
 */
record FitNumbers(
        double logLikelihood,
        double[] beta,
        double[] betaError,
        double[] variances,
        double[] varianceError,
        boolean[] boundary,
        double sigma2) {

    static FitNumbers of(Fit fit) {
        int m = fit.parameters().size();
        double[] variances = new double[m];
        boolean[] boundary = new boolean[m];
        for (int k = 0; k < m; k++) {
            variances[k] = fit.parameters().get(k).estimate();
            boundary[k] = fit.parameters().get(k).boundary();
        }
        return new FitNumbers(
                fit.logLikelihood(),
                fit.beta(),
                errors(fit.betaCovariance()),
                variances,
                errors(fit.parameterCovariance()),
                boundary,
                fit.sigma2());
    }

    private static double[] errors(DMatrixRMaj covariance) {
        double[] out = new double[covariance.numRows];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(covariance.get(i, i));
        }
        return out;
    }

    /** What {@code a + by} gives, {@code contrasts} being n or n − p. */
    FitNumbers response(double a, double b, int intercept, double contrasts) {
        double[] shifted = times(beta, b);
        shifted[intercept] += a;
        return new FitNumbers(
                logLikelihood - contrasts * Math.log(Math.abs(b)),
                shifted,
                times(betaError, Math.abs(b)),
                times(variances, b * b),
                times(varianceError, b * b),
                boundary,
                b * b * sigma2);
    }

    /** What column {@code j} of X times {@code by} gives, {@code gain} added to the log-likelihood. */
    FitNumbers column(int j, double by, double gain) {
        double[] b = beta.clone();
        double[] e = betaError.clone();
        b[j] /= by;
        e[j] /= by;
        return new FitNumbers(logLikelihood + gain, b, e, variances, varianceError, boundary, sigma2);
    }

    /** What {@code c} times the precision weights give: the last parameter, {@code σ²}, is {@code c} times as large. */
    FitNumbers weights(double c) {
        double[] v = variances.clone();
        double[] e = varianceError.clone();
        v[v.length - 1] *= c;
        e[e.length - 1] *= c;
        return new FitNumbers(logLikelihood, beta, betaError, v, e, boundary, c * sigma2);
    }

    private static double[] times(double[] a, double b) {
        double[] out = a.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= b;
        }
        return out;
    }

    /**
     * Fails unless {@code got} has these numbers.
     *
     * @param units largest difference of an estimate, in standard errors
     */
    void assertSame(FitNumbers got, double units) {
        // near an optimum the log-likelihood is off by the square of the units; its rounding grows with its size
        assertThat(got.logLikelihood)
                .as("log-likelihood")
                .isCloseTo(logLikelihood, within(units * units + 1e-11 * (1 + Math.abs(logLikelihood))));
        assertThat(got.beta).as("fixed effects").hasSameSizeAs(beta);
        for (int j = 0; j < beta.length; j++) {
            assertThat(got.beta[j]).as("fixed effect %d", j).isCloseTo(beta[j], within(units * betaError[j]));
            // a standard error follows the variances, whose own errors are a fraction of them
            assertThat(got.betaError[j])
                    .as("standard error of fixed effect %d", j)
                    .isCloseTo(betaError[j], within(10 * units * betaError[j]));
        }
        assertThat(got.boundary).as("parameters on a boundary").isEqualTo(boundary);
        for (int k = 0; k < variances.length; k++) {
            double unit = boundary[k] || Double.isNaN(varianceError[k]) ? sigma2 : varianceError[k];
            assertThat(got.variances[k]).as("parameter %d", k).isCloseTo(variances[k], within(units * unit));
            assertError(k, got);
        }
        assertThat(got.sigma2 / sigma2).as("residual variance").isCloseTo(1, within(units));
    }

    /** An observed Hessian may be taken by differences: six digits. */
    private void assertError(int k, FitNumbers got) {
        double wanted = varianceError[k];
        if (Double.isNaN(wanted)) {
            assertThat(got.varianceError[k])
                    .as("standard error of parameter %d", k)
                    .isNaN();
        } else {
            assertThat(got.varianceError[k])
                    .as("standard error of parameter %d", k)
                    .isCloseTo(wanted, within(1e-6 * wanted));
        }
    }

    /** All numbers of a fit, for comparisons to the last bit. */
    static List<double[]> all(Fit fit) {
        List<double[]> out = new ArrayList<>();
        out.add(new double[] {fit.logLikelihood(), fit.nullLogLikelihood(), fit.sigma2(), fit.evaluations()});
        out.add(fit.beta());
        out.add(fit.betaCovariance().data);
        out.add(of(fit).variances);
        out.add(fit.parameterCovariance().data);
        fit.random().forEach(r -> out.add(r.covariance().data));
        fit.effects().forEach(e -> {
            out.add(e.values());
            out.add(e.conditional());
            out.add(e.prediction());
        });
        fit.history().forEach(s -> out.add(new double[] {s.iteration(), s.value(), s.decrement()}));
        return out;
    }

    /** Predicted effects of a term, by level. */
    static double[][] effects(Fit fit, int term) {
        double[] values = fit.effects().get(term).values();
        int q = fit.random().get(term).term().columns().size();
        double[][] out = new double[values.length / q][q];
        for (int i = 0; i < values.length; i++) {
            out[i / q][i % q] = values[i];
        }
        return out;
    }
}
