package henderson.optimizers;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import henderson.testkit.TestFunction;
import henderson.testkit.TestFunctions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueSearchTest {
    private static ValueSearch search(TestFunction f, Limits limits, double... start) {
        return new ValueSearch(f, start, limits, step -> {});
    }

    @Test
    void a_refused_point_is_a_wall_just_above_the_highest_value() {
        ValueSearch search = search(TestFunctions.halfPlane(), Limits.DEFAULT, 8, -3);
        double high = search.value(new double[] {20, 20});
        search.value(new double[] {1, 2});
        assertThat(search.value(new double[] {-1, 2})).isEqualTo(high + 1);
    }

    @Test
    void infinite_values_are_refused_as_well() {
        TestFunction f = new TestFunction(1) {
            @Override
            protected double f(double[] x) {
                return x[0] < 0 ? Double.NEGATIVE_INFINITY : x[0] > 5 ? Double.POSITIVE_INFINITY : x[0];
            }

            @Override
            protected void g(double[] x, double[] g) {
                throw new AssertionError("Not asked for.");
            }
        };
        ValueSearch search = search(f, Limits.DEFAULT, 2);
        assertThat(search.value(new double[] {-1})).isEqualTo(3);
        assertThat(search.value(new double[] {6})).isEqualTo(3);
        assertThat(search.run((x, first, last) -> true).value()).isEqualTo(2);
    }

    @Test
    void a_start_that_is_no_number_ends_the_search() {
        Optimum end = search(TestFunctions.halfPlane(), Limits.DEFAULT, -1, 0).run((x, first, last) -> {
            throw new AssertionError("The method was called.");
        });
        assertThat(end.reason()).isEqualTo(Reason.NO_PROGRESS);
        assertThat(end.value()).isNaN();
    }

    @Test
    void the_method_is_restarted_from_the_best_point_until_it_gains_nothing() {
        TestFunction f = TestFunctions.withoutGradient();
        ValueSearch search = search(f, Limits.DEFAULT, 4, 4);
        List<double[]> starts = new ArrayList<>();
        Optimum end = search.run((x, first, last) -> {
            starts.add(x.clone());
            search.value(new double[] {Math.max(1, x[0] - 1), 2});
            return true;
        });
        assertThat(starts)
                .containsExactly(new double[] {4, 4}, new double[] {3, 2}, new double[] {2, 2}, new double[] {1, 2});
        assertThat(end.x()).containsExactly(1, 2);
        assertThat(end.reason()).isEqualTo(Reason.CONVERGED);
    }

    @Test
    void a_method_that_broke_off_and_gained_nothing_has_not_converged() {
        Optimum end =
                search(TestFunctions.withoutGradient(), Limits.DEFAULT, 4, 4).run((x, first, last) -> false);
        assertThat(end.reason()).isEqualTo(Reason.NO_PROGRESS);
    }

    @Test
    void no_iteration_allowed_leaves_the_start() {
        Optimum end = new NelderMead()
                .minimize(TestFunctions.rosenbrock(2), new double[] {-1.2, 1}, new Limits(0, 100, 1e-12), step -> {});
        assertThat(end.reason()).isEqualTo(Reason.LIMIT);
        assertThat(end.x()).containsExactly(-1.2, 1);
        assertThat(end.evaluations()).isEqualTo(1);
    }
}
