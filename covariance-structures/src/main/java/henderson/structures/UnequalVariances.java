package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Positions;
import java.util.List;

/**
 * Unequal variances over any structure: {@code R = SCS}, C the structure with its held coordinate at 1. By level of a
 * factor, {@code sᵢ = θ_l}; or a function of a covariate x, {@code sᵢ = θ|xᵢ|^δ} or {@code θe^{δxᵢ}}. Own part of a pair:
 * the level, or x. A structure that has a variance for each position already is not refused here: the Gram matrix of the
 * model finds what cannot be told apart.
 */
public final class UnequalVariances implements Combinator {
    /** The combinator. */
    public UnequalVariances() {}

    @Override
    public String name() {
        return "variances";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(
                new ArgumentSpec("function", ArgumentSpec.Type.CHOICE, List.of("factor", "power", "exp"), "factor"));
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
        Combined.requireInner(name(), inner, 1);
        String function = arguments.choice("function");
        if (function.equals("factor")) {
            Places places = Places.of(pairs);
            return new BoundVariances(new LevelScales(pairs, places), places, inner.get(0));
        }
        Places places = Places.inner(pairs);
        CovariateScales scales = function.equals("power")
                ? CovariateScales.power(pairs, places)
                : CovariateScales.exponential(pairs, places);
        return new BoundVariances(scales, places, inner.get(0));
    }
}
