package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunctions;
import org.junit.jupiter.api.Test;

class BfgsTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new Bfgs();
    }

    @Test
    void beale_is_minimized() {
        Optimum end = new Bfgs().minimize(Functions.beale(), new double[] {1, 1}, Limits.DEFAULT, step -> {});
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {3, 0.5}, within(1e-5));
    }

    @Test
    void rosenbrock_in_ten_dimensions_converges() {
        Optimum end = new Bfgs().minimize(TestFunctions.rosenbrock(10), new double[10], Limits.DEFAULT, step -> {});
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.value()).isLessThan(1e-10);
    }

    @Test
    void a_large_constant_is_seen_through_by_slopes() {
        Optimum end = new Bfgs()
                .minimize(
                        Functions.plus(1e9, TestFunctions.quadratic(3, 100, 8)),
                        new double[3],
                        Limits.DEFAULT,
                        step -> {});
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3}, within(1e-4));
    }
}
