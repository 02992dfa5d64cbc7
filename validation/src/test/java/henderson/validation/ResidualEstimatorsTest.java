package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Residual structures fitted by Newton and by EM: the same optimum, certified both times. */
class ResidualEstimatorsTest {
    private static final Henderson HENDERSON = Henderson.create();

    /** 30 subjects with up to 6 visits at times with gaps, two outcomes' worth of noise that is correlated in time. */
    private static Table data(long seed) {
        Random random = new Random(seed);
        List<Double> y = new ArrayList<>();
        List<Double> x = new ArrayList<>();
        List<Double> time = new ArrayList<>();
        List<Double> id = new ArrayList<>();
        List<String> arm = new ArrayList<>();
        List<String> rater = new ArrayList<>();
        int[] times = {1, 2, 3, 5, 6, 8};
        for (int s = 0; s < 30; s++) {
            double e = random.nextGaussian();
            double intercept = 0.8 * random.nextGaussian();
            double before = 0;
            for (int t : times) {
                if (random.nextDouble() < 0.15) {
                    continue;
                }
                double phi = Math.pow(0.6, before == 0 ? 1 : t - before);
                e = phi * e + Math.sqrt(1 - phi * phi) * random.nextGaussian();
                before = t;
                x.add(random.nextGaussian());
                time.add((double) t);
                id.add((double) s);
                arm.add(s % 2 == 0 ? "A" : "B");
                rater.add("r" + random.nextInt(5));
                y.add(1 + 0.5 * x.get(x.size() - 1) + 0.1 * t + intercept + (s % 2 == 0 ? 1 : 1.5) * e);
            }
        }
        return Table.builder("drawn")
                .numeric("y", array(y))
                .numeric("x", array(x))
                .numeric("time", array(time))
                .numeric("id", array(id))
                .categorical("arm", arm)
                .categorical("rater", rater)
                .build();
    }

    private static double[] array(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "exchangeable(1 | id);",
                "ar(1, time | id);",
                "ar(1, time | id); (1 | id)",
                "ar(2, time | id); (1 | rater)",
                "ma(1, time | id); (1 | id)",
                "arma(1, 1, time | id);",
                "toeplitz(2, time | id);",
                "banded(1, time | id);",
                "unstructured(time | id);",
                "exponential(time | id); (1 | rater)",
                "car1(time | id);",
                "gaussian(time | id, nugget = TRUE);",
                "matern(time | id);",
                "antedependence(time | id);",
                "ar(1, time | id), by = arm;",
                "ar(1, time | id), variances = arm; (1 | id)",
                "exchangeable(1 | id), variances = power(time);",
                "independent, variances = exp(time); (1 | id)",
            })
    void newton_and_em_end_at_the_same_certified_optimum(String residual, String random) {
        for (Criterion criterion : Criterion.values()) {
            String formula = "y ~ x + time" + (random == null ? "" : " + " + random);
            Table table = data(residual.hashCode() + 7);
            Model model =
                    HENDERSON.model(HENDERSON.parse(formula).withResidual(HENDERSON.parseResidual(residual)), table);
            FitOptions options = FitOptions.DEFAULT.withCriterion(criterion);
            Fit newton = HENDERSON.fit(model, options);
            Fit em = HENDERSON.fit(model, options.withEstimator("em"));
            assertThat(newton.convergence().certified())
                    .as("newton, %s: %s", criterion, newton.convergence())
                    .isTrue();
            assertThat(em.convergence().certified())
                    .as("em, %s: %s", criterion, em.convergence())
                    .isTrue();
            assertThat(em.logLikelihood())
                    .isCloseTo(newton.logLikelihood(), within(1e-9 * Math.abs(newton.logLikelihood())));
            for (int k = 0; k < newton.parameters().size(); k++) {
                double expected = newton.parameters().get(k).estimate();
                double se = Math.sqrt(newton.parameterCovariance().get(k, k));
                double scale = Math.max(Math.abs(expected), Double.isNaN(se) ? 0 : se);
                // a decrement of 1e-12 bounds each error by 1e-6 standard errors
                assertThat(em.parameters().get(k).estimate())
                        .as("%s, %s", newton.parameters().get(k).name(), criterion)
                        .isCloseTo(expected, within(3e-6 * scale));
            }
        }
    }
}
