package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import henderson.api.HendersonException;
import henderson.equations.BernoulliLogit;
import henderson.equations.LaplaceApproximation;
import henderson.equations.ModeEquations;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.InMemoryModel;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every rule: the normal case, threads, memory, extremes, and what is refused. */
class NestedPropertiesTest {
    private static final List<Integration> RULES = List.of(
            Integration.LAPLACE,
            Integration.of("agq", 5),
            Integration.of("mvaghermite", 5),
            Integration.of("ghermite", 5));

    static Stream<NestedCase> plain() {
        return NestedCase.all(3, Options.PLAIN);
    }

    static Stream<NestedCase> small() {
        return NestedCase.all(1, Options.PLAIN, new Options(false, true, 1));
    }

    @ParameterizedTest
    @MethodSource("plain")
    void for_a_normal_response_rules_that_adapt_give_the_likelihood_of_the_linear_model(NestedCase c) {
        if (!(c.family() instanceof ScaledNormal normal)) {
            return;
        }
        double expected = normalDeviance(c, normal.y());
        for (Integration rule : RULES.subList(0, 3)) {
            assertThat(c.approximation(rule, new SequentialClusters()).value(c.beta(), c.lambda(), c.phi()))
                    .as(rule.toString())
                    .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
        }
    }

    /** {@code log|2πV| + rᵀV⁻¹r} of all rows at once. */
    private static double normalDeviance(NestedCase c, double[] y) {
        int n = y.length;
        DMatrixRMaj v = new DMatrixRMaj(n, n);
        double[] r = new double[n];
        for (int i = 0; i < n; i++) {
            r[i] = y[i] - c.offset()[i];
            for (int j = 0; j < c.beta().length; j++) {
                r[i] -= c.design().x()[i][j] * c.beta()[j];
            }
            v.set(i, i, c.phi()[0] * c.phi()[0]);
        }
        for (int t = 0; t < c.lambda().length; t++) {
            Design.TermData term = c.design().terms().get(t);
            int q = term.columns();
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < n; k++) {
                    for (int a = 0; term.level()[i] == term.level()[k] && a < q; a++) {
                        double left = 0;
                        double right = 0;
                        for (int b = 0; b < q; b++) {
                            left += term.z()[i][b] * c.lambda()[t].get(b, a);
                            right += term.z()[k][b] * c.lambda()[t].get(b, a);
                        }
                        v.add(i, k, left * right);
                    }
                }
            }
        }
        double out = n * Math.log(2 * Math.PI);
        for (int j = 0; j < n; j++) { // Cholesky and forward substitution in one
            for (int k = 0; k < j; k++) {
                double f = v.get(j, k);
                r[j] -= f * r[k];
                for (int i = j; i < n; i++) {
                    v.add(i, j, -v.get(i, k) * f);
                }
            }
            double root = Math.sqrt(v.get(j, j));
            out += 2 * Math.log(root);
            r[j] /= root;
            out += r[j] * r[j];
            for (int i = j; i < n; i++) {
                v.set(i, j, v.get(i, j) / root);
            }
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("plain")
    void information_and_modes_equal_those_by_the_sparse_factor(NestedCase c) {
        Approximation nested = c.approximation(Integration.LAPLACE, new SequentialClusters());
        Approximation general = new CrossedApproximation(new LaplaceApproximation(ModeEquations.of(c.design()
                .model(new Unstructured())
                .weights(null)
                .family(c.family())
                .offset(c.offset())
                .build())));
        double d = general.value(c.beta(), c.lambda(), c.phi());
        assertThat(nested.value(c.beta(), c.lambda(), c.phi())).isCloseTo(d, within(1e-11 * Math.abs(d)));
        int p = c.beta().length;
        double[][] beta = new double[2][p];
        double[][] phi = new double[2][c.phi().length];
        DMatrixRMaj[][] lambda = new DMatrixRMaj[2][];
        DMatrixRMaj[] information = {new DMatrixRMaj(p, p), new DMatrixRMaj(p, p)};
        for (int k = 0; k < 2; k++) {
            Approximation a = k == 0 ? nested : general;
            lambda[k] = Stream.of(c.lambda()).map(DMatrixRMaj::createLike).toArray(DMatrixRMaj[]::new);
            a.gradient(beta[k], lambda[k], phi[k]);
            a.fixedInformation(information[k]);
        }
        assertThat(beta[0]).containsExactly(beta[1], within(1e-9));
        assertThat(phi[0]).containsExactly(phi[1], within(1e-9));
        assertThat(information[0].data).containsExactly(information[1].data, within(1e-9));
        for (int t = 0; t < lambda[0].length; t++) {
            assertThat(lambda[0][t].data).containsExactly(lambda[1][t].data, within(1e-9));
            assertThat(nested.modes(t).values())
                    .containsExactly(general.modes(t).values(), within(1e-9));
            assertThat(nested.modes(t).conditional())
                    .containsExactly(general.modes(t).conditional(), within(1e-9));
        }
    }

    @Test
    void the_same_bits_on_any_number_of_threads() {
        Random random = new Random(5);
        int groups = 700;
        int n = groups * 6;
        double[] y = new double[n];
        double[][] x = new double[n][2];
        double[][] z = new double[n][2];
        int[] level = new int[n];
        for (int i = 0; i < n; i++) {
            level[i] = random.nextInt(groups);
            x[i] = new double[] {1, random.nextGaussian()};
            z[i] = x[i];
            y[i] = random.nextInt(2);
        }
        var model = InMemoryModel.builder(y, x)
                .term("g", level, z, new Unstructured())
                .family(new BernoulliLogit(y))
                .build();
        DMatrixRMaj[] lambda = {new DMatrixRMaj(new double[][] {{0.9, 0}, {0.3, 0.7}})};
        for (Integration rule : RULES) {
            double[][] seen = new double[3][];
            for (int threads = 1; threads <= 3; threads++) {
                try (ThreadedClusters clusters = new ThreadedClusters(threads)) {
                    Approximation a = Approximations.of(model, rule, clusters);
                    double[] byBeta = new double[2];
                    DMatrixRMaj[] byLambda = {new DMatrixRMaj(2, 2)};
                    double d = a.value(new double[] {0.2, -0.4}, lambda, new double[0]);
                    a.gradient(byBeta, byLambda, new double[0]);
                    seen[threads - 1] =
                            new double[] {d, byBeta[0], byBeta[1], byLambda[0].data[0], byLambda[0].data[2]};
                }
            }
            assertThat(seen[1]).as(rule.toString()).isEqualTo(seen[0]);
            assertThat(seen[2]).as(rule.toString()).isEqualTo(seen[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void a_value_with_its_gradient_allocates_nothing(NestedCase c) {
        for (Integration rule : RULES) {
            Approximation a = c.approximation(rule, new SequentialClusters());
            double[] byBeta = new double[c.beta().length];
            double[] byPhi = new double[c.phi().length];
            DMatrixRMaj[] byLambda =
                    Stream.of(c.lambda()).map(DMatrixRMaj::createLike).toArray(DMatrixRMaj[]::new);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long id = Thread.currentThread().getId();
            long least = Long.MAX_VALUE; // compiling may allocate on the side
            int times = 50;
            for (int round = 0; round < 4; round++) {
                long before = threads.getThreadAllocatedBytes(id);
                for (int k = 0; k < times; k++) {
                    a.value(c.beta(), c.lambda(), c.phi());
                    a.gradient(byBeta, byLambda, byPhi);
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(id) - before);
            }
            // the measurement itself allocates a little; one object each time would be 16 · times
            assertThat(least).as("%s, bytes in %d values", rule, times).isLessThan(8L * times);
        }
    }

    @Test
    void a_cluster_of_ten_thousand_rows_does_not_underflow() {
        Random random = new Random(3);
        int n = 20_000;
        double[] y = new double[n];
        double[][] x = new double[n][1];
        double[][] z = new double[n][1];
        int[] level = new int[n];
        for (int i = 0; i < n; i++) {
            x[i][0] = 1;
            z[i][0] = 1;
            level[i] = i % 2;
            y[i] = random.nextDouble() < (level[i] == 0 ? 0.2 : 0.7) ? 1 : 0;
        }
        var model = InMemoryModel.builder(y, x)
                .term("g", level, z, new Unstructured())
                .family(new BernoulliLogit(y))
                .build();
        DMatrixRMaj[] lambda = {new DMatrixRMaj(new double[][] {{1.5}})};
        double laplace = Approximations.of(model, Integration.LAPLACE, new SequentialClusters())
                .value(new double[1], lambda, new double[0]);
        assertThat(laplace).isFinite();
        for (Integration rule : RULES.subList(1, 3)) {
            double d = Approximations.of(model, rule, new SequentialClusters())
                    .value(new double[1], lambda, new double[0]);
            // with so many rows the posterior is normal to a relative 1/n
            assertThat(d).as(rule.toString()).isCloseTo(laplace, within(1e-2));
        }
    }

    @ParameterizedTest
    @MethodSource("small")
    void extreme_predictors_survive(NestedCase c) {
        double[] far = c.beta().clone();
        far[0] = 300;
        for (Integration rule : RULES.subList(0, 3)) {
            Approximation a = c.approximation(rule, new SequentialClusters());
            double here = a.value(c.beta(), c.lambda(), c.phi());
            a.value(far, c.lambda(), c.phi());
            assertThat(a.value(c.beta(), c.lambda(), c.phi())).isCloseTo(here, within(1e-9 * Math.abs(here)));
            if (c.phi().length == 0) {
                assertThat(a.value(far, c.lambda(), c.phi()))
                        .as(rule.toString())
                        .isFinite();
            }
        }
    }

    @Test
    void quadrature_of_crossed_effects_is_refused_with_advice() {
        NestedCase c = NestedCase.of(RandomDesigns.draw(Arrangement.CROSSED_TWO, Options.PLAIN, 3, 1), "logit");
        assertThatThrownBy(() -> c.approximation(Integration.of("agq", 7), new SequentialClusters()))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("agq, 7 points")
                .satisfies(e -> assertThat(((HendersonException) e).advice()).contains("laplace"));
    }

    @Test
    void a_grid_beyond_reach_is_refused_with_its_size() {
        assertThatThrownBy(() -> new Grid(100, 4))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("100 points")
                .hasMessageContaining("100000000 nodes");
    }

    @Test
    void a_pruned_grid_keeps_the_digits() {
        Grid whole = new Grid(7, 4);
        Grid pruned = new Grid(7, 5);
        assertThat(whole.size).isEqualTo(2401);
        assertThat((double) pruned.size).isLessThan(pruned.whole);
        double sum = 0;
        for (int j = 0; j < pruned.size; j++) {
            double square = 0;
            for (int a = 0; a < 5; a++) {
                square += pruned.nodes[j * 5 + a] * pruned.nodes[j * 5 + a] / 2;
            }
            sum += Math.exp(pruned.logWeights[j] - square);
        }
        assertThat(sum / Math.pow(Math.PI, 2.5)).isCloseTo(1, within(1e-11));
    }
}
