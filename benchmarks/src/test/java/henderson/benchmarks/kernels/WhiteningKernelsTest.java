package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import henderson.api.Registry;
import henderson.framework.Henderson;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

class WhiteningKernelsTest {
    /** Of quadratic forms; a Gaussian correlation of neighbours is the worst conditioned of all. */
    private static final double ROUNDING = 1e-9;

    private static final Registry REGISTRY = Henderson.create().registry();

    private static String[] structures() throws NoSuchFieldException {
        return WhiteningKernels.class
                .getField("structure")
                .getAnnotation(Param.class)
                .value();
    }

    static Stream<Arguments> cases() throws NoSuchFieldException {
        return Arrays.stream(structures())
                .flatMap(structure -> Stream.of(1, 2, 3, 5, 16, 64).map(n -> Arguments.of(structure, n)));
    }

    @ParameterizedTest(name = "{0}, n = {1}")
    @MethodSource("cases")
    void candidates_agree_in_the_determinant_and_the_quadratic_forms(String structure, int n) {
        BoundStructure bound = WhiteningTasks.bound(REGISTRY, structure, n);
        double[] expected = ran(WhiteningTasks.task("ejml", bound, n));
        for (String library : new String[] {"henderson", "henderson-dense"}) {
            double[] actual = ran(WhiteningTasks.task(library, bound, n));
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i])
                        .as(library)
                        .isCloseTo(expected[i], within(ROUNDING * (1 + Math.abs(expected[i]))));
            }
        }
    }

    @Test
    void each_structure_has_its_call() throws NoSuchFieldException {
        assertThat(structures()).containsExactlyInAnyOrderElementsOf(WhiteningTasks.CALLS.keySet());
    }

    private static double[] ran(Task task) {
        task.run();
        return task.result();
    }
}
