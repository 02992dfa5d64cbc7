package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BlockFactorTest {
    /** The smallest eigenvalue of M is at least 1, the largest some hundreds, the order at most some hundreds. */
    private static final double ROUNDING = 1e-12;

    private static final int DRAWS = 80;

    static IntStream draws() {
        return IntStream.range(0, DRAWS + 4);
    }

    private static Rowed draw(int draw) {
        Random random = new Random(draw);
        if (draw >= DRAWS) {
            return large(draw - DRAWS, random);
        }
        BlockGraph graph = Graphs.draw(draw, random);
        boolean[] leading = draw % 3 == 0 ? Graphs.none(graph) : Graphs.some(graph, random);
        return new Rowed(graph, leading, (draw / 2) % 4, random);
    }

    /** Steps that the dense backend takes: as a tail, before a reach, both, and a component of one node. */
    private static Rowed large(int kind, Random random) {
        switch (kind) {
            case 0:
                BlockGraph tail = Graphs.crossed(Graphs.sizes(90, random), 40, 25, random);
                return new Rowed(tail, Graphs.upTo(tail, 40), 2, random);
            case 1:
                BlockGraph before = Graphs.star(new int[] {60, 1, 2, 3, 4}, 0);
                return new Rowed(before, Graphs.upTo(before, 1), 2, random);
            case 2:
                BlockGraph both = new BlockGraph(new int[] {60, 50, 49, 48, 2, 1, 3});
                both.join(0, 2);
                both.join(1, 3);
                both.join(2, 3);
                both.join(0, 5);
                both.join(4, 1);
                return new Rowed(both, Graphs.upTo(both, 2), 3, random);
            default:
                return new Rowed(new BlockGraph(new int[] {48, 49, 2}), new boolean[3], 1, random);
        }
    }

    @Test
    void the_large_draws_are_what_they_say() {
        Rowed tail = draw(DRAWS);
        int widest =
                IntStream.range(0, tail.e.steps()).reduce(0, (s, t) -> tail.e.columns(s) < tail.e.columns(t) ? t : s);
        assertThat(tail.e.columns(widest)).isGreaterThan(2 * FactorLayout.LARGE);
        assertThat(tail.e.memberCount(widest)).isGreaterThan(1);
        Rowed before = draw(DRAWS + 1);
        assertThat(before.e.columns(0)).isEqualTo(60);
        assertThat(before.e.reachCount(0)).isEqualTo(4);
        Rowed both = draw(DRAWS + 2);
        assertThat(both.e.columns(0)).isEqualTo(60);
        assertThat(both.e.reachCount(0)).isPositive();
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void cholesky_agrees_with_ejml(int draw) {
        Rowed rowed = draw(draw);
        rowed.assemble();
        double[] cross = rowed.cholesky();

        assertThat(Dense.error(rowed.factorR(), rowed.r)).isLessThan(ROUNDING);
        assertThat(Dense.error(rowed.factorK(), rowed.k)).isLessThan(ROUNDING);
        DMatrixRMaj expected = Dense.upper(Dense.product(rowed.k, rowed.k).data, rowed.border);
        assertThat(Dense.error(Dense.upper(cross, rowed.border), expected)).isLessThan(ROUNDING);
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void rotations_give_the_factor_that_cholesky_gives(int draw) {
        Rowed rowed = draw(draw);
        double[] triangle = rowed.rotate();

        assertThat(Dense.error(rowed.factorR(), rowed.r)).isLessThan(ROUNDING);
        assertThat(Dense.error(rowed.factorK(), rowed.k)).isLessThan(ROUNDING);
        DMatrixRMaj left = rowed.c.copy();
        CommonOps_DDRM.multAddTransA(-1, rowed.k, rowed.k, left);
        DMatrixRMaj t = Dense.upper(triangle, rowed.border);
        // the difference C − KᵀK loses what the triangle does not
        assertThat(Dense.error(Dense.product(t, t), left)).isLessThan(10 * ROUNDING);
        for (int i = 0; i < rowed.border; i++) {
            assertThat(t.get(i, i)).isNotNegative();
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void log_determinant_is_that_of_the_matrix(int draw) {
        Rowed rowed = draw(draw);
        rowed.assemble();
        rowed.cholesky();
        double sum = 0;
        for (int c = 0; c < rowed.e.components(); c++) {
            sum += rowed.factor.logDeterminant(c);
        }
        double expected = 0;
        for (int i = 0; i < rowed.factor.order(); i++) {
            expected += 2 * Math.log(rowed.r.get(i, i));
        }
        assertThat(sum).isCloseTo(expected, within(ROUNDING * (1 + Math.abs(expected))));
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void solves_agree_with_ejml(int draw) {
        Rowed rowed = draw(draw);
        rowed.rotate();
        int order = rowed.factor.order();
        for (int m = 1; m < 4; m++) {
            DMatrixRMaj x = Dense.gaussian(order, m, new Random(draw));
            DMatrixRMaj backward = x.copy();
            DMatrixRMaj forward = x.copy();
            for (int c = 0; c < rowed.e.components(); c++) {
                rowed.factor.backward(c, backward.data, m);
                rowed.factor.forward(c, forward.data, m);
            }
            assertThat(Dense.error(backward, Dense.solve(rowed.r, x))).isLessThan(ROUNDING);
            assertThat(Dense.error(forward, Dense.solve(Dense.transposed(rowed.r), x)))
                    .isLessThan(ROUNDING);
        }
        if (rowed.border > 0) {
            DMatrixRMaj x = new DMatrixRMaj(order, rowed.border);
            for (int c = 0; c < rowed.e.components(); c++) {
                rowed.factor.solveBorder(c, x.data);
            }
            assertThat(Dense.error(x, Dense.solve(rowed.m, rowed.b))).isLessThan(ROUNDING);
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void selected_inverse_agrees_with_ejml_on_the_pattern(int draw) {
        Rowed rowed = draw(draw);
        rowed.assemble();
        rowed.cholesky();
        invert(rowed);
        DMatrixRMaj expected = Dense.inverse(rowed.m);
        for (int s = 0; s < rowed.e.steps(); s++) {
            int[] columns = rowed.columns(s);
            for (int i = 0; i < rowed.e.columns(s); i++) {
                int at = rowed.factor.inversePanel(s) + i * columns.length;
                for (int j = 0; j < columns.length; j++) {
                    assertThat(rowed.factor.inverse()[at + j])
                            .isCloseTo(expected.get(columns[i], columns[j]), within(ROUNDING));
                }
            }
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void inverse_blocks_of_joined_nodes_are_found_from_either_side(int draw) {
        Rowed rowed = draw(draw);
        rowed.rotate();
        invert(rowed);
        DMatrixRMaj expected = Dense.inverse(rowed.m);
        for (int node = 0; node < rowed.graph.nodes(); node++) {
            assertBlock(rowed, node, node, expected);
        }
        for (int k = 0; k < rowed.graph.edges(); k++) {
            assertBlock(rowed, rowed.graph.first(k), rowed.graph.second(k), expected);
            assertBlock(rowed, rowed.graph.second(k), rowed.graph.first(k), expected);
        }
    }

    private static void assertBlock(Rowed rowed, int a, int b, DMatrixRMaj expected) {
        int row = rowed.e.earlier(a, b);
        int column = row == a ? b : a;
        int at = rowed.factor.inverseOffset(a, b);
        int stride = rowed.factor.inverseStride(row);
        for (int i = 0; i < rowed.graph.size(row); i++) {
            for (int j = 0; j < rowed.graph.size(column); j++) {
                assertThat(rowed.factor.inverse()[at + i * stride + j])
                        .isCloseTo(
                                expected.get(rowed.factor.row(row) + i, rowed.factor.row(column) + j),
                                within(ROUNDING));
            }
        }
    }

    private static void invert(Rowed rowed) {
        for (int c = 0; c < rowed.e.components(); c++) {
            rowed.factor.invert(c, rowed.scratch);
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void rows_have_an_order_in_which_later_steps_come_later(int draw) {
        Rowed rowed = draw(draw);
        int next = 0;
        for (int s = 0; s < rowed.e.steps(); s++) {
            for (int k = 0; k < rowed.e.memberCount(s); k++) {
                assertThat(rowed.factor.row(rowed.e.member(s, k))).isEqualTo(next);
                next += rowed.graph.size(rowed.e.member(s, k));
            }
        }
        assertThat(rowed.factor.order()).isEqualTo(next);
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void a_matrix_that_is_not_positive_definite_is_refused(int draw) {
        Rowed rowed = draw(draw);
        Random random = new Random(draw);
        for (int repeat = 0; repeat < 5; repeat++) {
            int column = random.nextInt(rowed.factor.order());
            double pivot = rowed.r.get(column, column) * rowed.r.get(column, column);
            rowed.assemble();
            rowed.factor.panels()[diagonal(rowed, column)] -= 1.01 * pivot;
            assertThat(rowed.cholesky()).isNull();
        }
        rowed.assemble();
        assertThat(rowed.cholesky()).isNotNull();
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void an_entry_of_the_matrix_that_is_not_a_finite_number_is_refused(int draw) {
        Rowed rowed = draw(draw);
        Random random = new Random(draw);
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            int s = random.nextInt(rowed.e.steps());
            int i = random.nextInt(rowed.e.columns(s));
            int j = i + random.nextInt(rowed.e.width(s) - rowed.border - i);
            rowed.assemble();
            rowed.factor.panels()[rowed.e.panel(s) + i * rowed.e.width(s) + j] = bad;
            assertThat(rowed.cholesky()).isNull();
        }
    }

    private static int diagonal(Rowed rowed, int column) {
        for (int s = 0; s < rowed.e.steps(); s++) {
            int[] columns = rowed.columns(s);
            for (int i = 0; i < rowed.e.columns(s); i++) {
                if (columns[i] == column) {
                    return rowed.e.panel(s) + i * rowed.e.width(s) + i;
                }
            }
        }
        throw new AssertionError("No column " + column + ".");
    }

    @Test
    void a_component_is_worked_on_without_touching_the_others() {
        Random random = new Random(11);
        BlockGraph graph = Graphs.nested(Graphs.sizes(60, random), Graphs.nesting(random, 5, 15, 40));
        Rowed rowed = new Rowed(graph, Graphs.none(graph), 2, random);
        rowed.assemble();
        rowed.cholesky();
        double[] panels = rowed.factor.panels().clone();
        double[] x = Dense.gaussian(rowed.factor.order(), 2, random).data;
        double[] before = x.clone();

        rowed.factor.clear(2);
        rowed.factor.identity(2);
        rowed.factor.backward(2, x, 2);
        rowed.factor.forward(2, x, 2);

        int from = rowed.e.panel(rowed.e.firstStep(2));
        int to = rowed.e.panel(rowed.e.firstStep(3));
        double[] after = rowed.factor.panels();
        int end = panels.length;
        assertThat(Arrays.copyOfRange(after, 0, from)).containsExactly(Arrays.copyOfRange(panels, 0, from));
        assertThat(Arrays.copyOfRange(after, to, end)).containsExactly(Arrays.copyOfRange(panels, to, end));
        assertThat(rowed.factor.logDeterminant(2)).isZero();
        assertThat(x).containsExactly(before); // the identity changes nothing, the others were not asked
    }

    @Test
    void both_roads_give_equal_bits_when_they_are_walked_again() {
        Rowed rowed = draw(40);
        rowed.assemble();
        double[] cross = rowed.cholesky();
        invert(rowed);
        double[] panels = rowed.factor.panels().clone();
        double[] inverse = rowed.factor.inverse().clone();
        double[] triangle = rowed.rotate();
        double[] rotated = rowed.factor.panels().clone();

        rowed.assemble();
        assertThat(rowed.cholesky()).containsExactly(cross);
        invert(rowed);
        assertThat(rowed.factor.panels()).containsExactly(panels);
        assertThat(rowed.factor.inverse()).containsExactly(inverse);
        assertThat(rowed.rotate()).containsExactly(triangle);
        assertThat(rowed.factor.panels()).containsExactly(rotated);
    }

    @Test
    void log_determinant_of_many_tiny_or_huge_pivots_neither_underflows_nor_overflows() {
        for (double pivot : new double[] {1e-200, 1e-40, 1e40, 1e200}) {
            BlockGraph graph = new BlockGraph(new int[] {40});
            Elimination e = Elimination.of(graph, new boolean[1], 0);
            BlockFactor factor = new BlockFactor(e);
            for (int i = 0; i < 40; i++) {
                factor.panels()[i * 40 + i] = pivot;
            }
            assertThat(factor.cholesky(0, new double[0], factor.scratch())).isTrue();
            double expected = 40 * Math.log(pivot);
            assertThat(factor.logDeterminant(0)).isCloseTo(expected, within(1e-13 * Math.abs(expected)));
        }
    }
}
