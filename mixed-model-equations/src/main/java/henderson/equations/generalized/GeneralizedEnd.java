package henderson.equations.generalized;

import henderson.api.Optimizer;
import java.util.List;

/** Where the search of an estimator of generalized models ended. */
public interface GeneralizedEnd {
    /** What was searched, left restricted to the free coordinates. */
    JointObjective objective();

    /** All coordinates. */
    double[] point();

    /** What was released in vain. */
    JointBoundary boundary();

    /** The observed Hessian at the end, over the free coordinates. */
    JointCurvature curvature();

    /** The Newton decrement at the end. */
    double decrement();

    /** Registered name of the optimizer, or what stands for it. */
    String optimizer();

    /** Accepted steps. */
    List<Optimizer.Step> history();

    /** Whether it looked for a maximum of the likelihood, so that a shift of that can be told from a gradient. */
    default boolean optimal() {
        return true;
    }

    /** Why it ended, for a fit whose certificate does not hold. */
    String reason();
}
