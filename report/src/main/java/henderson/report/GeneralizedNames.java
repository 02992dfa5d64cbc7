package henderson.report;

import henderson.api.Expression;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.inference.Summary;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stata's words for a family with a link.
 *
 * @param family   registered name
 * @param link     registered name
 * @param title    between "Mixed-effects" and "regression"
 * @param model    what the test against the model without random effects calls that
 * @param ratio    heads exponentiated coefficients, or null where they have no name
 * @param ratios   what a note calls them
 * @param baseline what the exponentiated constant is
 */
record GeneralizedNames(
        String family,
        String link,
        String title,
        String model,
        @Nullable String ratio,
        String ratios,
        String baseline) {
    private static final String ODDS = "Odds ratio";
    private static final String RATE = "IRR";

    private static final List<GeneralizedNames> KNOWN = List.of(
            odds("binomial", "logistic"),
            plain("binomial", "probit", "probit"),
            plain("binomial", "cloglog", "cloglog"),
            odds("ordinal", "ologit"),
            plain("ordinal", "probit", "oprobit"),
            plain("ordinal", "cloglog", "ocloglog"),
            rate("poisson", "Poisson"),
            rate("negative-binomial", "nbinomial"),
            rate("nb1", "nbinomial"));

    private static GeneralizedNames odds(String family, String title) {
        return new GeneralizedNames(family, "logit", title, title, ODDS, "odds ratios", "baseline odds");
    }

    private static GeneralizedNames rate(String family, String title) {
        return new GeneralizedNames(
                family, "log", title, title, RATE, "incidence-rate ratios", "baseline incidence rate");
    }

    private static GeneralizedNames plain(String family, String link, String title) {
        return new GeneralizedNames(family, link, title, title, null, "exponentiated coefficients", "");
    }

    /** Those of a model; null for a family and link without a name of their own. */
    private static @Nullable GeneralizedNames known(ModelSpec spec) {
        return KNOWN.stream()
                .filter(n -> n.family.equals(spec.family()) && n.link.equals(spec.link()))
                .findFirst()
                .orElse(null);
    }

    static GeneralizedNames of(ModelSpec spec) {
        GeneralizedNames known = known(spec);
        return known == null ? plain(spec.family(), String.valueOf(spec.link()), "GLM") : known;
    }

    /**
     * Checks that exponentiated coefficients are what they are asked for.
     *
     * @param odds   whether odds ratios, otherwise incidence-rate ratios
     * @param asked  the option, for the message
     * @throws HendersonException for another family or link
     */
    static void require(ModelSpec spec, boolean odds, String asked) {
        String wanted = odds ? ODDS : RATE;
        if (!wanted.equals(of(spec).ratio)) {
            throw new HendersonException(
                    asked + " shows "
                            + (odds
                                    ? "odds ratios, which the logit link gives"
                                    : "rate ratios, which counts with the log link give")
                            + "; this model has the family '" + spec.family() + "'"
                            + (spec.link() == null ? "" : " with the link '" + spec.link() + "'") + ".",
                    odds ? "Maybe --family binomial." : "Maybe --family poisson.");
        }
    }

    /** The first lines: a title, and what belongs to the family. */
    static List<String> titles(Summary summary, boolean glm) {
        ModelSpec spec = summary.fit().model().spec();
        GeneralizedNames known = known(spec);
        String trials = trials(spec);
        if (known == null || glm) {
            String own = spec.family().equals("binomial") ? trials == null ? "Bernoulli" : "Binomial" : spec.family();
            String family = "Family: " + StataTable.capitalized(own);
            String link = "Link:   " + StataTable.capitalized(String.valueOf(spec.link()));
            return trials == null
                    ? List.of("Mixed-effects GLM", family, link)
                    : List.of("Mixed-effects GLM", family, link, "Binomial variable: " + trials);
        }
        String title = "Mixed-effects " + known.title + " regression";
        if (known.title.equals("nbinomial")) {
            return List.of(title, "Overdispersion: " + (spec.family().equals("nb1") ? "constant" : "mean"));
        }
        return trials == null ? List.of(title) : List.of(title, "Binomial variable: " + trials);
    }

    private static @Nullable String trials(ModelSpec spec) {
        if (!spec.family().equals("binomial")) {
            return null;
        }
        if (spec.formula().response() instanceof Expression.Binary b) {
            return b.right().toString();
        }
        return spec.formula().response() instanceof Expression.Call c
                        && c.arguments().size() == 2
                ? c.arguments().get(0) + " + " + c.arguments().get(1)
                : null;
    }
}
