package henderson.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.ArgumentSpec.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final List<ArgumentSpec> DECLARED = List.of(
            new ArgumentSpec("order", Type.INTEGER, List.of(), 1),
            new ArgumentSpec("kind", Type.CHOICE, List.of("full", "banded"), null));

    private static Arguments of(Map<String, Object> given) {
        return Arguments.of("ar", DECLARED, given);
    }

    @Test
    void unnamed_arguments_fill_the_declared_ones_in_order_and_defaults_the_rest() {
        Arguments both = of(Map.of("1", 2, "2", "full"));
        assertThat(both.integer("order")).isEqualTo(2);
        assertThat(both.choice("kind")).isEqualTo("full");
        assertThat(of(Map.of("kind", "banded")).integer("order")).isEqualTo(1);
    }

    @Test
    void what_is_missing_unknown_or_of_another_type_is_named() {
        assertThatThrownBy(() -> of(Map.of("order", 2))).hasMessageContaining("'kind'");
        assertThatThrownBy(() -> of(Map.of("kind", "full", "lag", 3)))
                .hasMessageContaining("'lag'")
                .hasMessageContaining("3");
        assertThatThrownBy(() -> of(Map.of("kind", "half"))).hasMessageContaining("full, banded");
        assertThatThrownBy(() -> of(Map.of("kind", "full", "order", 1.5))).hasMessageContaining("1.5");
    }

    @Test
    void an_expression_prints_what_parses_back() {
        Expression sum = new Expression.Binary("+", new Expression.Name("a"), new Expression.Name("b c"));
        Expression product = new Expression.Binary("*", sum, new Expression.Number(2, "2"));
        assertThat(product).hasToString("(a + `b c`) * 2");
    }
}
