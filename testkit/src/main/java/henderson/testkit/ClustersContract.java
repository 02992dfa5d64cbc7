package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Clusters;
import henderson.api.Fold;
import henderson.api.HendersonException;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every place to sum over clusters must do, so that a fit has the same bits on all of them. */
public interface ClustersContract {
    /** The place under test. */
    Clusters clusters();

    /** Numbers of leaves: none, one, both sides of a power of two, many. */
    private static Stream<DynamicTest> forEachCount(IntConsumer law) {
        return IntStream.of(0, 1, 2, 3, 7, 64, 1000)
                .mapToObj(leaves -> DynamicTest.dynamicTest(leaves + " leaves", () -> law.accept(leaves)));
    }

    /** Law 1: no leaf is forgotten, none is added twice. */
    @TestFactory
    default Stream<DynamicTest> every_leaf_is_added_once() {
        return forEachCount(leaves -> {
            TracingFold fold = new TracingFold(leaves);
            clusters().fold(leaves, fold);
            assertThat(fold.added()).isEqualTo(TracingFold.once(leaves));
        });
    }

    /**
     * Law 2: each leaf starts from an accumulator of its own, neighbours are merged left to right, and what was merged away
     * is not used again, although it may be handed out to another leaf at once.
     */
    @TestFactory
    default Stream<DynamicTest> accumulators_never_alias_and_neighbours_are_merged_left_to_right() {
        return forEachCount(leaves -> {
            TracingFold fold = new TracingFold(leaves);
            clusters().fold(leaves, fold);
            assertThat(fold.complaints()).isEmpty();
            assertThat(fold.open()).as("accumulators left").isEqualTo(1);
        });
    }

    /** Law 3: the left half of a range is the largest power of two smaller than its length. */
    @TestFactory
    default Stream<DynamicTest> the_tree_of_merges_is_the_reference_tree() {
        return forEachCount(leaves -> {
            String expected = new ReferenceClusters()
                    .fold(leaves, new TracingFold(leaves))
                    .tree();
            assertThat(clusters().fold(leaves, new TracingFold(leaves)).tree()).isEqualTo(expected);
        });
    }

    /** Law 3 in numbers: a sum over sixteen decades has the same bits, every time. */
    @TestFactory
    default Stream<DynamicTest> a_sum_has_the_bits_of_the_reference_tree() {
        return forEachCount(leaves -> {
            Random random = new Random(leaves);
            double[] values = new double[leaves];
            for (int i = 0; i < leaves; i++) {
                values[i] = random.nextGaussian() * Math.pow(10, 16 * random.nextDouble() - 8);
            }
            double expected = new ReferenceClusters().fold(leaves, sum(values))[0];
            for (int time = 0; time < 10; time++) {
                assertThat(clusters().fold(leaves, sum(values))[0]).isEqualTo(expected);
            }
        });
    }

    private static Fold<double[]> sum(double[] values) {
        return new Fold<>() {
            @Override
            public double[] create() {
                return new double[1];
            }

            @Override
            public void accumulate(int leaf, double[] into) {
                into[0] += values[leaf];
            }

            @Override
            public void merge(double[] into, double[] from) {
                into[0] += from[0];
            }
        };
    }

    /** Law 4: what a leaf throws reaches the caller as it was, and the next fold is none the worse. */
    @Test
    default void a_failure_in_a_leaf_reaches_the_caller() {
        TracingFold failing = new TracingFold(64) {
            @Override
            public synchronized void accumulate(int leaf, Trace into) {
                if (leaf == 40) {
                    throw new HendersonException("Leaf 40 fails.");
                }
                super.accumulate(leaf, into);
            }
        };
        assertThatThrownBy(() -> clusters().fold(64, failing))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("Leaf 40 fails.");
        TracingFold next = new TracingFold(64);
        clusters().fold(64, next);
        assertThat(next.added()).isEqualTo(TracingFold.once(64));
    }

    /** At least the calling thread. */
    @Test
    default void there_is_a_thread() {
        assertThat(clusters().threads()).isPositive();
    }
}
