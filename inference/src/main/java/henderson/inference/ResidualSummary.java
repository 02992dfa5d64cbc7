package henderson.inference;

import henderson.api.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The residual part.
 *
 * @param term               the residual term, or null for independent residuals of one variance
 * @param parameters         of its structure
 * @param standardDeviations the same as standard deviations and correlations
 */
public record ResidualSummary(@Nullable Term term, List<Estimate> parameters, List<Estimate> standardDeviations) {
    public ResidualSummary {
        parameters = List.copyOf(parameters);
        standardDeviations = List.copyOf(standardDeviations);
    }

    /** The structure's name. */
    public String structure() {
        return term == null ? "independent" : term.structureName();
    }
}
