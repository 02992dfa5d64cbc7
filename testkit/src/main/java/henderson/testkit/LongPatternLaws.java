package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Whitening;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * Laws of whitening over long patterns, for kinds that say a {@link StructureDraws#longSize()}: what a recursion reuses must
 * be what dense algebra finds; and what a frugal whitening needs grows with the rows and no faster.
 */
public interface LongPatternLaws extends StructureDraws {
    /** Rounding of sums of some hundred terms through factors of condition below 1e4. */
    double LONG_TOLERANCE = 1e-9;

    /** Forms in {@code R⁻¹} and {@code R⁻¹ ∂R R⁻¹}, which do not depend on the root, {@code log|R|} and {@code tr(R⁻¹ ∂R)}. */
    @Test
    default void long_pattern_agrees_with_dense_algebra() {
        int n = longSize();
        if (n == 0) {
            return;
        }
        BoundStructure bound = bound(n);
        int[] at = IntStream.range(0, n).toArray();
        for (long seed = 1; seed <= 2; seed++) {
            Random random = new Random(seed);
            double[] tau = point(bound, random);
            Whitening w = bound.whitening(at);
            // ∂log|R| = tr(R⁻¹ ∂R)
            double[] slopes = NumericalDerivative.gradient(t -> logDeterminant(w, t), tau);
            assertThat(w.update(tau)).isTrue();
            DenseCholesky dense = new DenseCholesky(bound.matrix(tau, at, new DMatrixRMaj(n, n)));
            assertThat(w.logDeterminant()).isCloseTo(dense.logDeterminant(), within(LONG_TOLERANCE * n));
            double[] x = random.doubles(n, -1, 1).toArray();
            double[] y = random.doubles(n, -1, 1).toArray();
            double[] white = interleaved(x, y);
            w.whiten(white, 0, 2);
            double[] rx = dense.solve(x);
            double[] ry = dense.solve(y);
            double size = Math.sqrt(inner(x, rx) * inner(y, ry));
            assertThat(product(white, white)).isCloseTo(inner(x, ry), within(LONG_TOLERANCE * size));
            double[] again = white.clone();
            w.colour(again, 0, 2);
            assertThat(again).containsExactly(interleaved(x, y), within(LONG_TOLERANCE * size));
            double[] q = new double[2 * n];
            for (int k = 0; k < tau.length; k++) {
                DMatrixRMaj slope = new DMatrixRMaj(n, n);
                bound.derivative(tau, k, at, slope);
                w.q(k, white, 0, 2, q);
                double expected = inner(rx, times(slope, ry));
                double scale = size * Math.max(1, Small.largest(slope)) * 10;
                assertThat(product(white, q)).as("Q of %s", k).isCloseTo(expected, within(LONG_TOLERANCE * scale));
                assertThat(product(q, white)).as("Q of %s", k).isCloseTo(expected, within(LONG_TOLERANCE * scale));
                assertThat(w.traceQ(k)).as("trace of %s", k).isCloseTo(slopes[k], within(LONG_TOLERANCE * n));
            }
        }
    }

    private static double logDeterminant(Whitening w, double[] tau) {
        assertThat(w.update(tau)).isTrue();
        return w.logDeterminant();
    }

    private BoundStructure bound(int n) {
        return structure().bind(arguments(n), longPositions(n));
    }

    /** Near the neutral point and a fifth away from every boundary value. */
    private static double[] point(BoundStructure bound, Random random) {
        double[] tau = new double[bound.coordinates().size()];
        for (int k = 0; k < tau.length; k++) {
            Coordinate c = bound.coordinates().get(k);
            boolean near = true;
            while (near) {
                tau[k] = c.neutral() + 0.6 * random.nextGaussian();
                near = false;
                for (double snap : c.snaps()) {
                    near |= Math.abs(tau[k] - snap) < 0.2;
                }
            }
        }
        return tau;
    }

    private static double[] interleaved(double[] x, double[] y) {
        double[] out = new double[2 * x.length];
        for (int i = 0; i < x.length; i++) {
            out[2 * i] = x[i];
            out[2 * i + 1] = y[i];
        }
        return out;
    }

    private static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** First column of one with the second column of the other. */
    private static double product(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i += 2) {
            sum += x[i] * y[i + 1];
        }
        return sum;
    }

    private static double[] times(DMatrixRMaj a, double[] x) {
        int n = x.length;
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out[i] += a.data[i * n + j] * x[j];
            }
        }
        return out;
    }

    /** After birth; a measurement itself allocates a little, and one object per use would be 16 bytes times the uses. */
    @Test
    default void frugal_whitening_allocates_nothing_after_birth() {
        if (!isFrugal()) {
            return;
        }
        int n = longSize() > 0 ? 60 : sizes()[sizes().length - 1];
        BoundStructure bound = longSize() > 0 ? bound(n) : structure().bind(arguments(n), positions(n));
        double[] tau = point(bound, new Random(3));
        Whitening w = bound.whitening(IntStream.range(0, n).toArray());
        double[] x = new double[3 * n];
        double[] out = new double[3 * n];
        use(w, tau, x, out, 2000); // until it is compiled
        long before = allocated();
        use(w, tau, x, out, 2000);
        assertThat(allocated() - before).isLessThan(16_000);
    }

    private static void use(Whitening w, double[] tau, double[] x, double[] out, int times) {
        for (int i = 0; i < times; i++) {
            w.update(tau);
            w.colour(x, 0, 3);
            w.whiten(x, 0, 3);
            for (int k = 0; k < tau.length; k++) {
                w.q(k, x, 0, 3, out);
                out[0] = w.traceQ(k) + w.logDeterminant();
            }
        }
    }

    /** What a frugal whitening of a long pattern holds grows with the rows: twice the rows, twice the memory. */
    @Test
    default void memory_of_a_long_pattern_is_linear_in_its_rows() {
        if (!isFrugal() || longSize() == 0) {
            return;
        }
        int n = 2000;
        BoundStructure bound = bound(2 * n);
        long one = birth(bound, n);
        long two = birth(bound, 2 * n);
        assertThat((double) two / one).isBetween(1.0, 2.2);
    }

    private static long birth(BoundStructure bound, int n) {
        int[] at = IntStream.range(0, n).toArray();
        bound.whitening(at);
        long before = allocated();
        Whitening w = bound.whitening(at);
        long after = allocated();
        assertThat(w.traceQ(0)).isNotNull(); // kept alive
        return after - before;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
