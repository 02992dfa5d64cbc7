package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import henderson.api.BoundStructure;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whitenings of combinators keep the cost of what they stand over, and agree with the dense factor. */
class CombinatorWhiteningTest {
    private static final double[] RHO = {0.3, -0.2, 0.4};

    /** A structure without a whitening of its own: the dense default of the same matrix. */
    private static Whitening dense(BoundStructure bound, int[] at) {
        return new BoundStructure() {
            @Override
            public List<henderson.api.Coordinate> coordinates() {
                return bound.coordinates();
            }

            @Override
            public DMatrixRMaj matrix(double[] tau, int[] indices, DMatrixRMaj out) {
                return bound.matrix(tau, indices, out);
            }

            @Override
            public void derivative(double[] tau, int k, int[] indices, DMatrixRMaj out) {
                bound.derivative(tau, k, indices, out);
            }
        }.whitening(at);
    }

    /** Rows at times 1, 2, … of two levels that change with time. */
    private static Positions changing(int n) {
        int[][] pairs = new int[n][];
        java.util.Arrays.setAll(pairs, i -> new int[] {i / 3 % 2, i});
        return Bind.pairs(pairs);
    }

    private static SerialCorrelation serial(int n) {
        return new SerialCorrelation(
                true, IntStream.range(0, n).map(i -> i + i / 7).toArray());
    }

    /** Something over 120 positions; whether its update allocates, for a dense factor without one of its own does. */
    private record Long(String name, BoundStructure bound, boolean allocates) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Long> long_structures() {
        int n = 120;
        BoundStructure variances = Bind.variances(changing(n), serial(n));
        double[] x = IntStream.range(0, n).mapToDouble(i -> 1 + i / 50.0).toArray();
        BoundStructure product = Bind.kronecker(Bind.pairs(Bind.grid(3, n / 3)), Bind.unstructured(3), serial(n / 3));
        return Stream.of(
                new Long("variances(serial)", variances, false),
                new Long("power(serial)", Bind.variances("power", Bind.numbers(x), serial(n)), false),
                new Long("by(serial)", Bind.by(changing(n), serial(n)), false),
                new Long("by(variances(serial))", Bind.by(changing(n), variances), false),
                new Long(
                        "exchangeable * serial",
                        Bind.kronecker(Bind.pairs(Bind.grid(3, n / 3)), Bind.exchangeable(3), serial(n / 3)),
                        false),
                new Long("unstructured * serial", product, true),
                new Long("variances(unstructured * serial)", Bind.variances(changing(n), product), true));
    }

    private static double[] point(BoundStructure bound) {
        double[] tau =
                bound.coordinates().stream().mapToDouble(c -> c.neutral()).toArray();
        for (int k = 0; k < tau.length; k++) {
            tau[k] += RHO[k % RHO.length];
        }
        return tau;
    }

    @ParameterizedTest
    @MethodSource("long_structures")
    void long_patterns_agree_with_the_dense_factor(Long structure) {
        BoundStructure bound = structure.bound();
        int n = 120;
        int columns = 3;
        Random random = new Random(7);
        int[] at = IntStream.range(0, n).filter(i -> i < 3 || i % 11 != 5).toArray();
        double[] x = random.doubles((long) at.length * columns, -1, 1).toArray();
        Whitening fast = bound.whitening(at);
        Whitening slow = dense(bound, at);
        double[] tau = point(bound);
        assertThat(fast.update(tau)).isTrue();
        assertThat(slow.update(tau)).isTrue();
        assertThat(fast.logDeterminant()).isCloseTo(slow.logDeterminant(), within(1e-10));
        double[] u = x.clone();
        double[] v = x.clone();
        fast.whiten(u, 0, columns);
        slow.whiten(v, 0, columns);
        // roots differ by a rotation; products of whitened columns do not
        assertSame(products(u, u, columns), products(v, v, columns));
        double[] qu = new double[u.length];
        double[] qv = new double[v.length];
        for (int k = 0; k < tau.length; k++) {
            fast.q(k, u, 0, columns, qu);
            slow.q(k, v, 0, columns, qv);
            assertSame(products(u, qu, columns), products(v, qv, columns));
            assertThat(fast.traceQ(k)).isCloseTo(slow.traceQ(k), within(1e-9 * (1 + Math.abs(slow.traceQ(k)))));
        }
    }

    private static double[] products(double[] u, double[] v, int columns) {
        double[] out = new double[columns * columns];
        for (int r = 0; r < u.length / columns; r++) {
            for (int i = 0; i < columns; i++) {
                for (int j = 0; j < columns; j++) {
                    out[i * columns + j] += u[r * columns + i] * v[r * columns + j];
                }
            }
        }
        return out;
    }

    private static void assertSame(double[] a, double[] b) {
        double largest = java.util.Arrays.stream(b).map(Math::abs).max().orElse(0);
        assertThat(a).containsExactly(b, within(1e-10 * (1 + largest)));
    }

    @Test
    void a_hundred_thousand_rows_of_changing_level_are_whitened_without_a_square_matrix() {
        int n = 100_000;
        SerialCorrelation inner = serial(n);
        BoundStructure bound = Bind.by(halves(n), Bind.variances(changing(n), inner));
        Whitening whitening = bound.whitening(IntStream.range(0, n).toArray()); // dense: 80 GB
        assertThat(whitening.update(point(bound))).isTrue();
        double[] x = new Random(1).doubles(n).toArray();
        double[] before = x.clone();
        double[] out = new double[n];
        for (int k = 0; k < bound.coordinates().size(); k++) {
            whitening.q(k, x, 0, 1, out);
            assertThat(out).doesNotContain(Double.NaN);
        }
        whitening.colour(x, 0, 1);
        whitening.whiten(x, 0, 1);
        assertThat(x).containsExactly(before, within(1e-10));
        assertThat(bound.free(point(bound))).containsOnly(true);
        assertThat(inner.whitenings).isEqualTo(2); // one for each half
    }

    /** The first half of the times in one level, the second in the other. */
    private static Positions halves(int n) {
        int[][] pairs = new int[n][];
        java.util.Arrays.setAll(pairs, i -> new int[] {2 * i / n, i});
        return Bind.pairs(pairs);
    }

    @Test
    void a_pattern_of_one_level_needs_no_transpose() {
        SerialCorrelation inner = new SerialCorrelation(false, 1, 2, 3, 4);
        BoundStructure bound = Bind.variances(Bind.pairs(new int[][] {{0, 0}, {0, 1}, {1, 2}, {1, 3}}), inner);
        assertThat(bound.whitening(new int[] {0, 1})).isInstanceOf(VarianceWhitening.class);
        assertThat(bound.whitening(new int[] {0, 2})).isNotInstanceOf(VarianceWhitening.class);
    }

    @Test
    void a_whole_grid_is_whitened_factor_by_factor_and_a_partial_one_is_not() {
        BoundStructure bound =
                Bind.kronecker(Bind.pairs(Bind.grid(2, 3)), Bind.unstructured(2), SerialCorrelation.of(3));
        assertThat(bound.whitening(new int[] {0, 1, 2, 3, 4, 5})).isInstanceOf(KroneckerWhitening.class);
        assertThat(bound.whitening(new int[] {0, 1, 4, 5})).isInstanceOf(KroneckerWhitening.class);
        assertThat(bound.whitening(new int[] {1, 3, 5})).isInstanceOf(KroneckerWhitening.class);
        assertThat(bound.whitening(new int[] {0, 1, 2, 5})).isNotInstanceOf(KroneckerWhitening.class);
    }

    @ParameterizedTest
    @MethodSource("long_structures")
    void an_evaluation_allocates_nothing_after_the_first(Long structure) {
        Whitening whitening =
                structure.bound().whitening(IntStream.range(0, 120).toArray());
        double[] tau = point(structure.bound());
        assertThat(whitening.update(tau)).isTrue();
        double[] x = new double[240];
        double[] out = new double[240];
        boolean updates = !structure.allocates();
        use(whitening, tau, updates, x, out, 1_000); // until it is compiled
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        use(whitening, tau, updates, x, out, 1_000);
        // the measurement itself allocates a little; one object per use would be 16,000
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
    }

    private static void use(Whitening whitening, double[] tau, boolean updates, double[] x, double[] out, int times) {
        for (int i = 0; i < times; i++) {
            if (updates) {
                whitening.update(tau);
            }
            whitening.colour(x, 0, 2);
            whitening.whiten(x, 0, 2);
            for (int k = 0; k < tau.length; k++) {
                whitening.q(k, x, 0, 2, out);
                out[0] = whitening.traceQ(k);
            }
        }
    }

    @Test
    void two_levels_at_one_inner_index_are_refused_whatever_rounding_says() {
        BoundStructure bound = Bind.variances(Bind.pairs(Bind.grid(2, 3)), Bind.exchangeable(3));
        int[] at = {0, 1, 2, 5};
        for (int seed = 1; seed <= 50; seed++) {
            double[] tau = new Random(seed).doubles(3, 0.2, 1.4).toArray();
            assertThat(bound.whitening(at).update(tau)).isFalse();
            assertThat(bound.whitening(new int[] {0, 3, 4}).update(tau)).isTrue();
        }
    }
}
