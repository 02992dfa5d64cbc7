package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import henderson.testkit.OptimizerContract;
import henderson.testkit.TestFunction;
import henderson.testkit.TestFunctions;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OjAlgoSqpTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new OjAlgoSqp();
    }

    private static Optimum minimize(TestFunction f, double... start) {
        return new OjAlgoSqp().minimize(f, start, Limits.DEFAULT, step -> {});
    }

    @Test
    void a_quadratic_takes_one_step_inside_the_first_box() {
        Optimum end = minimize(TestFunctions.quadratic(2, 100, 3), 0.9, 1.8);
        assertThat(end.iterations()).isEqualTo(1);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
    }

    @Test
    void bounds_are_taken() {
        assertThat(new OjAlgoSqp().refusal(TestFunctions.bounded())).isNull();
        Optimum end = minimize(TestFunctions.bounded(), 2, 2);
        assertThat(end.x()).containsExactly(0.5, -1);
    }

    @Test
    void a_start_on_a_bound_leaves_it_where_that_is_better() {
        TestFunction f = new TestFunction(1) {
            @Override
            public double lower(int k) {
                return 0;
            }

            @Override
            protected double f(double[] x) {
                return (x[0] - 2) * (x[0] - 2);
            }

            @Override
            protected void g(double[] x, double[] g) {
                g[0] = 2 * (x[0] - 2);
            }
        };
        assertThat(minimize(f, 0).x()).containsExactly(new double[] {2}, within(3e-6));
    }

    @Test
    void without_any_matrix_the_gradient_suffices() {
        Optimum end = minimize(Functions.onlyGradient(TestFunctions.rosenbrock(2)), -1.2, 1);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void a_step_matrix_too_large_gives_way_to_the_hessian() {
        TestFunction f = Functions.withInformation(TestFunctions.quadratic(4, 1000, 5), 30);
        Optimum end = minimize(f, 0, 0, 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3, 4}, within(2e-6));
        assertThat(end.iterations()).isLessThanOrEqualTo(8);
    }

    @Test
    void an_approximate_matrix_alone_suffices() {
        Optimum end = minimize(Functions.onlyInformation(TestFunctions.quadratic(4, 1000, 5), 2), 0, 0, 0, 0);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
        assertThat(end.x()).containsExactly(new double[] {1, 2, 3, 4}, within(4e-6));
    }

    @Test
    void negative_curvature_leads_downhill() {
        assertThat(minimize(Functions.doubleWell(), 0.1).x()[0]).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e6, 1e9})
    void a_large_constant_costs_no_accuracy(double constant) {
        Optimum end = minimize(Functions.plus(constant, TestFunctions.rosenbrock(2)), -1.2, 1);
        assertThat(end.x()).containsExactly(new double[] {1, 1}, within(1e-5));
    }

    @Test
    void agrees_with_newton_on_random_starts() {
        Random random = new Random(3);
        for (int draw = 0; draw < 100; draw++) {
            double[] start = {4 * random.nextGaussian(), 4 * random.nextGaussian()};
            TestFunction f = draw % 2 == 0 ? TestFunctions.rosenbrock(2) : Functions.variances(draw);
            Optimum newton = new TrustRegionNewton().minimize(f, start, Limits.DEFAULT, step -> {});
            Optimum sqp = minimize(f, start);
            assertThat(sqp.reason()).as("draw %s", draw).isEqualTo(Reason.CONVERGED);
            // two decrements
            assertThat(sqp.value()).as("draw %s", draw).isCloseTo(newton.value(), within(1e-10));
        }
    }

    /** The conditions of Karush, Kuhn and Tucker: slope zero inside, outwards at a side. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 9})
    void the_program_in_a_box_meets_its_conditions(int n) {
        Random random = new Random(n);
        for (double side : new double[] {0.1, 10, Double.POSITIVE_INFINITY}) {
            BoxProgram program = new BoxProgram(n);
            DMatrixRMaj h = new DMatrixRMaj(n, n);
            TestFunction quadratic = TestFunctions.quadratic(n, 100, n);
            quadratic.value(new double[n]);
            quadratic.hessian(h);
            double[] g = random.doubles(n, -3, 3).toArray();
            java.util.Arrays.fill(program.lower, -side);
            java.util.Arrays.fill(program.upper, side);
            assertThat(program.solve(h, g, 1)).isTrue();
            for (int i = 0; i < n; i++) {
                double slope = g[i];
                for (int j = 0; j < n; j++) {
                    slope += h.get(i, j) * program.d[j];
                }
                // condition 100, slopes up to 1,000
                double rounding = 1e-11;
                if (program.d[i] < side) {
                    assertThat(slope).isGreaterThan(-rounding);
                }
                if (program.d[i] > -side) {
                    assertThat(slope).isLessThan(rounding);
                }
            }
        }
    }
}
