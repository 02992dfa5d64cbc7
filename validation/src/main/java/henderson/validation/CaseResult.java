package henderson.validation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one case with one estimator.
 *
 * @param id        of the case
 * @param title     of the case
 * @param estimator registered name; empty where it did not come to that
 * @param checks    every figure compared; empty where none was
 * @param outcome   how it ended
 * @param reason    why it was skipped or could not be fitted, or null
 * @param seconds   time of the fit
 */
public record CaseResult(
        String id,
        String title,
        String estimator,
        List<Check> checks,
        Outcome outcome,
        @Nullable String reason,
        double seconds) {
    /** How a comparison ended. */
    public enum Outcome {
        /** Every figure agrees. */
        AGREES,
        /** A figure has fewer digits than asked for, or there was no fit. */
        FALLS_SHORT,
        /** Nothing was compared, for want of data: neither a success nor a failure. */
        SKIPPED
    }

    public CaseResult {
        checks = List.copyOf(checks);
    }

    static CaseResult compared(ReferenceCase c, String estimator, List<Check> checks, double seconds) {
        boolean all = checks.stream().allMatch(Check::agrees);
        Outcome outcome = all ? Outcome.AGREES : Outcome.FALLS_SHORT;
        return new CaseResult(c.id(), c.title(), estimator, checks, outcome, null, seconds);
    }

    static CaseResult skipped(ReferenceCase c, String estimator, String reason) {
        return new CaseResult(c.id(), c.title(), estimator, List.of(), Outcome.SKIPPED, reason, 0);
    }

    static CaseResult failed(ReferenceCase c, String estimator, String reason) {
        return new CaseResult(c.id(), c.title(), estimator, List.of(), Outcome.FALLS_SHORT, reason, 0);
    }

    /** The fewest digits among the figures of a kind, or NaN where there are none. */
    public double fewestDigits(Quantity quantity) {
        return checks.stream()
                .filter(k -> k.quantity() == quantity)
                .mapToDouble(Check::digits)
                .min()
                .orElse(Double.NaN);
    }

    /** The figures that do not agree. */
    public List<Check> shortfalls() {
        return checks.stream().filter(k -> !k.agrees()).toList();
    }
}
