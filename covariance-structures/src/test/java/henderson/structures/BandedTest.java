package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class BandedTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Banded();
    }

    /** Full, 1 and 2. */
    @Override
    public Arguments arguments(int size) {
        return arguments(size < 3 ? Map.of() : Map.of("order", size == 3 ? 1 : 2));
    }

    private static Arguments arguments(Map<String, Object> given) {
        return Arguments.of("banded", new Banded().arguments(), given);
    }

    @Override
    public boolean isFrugal() {
        return true;
    }

    private static BoundStructure bind(int q, Map<String, Object> given) {
        return new Banded()
                .bind(
                        arguments(given),
                        Positions.of(
                                IntStream.range(0, q).mapToObj(i -> "t" + i).toList()));
    }

    @Test
    void outside_the_band_there_is_nothing_and_within_everything_is_free() {
        BoundStructure bound = bind(5, Map.of("order", 2));
        double[] tau = IntStream.rangeClosed(1, 12).mapToDouble(i -> i).toArray();
        assertThat(bound.coordinates()).hasSize((2 + 1) * (2 * 5 - 2) / 2);
        DMatrixRMaj r = bound.matrix(tau, new int[] {0, 1, 2, 3, 4}, new DMatrixRMaj(5, 5));
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(r.get(i, j) == 0).isEqualTo(Math.abs(i - j) > 2);
            }
        }
    }

    @Test
    void order_zero_is_a_variance_for_each_occasion() {
        BoundStructure bound = bind(3, Map.of("order", 0));
        assertThat(bound.matrix(new double[] {2, 3, 4}, new int[] {0, 1, 2}, new DMatrixRMaj(3, 3)).data)
                .containsExactly(4, 0, 0, 0, 9, 0, 0, 0, 16);
    }

    @Test
    void without_an_order_it_is_unstructured() {
        BoundStructure bound = bind(4, Map.of());
        BoundStructure unstructured =
                new Unstructured().bind(Arguments.none(), Positions.of(List.of("a", "b", "c", "d")));
        double[] tau = IntStream.rangeClosed(1, 10).mapToDouble(i -> 11 - i).toArray();
        int[] at = {0, 1, 2, 3};
        assertThat(bound.matrix(tau, at, new DMatrixRMaj(4, 4)).data)
                .isEqualTo(unstructured.matrix(tau, at, new DMatrixRMaj(4, 4)).data);
        assertThat(bound.naturals()).isEqualTo(unstructured.naturals());
        assertThat(bound.natural(tau)).isEqualTo(unstructured.natural(tau));
    }

    @Test
    void what_cannot_be_held_is_refused() {
        assertThatThrownBy(() -> bind(3, Map.of("order", 3)))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("order 3 needs more than 3 occasions; there are 3", "Maybe"));
        assertThatThrownBy(() -> bind(3, Map.of("order", -1)))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("order -1; it must be at least 0");
        assertThatThrownBy(() -> bind(2001, Map.of("order", 1)))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("2001 occasions; at most 2000", "Maybe"));
    }
}
