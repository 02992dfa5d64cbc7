package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits that are made to go wrong, each with the way it must end. */
class AdversarialFitsTest {
    private static final Henderson HENDERSON = Henderson.create();

    /** Data of some groups: x, group, random effects of intercept and slope, noise. */
    private static final class Data {
        final int rows;
        final int[] group;
        final double[] x;
        final double[] noise;
        /** Standard normal, two a group. */
        final double[][] effect;

        Data(int groups, int size, long seed) {
            this(IntStream.generate(() -> size).limit(groups).toArray(), seed);
        }

        Data(int[] sizes, long seed) {
            Random random = new Random(seed);
            rows = Arrays.stream(sizes).sum();
            group = IntStream.range(0, sizes.length)
                    .flatMap(g -> IntStream.generate(() -> g).limit(sizes[g]))
                    .toArray();
            x = random.doubles(rows, -1, 1).toArray();
            noise = new double[rows];
            Arrays.setAll(noise, i -> random.nextGaussian());
            effect = new double[sizes.length][2];
            for (double[] e : effect) {
                e[0] = random.nextGaussian();
                e[1] = random.nextGaussian();
            }
        }

        Table.Builder table(IntToDoubleFunction y) {
            return Table.builder("made up")
                    .numeric("y", IntStream.range(0, rows).mapToDouble(y).toArray())
                    .numeric("x", x)
                    .categorical("g", groups());
        }

        List<String> groups() {
            return Arrays.stream(group).mapToObj(g -> "g" + g).toList();
        }

        double intercept(int i) {
            return effect[group[i]][0];
        }

        double slope(int i) {
            return effect[group[i]][1];
        }
    }

    private static Fit fit(Table table, String formula) {
        return HENDERSON.fit(table, formula);
    }

    private static void assertConverged(Fit fit) {
        assertThat(fit.convergence()).as("%s", fit.certificate()).isInstanceOf(Convergence.Converged.class);
    }

    @Test
    void nearly_perfect_correlation_is_an_inner_optimum_or_a_boundary_but_certified() {
        Data d = new Data(40, 12, 1);
        // correlation of the true effects: 1 − 5e-9
        Table table = d.table(i -> d.intercept(i) + (d.intercept(i) + 1e-4 * d.slope(i)) * d.x[i] + 0.1 * d.noise[i])
                .build();
        for (Criterion c : Criterion.values()) {
            Fit fit = HENDERSON.fit(
                    HENDERSON.model(HENDERSON.parse("y ~ x + (1 + x | g)"), table),
                    FitOptions.DEFAULT.withCriterion(c));
            assertThat(fit.convergence().certified())
                    .as("%s", fit.convergence())
                    .isTrue();
            double[] g = fit.random().get(0).covariance().data;
            assertThat(g[1] / Math.sqrt(g[0] * g[3])).isGreaterThan(0.99);
        }
    }

    @Test
    void perfect_correlation_ends_on_the_boundary_and_says_so() {
        Data d = new Data(30, 8, 2);
        // residuals of slopes given intercepts are fewer than noise would give: a noise that is orthogonal to x in each
        // group
        Table table = d.table(i -> d.intercept(i) * (1 + 2 * d.x[i]) + 0.01 * (i % 2 == 0 ? 1 : -1))
                .build();
        Fit fit = fit(table, "y ~ x + (1 + x | g)");
        assertThat(fit.convergence()).isInstanceOf(Convergence.Boundary.class);
        assertThat(((Convergence.Boundary) fit.convergence()).parameters().get(0))
                .contains("linearly dependent", "rank 1 of 2");
    }

    @Test
    void variance_at_zero_is_a_result() {
        Data d = new Data(20, 5, 3);
        // groups more alike than chance: the same five residuals in each
        Table table = d.table(i -> i % 5 + d.x[i] * 1e-3).build();
        Fit fit = fit(table, "y ~ 1 + (1 | g)");
        assertThat(fit.convergence()).isInstanceOf(Convergence.Boundary.class);
        assertThat(fit.parameters().get(0).estimate()).isZero();
        assertThat(fit.logLikelihood()).isEqualTo(fit.nullLogLikelihood());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e8, 1e-8})
    void scale_of_a_predictor_does_not_matter(double scale) {
        Data d = new Data(30, 10, 4);
        IntToDoubleFunction y = i -> 3 + 2 * d.x[i] + d.intercept(i) + 0.5 * d.slope(i) * d.x[i] + d.noise[i];
        double[] z = Arrays.stream(d.x).map(v -> scale * v).toArray();
        Table table = d.table(y).numeric("z", z).build();
        Fit plain = fit(table, "y ~ x + (1 + x | g)");
        Fit scaled = fit(table, "y ~ z + (1 + z | g)");
        assertConverged(plain);
        assertConverged(scaled);
        // both at a decrement of 1e-12
        assertThat(scaled.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-9));
        double se = Math.sqrt(plain.betaCovariance().get(1, 1));
        assertThat(scaled.beta()[1] * scale).isCloseTo(plain.beta()[1], within(1e-6 * se));
        double variance = plain.random().get(0).covariance().get(1, 1);
        double seOfVariance = Math.sqrt(plain.parameterCovariance().get(2, 2));
        assertThat(scaled.random().get(0).covariance().get(1, 1) * scale * scale)
                .isCloseTo(variance, within(1e-5 * seOfVariance));
    }

    @Test
    void offset_of_a_predictor_does_not_matter() {
        Data d = new Data(30, 10, 5);
        // a multiple of 2⁻¹⁰ keeps its digits beside 10⁸
        double[] x = Arrays.stream(d.x).map(v -> Math.rint(v * 1024) / 1024).toArray();
        double[] z = Arrays.stream(x).map(v -> v + 1e8).toArray();
        Table table = Table.builder("made up")
                .numeric(
                        "y",
                        IntStream.range(0, d.rows)
                                .mapToDouble(i -> x[i] + d.intercept(i) + d.noise[i])
                                .toArray())
                .numeric("x", x)
                .numeric("z", z)
                .categorical("g", d.groups())
                .build();
        Fit plain = fit(table, "y ~ x + (1 | g)");
        Fit moved = fit(table, "y ~ z + (1 | g)");
        assertConverged(moved);
        assertThat(moved.logLikelihood()).isCloseTo(plain.logLikelihood(), within(1e-9));
        assertThat(moved.beta()[1]).isCloseTo(plain.beta()[1], within(1e-9));
    }

    @Test
    void groups_of_one_row_beside_large_ones_converge() {
        int[] sizes = IntStream.concat(IntStream.generate(() -> 1).limit(500), IntStream.of(40, 60, 80))
                .toArray();
        Data d = new Data(sizes, 6);
        Table table = d.table(i -> 1 + d.x[i] + 2 * d.intercept(i) + d.noise[i]).build();
        assertConverged(fit(table, "y ~ x + (1 | g)"));
    }

    @Test
    void as_many_groups_as_rows_are_refused() {
        Data d = new Data(50, 1, 7);
        Table table = d.table(i -> d.noise[i]).build();
        assertThatThrownBy(() -> fit(table, "y ~ x + (1 | g)"))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("50 random effects (50 levels × 1) for 50 rows");
    }

    @Test
    void identical_rows_converge() {
        Data once = new Data(20, 4, 8);
        // every row three times, response and all
        int[] of = IntStream.range(0, 3 * once.rows).map(i -> i / 3).toArray();
        Table table = Table.builder("made up")
                .numeric(
                        "y",
                        Arrays.stream(of)
                                .mapToDouble(i -> once.x[i] + once.intercept(i) + once.noise[i])
                                .toArray())
                .numeric("x", Arrays.stream(of).mapToDouble(i -> once.x[i]).toArray())
                .categorical(
                        "g",
                        Arrays.stream(of).mapToObj(i -> "g" + once.group[i]).toList())
                .build();
        assertConverged(fit(table, "y ~ x + (1 | g)"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-14, 1e-13, 1e-12})
    void collinear_column_is_dropped_and_named(double difference) {
        Data d = new Data(20, 6, 9);
        double[] z = new double[d.rows];
        Arrays.setAll(z, i -> 2 * d.x[i] + difference * d.noise[i]);
        Table table = d.table(i -> d.x[i] + d.intercept(i) + d.noise[i])
                .numeric("z", z)
                .build();
        Fit fit = fit(table, "y ~ x + z + (1 | g)");
        assertConverged(fit);
        assertThat(fit.model().fixedNames()).containsExactly("(Intercept)", "x");
        assertThat(fit.model().report().columnsDropped())
                .extracting(DataReport.ColumnDropped::name)
                .containsExactly("z");
        assertThat(fit.logLikelihood()).isCloseTo(fit(table, "y ~ x + (1 | g)").logLikelihood(), within(1e-10));
    }

    /** What is collinear by 1e-6 only has ten digits left: kept, and certified or stopped with the pair named. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-3, 1e-6, 1e-8})
    void nearly_collinear_column_is_kept_and_the_pair_named_where_it_matters(double difference) {
        Data d = new Data(20, 6, 10);
        double[] z = new double[d.rows];
        Arrays.setAll(z, i -> 2 * d.x[i] + difference * d.noise[i]);
        Table table = d.table(i -> d.x[i] + d.intercept(i) + d.noise[(i * 7) % d.rows])
                .numeric("z", z)
                .build();
        Fit fit = fit(table, "y ~ x + z + (1 | g)");
        assertThat(fit.model().fixedNames()).containsExactly("(Intercept)", "x", "z");
        if (fit.convergence() instanceof Convergence.Stopped stopped) {
            assertThat(difference).as("%s", stopped).isLessThan(1e-5);
            assertThat(stopped.culprits().get(0)).startsWith("near-collinear pair: the estimates of x and z");
        } else {
            assertConverged(fit);
        }
    }

    @Test
    void a_hundred_thousand_levels_converge() {
        Data d = new Data(100_000, 3, 11);
        Table table = d.table(i -> 1 + d.x[i] + d.intercept(i) + d.noise[i]).build();
        Fit fit = fit(table, "y ~ x + (1 | g)");
        assertConverged(fit);
        // four standard errors of a variance of 1 from 100,000 groups
        assertThat(fit.parameters().get(0).estimate()).isCloseTo(1, within(0.03));
        assertThat(fit.effects().get(0).values()).hasSize(100_000);
    }

    @Test
    void group_of_a_hundred_thousand_rows_converges() {
        int[] sizes = IntStream.concat(
                        IntStream.of(100_000), IntStream.generate(() -> 5).limit(20))
                .toArray();
        Data d = new Data(sizes, 12);
        Table table = d.table(i -> 1 + d.x[i] + 2 * d.intercept(i) + d.slope(i) * d.x[i] + d.noise[i])
                .build();
        assertConverged(fit(table, "y ~ x + (1 + x | g)"));
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void two_hundred_columns_converge(Criterion criterion) {
        Data d = new Data(60, 10, 13);
        Random random = new Random(14);
        Table.Builder builder = d.table(i -> d.x[i] + d.intercept(i) + d.noise[i]);
        StringBuilder formula = new StringBuilder("y ~ x");
        for (int j = 1; j < 199; j++) {
            builder.numeric("v" + j, random.doubles(d.rows, 0, 1).toArray());
            formula.append(" + v").append(j);
        }
        Fit fit = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse(formula + " + (1 | g)"), builder.build()),
                FitOptions.DEFAULT.withCriterion(criterion));
        assertThat(fit.beta()).hasSize(200);
        assertConverged(fit);
    }

    /** The likelihood has no maximum: it grows without end as the residual variance goes to zero. */
    @ParameterizedTest
    @ValueSource(strings = {"y ~ 1 + (1 | g)", "y ~ x + (1 | g)", "y ~ 1 + (1 + x | g)"})
    void response_constant_within_groups_is_never_certified(String formula) {
        Data d = new Data(15, 6, 15);
        Table table = d.table(i -> Math.rint(1000 * d.intercept(i))).build();
        String end;
        try {
            end = fit(table, formula).convergence().status();
        } catch (HendersonException e) {
            assertThat(e.getMessage()).containsAnyOf("residual", "constant", "exact");
            end = "refused";
        }
        assertThat(end).as(formula).isIn("stopped", "failed", "refused");
    }

    /** What the iteration limit leaves is said, with its figures. */
    @Test
    void fit_stopped_by_its_limit_names_the_likely_culprit() {
        Data d = new Data(30, 10, 16);
        double[] z = Arrays.stream(d.x).map(v -> 1e8 * v * v).toArray();
        Table table = d.table(i -> 3 + d.x[i] + 3 * d.intercept(i) + d.noise[i])
                .numeric("z", z)
                .build();
        Fit fit = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse("y ~ x + z + (1 + x | g)"), table),
                FitOptions.DEFAULT.withIterations(0));
        assertThat(fit.convergence()).isInstanceOf(Convergence.Stopped.class);
        Convergence.Stopped stopped = (Convergence.Stopped) fit.convergence();
        assertThat(stopped.reason().toLowerCase(Locale.ROOT)).contains("limit of 0 iterations");
        assertThat(stopped.culprits()).anyMatch(c -> c.startsWith("predictors of very different scale: z"));
    }
}
