package henderson.data;

import henderson.api.HendersonException;
import henderson.api.StructureCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A combinator's own part of its positions: the level of a factor, or the value of a covariate.
 *
 * @param at     index of level or value, by used row
 * @param labels of levels or values
 * @param values ascending; null where there are levels
 */
record Own(int[] at, List<String> labels, double @Nullable [] values) {
    static Own levels(StructureCall call, Variables variables, Rows used) {
        String name = String.join(":", call.positions());
        Factor factor = Factor.of(name, Combination.of(variables, call.positions(), used), used);
        requireTwo(call, name, factor.levels());
        return new Own(factor.codes(used), factor.levels(), null);
    }

    static Own numbers(StructureCall call, Variables variables, Rows used) {
        String name = call.positions().get(0);
        Distinct values = Distinct.of(
                ResidualPlaces.values(variables, used, name, call.arguments().get(Calls.FUNCTION) + "(" + name + ")"));
        List<String> labels = Lazy.list(values.size(), i -> Numbers.shortest(values.number(i)));
        requireTwo(call, name, labels);
        return new Own(values.at(), labels, values.numbers());
    }

    private static void requireTwo(StructureCall call, String name, List<String> labels) {
        if (labels.size() < 2) {
            throw new HendersonException(
                    "'" + name + "' is " + labels.get(0) + " in all rows used; '" + call.name() + " = " + name
                            + "' needs at least 2 values.",
                    "Maybe leave it out.");
        }
    }
}
