package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.HendersonException;
import henderson.api.Positions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownTest {
    private static Arguments arguments(Map<String, Object> given) {
        return Arguments.of("known", new Known().arguments(), given);
    }

    @Test
    void over_the_columns_it_is_the_structure_it_stands_over() {
        Positions columns = Positions.of(List.of("(Intercept)", "x"));
        BoundStructure inner = new Unstructured().bind(Arguments.none(), columns);
        assertThat(new Known().bind(arguments(Map.of("1", "A.csv")), columns, List.of(inner)))
                .isSameAs(inner);
    }

    @Test
    void it_takes_a_matrix_and_whether_that_is_an_inverse() {
        assertThat(arguments(Map.of("1", "A.csv")).flag("inverse")).isFalse();
        assertThat(arguments(Map.of("matrix", "A.csv", "inverse", true)).flag("inverse"))
                .isTrue();
        assertThatThrownBy(() -> arguments(Map.of()))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'known' needs the argument 'matrix'");
        assertThatThrownBy(() -> arguments(Map.of("1", "A.csv", "inverse", "yes")))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("'inverse'");
    }
}
