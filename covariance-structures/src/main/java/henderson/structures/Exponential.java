package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;

/**
 * Correlation {@code ρ^|s − t|} at real times, {@code 0 ≤ ρ < 1}; ρ, the correlation at distance 1, is reported. At {@code ρ =
 * 0} nothing is correlated.
 */
public final class Exponential implements CovarianceStructure {
    /** The kind. */
    public Exponential() {}

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public PositionKind positions() {
        return PositionKind.REAL;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return BoundDistance.byCorrelation(name(), Sites.onLine(name(), positions));
    }
}
