package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A value and a score allocate nothing once a workspace has been used. */
class AllocationTest {
    private static final int TIMES = 200;

    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        for (Arrangement arrangement : List.of(
                Arrangement.SEVERAL_COLUMNS,
                Arrangement.NESTED_TWO,
                Arrangement.CROSSED_TWO,
                Arrangement.NESTED_AND_CROSSED,
                Arrangement.TWO_BLOCKS)) {
            for (boolean singular : new boolean[] {false, true}) {
                Design design = RandomDesigns.draw(arrangement, new Options(true, singular, 1), 4, 77);
                for (Evaluation.Road road : Evaluation.Road.values()) {
                    for (Criterion criterion : Criterion.values()) {
                        out.add(Arguments.of(design, road, criterion));
                    }
                }
            }
        }
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_value_and_a_score_allocate_nothing(Design design, Evaluation.Road road, Criterion criterion) {
        LinearEquations equations =
                LinearEquations.of(design.model(new Unstructured()).build(), FitListener.SILENT);
        Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters()).road(road);
        Score score = new Score(evaluation);
        DMatrixRMaj[] lambda =
                design.terms().stream().map(t -> new DMatrixRMaj(t.lambda())).toArray(DMatrixRMaj[]::new);
        run(evaluation, score, lambda);
        long least = Long.MAX_VALUE; // compiling may allocate on the side
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 4; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            run(evaluation, score, lambda);
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        // the measurement itself allocates a little; one object each time would be 16 · TIMES
        assertThat(least).isLessThan(2 * TIMES);
    }

    private static void run(Evaluation evaluation, Score score, DMatrixRMaj[] lambda) {
        for (int i = 0; i < TIMES; i++) {
            assertNumber(evaluation.value(lambda));
            score.update();
        }
    }

    private static void assertNumber(double d) {
        if (Double.isNaN(d)) {
            throw new AssertionError("The likelihood is not a number.");
        }
    }
}
