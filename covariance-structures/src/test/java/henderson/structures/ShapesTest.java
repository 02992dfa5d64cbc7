package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What the four structures look like, by hand. */
class ShapesTest {
    private static final Registry REGISTRY =
            Registry.ofStructures(new Identity(), new Independent(), new Exchangeable(), new Unstructured());

    private static BoundStructure bind(CovarianceStructure kind, int q) {
        List<String> labels = IntStream.rangeClosed(1, q).mapToObj(i -> "x" + i).toList();
        return kind.bind(Arguments.none(), Positions.of(labels));
    }

    private static double[] matrix(BoundStructure bound, int q, double... tau) {
        return bound.matrix(tau, IntStream.range(0, q).toArray(), new DMatrixRMaj(q, q)).data;
    }

    @Test
    void identity_has_one_variance() {
        assertThat(matrix(bind(new Identity(), 2), 2, 3)).containsExactly(9, 0, 0, 9);
        assertThat(bind(new Identity(), 2).naturals()).containsExactly(Natural.variance(-1));
    }

    @Test
    void independent_has_a_variance_each() {
        assertThat(matrix(bind(new Independent(), 2), 2, 3, 2)).containsExactly(9, 0, 0, 4);
        assertThat(bind(new Independent(), 2).naturals()).containsExactly(Natural.variance(0), Natural.variance(1));
    }

    @Test
    void exchangeable_has_eigenvalues_of_mean_and_contrasts() {
        BoundStructure bound = bind(new Exchangeable(), 2);
        // a² = 9, c² = 1: variance (9 + 1)/2, covariance (9 − 1)/2
        assertThat(matrix(bound, 2, 3, 1)).containsExactly(5, 4, 4, 5);
        assertThat(bound.natural(new double[] {3, 1})).containsExactly(5, 4);
        assertThat(bound.naturals()).containsExactly(Natural.variance(-1), Natural.covariance(-1, -1));
        assertThat(bound.held()).isEqualTo(1);
    }

    @Test
    void exchangeable_of_one_position_has_one_variance() {
        BoundStructure bound = bind(new Exchangeable(), 1);
        assertThat(bound.coordinates()).hasSize(1);
        assertThat(matrix(bound, 1, 3)).containsExactly(9);
    }

    @Test
    void unstructured_holds_its_factor_row_by_row() {
        // Λ = [2 0; 3 4]
        assertThat(matrix(bind(new Unstructured(), 2), 2, 2, 3, 4)).containsExactly(4, 6, 6, 25);
    }

    @Test
    void unstructured_reports_variances_then_covariances_row_by_row() {
        BoundStructure bound = bind(new Unstructured(), 3);
        assertThat(bound.naturals())
                .containsExactly(
                        Natural.variance(0),
                        Natural.variance(1),
                        Natural.variance(2),
                        Natural.covariance(1, 0),
                        Natural.covariance(2, 0),
                        Natural.covariance(2, 1));
        assertThat(bound.natural(new double[] {1, 2, 3, 4, 5, 6}))
                .containsExactly(1, 4 + 9, 16 + 25 + 36, 2, 4, 8 + 15);
    }

    @Test
    void names_and_aliases_lead_to_the_kinds_of_each_side() {
        assertThat(REGISTRY.structures(Side.RANDOM))
                .containsOnlyKeys("cs", "diag", "exchangeable", "id", "identity", "independent", "unstructured", "us");
        assertThat(REGISTRY.structure(Side.RANDOM, "independent")).isInstanceOf(Independent.class);
        assertThat(REGISTRY.structure(Side.RESIDUAL, "independent")).isInstanceOf(Identity.class);
        assertThat(REGISTRY.hasStructure(Side.RESIDUAL, "diag")).isFalse();
    }

    @Test
    void exchangeable_factor_is_smooth_through_both_boundaries() {
        BoundStructure bound = bind(new Exchangeable(), 3);
        int[] all = {0, 1, 2};
        DMatrixRMaj at = new DMatrixRMaj(3, 3);
        DMatrixRMaj before = new DMatrixRMaj(3, 3);
        DMatrixRMaj slope = new DMatrixRMaj(3, 3);
        for (int k = 0; k < 2; k++) {
            double[] tau = {1, 1};
            tau[k] = 1e-3;
            bound.factor(tau, all, at);
            tau[k] = -1e-3;
            bound.factor(tau, all, before);
            assertThat(bound.factorDerivative(new double[] {1 - k, k}, k, all, slope))
                    .isTrue();
            for (int i = 0; i < 9; i++) {
                // linear in each coordinate
                assertThat((at.data[i] - before.data[i]) / 2e-3).isCloseTo(slope.data[i], within(1e-12));
            }
        }
    }

    @Test
    void exchangeable_factor_of_some_positions_is_not_smooth_at_zero_and_says_so() {
        BoundStructure bound = bind(new Exchangeable(), 3);
        DMatrixRMaj out = new DMatrixRMaj(2, 2);
        assertThat(bound.factorDerivative(new double[] {0, 0}, 0, new int[] {0, 1}, out))
                .isFalse();
        assertThat(bound.factorDerivative(new double[] {1, 0}, 0, new int[] {0, 1}, out))
                .isTrue();
    }
}
