package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Whitening;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Laws of {@link Whitening}: with {@code C} read off by colouring the identity, everything else is plain algebra. */
public interface WhiteningLaws extends StructureDraws {
    /** Rounding through a factor whose condition is below 1e2 and one product of up to five terms. */
    double WHITENING_TOLERANCE = 1e-11;

    /** {@code CCᵀ = R}, {@code log|R|}. */
    @TestFactory
    default Stream<DynamicTest> coloured_identity_is_a_root_of_the_matrix() {
        return forEachDraw(d -> {
            for (int[] at : d.subsets()) {
                Whitening w = updated(d, at);
                DMatrixRMaj c = root(w, at.length);
                DMatrixRMaj r = d.bound().matrix(d.tau(), at, new DMatrixRMaj(at.length, at.length));
                assertThat(Small.largestDifference(Small.times(c, Small.transposed(c)), r))
                        .isLessThan(WHITENING_TOLERANCE * Small.largest(r));
                assertThat(w.logDeterminant())
                        .isCloseTo(SymmetricEigen.of(r).logDeterminant(), within(WHITENING_TOLERANCE));
            }
        });
    }

    private static Whitening updated(Draw d, int[] at) {
        Whitening w = d.bound().whitening(at);
        // an update before, so that nothing is left over from it
        w.update(d.bound().start(java.util.List.of()));
        assertThat(w.update(d.tau())).isTrue();
        return w;
    }

    /** C, n × n. */
    private static DMatrixRMaj root(Whitening w, int n) {
        DMatrixRMaj c = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            c.set(i, i, 1);
        }
        w.colour(c.data, 0, n);
        return c;
    }

    /** And outside its block nothing is touched. */
    @TestFactory
    default Stream<DynamicTest> whitening_undoes_colouring_within_its_block() {
        return forEachDraw(d -> {
            for (int[] at : d.subsets()) {
                Whitening w = updated(d, at);
                for (int columns : new int[] {1, 3}) {
                    int offset = 2;
                    double[] x = d.random()
                            .doubles(offset + (long) at.length * columns + 2, -1, 1)
                            .toArray();
                    double[] before = x.clone();
                    w.colour(x, offset, columns);
                    w.whiten(x, offset, columns);
                    for (int i = 0; i < x.length; i++) {
                        boolean inside = i >= offset && i < offset + at.length * columns;
                        assertThat(x[i]).isCloseTo(before[i], within(inside ? WHITENING_TOLERANCE : 0));
                    }
                }
            }
        });
    }

    /** {@code C Qₖ Cᵀ = ∂R/∂ρₖ}, and its trace. */
    @TestFactory
    default Stream<DynamicTest> q_is_the_whitened_derivative() {
        return forEachDraw(d -> {
            for (int[] at : d.subsets()) {
                Whitening w = updated(d, at);
                int n = at.length;
                DMatrixRMaj c = root(w, n);
                for (int k = 0; k < d.parameters(); k++) {
                    DMatrixRMaj q = q(w, k, n);
                    DMatrixRMaj expected = new DMatrixRMaj(n, n);
                    d.bound().derivative(d.tau(), k, at, expected);
                    DMatrixRMaj found = Small.times(Small.times(c, q), Small.transposed(c));
                    assertThat(Small.largestDifference(found, expected))
                            .isLessThan(WHITENING_TOLERANCE * Math.max(1, Small.largest(expected)));
                    double trace = 0;
                    for (int i = 0; i < n; i++) {
                        trace += q.get(i, i);
                    }
                    assertThat(w.traceQ(k)).isCloseTo(trace, within(WHITENING_TOLERANCE * (1 + Small.largest(q))));
                }
            }
        });
    }

    /** Qₖ by its columns, all at once and behind an offset. */
    private static DMatrixRMaj q(Whitening w, int k, int n) {
        double[] x = new double[n * n + 1];
        for (int i = 0; i < n; i++) {
            x[1 + i * n + i] = 1;
        }
        double[] out = new double[n * n + 1];
        out[0] = 7;
        w.q(k, x, 1, n, out);
        assertThat(out[0]).isEqualTo(7);
        return new DMatrixRMaj(n, n, true, Arrays.copyOfRange(out, 1, out.length));
    }

    /** Where transposes are offered, they are those of the same root. */
    @TestFactory
    default Stream<DynamicTest> transposed_products_are_those_of_the_same_root() {
        return forEachDraw(d -> {
            for (int[] at : d.subsets()) {
                Whitening w = updated(d, at);
                if (!w.transposes()) {
                    continue;
                }
                int n = at.length;
                DMatrixRMaj c = root(w, n);
                double[] x = new double[n * n + 1];
                for (int i = 0; i < n; i++) {
                    x[1 + i * n + i] = 1;
                }
                w.colourTransposed(x, 1, n);
                DMatrixRMaj transposed = new DMatrixRMaj(n, n, true, Arrays.copyOfRange(x, 1, x.length));
                assertThat(Small.largestDifference(transposed, Small.transposed(c)))
                        .isLessThan(WHITENING_TOLERANCE * Small.largest(c));
                w.whitenTransposed(x, 1, n);
                for (int i = 0; i < n * n; i++) {
                    assertThat(x[1 + i]).isCloseTo(i % (n + 1) == 0 ? 1 : 0, within(WHITENING_TOLERANCE));
                }
            }
        });
    }

    /** A singular matrix has no whitening. */
    @TestFactory
    default Stream<DynamicTest> a_singular_matrix_is_refused() {
        return forEachDraw(d -> {
            double[] zero = d.tau().clone();
            for (int k = 0; k < zero.length; k++) {
                zero[k] = d.bound().coordinates().get(k).scales() ? 0 : zero[k];
            }
            assertThat(d.bound().whitening(d.all()).update(zero)).isFalse();
        });
    }
}
