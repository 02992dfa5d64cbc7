package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.inference.Estimate;
import henderson.inference.RobustCovariance;
import henderson.inference.Summary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cluster-robust covariances of whole fits against a brute force in other coordinates. */
class RobustTest {
    private static final Henderson HENDERSON = Henderson.create();

    /** Rows with a, b within a, x, weights w, counts f, and a response whose noise grows with x. */
    private record Rows(int[] a, int[] b, double[] x, double[] w, double[] f, double[] y) {
        static Rows draw(long seed, int clusters) {
            Random random = new Random(seed);
            List<double[]> rows = new ArrayList<>();
            int b = 0;
            for (int a = 0; a < clusters; a++) {
                double effect = random.nextGaussian();
                double slope = 0.7 * random.nextGaussian();
                for (int group = 2 + random.nextInt(2); group > 0; group--, b++) {
                    double inner = 0.8 * random.nextGaussian();
                    for (int i = 2 + random.nextInt(3); i > 0; i--) {
                        double x = random.nextGaussian();
                        double noise = random.nextGaussian() * (1 + Math.abs(x));
                        double y = 3 + (1 + slope) * x + effect + inner + noise;
                        rows.add(new double[] {a, b, x, 0.5 + random.nextDouble(), 1 + random.nextInt(3), y});
                    }
                }
            }
            return new Rows(
                    rows.stream().mapToInt(r -> (int) r[0]).toArray(),
                    rows.stream().mapToInt(r -> (int) r[1]).toArray(),
                    column(rows, 2),
                    column(rows, 3),
                    column(rows, 4),
                    column(rows, 5));
        }

        private static double[] column(List<double[]> rows, int k) {
            return rows.stream().mapToDouble(r -> r[k]).toArray();
        }

        Table table() {
            return Table.builder("drawn")
                    .categorical("a", names(a))
                    .categorical("b", names(b))
                    .numeric("x", x)
                    .numeric("w", w)
                    .numeric("f", f)
                    .numeric("y", y)
                    .build();
        }

        private static List<String> names(int[] codes) {
            return Arrays.stream(codes).mapToObj(c -> "g" + c).toList();
        }

        /** Every row as often as f says. */
        Rows expanded() {
            int[] at = java.util.stream.IntStream.range(0, y.length)
                    .flatMap(i -> java.util.stream.IntStream.generate(() -> i).limit((long) f[i]))
                    .toArray();
            return new Rows(
                    Arrays.stream(at).map(i -> a[i]).toArray(),
                    Arrays.stream(at).map(i -> b[i]).toArray(),
                    Arrays.stream(at).mapToDouble(i -> x[i]).toArray(),
                    Arrays.stream(at).mapToDouble(i -> w[i]).toArray(),
                    Arrays.stream(at).mapToDouble(i -> 1).toArray(),
                    Arrays.stream(at).mapToDouble(i -> y[i]).toArray());
        }

        double[][] design() {
            return Arrays.stream(x).mapToObj(v -> new double[] {1, v}).toArray(double[][]::new);
        }
    }

    private static Fit fit(Rows rows, String formula, boolean weights) {
        Model model = HENDERSON.model(HENDERSON.parse(formula).withWeights(weights ? "w" : null), rows.table());
        Fit fit = HENDERSON.fit(model, FitOptions.DEFAULT);
        assertThat(fit.convergence().status()).isEqualTo("converged");
        return fit;
    }

    private static Summary robust(Rows rows, Fit fit, String... columns) {
        return HENDERSON
                .robust(fit.model(), fit.options(), rows.table(), List.of(columns))
                .summarize(fit, 95, FitListener.SILENT);
    }

    /** {@code D S Dᵀ} against both covariances of the fit, D from (β, θ) to (β, ψ). */
    private static void agrees(Fit robust, DMatrixRMaj sandwich, double[][] d) {
        int p = robust.beta().length;
        int m = robust.parameters().size();
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double scale = Math.sqrt(sandwich.get(i, i) * sandwich.get(j, j));
                assertThat(robust.betaCovariance().get(i, j)).isCloseTo(sandwich.get(i, j), within(1e-7 * scale));
            }
        }
        double[][] expected = new double[m][m];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                for (int k = 0; k < d[i].length; k++) {
                    for (int l = 0; l < d[j].length; l++) {
                        expected[i][j] += d[i][k] * sandwich.get(p + k, p + l) * d[j][l];
                    }
                }
            }
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                assertThat(robust.parameterCovariance().get(i, j))
                        .as(
                                "%s, %s",
                                robust.parameters().get(i), robust.parameters().get(j))
                        .isCloseTo(expected[i][j], within(1e-5 * Math.sqrt(expected[i][i] * expected[j][j])));
            }
        }
    }

    private static double estimate(Fit fit, int k) {
        return fit.parameters().get(k).estimate();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void random_slopes_with_weights_agree_with_a_dense_sandwich(long seed) {
        Rows rows = Rows.draw(seed, 24);
        Fit fit = fit(rows, "y ~ x + (1 + x | a)", true);
        Fit robust = robust(rows, fit).fit();
        // θ = (log sd₀, atanh r, log sd₁, log σ); parameters var, cov, var, σ² in the structure's order
        int v0 = index(fit, "var(a:(Intercept))");
        int v1 = index(fit, "var(a:x)");
        int c = index(fit, "cov(a:x,(Intercept))", "cov(a:(Intercept),x)");
        double s0 = Math.sqrt(estimate(fit, v0));
        double s1 = Math.sqrt(estimate(fit, v1));
        double r = estimate(fit, c) / (s0 * s1);
        double[] theta = {Math.log(s0), Math.log((1 + r) / (1 - r)) / 2, Math.log(s1), Math.log(fit.sigma2()) / 2};
        DenseSandwich dense = new DenseSandwich(rows.y(), rows.design(), rows.a(), (t, i, j) -> {
            double cov = Math.tanh(t[1]) * Math.exp(t[0] + t[2]);
            double between = Math.exp(2 * t[0])
                    + cov * (rows.x()[i] + rows.x()[j])
                    + Math.exp(2 * t[2]) * rows.x()[i] * rows.x()[j];
            return (rows.a()[i] == rows.a()[j] ? between : 0) + (i == j ? Math.exp(2 * t[3]) / rows.w()[i] : 0);
        });
        double[][] d = new double[4][];
        d[v0] = new double[] {2 * s0 * s0, 0, 0, 0};
        d[v1] = new double[] {0, 0, 2 * s1 * s1, 0};
        d[c] = new double[] {r * s0 * s1, (1 - r * r) * s0 * s1, r * s0 * s1, 0};
        d[3] = new double[] {0, 0, 0, 2 * fit.sigma2()};

        agrees(robust, dense.at(fit.beta(), theta), d);
    }

    private static int index(Fit fit, String... names) {
        for (int k = 0; k < fit.parameters().size(); k++) {
            if (List.of(names).contains(fit.parameters().get(k).name())) {
                return k;
            }
        }
        throw new AssertionError(fit.parameters().toString());
    }

    private static DenseSandwich nested(Rows rows, boolean outer) {
        return new DenseSandwich(
                rows.y(),
                rows.design(),
                rows.a(),
                (t, i, j) -> (outer && rows.a()[i] == rows.a()[j] ? Math.exp(2 * t[2]) : 0)
                        + (rows.b()[i] == rows.b()[j] ? Math.exp(2 * t[0]) : 0)
                        + (i == j ? Math.exp(2 * t[1]) : 0));
    }

    @Test
    void nested_factors_are_clustered_at_the_highest_level() {
        Rows rows = Rows.draw(31, 30);
        Fit fit = fit(rows, "y ~ x + (1 | a/b)", false);
        Summary summary = robust(rows, fit);
        double va = estimate(fit, index(fit, "var(a:(Intercept))"));
        double vb = estimate(fit, index(fit, "var(a:b:(Intercept))"));
        double[] theta = {Math.log(vb) / 2, Math.log(fit.sigma2()) / 2, Math.log(va) / 2};
        double[][] d = new double[3][];
        d[index(fit, "var(a:(Intercept))")] = new double[] {0, 0, 2 * va};
        d[index(fit, "var(a:b:(Intercept))")] = new double[] {2 * vb, 0, 0};
        d[2] = new double[] {0, 2 * fit.sigma2(), 0};

        assertThat(summary.robust()).isEqualTo(new RobustCovariance("a", 30));
        agrees(summary.fit(), nested(rows, true).at(fit.beta(), theta), d);
        double[] named = robust(rows, fit, "a").fit().betaCovariance().data;
        for (int k = 0; k < 4; k++) { // the same clusters in another order
            assertThat(named[k]).isCloseTo(summary.fit().betaCovariance().data[k], within(1e-15));
        }
    }

    @Test
    void clusters_may_be_of_a_variable_outside_the_model() {
        Rows rows = Rows.draw(22, 30);
        Fit fit = fit(rows, "y ~ x + (1 | b)", false);
        double vb = estimate(fit, 0);
        double[] theta = {Math.log(vb) / 2, Math.log(fit.sigma2()) / 2};
        double[][] d = {{2 * vb, 0}, {0, 2 * fit.sigma2()}};

        Fit robust = robust(rows, fit, "a").fit();

        agrees(robust, nested(rows, false).at(fit.beta(), theta), d);
        assertThat(robust.betaCovariance().get(0, 0))
                .isNotCloseTo(robust(rows, fit).fit().betaCovariance().get(0, 0), within(1e-4));
    }

    @Test
    void replication_counts_are_rows() {
        Rows rows = Rows.draw(23, 20);
        Rows expanded = rows.expanded();
        String formula = "y ~ x + (1 | a/b)";
        Fit counted = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse(formula).withFrequencyWeights("f"), rows.table()), FitOptions.DEFAULT);
        Fit written = fit(expanded, formula, false);

        Fit a = robust(rows, counted).fit();
        Fit b = robust(expanded, written).fit();

        for (int k = 0; k < 4; k++) {
            assertThat(a.betaCovariance().data[k])
                    .isCloseTo(
                            b.betaCovariance().data[k],
                            within(1e-8 * b.betaCovariance().get(0, 0)));
        }
        for (int k = 0; k < 9; k++) {
            assertThat(a.parameterCovariance().data[k]).isCloseTo(b.parameterCovariance().data[k], within(1e-6));
        }
    }

    @Test
    void without_groups_each_row_is_a_cluster() {
        Rows rows = Rows.draw(24, 8);
        Fit fit = HENDERSON.fit(HENDERSON.model(HENDERSON.parse("y ~ x"), rows.table()), FitOptions.DEFAULT);
        Summary summary = robust(rows, fit);
        double[][] inverse = {
            {fit.betaCovariance().get(0, 0), fit.betaCovariance().get(0, 1)},
            {fit.betaCovariance().get(1, 0), fit.betaCovariance().get(1, 1)}
        };
        double[][] expected = new double[2][2];
        for (int i = 0; i < rows.y().length; i++) {
            double e = (rows.y()[i] - fit.beta()[0] - fit.beta()[1] * rows.x()[i]) / fit.sigma2();
            double[] moved = {
                e * (inverse[0][0] + inverse[0][1] * rows.x()[i]), e * (inverse[1][0] + inverse[1][1] * rows.x()[i])
            };
            for (int k = 0; k < 4; k++) {
                expected[k / 2][k % 2] += moved[k / 2] * moved[k % 2];
            }
        }

        for (int k = 0; k < 4; k++) {
            assertThat(summary.fit().betaCovariance().data[k])
                    .isCloseTo(expected[k / 2][k % 2], within(1e-11 * expected[0][0]));
        }
        assertThat(summary.robust()).isEqualTo(new RobustCovariance("", rows.y().length));
    }

    @Test
    void a_variance_at_zero_has_no_standard_error_and_leaves_the_others_theirs() {
        Rows drawn = Rows.draw(25, 12);
        // alternating noise within groups of b: no variance is left between them
        double[] y = new double[drawn.y().length];
        for (int i = 0; i < y.length; i++) {
            y[i] = drawn.x()[i] + (i % 2 == 0 ? 1 : -1) * (1 + 0.1 * (i % 5));
        }
        Rows rows = new Rows(drawn.a(), drawn.b(), drawn.x(), drawn.w(), drawn.f(), y);
        Fit fit = HENDERSON.fit(HENDERSON.model(HENDERSON.parse("y ~ x + (1 | a)"), rows.table()), FitOptions.DEFAULT);
        assertThat(fit.convergence().status()).isEqualTo("boundary");

        Summary summary = robust(rows, fit);

        Estimate zero = summary.random().get(0).parameters().get(0);
        assertThat(zero.boundary()).isTrue();
        assertThat(zero.standardError()).isNull();
        double var = 0;
        double[] sums = new double[12];
        for (int i = 0; i < y.length; i++) {
            double e = y[i] - fit.beta()[0] - fit.beta()[1] * rows.x()[i];
            sums[rows.a()[i]] += e * e / fit.sigma2() - 1;
        }
        for (double s : sums) {
            double moved = s * 2 * fit.sigma2() / (2 * y.length); // ∂σ²/∂log σ · (2n)⁻¹ · s
            var += moved * moved;
        }
        assertThat(summary.residual().parameters().get(0).standardError()).isCloseTo(Math.sqrt(var), within(1e-9));
    }

    @Test
    void robust_summaries_have_no_test_of_likelihoods_and_intervals_of_their_own() {
        Rows rows = Rows.draw(26, 15);
        Fit fit = fit(rows, "y ~ x + (1 | a)", false);
        Summary plain = HENDERSON.summarize(fit);
        Summary summary = robust(rows, fit);

        assertThat(plain.versusNoRandomEffects()).isNotNull();
        assertThat(summary.versusNoRandomEffects()).isNull();
        assertThat(summary.fixed().get(1).estimate())
                .isEqualTo(plain.fixed().get(1).estimate());
        assertThat(summary.fixed().get(1).standardError())
                .isNotEqualTo(plain.fixed().get(1).standardError())
                .isEqualTo(Math.sqrt(summary.fit().betaCovariance().get(1, 1)));
    }

    @Test
    void restricted_likelihood_is_refused() {
        Rows rows = Rows.draw(27, 8);
        Fit fit = HENDERSON.fit(
                HENDERSON.model(HENDERSON.parse("y ~ x + (1 | a)"), rows.table()),
                FitOptions.DEFAULT.withCriterion(Criterion.REML));

        assertThatThrownBy(() -> robust(rows, fit))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith("There are no robust standard errors: a restricted likelihood");
    }

    @Test
    void rows_without_a_cluster_are_counted() {
        Rows rows = Rows.draw(28, 8);
        List<String> some = new ArrayList<>(Rows.names(rows.a()));
        some.set(3, null);
        Table table = Table.builder("drawn")
                .categorical("a", Rows.names(rows.a()))
                .categorical("c", some)
                .numeric("x", rows.x())
                .numeric("y", rows.y())
                .build();
        Fit fit = HENDERSON.fit(HENDERSON.model(HENDERSON.parse("y ~ x + (1 | a)"), table), FitOptions.DEFAULT);

        assertThatThrownBy(() -> HENDERSON.robust(fit.model(), fit.options(), table, List.of("c")))
                .isInstanceOf(HendersonException.class)
                .hasMessage("1 row of the model has no value of c, and so no cluster.");
    }
}
