package henderson.em;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SquaremTest {
    private static final ToDoubleFunction<double[]> BOWL = x -> 3 * x[0] * x[0] + x[1] * x[1];

    /** Linear convergence of rates 0.99 and 0.5. */
    private static double[] slow(double[] x) {
        return new double[] {0.99 * x[0], 0.5 * x[1]};
    }

    private static int cycles(UnaryOperator<double[]> map, double[] start, double goal) {
        Squarem squarem = new Squarem(BOWL, map, map, new double[] {1, 1}, 0);
        double[] x = start;
        double d = BOWL.applyAsDouble(x);
        int cycles = 0;
        while (d > goal && cycles < 10_000) {
            double before = d;
            x = squarem.cycle(x, d);
            d = squarem.value();
            assertThat(d).isEqualTo(BOWL.applyAsDouble(x)).isLessThanOrEqualTo(before);
            assertThat(squarem.stuck()).isFalse();
            cycles++;
        }
        return cycles;
    }

    @Test
    void a_map_that_needs_thousands_of_steps_takes_few_cycles() {
        // 0.99ⁿ = 1e-10: the map alone takes 2,291 steps
        assertThat(cycles(SquaremTest::slow, new double[] {1, 1}, 1e-20)).isLessThan(60);
    }

    @Test
    void value_never_rises_on_a_map_that_turns() {
        UnaryOperator<double[]> turning =
                x -> new double[] {0.9 * (x[0] * 0.995 - x[1] * 0.05), 0.9 * (x[0] * 0.05 + x[1] * 0.995)};
        assertThat(cycles(turning, new double[] {1, -2}, 1e-16)).isLessThan(300);
    }

    @Test
    void a_map_that_rises_gives_way_to_the_fallback() {
        UnaryOperator<double[]> rising = x -> new double[] {2 * x[0], 2 * x[1]};
        Squarem squarem = new Squarem(BOWL, rising, SquaremTest::slow, new double[] {1, 1}, 0);
        double[] x = squarem.cycle(new double[] {1, 1}, 4);
        assertThat(squarem.value()).isEqualTo(BOWL.applyAsDouble(x)).isLessThan(4);
    }

    @Test
    void where_nothing_goes_down_it_stays_and_says_so() {
        UnaryOperator<double[]> away = x -> new double[] {x[0] + 1, x[1]};
        Squarem squarem = new Squarem(BOWL, away, away, new double[] {1, 1}, 0);
        double[] x = squarem.cycle(new double[] {1, 1}, 4);
        assertThat(squarem.stuck()).isTrue();
        assertThat(x).containsExactly(1, 1);
        assertThat(squarem.value()).isEqualTo(4);
    }
}
