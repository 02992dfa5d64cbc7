package henderson.equations.linear;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.structures.Unstructured;
import henderson.testkit.RandomDesigns;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which boundaries are tried, and when. */
class TermBoundariesTest {
    private final Parameters parameters = new Parameters(RandomDesigns.draw(
                    RandomDesigns.Arrangement.ONE_UNBALANCED, new RandomDesigns.Options(false, false, 1), 2, 7)
            .model(new Unstructured())
            .build());

    /** Two minima: one at 1, and zero, which is better or worse. */
    private static ToDoubleFunction<double[]> d(double atZero) {
        return tau -> tau[0] == 0 ? atZero : (tau[0] - 1) * (tau[0] - 1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_far_boundary_that_is_better_is_found_at_convergence(boolean far) {
        assertThat(parameters.size()).isEqualTo(1);
        TermBoundaries terms = new TermBoundaries(parameters, 1, d(-1), d(-1), (point, t) -> far);
        double[] inside = {1};
        assertThat(terms.snap(inside, false, from -> List.of())).containsExactly(far ? 1 : 0);
        assertThat(terms.snap(inside, true, from -> List.of())).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_boundary_that_is_worse_is_not_gone_to(boolean far) {
        TermBoundaries terms = new TermBoundaries(parameters, 1, d(0.1), d(0.1), (point, t) -> far);
        double[] inside = {1};
        assertThat(terms.snap(inside, false, from -> List.of())).isSameAs(inside);
        assertThat(terms.snap(inside, true, from -> List.of())).isSameAs(inside);
    }
}
