package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunction;
import henderson.testkit.TestFunctions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustRegionNewtonTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new TrustRegionNewton();
    }

    private static Optimum minimize(TestFunction f, double... start) {
        return new TrustRegionNewton().minimize(f, start, Limits.DEFAULT, step -> {});
    }

    @Test
    void a_quadratic_takes_one_step_inside_the_first_radius() {
        Optimum end = minimize(TestFunctions.quadratic(2, 100, 3), 0.9, 1.8);
        assertThat(end.iterations()).isEqualTo(1);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void rosenbrock_converges_in_any_dimension(int n) {
        double[] start = new double[n];
        Arrays.setAll(start, i -> i % 2 == 0 ? -1.2 : 1);
        Optimum end = minimize(TestFunctions.rosenbrock(n), start);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        // 0 at the global minimum; from four dimensions on there is a local one near (−1, 1, …, 1) with value 3.99
        assertThat(end.value()).satisfiesAnyOf(v -> assertThat(v).isLessThan(1e-11), v -> assertThat(v)
                .isBetween(3.9, 4.0));
        assertThat(end.iterations()).isLessThan(60);
    }

    @Test
    void beale_is_minimized() {
        Optimum end = minimize(Functions.beale(), 1, 1);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {3, 0.5}, within(1e-5));
    }

    @Test
    void a_saddle_at_the_start_is_left() {
        Optimum end = minimize(Functions.saddle(), 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.value()).isCloseTo(-0.25, within(1e-11));
        assertThat(Math.abs(end.x()[1])).isCloseTo(1, within(1e-6));
    }

    @Test
    void a_start_on_the_axis_of_a_saddle_does_not_end_there() {
        Optimum end = minimize(Functions.saddle(), 2, 0);
        assertThat(end.value()).isCloseTo(-0.25, within(1e-11));
    }

    @Test
    void negative_curvature_leads_downhill() {
        // at x = 0.1 the second derivative of (x² − 1)² is negative: a plain Newton step would climb to 0
        Optimum end = minimize(Functions.doubleWell(), 0.1);
        assertThat(end.x()[0]).isCloseTo(1, within(1e-6));
        assertThat(end.iterations()).isLessThan(12);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e8, 1e10})
    void an_ill_conditioned_quadratic_converges_to_its_minimum(double condition) {
        Optimum end = minimize(TestFunctions.quadratic(6, condition, 17), new double[6]);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        double[] wanted = {1, 2, 3, 4, 5, 6};
        // rounding of the gradient, condition · 2⁻⁵³ · ‖x‖, over the least curvature 1; or the decrement
        assertThat(end.x()).containsExactly(wanted, within(2e-6 + condition * 1e-15));
        assertThat(end.iterations()).isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e9, 1e12})
    void a_large_constant_costs_no_accuracy(double constant) {
        TestFunction plain = TestFunctions.rosenbrock(2);
        Optimum end = minimize(Functions.plus(constant, plain), -1.2, 1);
        // values are rounded to 1e-16 of the constant; gradients are not
        assertThat(end.x()).containsExactly(new double[] {1, 1}, within(constant < 1e12 ? 1e-5 : 1e-1));
    }

    @Test
    void a_step_matrix_too_large_gives_way_to_the_hessian() {
        TestFunction f = Functions.withInformation(TestFunctions.quadratic(4, 1000, 5), 30);
        Optimum end = minimize(f, 0, 0, 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3, 4}, within(2e-6));
        // three crawling steps, one exact one
        assertThat(end.iterations()).isLessThanOrEqualTo(6);
    }

    @Test
    void a_step_matrix_too_small_is_held_back_by_the_radius() {
        TestFunction f = Functions.withInformation(TestFunctions.quadratic(4, 1000, 5), 0.01);
        Optimum end = minimize(f, 0, 0, 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.evaluations()).isLessThan(20);
    }

    @Test
    void an_approximate_matrix_alone_suffices() {
        TestFunction f = Functions.onlyInformation(TestFunctions.quadratic(4, 1000, 5), 2);
        Optimum end = minimize(f, 0, 0, 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3, 4}, within(2e-6 * 2));
    }

    @Test
    void without_any_matrix_the_gradient_suffices() {
        Optimum end = minimize(Functions.onlyGradient(TestFunctions.rosenbrock(2)), -1.2, 1);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void a_variance_of_zero_is_approached_quadratically() {
        // S below its expectation: the best θ is 0, where the gradient vanishes by symmetry
        Optimum end = minimize(Functions.variance(20, 12), 1.5);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(Math.abs(end.x()[0])).isLessThan(1e-6);
        assertThat(end.iterations()).isLessThan(12);
    }

    @Test
    void a_positive_variance_is_found_from_its_symmetric_saddle() {
        Optimum end = minimize(Functions.variance(20, 60), 0);
        assertThat(Math.abs(end.x()[0])).isCloseTo(Math.sqrt(2), within(1e-6));
    }

    @Test
    void a_point_that_is_no_number_is_no_start() {
        Optimum end = minimize(TestFunctions.halfPlane(), -1, 0);
        assertThat(end.reason()).isEqualTo(Reason.NO_PROGRESS);
        assertThat(end.value()).isNaN();
        assertThat(end.x()).containsExactly(-1, 0);
    }

    @Test
    void a_gradient_that_is_promised_and_not_given_is_an_error() {
        TestFunction liar = new TestFunction(1) {
            @Override
            protected double f(double[] x) {
                return x[0] * x[0];
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = 2 * x[0];
            }

            @Override
            public boolean gradient(double[] out) {
                return false;
            }
        };
        assertThatThrownBy(() -> minimize(liar, 1))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("gradient");
    }

    @Test
    void a_matrix_of_no_numbers_is_done_without() {
        TestFunction f = new TestFunction(2) {
            private final TestFunction inner = TestFunctions.rosenbrock(2);

            @Override
            protected double f(double[] x) {
                return inner.value(x);
            }

            @Override
            protected void g(double[] x, double[] g) {
                inner.value(x);
                inner.gradient(g);
            }

            @Override
            protected void h(double[] x, DMatrixRMaj h) {
                Arrays.fill(h.data, Double.NaN);
            }
        };
        assertThat(minimize(f, -1.2, 1).x()).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void the_listener_hears_each_step_once_when_the_method_changes() {
        TestFunction f = new TestFunction(2) {
            private final TestFunction inner = TestFunctions.rosenbrock(2);
            private int matrices;

            @Override
            protected double f(double[] x) {
                return inner.value(x);
            }

            @Override
            protected void g(double[] x, double[] g) {
                inner.value(x);
                inner.gradient(g);
            }

            @Override
            protected void h(double[] x, DMatrixRMaj h) {
                super.h(x, h);
                h.data[0] = matrices++ < 4 ? h.data[0] : Double.NaN;
            }
        };
        List<Integer> heard = new ArrayList<>();
        Optimum end = new TrustRegionNewton()
                .minimize(f, new double[] {-1.2, 1}, Limits.DEFAULT, step -> heard.add(step.iteration()));
        assertThat(end.x()).containsExactly(new double[] {1, 1}, within(1e-5));
        assertThat(heard)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, end.iterations()).boxed().toList());
    }

    @Test
    void agrees_with_the_method_by_gradients_on_random_starts() {
        Random random = new Random(3);
        for (int draw = 0; draw < 200; draw++) {
            double[] start = {4 * random.nextGaussian(), 4 * random.nextGaussian()};
            TestFunction f = draw % 2 == 0 ? TestFunctions.rosenbrock(2) : Functions.variances(draw);
            Optimum newton = minimize(f, start);
            Optimum bfgs = new Bfgs().minimize(f, start, Limits.DEFAULT, step -> {});
            assertThat(newton.reason()).as("draw %s", draw).isEqualTo(Reason.CONVERGED);
            assertThat(newton.value()).as("draw %s", draw).isLessThan(bfgs.value() + 1e-9);
        }
    }
}
