package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of squares of all entries of {@code I − M⁻¹} by pairs of classes, against the dense inverse. */
class InverseSquaresTest {
    private static final double ROUNDING = 1e-12;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 20, 47, 48, 70, 130})
    void sums_of_a_crossing_equal_those_of_the_dense_inverse(int tail) {
        Random random = new Random(tail);
        int leading = 2 * tail + 3;
        BlockGraph graph = new BlockGraph(Graphs.ones(leading + tail));
        for (int i = 0; i < leading; i++) {
            for (int k = 0; k < Math.max(4, tail / 4); k++) {
                int other = leading + random.nextInt(tail);
                if (graph.edge(i, other) < 0) {
                    graph.join(i, other);
                }
            }
        }
        int[] classes = new int[leading + tail];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = i < leading ? 1 : i % 2 * 2;
        }
        compare(new Rowed(graph, Graphs.upTo(graph, leading), 2, random), classes, 3);
    }

    @Test
    void groups_under_groups_and_groups_alone_are_of_the_kind() {
        Random random = new Random(5);
        int[] parent = Graphs.nesting(random, 9, 40);
        BlockGraph graph = Graphs.nested(Graphs.ones(parent.length), parent);
        int[] classes = new int[parent.length];
        boolean[] leading = new boolean[parent.length];
        for (int i = 9; i < classes.length; i++) {
            classes[i] = 1;
            leading[i] = true;
        }
        compare(new Rowed(graph, leading, 1, random), classes, 2);
        BlockGraph alone = new BlockGraph(Graphs.ones(12));
        compare(new Rowed(alone, Graphs.none(alone), 3, random), new int[12], 1);
    }

    @Test
    void chains_and_wider_nodes_are_not() {
        BlockGraph chain = Graphs.chain(Graphs.ones(12));
        assertThat(InverseSquares.applies(Elimination.of(chain, Graphs.none(chain), 1), new int[12]))
                .isFalse();
        BlockGraph wide = new BlockGraph(new int[] {1, 2});
        assertThat(InverseSquares.applies(Elimination.of(wide, Graphs.none(wide), 1), new int[2]))
                .isFalse();
    }

    private static void compare(Rowed rowed, int[] classes, int count) {
        assertThat(InverseSquares.applies(rowed.e, classes)).isTrue();
        rowed.assemble();
        double[] cross = new double[rowed.border * rowed.border];
        InverseSquares squares = new InverseSquares(rowed.factor, classes, count);
        double[] out = new double[count * count];
        for (int c = 0; c < rowed.e.components(); c++) {
            assertThat(rowed.factor.cholesky(c, cross, rowed.scratch)).isTrue();
            rowed.factor.invertDiagonal(c, rowed.scratch);
            squares.add(c, out);
        }
        DMatrixRMaj inverse = Dense.inverse(rowed.m);
        for (int node = 0; node < classes.length; node++) {
            int row = rowed.factor.row(node);
            assertThat(rowed.factor.inverse()[rowed.factor.inverseOffset(node, node)] / inverse.get(row, row) - 1)
                    .isBetween(-ROUNDING, ROUNDING);
        }
        double[] expected = new double[count * count];
        for (int a = 0; a < classes.length; a++) {
            for (int b = 0; b < classes.length; b++) {
                double e = (a == b ? 1 : 0) - inverse.get(rowed.factor.row(a), rowed.factor.row(b));
                expected[classes[a] * count + classes[b]] += e * e;
            }
        }
        for (int k = 0; k < expected.length; k++) {
            assertThat(Math.abs(out[k] - expected[k])).isLessThanOrEqualTo(ROUNDING * (1e-3 + expected[k]));
        }
    }
}
