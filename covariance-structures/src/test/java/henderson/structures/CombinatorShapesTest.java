package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Scale;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What the combinators look like, by hand. */
class CombinatorShapesTest {
    private static final int[][] ALTERNATING = {{0, 0}, {1, 1}, {0, 2}};

    private static DMatrixRMaj matrix(BoundStructure bound, int[] at, double... tau) {
        return bound.matrix(tau, at, new DMatrixRMaj(at.length, at.length));
    }

    private static double[] all(BoundStructure bound, int n, double... tau) {
        return matrix(bound, IntStream.range(0, n).toArray(), tau).data;
    }

    private static List<String> names(BoundStructure bound) {
        return bound.coordinates().stream().map(Coordinate::name).toList();
    }

    private static Natural level(String symbol, int i, Scale scale, String... levels) {
        return new Natural(symbol, i, i, List.of(levels), scale);
    }

    @Test
    void variances_scale_rows_and_columns_of_a_structure_whose_scale_is_one() {
        BoundStructure bound = Bind.variances(Bind.pairs(ALTERNATING), new SerialCorrelation(true, 1, 2, 4));
        double rho = Math.sin(0.5);
        double[] expected = {
            4, 6 * rho, 4 * Math.pow(rho, 3), 6 * rho, 9, 6 * rho * rho, 4 * Math.pow(rho, 3), 6 * rho * rho, 4
        };
        assertThat(all(bound, 3, 2, 3, 0.5)).containsExactly(expected, within(1e-15));
        assertThat(names(bound)).containsExactly("sd [a]", "sd [b]", "rho");
        assertThat(bound.naturals())
                .containsExactly(
                        level("var", -1, Scale.LOG, "a"),
                        level("var", -1, Scale.LOG, "b"),
                        Natural.correlation("rho", -1, -1));
        assertThat(bound.natural(new double[] {2, 3, 0.5})).containsExactly(new double[] {4, 9, rho}, within(1e-15));
        assertThat(bound.held()).isZero();
        assertThat(bound.levels()).containsExactly("a", "b");
    }

    @Test
    void variances_of_exchangeable_report_them_and_the_correlation() {
        BoundStructure bound = Bind.variances(Bind.pairs(ALTERNATING), Bind.exchangeable(3));
        // a = 2c: variance (4 + 2)/3 c² = 2c², covariance c², and a² + c² = 1
        double angle = Math.atan2(2, 1);
        double one = Math.sqrt(5);
        double[] tau = {2 * one, 3 * one, angle};
        assertThat(all(bound, 3, tau)).containsExactly(new double[] {8, 6, 4, 6, 18, 6, 4, 6, 8}, within(1e-14));
        assertThat(bound.naturals().get(2)).isEqualTo(Natural.correlation("corr", -1, -1));
        assertThat(bound.natural(tau)).containsExactly(new double[] {8, 18, 0.5}, within(1e-14));
    }

    @Test
    void variances_of_unstructured_report_ratios_and_correlations_at_the_positions() {
        Positions pairs = Bind.pairs(new int[][] {{0, 0}, {1, 0}, {0, 1}, {1, 1}});
        BoundStructure bound = Bind.variances(pairs, Bind.unstructured(2));
        // Λ = [1 0; 2 3]: variances 1 and 13, covariance 2
        double[] tau = {5, 7, 2, 3};
        assertThat(matrix(bound, new int[] {1, 3}, tau).data).containsExactly(49, 98, 98, 49 * 13);
        assertThat(bound.naturals())
                .containsExactly(
                        level("var", 0, Scale.LOG, "a"),
                        level("var", 1, Scale.LOG, "b"),
                        level("ratio", 2, Scale.LOG),
                        Natural.correlation("corr", 2, 0));
        assertThat(bound.natural(tau)).containsExactly(new double[] {25, 49, 13, 2 / Math.sqrt(13)}, within(1e-13));
    }

    @Test
    void power_and_exponential_report_the_variance_at_one_and_at_zero() {
        double[] x = {-2, 3, 8};
        BoundStructure power = Bind.variances("power", Bind.numbers(x), Bind.identity(3));
        BoundStructure exponential = Bind.variances("exp", Bind.numbers(x), Bind.identity(3));
        for (BoundStructure bound : List.of(power, exponential)) {
            double[] tau = {1.5, 0.7};
            double[] natural = bound.natural(tau);
            double[] matrix = all(bound, 3, tau);
            for (int i = 0; i < 3; i++) {
                double expected = natural[0]
                        * (bound == power ? Math.pow(Math.abs(x[i]), 2 * natural[1]) : Math.exp(2 * natural[1] * x[i]));
                assertThat(matrix[4 * i]).isCloseTo(expected, within(1e-14 * expected));
            }
        }
        assertThat(power.naturals().get(1).symbol()).isEqualTo("power");
        assertThat(exponential.naturals().get(1).symbol()).isEqualTo("exponent");
    }

    @Test
    void a_covariate_far_from_zero_neither_overflows_nor_ties_scale_and_exponent() {
        double[] x = {20_000, 20_001, 20_002, 20_003};
        BoundStructure bound = Bind.variances("exp", Bind.numbers(x), Bind.identity(4));
        double[] tau = {1.5, 0.7}; // e^{2δx} would be beyond the largest double
        double[] diagonal = all(bound, 4, tau);
        double delta = bound.natural(tau)[1];
        assertThat(delta).isGreaterThan(0.5);
        for (int i = 0; i < 3; i++) {
            double ratio = diagonal[5 * i + 5] / diagonal[5 * i];
            assertThat(ratio).isCloseTo(Math.exp(2 * delta), within(1e-13 * ratio));
        }
        // log s is a sum of orthogonal parts: ∂R/∂θ and ∂R/∂δ, relative to R, have no product
        DMatrixRMaj theta = new DMatrixRMaj(4, 4);
        DMatrixRMaj exponent = new DMatrixRMaj(4, 4);
        bound.derivative(tau, 0, new int[] {0, 1, 2, 3}, theta);
        bound.derivative(tau, 1, new int[] {0, 1, 2, 3}, exponent);
        double product = 0;
        for (int i = 0; i < 4; i++) {
            product += theta.get(i, i) * exponent.get(i, i) / (diagonal[5 * i] * diagonal[5 * i]);
        }
        assertThat(product).isCloseTo(0, within(1e-10));
    }

    @Test
    void by_is_block_diagonal_with_the_parameters_of_each_level() {
        Positions pairs = Bind.pairs(Bind.grid(2, 2)); // a0 b0 a1 b1
        BoundStructure bound = Bind.by(pairs, Bind.exchangeable(2));
        // level a: a² = 9, c² = 1, variance 5, covariance 4; level b: a² = 1, c² = 9, covariance −4
        double[] expected = {
            5, 0, 4, 0,
            0, 5, 0, -4,
            4, 0, 5, 0,
            0, -4, 0, 5
        };
        assertThat(all(bound, 4, 3, 1, 1, 3)).containsExactly(expected);
        assertThat(names(bound)).containsExactly("a [a]", "c [a]", "a [b]", "c [b]");
        assertThat(bound.held()).isEqualTo(1);
        assertThat(bound.reference()).isZero();
        assertThat(bound.natural(new double[] {3, 1, 1, 3})).containsExactly(5, 4, 5, -4);
        assertThat(bound.naturals().get(3)).isEqualTo(new Natural("cov", -1, -1, List.of("b"), Scale.PLAIN));
    }

    @Test
    void by_names_the_positions_of_its_own_level() {
        BoundStructure bound = Bind.by(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2));
        assertThat(bound.naturals())
                .containsExactly(
                        level("var", 0, Scale.LOG, "a"),
                        level("var", 2, Scale.LOG, "a"),
                        new Natural("cov", 2, 0, List.of("a"), Scale.PLAIN),
                        level("var", 1, Scale.LOG, "b"),
                        level("var", 3, Scale.LOG, "b"),
                        new Natural("cov", 3, 1, List.of("b"), Scale.PLAIN));
    }

    @Test
    void a_level_without_positions_has_no_parameters() {
        Positions pairs = Bind.pairs(new int[][] {{0, 0}, {2, 0}, {0, 1}, {2, 1}});
        assertThat(names(Bind.by(pairs, Bind.identity(2)))).containsExactly("sd [a]", "sd [c]");
        assertThat(names(Bind.variances(pairs, Bind.identity(2)))).containsExactly("sd [a]", "sd [c]");
    }

    @Test
    void a_product_multiplies_entries_of_both_and_takes_the_scale_of_the_left() {
        int[][] cells = {{1, 0}, {0, 1}, {1, 1}}; // (0, 0) is missing
        BoundStructure bound =
                Bind.kronecker(Bind.pairs(cells), Bind.unstructured(2), new SerialCorrelation(true, 1, 4));
        double r = Math.pow(Math.sin(0.5), 3);
        // Λ = [2 0; 3 4]: variances 4 and 25, covariance 6
        double[] expected = {25, 6 * r, 25 * r, 6 * r, 4, 6, 25 * r, 6, 25};
        assertThat(all(bound, 3, 2, 3, 4, 0.5)).containsExactly(expected, within(1e-14));
        assertThat(names(bound)).containsExactly("left L(1,1)", "left L(2,1)", "left L(2,2)", "right rho");
        assertThat(bound.natural(new double[] {2, 3, 4, 0.5}))
                .containsExactly(new double[] {4, 25, 6, Math.sin(0.5)}, within(1e-14));
        // at the right index of most cells
        assertThat(bound.naturals().subList(0, 3))
                .containsExactly(Natural.variance(1), Natural.variance(2), Natural.covariance(2, 1));
    }

    @Test
    void left_parameters_of_a_product_are_those_at_right_variance_one() {
        BoundStructure bound = Bind.kronecker(Bind.pairs(Bind.grid(2, 2)), Bind.unstructured(2), Bind.exchangeable(2));
        // right: a = 3c, variance 5c², correlation 0.8, and a² + c² = 1
        double[] tau = {2, 3, 4, Math.atan2(3, 1)};
        assertThat(bound.natural(tau)).containsExactly(new double[] {2, 12.5, 3, 0.8}, within(1e-14));
        assertThat(all(bound, 4, tau)[0]).isCloseTo(2, within(1e-15));
    }

    @Test
    void equal_names_of_both_factors_are_told_apart() {
        BoundStructure bound =
                Bind.kronecker(Bind.pairs(Bind.grid(2, 2)), SerialCorrelation.of(2), SerialCorrelation.of(2));
        assertThat(bound.naturals().stream().map(Natural::symbol)).containsExactly("var", "rho", "right rho");
    }

    @Test
    void levels_of_nested_combinators_are_listed_from_the_outside() {
        int[][] visits = {{0, 0}, {1, 1}};
        BoundStructure inner = Bind.variances(Bind.pairs(visits), SerialCorrelation.of(2));
        Positions sexes = new Levelled(List.of("m", "f"), Bind.grid(2, 2));
        BoundStructure bound = Bind.by(sexes, inner);
        assertThat(bound.naturals())
                .contains(level("var", -1, Scale.LOG, "m", "a"), level("var", -1, Scale.LOG, "f", "b"));
        assertThat(bound.levels()).containsExactly("m", "f", "a", "b");
    }

    @Test
    void two_factors_may_have_levels_of_the_same_names() {
        BoundStructure inner = Bind.variances(Bind.pairs(new int[][] {{0, 0}, {1, 1}}), SerialCorrelation.of(2));
        BoundStructure bound = Bind.by(Bind.pairs(Bind.grid(2, 2)), inner);
        assertThat(bound.naturals())
                .contains(level("var", -1, Scale.LOG, "a", "a"), level("var", -1, Scale.LOG, "a", "b"))
                .doesNotHaveDuplicates();
    }

    private record Levelled(List<String> levels, int[][] pairs) implements Positions {
        @Override
        public int size() {
            return pairs.length;
        }

        @Override
        public String label(int i) {
            return levels.get(first(i));
        }

        @Override
        public int first(int i) {
            return pairs[i][0];
        }

        @Override
        public int second(int i) {
            return pairs[i][1];
        }
    }

    @Test
    void both_ends_of_a_structure_of_two_scales_are_finite_points() {
        BoundStructure bound = Bind.variances(Bind.pairs(ALTERNATING), Bind.exchangeable(3));
        Coordinate angle = bound.coordinates().get(2);
        assertThat(angle.scales()).isFalse();
        assertThat(angle.snaps()).containsExactly(-Math.PI / 2, 0, Math.PI / 2);
        // correlation 1, and −1/(q − 1), exactly
        assertThat(bound.natural(new double[] {2, 3, Math.PI / 2})[2]).isEqualTo(1);
        assertThat(bound.natural(new double[] {2, 3, 0})[2]).isEqualTo(-0.5);
        assertThat(bound.free(new double[] {2, 3, Math.PI / 2})).containsExactly(true, true, false);
    }
}
