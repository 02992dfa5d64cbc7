package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunctions;
import org.junit.jupiter.api.Test;

class BobyqaTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new Bobyqa();
    }

    @Test
    void one_dimension_is_refused_and_bounds_are_not() {
        assertThat(new Bobyqa().refusal(TestFunctions.logCosh()))
                .isEqualTo("Optimizer 'bobyqa' needs 2 parameters to search over, and here is 1.");
        assertThat(new Bobyqa().refusal(TestFunctions.bounded())).isNull();
        assertThat(new Bobyqa().refusal(TestFunctions.withoutGradient())).isNull();
    }

    @Test
    void a_quadratic_is_known_from_as_many_values_as_it_has_coefficients() {
        Optimum end =
                new Bobyqa().minimize(TestFunctions.quadratic(8, 1e4, 3), new double[8], Limits.DEFAULT, step -> {});
        // 45 coefficients; two runs and the steps of the second down to the last radius
        assertThat(end.evaluations()).isLessThan(150);
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, within(1e-6));
    }

    @Test
    void more_coordinates_than_a_whole_quadratic_is_affordable_for_are_minimized() {
        Optimum end =
                new Bobyqa().minimize(TestFunctions.quadratic(12, 10, 3), new double[12], Limits.DEFAULT, step -> {});
        for (int k = 0; k < 12; k++) {
            assertThat(end.x()[k]).isCloseTo(k + 1, within(3e-6));
        }
    }
}
