package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import henderson.equations.SequentialClusters;
import henderson.testkit.RandomDesigns.Options;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each cluster adds to the gradient, and posterior means by quadrature. */
class ClusterPartsTest {
    private static final List<Integration> RULES = List.of(
            Integration.LAPLACE,
            Integration.of("agq", 5),
            Integration.of("mvaghermite", 5),
            Integration.of("ghermite", 5));

    static Stream<NestedCase> cases() {
        return NestedCase.all(2, Options.PLAIN);
    }

    private static DMatrixRMaj[] like(DMatrixRMaj[] lambda) {
        return Arrays.stream(lambda)
                .map(l -> new DMatrixRMaj(l.numRows, l.numCols))
                .toArray(DMatrixRMaj[]::new);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void parts_of_clusters_add_up_to_the_gradient(NestedCase c) {
        for (Integration rule : RULES) {
            Approximation d = c.approximation(rule, new SequentialClusters());
            d.value(c.beta(), c.lambda(), c.phi());
            double[] beta = new double[c.beta().length];
            double[] phi = new double[c.phi().length];
            DMatrixRMaj[] lambda = like(c.lambda());
            d.gradient(beta, lambda, phi);
            double[] sum = new double[beta.length];
            double[] sumPhi = new double[phi.length];
            DMatrixRMaj[] sumLambda = like(lambda);
            double[] own = new double[beta.length];
            double[] ownPhi = new double[phi.length];
            DMatrixRMaj[] ownLambda = like(lambda);
            for (int k = 0; k < d.clusters(); k++) {
                assertThat(d.clusterGradient(k, own, ownLambda, ownPhi)).isTrue();
                add(sum, own);
                add(sumPhi, ownPhi);
                for (int t = 0; t < lambda.length; t++) {
                    add(sumLambda[t].data, ownLambda[t].data);
                }
            }
            assertClose(rule, sum, beta);
            assertClose(rule, sumPhi, phi);
            for (int t = 0; t < lambda.length; t++) {
                assertClose(rule, sumLambda[t].data, lambda[t].data);
            }
        }
    }

    private static void add(double[] into, double[] from) {
        for (int i = 0; i < into.length; i++) {
            into[i] += from[i];
        }
    }

    private static void assertClose(Integration rule, double[] actual, double[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as(rule.toString())
                    .isCloseTo(expected[i], within(1e-9 * (1 + Math.abs(expected[i]))));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rows_of_one_level_of_the_outermost_factor_are_one_cluster(NestedCase c) {
        Approximation d = c.approximation(Integration.LAPLACE, new SequentialClusters());
        int[] of = d.clusterOfRows();
        boolean[][] pairs = new boolean[d.clusters()][];
        boolean found = false;
        for (int t = 0; t < c.lambda().length; t++) {
            int[] level = c.design().terms().get(t).level();
            boolean same = true;
            for (int i = 0; i < of.length; i++) {
                for (int j = 0; j < i; j++) {
                    same &= (of[i] == of[j]) == (level[i] == level[j]);
                }
            }
            found |= same;
        }
        assertThat(found).isTrue();
        assertThat(Arrays.stream(of).distinct().count()).isEqualTo(pairs.length);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void for_a_normal_response_posterior_means_are_modes_with_their_covariances(NestedCase c) {
        if (!(c.family() instanceof ScaledNormal)) {
            return;
        }
        for (Integration rule : RULES.subList(0, 3)) {
            Approximation d = c.approximation(rule, new SequentialClusters());
            d.value(c.beta(), c.lambda(), c.phi());
            for (int t = 0; t < c.lambda().length; t++) {
                Fit.Effects modes = d.modes(t);
                Fit.Effects means = d.means(t);
                assertThat(means).as(rule.toString()).isNotNull();
                assertThat(means.values()).containsExactly(modes.values(), within(1e-8));
                assertThat(means.conditional()).containsExactly(modes.conditional(), within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rules_that_adapt_agree_on_posterior_means(NestedCase c) {
        if (c.lambda().length > 1 || c.lambda()[0].numRows > 1) {
            return; // enough nodes for agreement would take long
        }
        Approximation a = c.approximation(Integration.of("agq", 41), new SequentialClusters());
        Approximation b = c.approximation(Integration.of("mvaghermite", 41), new SequentialClusters());
        a.value(c.beta(), c.lambda(), c.phi());
        b.value(c.beta(), c.lambda(), c.phi());
        assertThat(a.means(0).values()).containsExactly(b.means(0).values(), within(1e-5));
        assertThat(a.means(0).conditional()).containsExactly(b.means(0).conditional(), within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void beside_laplace_seven_points_give_posterior_means(NestedCase c) {
        Approximation laplace = c.approximation(Integration.LAPLACE, new SequentialClusters());
        Approximation seven = c.approximation(Integration.of("agq", 7), new SequentialClusters());
        laplace.value(c.beta(), c.lambda(), c.phi());
        seven.value(c.beta(), c.lambda(), c.phi());
        for (int t = 0; t < c.lambda().length; t++) {
            assertThat(laplace.means(t).values()).containsExactly(seven.means(t).values(), within(1e-12));
        }
    }
}
