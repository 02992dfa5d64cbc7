package henderson.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A model as it was asked for: immutable, printable, independent of any data.
 *
 * @param formula          response, fixed and random part
 * @param residual         the residual structure, or null for independent residuals of one variance
 * @param weights          column of precision weights, or null
 * @param frequencyWeights column of replication counts, or null
 * @param where            filter of rows, or null
 * @param factors          columns declared categorical, with their levels, base first; an empty list means "as found"
 * @param numeric          columns declared numeric
 * @param family           distribution of the response
 * @param link             link, or null for the family's own
 * @param language         the language it was written in, which names and orders the columns
 */
public record ModelSpec(
        Formula formula,
        @Nullable StructureCall residual,
        @Nullable String weights,
        @Nullable String frequencyWeights,
        @Nullable Expression where,
        Map<String, List<String>> factors,
        Set<String> numeric,
        String family,
        @Nullable String link,
        Language language) {

    public ModelSpec {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        factors.forEach((name, levels) -> copy.put(name, List.copyOf(levels)));
        factors = Collections.unmodifiableMap(copy);
        numeric = Set.copyOf(numeric);
    }

    /** A model in R's language. */
    public ModelSpec(
            Formula formula,
            @Nullable StructureCall residual,
            @Nullable String weights,
            @Nullable String frequencyWeights,
            @Nullable Expression where,
            Map<String, List<String>> factors,
            Set<String> numeric,
            String family,
            @Nullable String link) {
        this(formula, residual, weights, frequencyWeights, where, factors, numeric, family, link, Language.R);
    }

    /** A Gaussian model of all rows, every column taken as it is found. */
    public static ModelSpec of(Formula formula) {
        return new ModelSpec(formula, null, null, null, null, Map.of(), Set.of(), "gaussian", null);
    }

    public ModelSpec withFormula(Formula other) {
        return new ModelSpec(
                other, residual, weights, frequencyWeights, where, factors, numeric, family, link, language);
    }

    public ModelSpec withFamily(String name) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, where, factors, numeric, name, link, language);
    }

    public ModelSpec withLink(@Nullable String name) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, where, factors, numeric, family, name, language);
    }

    public ModelSpec withResidual(@Nullable StructureCall call) {
        return new ModelSpec(formula, call, weights, frequencyWeights, where, factors, numeric, family, link, language);
    }

    public ModelSpec withWeights(@Nullable String column) {
        return new ModelSpec(
                formula, residual, column, frequencyWeights, where, factors, numeric, family, link, language);
    }

    public ModelSpec withFrequencyWeights(@Nullable String column) {
        return new ModelSpec(formula, residual, weights, column, where, factors, numeric, family, link, language);
    }

    public ModelSpec withWhere(@Nullable Expression filter) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, filter, factors, numeric, family, link, language);
    }

    public ModelSpec withFactors(Map<String, List<String>> declared) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, where, declared, numeric, family, link, language);
    }

    public ModelSpec withNumeric(Set<String> declared) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, where, factors, declared, family, link, language);
    }

    public ModelSpec withLanguage(Language written) {
        return new ModelSpec(
                formula, residual, weights, frequencyWeights, where, factors, numeric, family, link, written);
    }

    @Override
    public String toString() {
        return formula.toString();
    }
}
