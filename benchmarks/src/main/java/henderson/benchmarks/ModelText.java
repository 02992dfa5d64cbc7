package henderson.benchmarks;

import henderson.api.FitOptions;
import henderson.api.ModelSpec;
import henderson.framework.Henderson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model in Henderson's words, fitted by maximum likelihood.
 *
 * @param formula     in R's language
 * @param residual    structure of the residuals, or null for independent ones
 * @param family      of the response, or null for the normal distribution
 * @param integration how random effects are integrated out, or null
 * @param points      nodes of a quadrature; 0 where there is none
 */
record ModelText(
        String formula, @Nullable String residual, @Nullable String family, @Nullable String integration, int points) {

    static ModelText linear(String formula) {
        return new ModelText(formula, null, null, null, 0);
    }

    ModelText withResidual(String structure) {
        return new ModelText(formula, structure, family, integration, points);
    }

    static ModelText laplace(String formula, String family) {
        return new ModelText(formula, null, family, "laplace", 0);
    }

    static ModelText quadrature(String formula, String family, int points) {
        return new ModelText(formula, null, family, "agq", points);
    }

    ModelSpec spec(Henderson henderson) {
        ModelSpec spec = henderson.parse(formula);
        if (residual != null) {
            spec = spec.withResidual(henderson.parseResidual(residual));
        }
        return family == null ? spec : spec.withFamily(family);
    }

    FitOptions options(int threads) {
        return FitOptions.DEFAULT
                .withThreads(threads)
                .withIntegration(integration)
                .withPoints(points);
    }

    /** What stands behind the data file on the command line. */
    List<String> arguments() {
        List<String> all = new ArrayList<>(List.of(formula));
        add(all, "--residual", residual);
        add(all, "--family", family);
        add(all, "--integration", integration);
        add(all, "--points", points == 0 ? null : String.valueOf(points));
        return all;
    }

    private static void add(List<String> all, String option, @Nullable String value) {
        if (value != null) {
            all.add(option);
            all.add(value);
        }
    }
}
