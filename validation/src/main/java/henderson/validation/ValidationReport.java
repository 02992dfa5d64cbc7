package henderson.validation;

import henderson.validation.CaseResult.Outcome;
import java.util.List;

/**
 * All comparisons of a run.
 *
 * @param results one per case and estimator, in the order of the cases
 */
public record ValidationReport(List<CaseResult> results) {
    public ValidationReport {
        results = List.copyOf(results);
    }

    /** Comparisons in which every figure agrees. */
    public int agree() {
        return count(Outcome.AGREES);
    }

    /** Comparisons with a figure that falls short. */
    public int fallShort() {
        return count(Outcome.FALLS_SHORT);
    }

    /** Comparisons that could not be made. */
    public int skipped() {
        return count(Outcome.SKIPPED);
    }

    /** {@code 97 agree, 0 fall short, 4 skipped}. */
    public String summaryLine() {
        return agree() + " agree, " + fallShort() + " fall short, " + skipped() + " skipped";
    }

    private int count(Outcome outcome) {
        return (int) results.stream().filter(r -> r.outcome() == outcome).count();
    }
}
