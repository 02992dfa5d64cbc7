package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BlockKernelsTest {
    /** Diagonally dominant, some hundred columns. */
    private static final double ROUNDING = 1e-12;

    static Stream<Arguments> patterns() {
        return Arrays.stream(Pattern.values())
                .flatMap(pattern -> Stream.of(1, 2, 3, 5, 16, 64).map(n -> Arguments.of(pattern, n)));
    }

    @ParameterizedTest(name = "{0}, n = {1}")
    @MethodSource("patterns")
    void candidates_have_one_log_determinant(Pattern pattern, int n) {
        BlockInput input = new BlockInput(pattern, n);
        double expected = ran(BlockTasks.cholesky("ejml-dense", input))[0];
        assertThat(expected).isPositive();
        for (String library : new String[] {"henderson", "ejml-sparse"}) {
            assertThat(ran(BlockTasks.cholesky(library, input))[0])
                    .as(library)
                    .isCloseTo(expected, within(ROUNDING * expected));
        }
    }

    @ParameterizedTest(name = "{0}, n = {1}")
    @MethodSource("patterns")
    void candidates_have_one_diagonal_of_the_inverse(Pattern pattern, int n) {
        BlockInput input = new BlockInput(pattern, n);
        double[] expected = ran(BlockTasks.inverse("ejml-dense", input));
        assertThat(ran(BlockTasks.inverse("henderson", input))).containsExactly(expected, within(ROUNDING));
    }

    private static double[] ran(Task task) {
        task.run();
        double[] first = task.result();
        task.run();
        assertThat(task.result()).isEqualTo(first);
        return first;
    }
}
