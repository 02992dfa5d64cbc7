package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllocationTest {
    private static final int CYCLES = 100;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void factor_solve_and_invert_allocate_nothing() {
        Random random = new Random(1);
        BlockGraph sparse = Graphs.crossed(Graphs.sizes(40, random), 20, 8, random);
        BlockGraph dense = Graphs.crossed(Graphs.sizes(90, random), 40, 25, random);
        BlockGraph before = Graphs.star(new int[] {60, 1, 2, 3, 4}, 0);
        assertAllocatesNothing(new Rowed(sparse, Graphs.upTo(sparse, 20), 2, random));
        assertAllocatesNothing(new Rowed(dense, Graphs.upTo(dense, 40), 2, random));
        assertAllocatesNothing(new Rowed(before, Graphs.upTo(before, 1), 2, random));
    }

    private void assertAllocatesNothing(Rowed rowed) {
        rowed.assemble();
        double[] m = rowed.factor.panels().clone();
        double[] x = new double[rowed.factor.order() * rowed.border];
        double[] triangle = new double[rowed.border * rowed.border];
        assertThat(cycles(rowed, m, x, triangle)).isTrue();
        long start = threads.getCurrentThreadAllocatedBytes();
        boolean done = cycles(rowed, m, x, triangle);
        long allocated = threads.getCurrentThreadAllocatedBytes() - start;
        assertThat(done).isTrue();
        // the question itself may cost an object or two; one array of four entries per cycle would be 4,800 bytes
        assertThat(allocated).isLessThan(CYCLES);
    }

    private static boolean cycles(Rowed rowed, double[] m, double[] x, double[] triangle) {
        boolean done = true;
        for (int i = 0; i < CYCLES; i++) {
            done &= cycle(rowed, m, x, triangle);
        }
        return done;
    }

    private static boolean cycle(Rowed rowed, double[] m, double[] x, double[] triangle) {
        BlockFactor factor = rowed.factor;
        System.arraycopy(m, 0, factor.panels(), 0, m.length);
        boolean done = true;
        for (int c = 0; c < rowed.e.components(); c++) {
            done &= factor.cholesky(c, triangle, rowed.scratch);
            factor.invert(c, rowed.scratch);
            factor.identity(c);
            for (int s = rowed.e.firstStep(c); s < rowed.e.firstStep(c + 1); s++) {
                System.arraycopy(m, rowed.e.panel(s), rowed.scratch.row(), 0, rowed.e.width(s));
                rowed.scratch.absorb(factor.panels(), s, 0, triangle);
            }
            factor.solveBorder(c, x);
            factor.forward(c, x, rowed.border);
            done &= factor.logDeterminant(c) > 0;
        }
        return done;
    }
}
