package henderson.inference;

import henderson.api.Term;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * One block of random effects.
 *
 * @param term               what it is
 * @param covariance         of one level's effects, on the response's scale, in the order of the term's columns
 * @param parameters         variances, then covariances, then whatever else the structure has
 * @param standardDeviations the same as standard deviations and correlations
 */
public record RandomSummary(
        Term term, DMatrixRMaj covariance, List<Estimate> parameters, List<Estimate> standardDeviations) {
    public RandomSummary {
        parameters = List.copyOf(parameters);
        standardDeviations = List.copyOf(standardDeviations);
    }

    /** The structure's name; {@code identity} for a single column, whatever was asked for. */
    public String structure() {
        return term.columns().size() == 1 && parameters.size() == 1 ? "identity" : term.structureName();
    }
}
