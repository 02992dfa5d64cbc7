package henderson.report;

import henderson.api.Criterion;
import henderson.api.Optimizer;

/** Lines of an iteration log. */
public final class IterationLog {
    private IterationLog() {}

    /** {@code Iteration 3:  Log likelihood = -1014.9268}. */
    public static String line(Optimizer.Step step, Criterion criterion) {
        String what = criterion == Criterion.REML ? "Log restricted-likelihood" : "Log likelihood";
        String value = GeneralFormat.pad(GeneralFormat.format(-step.value() / 2, 10), 10);
        return "Iteration " + step.iteration() + ":  " + what + " = " + value;
    }
}
