package henderson.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model must remember of its data to make rows of other data in the same way. Arrays and maps are not copied deeply:
 * do not modify.
 *
 * @param categorical columns that were taken as categories, though their values might all be numbers elsewhere
 * @param factors     levels of each factor that has dummies, base first
 * @param polynomials constants of each orthogonal polynomial, by its text
 * @param means       means of groups, by the text of {@code mean(x | g)} or {@code center(x | g)}, then by level
 * @param kept        which of the columns of X as written were kept, the constant first
 * @param residual    names of the columns that place rows in their residual group, then a line of texts for each position
 *     of the residual structure, in order; empty where there is none
 */
public record ModelFrame(
        List<String> categorical,
        Map<String, List<String>> factors,
        Map<String, double[]> polynomials,
        Map<String, Map<String, Double>> means,
        List<Boolean> kept,
        List<String> residual) {
    public ModelFrame {
        categorical = List.copyOf(categorical);
        factors = new LinkedHashMap<>(factors);
        polynomials = new LinkedHashMap<>(polynomials);
        means = new LinkedHashMap<>(means);
        kept = List.copyOf(kept);
        residual = residual == null ? List.of() : List.copyOf(residual); // absent in fits saved before there was one
    }

    /** Without a residual structure. */
    public ModelFrame(
            List<String> categorical,
            Map<String, List<String>> factors,
            Map<String, double[]> polynomials,
            Map<String, Map<String, Double>> means,
            List<Boolean> kept) {
        this(categorical, factors, polynomials, means, kept, List.of());
    }
}
