package henderson.structures;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Arguments;
import henderson.api.HendersonException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What combinators alone can see to be wrong. */
class CombinatorRefusalTest {
    private static void refuses(ThrowingCallable call, String... words) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        HendersonException.class, e -> org.assertj.core.api.Assertions.assertThat(e.describe())
                                .contains(words));
    }

    @Test
    void a_factor_of_one_level_is_named() {
        int[][] one = {{1, 0}, {1, 1}};
        refuses(() -> Bind.variances(Bind.pairs(one), Bind.exchangeable(2)), "variances", "1 level ('b')", "Maybe");
        refuses(() -> Bind.by(Bind.pairs(one), Bind.exchangeable(2)), "by", "1 level ('b')", "Maybe");
    }

    @Test
    void a_power_of_zero_names_the_position() {
        refuses(
                () -> Bind.variances("power", Bind.numbers(1, 0, 2), Bind.identity(3)),
                "power",
                "is 0 at position 'p2'",
                "Maybe");
    }

    @Test
    void a_covariate_that_does_not_vary_is_refused() {
        refuses(() -> Bind.variances("power", Bind.numbers(2, -2), Bind.identity(2)), "does not vary in size");
        refuses(() -> Bind.variances("exp", Bind.numbers(0, 0), Bind.identity(2)), "does not vary");
        refuses(() -> Bind.variances("exp", Bind.numbers(0.1, 0.1, 0.1), Bind.identity(3)), "does not vary");
    }

    @Test
    void a_covariate_that_is_no_number_is_refused() {
        refuses(() -> Bind.variances("exp", Bind.numbers(1, Double.NaN), Bind.identity(2)), "NaN", "'p2'");
    }

    @Test
    void an_unknown_function_is_refused_with_the_known_ones() {
        refuses(() -> Bind.variances("square", Bind.numbers(1, 2), Bind.identity(2)), "'square'", "factor, power, exp");
    }

    @Test
    void a_product_stands_over_two_structures() {
        refuses(
                () -> new Kronecker().bind(Arguments.none(), Bind.pairs(Bind.grid(1, 1)), List.of(Bind.identity(1))),
                "'*'",
                "2 structures, not over 1");
    }
}
