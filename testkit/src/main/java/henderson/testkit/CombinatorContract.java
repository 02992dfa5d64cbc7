package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What every combinator must obey: over structures that obey {@link CovarianceStructureContract} it makes one that does.
 *
 * <pre>{@code
 * class VariancesTest implements CombinatorContract {
 *     public Combinator combinator() {
 *         return new Variances();
 *     }
 *
 *     public List<BoundStructure> inner(int size) {
 *         return List.of(new Ar().bind(order(1), Positions.integers(times(size))));
 *     }
 * }
 * }</pre>
 */
public interface CombinatorContract extends CovarianceStructureContract {
    /** The combinator under test. */
    Combinator combinator();

    /** Bound structures to stand over, for {@code size} positions; their indices are the second entries of the pairs. */
    List<BoundStructure> inner(int size);

    /** Labels of the own levels. */
    default List<String> ownLevels() {
        return List.of("a", "b");
    }

    /** Own level and inner index of each position, no pair twice. */
    default int[][] pairs(int size) {
        int[][] out = new int[size][];
        for (int i = 0; i < size; i++) {
            out[i] = new int[] {i % ownLevels().size(), i};
        }
        return out;
    }

    @Override
    default CovarianceStructure structure() {
        return new CovarianceStructure() {
            @Override
            public String name() {
                return combinator().name();
            }

            @Override
            public List<ArgumentSpec> arguments() {
                return combinator().arguments();
            }

            @Override
            public BoundStructure bind(Arguments arguments, Positions positions) {
                return combinator().bind(arguments, positions, inner(positions.size()));
            }
        };
    }

    /** Patterns out of the order of the inner indices are whitened as well: the root is still one of the matrix. */
    @TestFactory
    default Stream<DynamicTest> patterns_in_any_order_are_whitened() {
        return forEachDraw(d -> {
            int[] at = d.all();
            for (int i = at.length - 1; i > 0; i--) {
                int j = d.random().nextInt(i + 1);
                int t = at[i];
                at[i] = at[j];
                at[j] = t;
            }
            int n = at.length;
            Whitening w = d.bound().whitening(at);
            assertThat(w.update(d.tau())).isTrue();
            DMatrixRMaj c = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                c.set(i, i, 1);
            }
            w.colour(c.data, 0, n);
            DMatrixRMaj r = d.bound().matrix(d.tau(), at, new DMatrixRMaj(n, n));
            assertThat(Small.largestDifference(Small.times(c, Small.transposed(c)), r))
                    .isLessThan(WHITENING_TOLERANCE * Small.largest(r));
        });
    }

    @Override
    default Positions positions(int size) {
        int[][] pairs = pairs(size);
        List<String> levels = ownLevels();
        return new Positions() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public String label(int i) {
                return levels.get(pairs[i][0]);
            }

            @Override
            public double real(int i) {
                return 1 + pairs[i][0];
            }

            @Override
            public int first(int i) {
                return pairs[i][0];
            }

            @Override
            public int second(int i) {
                return pairs[i][1];
            }

            @Override
            public List<String> levels() {
                return levels;
            }
        };
    }

    /** A parameter that belongs to a level belongs to one that exists: an own one, or one of the structures within. */
    @TestFactory
    default Stream<DynamicTest> parameters_belong_to_levels_that_exist() {
        return forEachDraw(d -> {
            List<String> existing = new ArrayList<>(ownLevels());
            inner(d.size()).forEach(structure -> existing.addAll(structure.levels()));
            assertThat(existing).containsAll(d.bound().levels());
            for (Natural natural : d.bound().naturals()) {
                assertThat(d.bound().levels()).as("levels of %s", natural).containsAll(natural.levels());
            }
        });
    }
}
