package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.data.Table;
import henderson.equations.Replicator;
import henderson.inference.Bootstrap;
import henderson.inference.BootstrapOptions;
import henderson.inference.BootstrapQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bootstraps of whole fits: exact distributions where they are known, the same bits on threads, and every road. */
class BootstrapTest {
    private static final Henderson HENDERSON = Henderson.create();
    private static final int GROUPS = 8;
    private static final int EACH = 4;

    @TempDir
    private static Path folder;

    private static Table table;

    /** Eight groups of four rows that also meet three raters; counts, successes and an ordered outcome. */
    @BeforeAll
    static void makeData() throws IOException {
        Random random = new Random(11);
        StringBuilder csv = new StringBuilder("y,x,t,g,r,w,k,s,o\n");
        for (int g = 0; g < GROUPS; g++) {
            double effect = random.nextGaussian();
            double slope = 0.5 * random.nextGaussian();
            for (int i = 0; i < EACH; i++) {
                double x = random.nextInt(9) / 4.0;
                double y = 5 + (1 + slope) * x + effect + random.nextGaussian();
                double eta = 0.3 * x + effect / 2;
                csv.append(String.format(
                        Locale.ROOT,
                        "%.5f,%s,%d,g%d,r%d,%d,%d,%d,%d\n",
                        y,
                        x,
                        i + 1,
                        g,
                        (g + i) % 3,
                        1 + i % 2,
                        (int) Math.floor(Math.exp(eta + 0.5 * random.nextGaussian()) + random.nextDouble()),
                        random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0,
                        1 + random.nextInt(3)));
            }
        }
        table = HENDERSON.read(Files.writeString(folder.resolve("data.csv"), csv));
    }

    private static Fit fit(String formula, Criterion criterion) {
        return HENDERSON.fit(table, formula, FitOptions.DEFAULT.withCriterion(criterion));
    }

    private static Fit fitted(String text) {
        String[] parts = text.split("; ");
        ModelSpec spec = HENDERSON.parse(parts[0]);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String value = part.substring(part.indexOf(' ') + 1);
            spec = switch (part.substring(0, part.indexOf(' '))) {
                case "family" -> spec.withFamily(value);
                case "residual" -> spec.withResidual(HENDERSON.parseResidual(value));
                case "weights" -> spec.withWeights(value);
                default -> spec.withFrequencyWeights(value);
            };
        }
        return HENDERSON.fit(HENDERSON.model(spec, table), FitOptions.DEFAULT);
    }

    /** Distribution function of F by Simpson's rule on its density in the variable of the beta distribution. */
    private static double betaCdf(double a, double b, double x) {
        int n = 20_000;
        double whole = 0;
        double part = 0;
        for (int i = 0; i < n; i++) {
            double u = (i + 0.5) / n;
            double density = Math.pow(u, a - 1) * Math.pow(1 - u, b - 1);
            whole += density;
            part += u < x ? density : 0;
        }
        return part / whole;
    }

    /** P(F ≤ f) with m and n degrees of freedom. */
    private static double fisher(double m, double n, double f) {
        return betaCdf(m / 2, n / 2, m * f / (m * f + n));
    }

    @Test
    void balanced_one_way_variances_have_their_known_distribution() {
        Fit fit = fit("y ~ 1 + (1 | g)", Criterion.REML);
        double between = fit.parameters().get(0).estimate();
        double within = fit.sigma2();
        int n = 8_000;
        Bootstrap b = HENDERSON.bootstrap(fit, BootstrapOptions.DEFAULT.withReplicates(n));
        assertThat(b.failures()).isEmpty();
        assertThat(b.drawn()).isEqualTo("sufficient statistics");
        // inside, MSB = σ̂² + 4σ̂_g² and MSE = σ̂² are independent multiples of χ²; F = MSB/MSE · σ²/(σ² + 4σ_g²)
        double ratio = within / (within + EACH * between);
        int dfBetween = GROUPS - 1;
        int dfWithin = GROUPS * (EACH - 1);
        double onBoundary = fisher(dfBetween, dfWithin, ratio);
        assertThat(b.boundary() / (double) n).isCloseTo(onBoundary, within(monteCarlo(onBoundary, n)));
        for (double f : new double[] {0.6, 0.8, 1, 1.4, 2, 3}) {
            double expected = fisher(dfBetween, dfWithin, f);
            long below = Arrays.stream(b.replicates())
                    .filter(r -> r[1] == 0 || (r[2] + EACH * r[1]) / r[2] * ratio <= f)
                    .count();
            assertThat(below / (double) n).as("F ≤ %s", f).isCloseTo(expected, within(monteCarlo(expected, n)));
        }
        double[] means = Arrays.stream(b.replicates()).mapToDouble(r -> r[0]).toArray();
        double variance = (within + EACH * between) / (GROUPS * EACH);
        double squares = Arrays.stream(means)
                .map(v -> (v - fit.beta()[0]) * (v - fit.beta()[0]))
                .average()
                .orElse(0);
        assertThat(squares / variance).isCloseTo(1, within(4.5 * Math.sqrt(2.0 / n)));
    }

    /** Four and a half binomial standard errors. */
    private static double monteCarlo(double p, int n) {
        return 4.5 * Math.sqrt(p * (1 - p) / n);
    }

    @Test
    void percentile_intervals_are_quantiles_of_the_replicates() {
        Bootstrap b = HENDERSON.bootstrap(
                fit("y ~ x + (1 | g)", Criterion.ML),
                BootstrapOptions.DEFAULT.withReplicates(199).withLevel(90));
        double[] sorted =
                Arrays.stream(b.replicates()).mapToDouble(r -> r[1]).sorted().toArray();
        BootstrapQuantity x = b.quantities().get(1);
        assertThat(x.name()).isEqualTo("x");
        assertThat(x.percentile()).isEqualTo(new BootstrapQuantity.Interval(sorted[9], sorted[189]));
        assertThat(x.basic().lower()).isEqualTo(2 * x.estimate() - sorted[189]);
        double mean = Arrays.stream(sorted).average().orElse(0);
        assertThat(x.bias()).isCloseTo(mean - x.estimate(), within(1e-12));
        assertThat(x.normal().upper() - x.normal().lower())
                .isCloseTo(2 * 1.6448536269514722 * x.standardError(), within(1e-12));
        assertThat(x.standardError()).isCloseTo(x.hessianError(), within(0.3 * x.hessianError()));
    }

    @Test
    void too_few_replicates_give_no_quantiles() {
        Bootstrap b =
                HENDERSON.bootstrap(fit("y ~ x + (1 | g)", Criterion.ML), BootstrapOptions.DEFAULT.withReplicates(20));
        assertThat(b.quantities()).allMatch(q -> q.percentile() == null && q.basic() == null);
        assertThat(b.quantities().get(0).standardError()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y ~ x + (1 | g)",
                "y ~ x + (x | g)",
                "y ~ x + (1 | g) + (1 | r)",
                "y ~ x + (1 | g); weights w",
                "y ~ x + (1 | g); frequencies w",
                "y ~ x + (1 | r); residual ar(1, t | g)",
                "k ~ x + (1 | g); family poisson",
                "s ~ x + (1 | g); family binomial",
                "o ~ x + (1 | g); family ordinal"
            })
    void threads_give_the_same_bits_and_seeds_give_others(String model) {
        Fit fit = fitted(model);
        BootstrapOptions options = BootstrapOptions.DEFAULT.withReplicates(40);
        Bootstrap one = HENDERSON.bootstrap(fit, options);
        for (int threads = 2; threads < 4; threads++) {
            Bootstrap more = HENDERSON.bootstrap(fit, options.withThreads(threads));
            assertThat(more.replicates()).isDeepEqualTo(one.replicates());
            assertThat(more.failures()).isEqualTo(one.failures());
        }
        assertThat(HENDERSON.bootstrap(fit, options.withSeed(2)).replicates()[0])
                .isNotEqualTo(one.replicates()[0]);
        assertThat(one.fitted() + one.failures().size()).isEqualTo(40);
        for (int r = 0; r < 40; r++) {
            boolean failed = one.endings()[r] == Replicator.Ending.FAILED;
            assertThat(Arrays.stream(one.replicates()[r]).anyMatch(Double::isNaN))
                    .isEqualTo(failed);
        }
        // fewer replicates are the first of more
        Bootstrap few = HENDERSON.bootstrap(fit, options.withReplicates(3));
        assertThat(few.replicates()).isDeepEqualTo(Arrays.copyOf(one.replicates(), 3));
    }

    @Test
    void a_replicate_that_cannot_be_fitted_is_counted_and_named() throws IOException {
        StringBuilder csv = new StringBuilder("o,g\n");
        for (int i = 0; i < 24; i++) {
            csv.append(i == 7 ? "3" : Integer.toString(1 + i % 2))
                    .append(",g")
                    .append(i % 6)
                    .append('\n');
        }
        Table rare = HENDERSON.read(Files.writeString(folder.resolve("rare.csv"), csv));
        Fit fit = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse("o ~ 1 + (1 | g)").withFamily("ordinal"), rare), FitOptions.DEFAULT);
        Bootstrap b = HENDERSON.bootstrap(fit, BootstrapOptions.DEFAULT.withReplicates(100));
        // an outcome of probability 1/24 is missing in (23/24)^24 = 36 % of the responses
        assertThat(b.failures().size()).isBetween(15, 60);
        assertThat(b.failures()).allMatch(f -> f.reason().contains("outcome"));
        for (Bootstrap.Failure f : b.failures()) {
            assertThat(b.endings()[f.replicate() - 1]).isEqualTo(Replicator.Ending.FAILED);
            assertThat(b.replicates()[f.replicate() - 1]).containsOnly(Double.NaN);
        }
    }

    @Test
    void a_replicate_whose_response_is_separated_is_counted_and_named() throws IOException {
        StringBuilder csv = new StringBuilder("y,x,g\n");
        for (int i = 0; i < 90; i++) {
            boolean rare = i % 15 == 7; // six rows, two of them with the outcome
            csv.append(rare ? i < 30 ? 1 : 0 : (i / 3 + i % 3) % 2)
                    .append(rare ? ",1,g" : ",0,g")
                    .append(i % 9)
                    .append('\n');
        }
        Table table = HENDERSON.read(Files.writeString(folder.resolve("separated.csv"), csv));
        Fit fit = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse("y ~ x + (1 | g)").withFamily("binomial"), table), FitOptions.DEFAULT);
        Bootstrap b = HENDERSON.bootstrap(fit, BootstrapOptions.DEFAULT.withReplicates(200));
        // the six rows have one outcome in (2/3)^6 + (1/3)^6 = 9 % of the responses
        assertThat(b.failures().size()).isBetween(6, 34);
        assertThat(b.failures()).allMatch(f -> f.reason().contains("'x' separates"));
    }

    @Test
    void held_effects_leave_less_variance_in_the_fixed_effects() {
        Fit fit = fit("y ~ x + (1 | g)", Criterion.ML);
        BootstrapOptions options = BootstrapOptions.DEFAULT.withReplicates(400);
        double drawn = HENDERSON.bootstrap(fit, options).quantities().get(0).standardError();
        double held = HENDERSON
                .bootstrap(fit, options.withConditional(true))
                .quantities()
                .get(0)
                .standardError();
        assertThat(held).isLessThan(0.9 * drawn);
    }

    @Test
    void standard_deviations_and_correlations_are_made_of_each_replicate() {
        Bootstrap b =
                HENDERSON.bootstrap(fit("y ~ x + (x | g)", Criterion.ML), BootstrapOptions.DEFAULT.withReplicates(100));
        List<String> names =
                b.quantities().stream().map(BootstrapQuantity::name).toList();
        assertThat(names)
                .contains("sd(g:x)", "var(g:x)", "sd(Residual)", "logLikelihood")
                .doesNotHaveDuplicates();
        int at = b.columns().indexOf("var(g:x)");
        double mean = Arrays.stream(b.replicates())
                .mapToDouble(r -> Math.sqrt(r[at]))
                .average()
                .orElse(0);
        assertThat(b.quantities().get(names.indexOf("sd(g:x)")).mean()).isCloseTo(mean, within(1e-12));
        BootstrapQuantity correlation = b.quantities().stream()
                .filter(q -> q.name().startsWith("corr(g:"))
                .findFirst()
                .orElseThrow();
        long zero = Arrays.stream(b.replicates())
                .filter(r -> r[at] == 0 || r[b.columns().indexOf("var(g:(Intercept))")] == 0)
                .count();
        assertThat(correlation.undefined()).isEqualTo((int) zero);
    }

    @Test
    void what_is_no_maximum_is_refused() {
        Fit rough = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse("k ~ x + (1 | g)").withFamily("poisson"), table),
                FitOptions.DEFAULT.withEstimator("pql"));
        assertThatThrownBy(() -> HENDERSON.bootstrap(rough, BootstrapOptions.DEFAULT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'pql'");
        assertThatThrownBy(() -> HENDERSON.bootstrap(
                        fitted("k ~ x + (1 | g); family poisson; frequencies w"), BootstrapOptions.DEFAULT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("frequency weights");
        assertThatThrownBy(() -> HENDERSON.bootstrap(
                        fitted("k ~ x + (1 | g); family poisson; weights w"), BootstrapOptions.DEFAULT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("no distribution to draw");
    }
}
