package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Objective;
import henderson.api.Optimizer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of optimizers fails for one that does nothing, and takes one that refuses. */
class BrokenOptimizersTest {
    /** Says it has converged at the start. */
    private static class Idle implements Optimizer {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public Optimum minimize(Objective objective, double[] start, Limits limits, Consumer<Step> listener) {
            return new Optimum(start.clone(), objective.value(start), 0, 1, Reason.CONVERGED);
        }
    }

    private static OptimizerContract contract(Optimizer optimizer) {
        return () -> optimizer;
    }

    @Test
    void an_idle_optimizer_is_caught() {
        OptimizerContract contract = contract(new Idle());
        assertThatThrownBy(contract::rosenbrock_is_minimized).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::one_dimension_is_minimized_or_refused).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::values_that_are_not_numbers_are_stepped_back_from)
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::a_flat_direction_does_no_harm).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::bounds_are_kept_or_refused).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::limits_are_kept).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::an_interrupted_thread_ends_the_search).isInstanceOf(AssertionError.class);
        assertThatThrownBy(contract::the_listener_hears_every_accepted_step)
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatCode(contract::a_start_at_the_minimum_stays).doesNotThrowAnyException();
    }

    @Test
    void a_refusal_needs_a_reason_that_names_the_optimizer() {
        assertThatCode(contract(refusing("Optimizer 'idle' takes nothing."))::bounds_are_kept_or_refused)
                .doesNotThrowAnyException();
        assertThatThrownBy(contract(refusing("No"))::bounds_are_kept_or_refused).isInstanceOf(AssertionError.class);
    }

    private static Optimizer refusing(String reason) {
        return new Idle() {
            @Override
            public @Nullable String refusal(Objective objective) {
                return reason;
            }
        };
    }
}
