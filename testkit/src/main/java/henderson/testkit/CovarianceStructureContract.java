package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Arguments;
import henderson.api.HendersonException;
import henderson.api.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every covariance structure must obey. Implement it in a test class:
 *
 * <pre>{@code
 * class ExponentialTest implements CovarianceStructureContract {
 *     public CovarianceStructure structure() {
 *         return new Exponential();
 *     }
 * }
 * }</pre>
 *
 * <p>Each law is tested at random points, the smallest size first; the seed is in the test's name.
 */
public interface CovarianceStructureContract
        extends MatrixLaws, NaturalLaws, MomentsLaws, BoundaryLaws, WhiteningLaws, LongPatternLaws {

    /** The name is what people type. */
    @Test
    default void name_and_aliases_are_lower_case_and_differ() {
        assertThat(structure().sides()).isNotEmpty();
        for (Side side : structure().sides()) {
            List<String> aliases = structure().aliases(side);
            assertThat(aliases)
                    .doesNotHaveDuplicates()
                    .doesNotContain(structure().name());
            assertThat(aliases).allSatisfy(a -> assertThat(a).isEqualTo(a.toLowerCase(Locale.ROOT)));
        }
        assertThat(structure().name()).isNotBlank().isEqualTo(structure().name().toLowerCase(Locale.ROOT));
    }

    /** An argument nobody declared is refused by name. */
    @Test
    default void an_undeclared_argument_is_refused_by_name() {
        Map<String, Object> given = new HashMap<>(arguments(sizes()[0]).asMap());
        given.put("nonsense", 1);
        assertThatThrownBy(() -> Arguments.of(structure().name(), structure().arguments(), given))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("nonsense");
    }

    /** A coordinate is known by its name. */
    @Test
    default void every_size_binds_with_at_least_one_coordinate_and_distinct_names() {
        for (int size : sizes()) {
            assertThat(structure().bind(arguments(size), positions(size)).coordinates())
                    .isNotEmpty()
                    .extracting(c -> c.name())
                    .doesNotHaveDuplicates();
        }
    }
}
