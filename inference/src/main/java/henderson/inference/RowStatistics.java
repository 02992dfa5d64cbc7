package henderson.inference;

import henderson.api.Batch;
import henderson.api.Fit;
import henderson.api.Model;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the rows of a fitted model say beyond the fit itself: everything that later questions need the data for.
 *
 * @param observations    rows, each counted as often as its frequency weight says
 * @param nesting         grouping factors from the outermost to the innermost, or null where they are crossed
 * @param fixedVariance   variance of {@code Xβ̂ + offset} over the rows, divisor n
 * @param randomVariances of each random term, the mean of {@code zᵀGz} over the rows
 * @param analyses        analysis of variance of the response by each grouping factor
 * @param responseDigest  digest of the response, row after row: equal for fits of the same rows
 */
public record RowStatistics(
        long observations,
        @Nullable List<String> nesting,
        double fixedVariance,
        List<Double> randomVariances,
        List<OneWayAnalysis> analyses,
        String responseDigest) {

    public RowStatistics {
        nesting = nesting == null ? null : List.copyOf(nesting);
        randomVariances = List.copyOf(randomVariances);
        analyses = List.copyOf(analyses);
    }

    /** Two passes over the rows. */
    public static RowStatistics of(Fit fit) {
        Model model = fit.model();
        RowSums sums = new RowSums(fit);
        for (Batch batch : model.batches()) {
            sums.means(batch);
        }
        for (Batch batch : model.batches()) {
            sums.squares(batch);
        }
        return sums.statistics();
    }
}
