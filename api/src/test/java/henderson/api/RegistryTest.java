package henderson.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RegistryTest {
    /** A structure that is its name. */
    private record Named(String name, List<String> others, Set<Side> sides) implements CovarianceStructure {
        @Override
        public List<String> aliases(Side side) {
            return others;
        }

        @Override
        public BoundStructure bind(Arguments arguments, Positions positions) {
            throw new HendersonException("Nothing is bound here.");
        }
    }

    private static Named both(String name, String... aliases) {
        return new Named(name, List.of(aliases), Set.of(Side.RANDOM, Side.RESIDUAL));
    }

    @Test
    void a_structure_is_found_by_its_name_and_its_aliases() {
        Named first = both("first", "one");
        Registry registry = Registry.ofStructures(first, both("second"));

        assertThat(registry.structure(Side.RANDOM, "first")).isSameAs(first);
        assertThat(registry.structure(Side.RESIDUAL, "one")).isSameAs(first);
        assertThat(registry.structures(Side.RANDOM).keySet()).containsExactly("first", "one", "second");
    }

    @Test
    void an_unknown_name_is_answered_with_the_known_ones() {
        assertThatThrownBy(() -> Registry.ofStructures(both("first")).structure(Side.RANDOM, "frist"))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'frist'")
                .hasMessageContaining("Known: first");
    }

    @Test
    void a_name_taken_twice_names_both_classes() {
        assertThatThrownBy(() -> Registry.ofStructures(both("first"), both("other", "first")))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'first'")
                .hasMessageContaining(Named.class.getName());
    }

    @Test
    void a_name_may_stand_for_two_structures_on_two_sides() {
        Named random = new Named("plain", List.of(), Set.of(Side.RANDOM));
        Named residual = new Named("plain", List.of(), Set.of(Side.RESIDUAL));
        Registry registry = Registry.ofStructures(random, residual);

        assertThat(registry.structure(Side.RANDOM, "plain")).isSameAs(random);
        assertThat(registry.structure(Side.RESIDUAL, "plain")).isSameAs(residual);
    }

    @Test
    void a_semidefinite_factor_keeps_the_matrix() {
        DMatrixRMaj a = new DMatrixRMaj(new double[][] {{4, 2, 6}, {2, 1, 3}, {6, 3, 10}}); // rank 2
        DMatrixRMaj l = a.copy();
        Semidefinite.cholesky(l);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double sum = 0;
                for (int k = 0; k < 3; k++) {
                    sum += l.get(i, k) * l.get(j, k);
                }
                assertThat(sum).isEqualTo(a.get(i, j));
            }
        }
        assertThat(l.get(1, 1)).isZero();
    }
}
