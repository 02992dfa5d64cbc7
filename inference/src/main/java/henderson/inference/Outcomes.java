package henderson.inference;

import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.Model;
import java.util.List;

/** The outcomes of a response that is a category. */
public final class Outcomes {
    private Outcomes() {}

    /**
     * Labels of the outcomes of a model's response in their order: those of an ordinal family, or the levels of a factor;
     * empty for a response of numbers.
     */
    public static List<String> of(Model model) {
        BoundFamily family = model.family();
        if (family == null || !family.outcomes().isEmpty()) {
            return family == null ? List.of() : family.outcomes();
        }
        Expression response = model.spec().formula().response();
        Expression inner = response instanceof Expression.Call c && c.function().equals("factor")
                ? c.arguments().get(0)
                : response;
        return model.report().factors().stream()
                .filter(f -> inner instanceof Expression.Name n && f.name().equals(n.name()))
                .findFirst()
                .map(DataReport.Factor::levels)
                .orElse(List.of());
    }
}
