package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.data.Table;
import henderson.inference.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One process under several names, among random effects and among residuals: fits end at one point. */
class SameProcessTest {
    private static final Henderson HENDERSON = Henderson.create();
    private static final double RELATIVE = 1e-6; // the decrement's bound on errors, in standard errors

    /** AR(1) of days beside noise. */
    private static Table table(long seed, int groups, int days, double rho) {
        Random random = new Random(seed);
        List<String> group = new ArrayList<>();
        List<String> day = new ArrayList<>();
        double[] time = new double[groups * days];
        double[] y = new double[groups * days];
        for (int g = 0, i = 0; g < groups; g++) {
            double state = random.nextGaussian();
            for (int d = 0; d < days; d++, i++) {
                state = rho * state + Math.sqrt(1 - rho * rho) * random.nextGaussian();
                group.add("g" + g);
                day.add(Integer.toString(d));
                time[i] = d;
                y[i] = 5 + 3 * state + random.nextGaussian();
            }
        }
        return Table.builder("days")
                .categorical("g", group)
                .categorical("day", day)
                .numeric("t", time)
                .numeric("y", y)
                .build();
    }

    private static Fit fit(Table table, String formula, String residual, Criterion criterion) {
        Model model = HENDERSON.model(
                HENDERSON.parse(formula).withResidual(residual == null ? null : HENDERSON.parseResidual(residual)),
                table);
        return HENDERSON.fit(model, FitOptions.DEFAULT.withCriterion(criterion));
    }

    private static Estimate named(Fit fit, String name) {
        var summary = HENDERSON.summarize(fit);
        return Stream.concat(
                        summary.random().stream().flatMap(r -> r.parameters().stream()),
                        summary.residual().parameters().stream())
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** With a random effect for each row a search that starts without correlation starts without identification. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void an_autoregression_of_random_effects_with_one_for_each_row_is_the_exponential_one(long seed) {
        Table table = table(seed, 25, 8, 0.85);
        Fit ar = fit(table, "y ~ t + ar(0 + day | g)", null, Criterion.REML);
        Fit exponential = fit(table, "y ~ t + exponential(0 + day | g)", null, Criterion.REML);
        assertThat(ar.convergence().status()).isEqualTo("converged");
        assertThat(ar.logLikelihood()).isCloseTo(exponential.logLikelihood(), within(1e-8));
        for (String name : List.of("rho", "var(Residual)")) {
            Estimate a = named(ar, name);
            Estimate e = named(exponential, name);
            assertThat(a.estimate()).as(name).isCloseTo(e.estimate(), within(RELATIVE * e.standardError()));
            assertThat(a.standardError()).as(name).isCloseTo(e.standardError(), within(1e-5 * e.standardError()));
        }
    }

    /** {@code range = −1/log ρ}, so {@code SE(range) = SE(ρ) range²/ρ}, near ρ = 1 as well. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 0.99, 0.999, 0.9999})
    void the_standard_error_of_a_range_is_that_of_its_correlation(double rho) {
        Table table = table(11, 30, 6, rho);
        Fit range = fit(table, "y ~ 1", "ou(t | g)", Criterion.ML);
        Fit correlation = fit(table, "y ~ 1", "exponential(t | g)", Criterion.ML);
        Estimate a = named(range, "range");
        Estimate e = named(correlation, "rho");
        assertThat(a.estimate()).isCloseTo(-1 / Math.log(e.estimate()), within(RELATIVE * a.standardError()));
        double expected = e.standardError() * a.estimate() * a.estimate() / e.estimate();
        assertThat(a.standardError()).isCloseTo(expected, within(1e-6 * expected));
    }

    @Test
    void a_range_that_is_long_beside_the_places_has_the_standard_error_of_its_logarithm() {
        Table table = table(3, 40, 6, 0.995);
        Fit matern = fit(table, "y ~ 1", "matern(t | g, nu = 0.5, nugget = true)", Criterion.ML);
        Estimate range = named(matern, "range");
        Estimate nugget = named(matern, "nugget");
        // the same model with a random effect for each row
        Fit random = fit(table, "y ~ 1 + ou(0 + day | g)", null, Criterion.ML);
        Estimate other = named(random, "range");
        assertThat(matern.logLikelihood()).isCloseTo(random.logLikelihood(), within(1e-8));
        assertThat(range.standardError()).isCloseTo(other.standardError(), within(1e-5 * other.standardError()));
        assertThat(nugget.estimate()).isBetween(0.01, 0.5);
    }
}
