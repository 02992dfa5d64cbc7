package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Objective;
import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every optimizer must do, or refuse with a reason. */
public interface OptimizerContract {
    /** The optimizer under test. */
    Optimizer optimizer();

    /** How near to a minimum it ends: {@code √(2·decrement/λ)} with the default limits and curvature {@code λ ≥ 0.3}. */
    default double accuracy() {
        return 3e-6;
    }

    /** Within which it ends where a minimum is asked for: the default, which methods without gradient may have to raise. */
    default Limits limits() {
        return Limits.DEFAULT;
    }

    /** Whether the objective is taken; a refusal must say why. */
    private boolean takes(Objective objective) {
        String refusal = optimizer().refusal(objective);
        if (refusal != null) {
            assertThat(refusal).contains(optimizer().name()).endsWith(".");
        }
        return refusal == null;
    }

    private void assertMinimum(TestFunction f, double[] start, double... wanted) {
        if (takes(f)) {
            Optimum end = optimizer().minimize(f, start, limits(), step -> {});
            assertThat(end.reason()).isIn(Reason.CONVERGED, Reason.NO_PROGRESS);
            assertThat(end.x()).containsExactly(wanted, within(accuracy()));
            assertThat(end.value()).isEqualTo(f.value(end.x()));
        }
    }

    /** The name is what people type. */
    @Test
    default void the_name_is_lower_case() {
        assertThat(optimizer().name()).isNotBlank().isEqualTo(optimizer().name().toLowerCase(Locale.ROOT));
    }

    /** Any dimension, condition up to 10⁴. */
    @TestFactory
    default Stream<DynamicTest> quadratics_are_minimized() {
        List<DynamicTest> out = new ArrayList<>();
        for (int n : new int[] {1, 2, 3, 5, 8}) {
            for (double condition : new double[] {1, 100, 1e4}) {
                double[] wanted = new double[n];
                for (int i = 0; i < n; i++) {
                    wanted[i] = i + 1;
                }
                long seed = 100L * n + (long) condition;
                out.add(DynamicTest.dynamicTest(
                        "dimension " + n + ", condition " + condition + ", seed " + seed,
                        () -> assertMinimum(TestFunctions.quadratic(n, condition, seed), new double[n], wanted)));
            }
        }
        return out.stream();
    }

    /** A curved valley. */
    @Test
    default void rosenbrock_is_minimized() {
        assertMinimum(TestFunctions.rosenbrock(2), new double[] {-1.2, 1}, 1, 1);
    }

    /** One dimension, where a full step is too long. */
    @Test
    default void one_dimension_is_minimized_or_refused() {
        assertMinimum(TestFunctions.logCosh(), new double[] {9}, 3);
    }

    /** Where nothing is known the best point stays. */
    @Test
    default void values_that_are_not_numbers_are_stepped_back_from() {
        assertMinimum(TestFunctions.halfPlane(), new double[] {8, -3}, 1, 2);
    }

    /** A start that is the minimum stays. */
    @Test
    default void a_start_at_the_minimum_stays() {
        assertMinimum(TestFunctions.quadratic(3, 10, 4), new double[] {1, 2, 3}, 1, 2, 3);
    }

    /** Any point of a valley floor is a minimum. */
    @Test
    default void a_flat_direction_does_no_harm() {
        TestFunction f = TestFunctions.flat();
        if (takes(f)) {
            Optimum end = optimizer().minimize(f, new double[] {3, -1, 4}, limits(), step -> {});
            // the square of the accuracy, beside the rounding of the value 4
            assertThat(end.value()).isCloseTo(4, within(1e-11));
            assertThat(end.x()[0] + end.x()[1] + end.x()[2]).isCloseTo(1, within(accuracy()));
            assertThat(end.reason()).isIn(Reason.CONVERGED, Reason.NO_PROGRESS);
        }
    }

    /** Bounds are kept at every value, or refused. */
    @Test
    default void bounds_are_kept_or_refused() {
        assertMinimum(TestFunctions.bounded(), new double[] {2, 2}, 0.5, -1);
    }

    /** Without a gradient. */
    @Test
    default void an_objective_without_gradient_is_minimized_or_refused() {
        assertMinimum(TestFunctions.withoutGradient(), new double[] {4, 4}, 1, 2);
    }

    /** Used up limits are said, and kept. */
    @Test
    default void limits_are_kept() {
        TestFunction f = TestFunctions.rosenbrock(2);
        double[] start = {-1.2, 1};
        Optimum iterations = optimizer().minimize(f, start, new Limits(2, 1000, 1e-12), step -> {});
        assertThat(iterations.reason()).isEqualTo(Reason.LIMIT);
        assertThat(iterations.iterations()).isLessThanOrEqualTo(2);
        TestFunction g = TestFunctions.rosenbrock(2);
        Optimum evaluations = optimizer().minimize(g, start, new Limits(1000, 5, 1e-12), step -> {});
        assertThat(evaluations.reason()).isEqualTo(Reason.LIMIT);
        assertThat(evaluations.evaluations()).isLessThanOrEqualTo(5).isEqualTo(g.evaluations());
        assertThat(evaluations.value()).isLessThanOrEqualTo(g.value(start));
    }

    /** Somebody may have lost patience. */
    @Test
    default void an_interrupted_thread_ends_the_search() {
        Thread.currentThread().interrupt();
        try {
            Optimum end = optimizer()
                    .minimize(TestFunctions.rosenbrock(2), new double[] {-1.2, 1}, Limits.DEFAULT, step -> {});
            assertThat(end.reason()).isEqualTo(Reason.INTERRUPTED);
        } finally {
            assertThat(Thread.interrupted())
                    .as("the interruption is left to the caller")
                    .isTrue();
        }
    }

    /** The same bits each time, and the start is left alone. */
    @Test
    default void a_search_repeats_itself_to_the_bit() {
        double[] start = {-1.2, 1, 0.5};
        Optimum once = optimizer().minimize(TestFunctions.rosenbrock(3), start, Limits.DEFAULT, step -> {});
        Optimum again = optimizer().minimize(TestFunctions.rosenbrock(3), start, Limits.DEFAULT, step -> {});
        assertThat(start).containsExactly(-1.2, 1, 0.5);
        assertThat(again.x()).containsExactly(once.x());
        assertThat(again.evaluations()).isEqualTo(once.evaluations());
    }

    /** From the start to the end, each accepted step once and none above the one before. */
    @Test
    default void the_listener_hears_every_accepted_step() {
        List<Optimizer.Step> steps = new ArrayList<>();
        TestFunction f = TestFunctions.rosenbrock(2);
        double[] start = {-1.2, 1};
        Optimum end = optimizer().minimize(f, start, Limits.DEFAULT, steps::add);
        assertThat(steps.get(0).iteration()).isZero();
        assertThat(steps.get(0).value()).isEqualTo(f.value(start));
        assertThat(steps).hasSize(end.iterations() + 1);
        assertThat(steps.get(steps.size() - 1).value()).isEqualTo(end.value());
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).iteration()).isEqualTo(i);
            // a step that values cannot judge may rise by rounding
            assertThat(steps.get(i).value())
                    .isLessThanOrEqualTo(steps.get(i - 1).value() + 1e-12);
        }
    }
}
