package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import henderson.api.BoundStructure;
import henderson.api.Whitening;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Built-in whitenings allocate nothing after birth. */
class WhiteningAllocationTest {
    private static final int[] AT = {0, 1, 3};
    private static final double[] TAU = {1.5, 0.5};
    private static final double[] X = new double[AT.length * 2];
    private static final double[] OUT = new double[AT.length * 2];

    static Stream<BoundStructure> structures() {
        return Stream.of(BoundDiagonal.common(4), new BoundExchangeable(4));
    }

    @ParameterizedTest
    @MethodSource("structures")
    void an_evaluation_allocates_nothing(BoundStructure bound) {
        Whitening whitening = bound.whitening(AT);
        use(whitening, 20_000); // until it is compiled
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        use(whitening, 10_000);
        // the measurement itself allocates a little; one object per use would be 160,000
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
    }

    private static void use(Whitening whitening, int times) {
        for (int i = 0; i < times; i++) {
            whitening.update(TAU);
            whitening.colour(X, 0, 2);
            whitening.whiten(X, 0, 2);
            whitening.q(0, X, 0, 2, OUT);
            OUT[0] = whitening.traceQ(0) + whitening.logDeterminant();
        }
    }
}
