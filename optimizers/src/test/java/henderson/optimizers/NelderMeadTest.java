package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunctions;
import org.junit.jupiter.api.Test;

class NelderMeadTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new NelderMead();
    }

    @Override
    public Limits limits() {
        // eight coordinates, condition 10⁴: 2,100 values
        return new Limits(200, 4_000, 1e-12);
    }

    @Test
    void rosenbrock_in_five_dimensions_is_minimized_by_restarts() {
        Optimum end = new NelderMead().minimize(TestFunctions.rosenbrock(5), new double[5], limits(), step -> {});
        assertThat(end.value()).isLessThan(1e-10);
    }

    @Test
    void bounds_are_refused() {
        assertThat(new NelderMead().refusal(TestFunctions.bounded()))
                .isEqualTo("Optimizer 'nelder-mead' takes no bounds, and coordinate 0 lies between 0.5 and Infinity.");
    }
}
