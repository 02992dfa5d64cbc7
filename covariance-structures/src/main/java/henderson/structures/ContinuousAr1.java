package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;

/**
 * The continuous-time autoregression of order 1 (Ornstein and Uhlenbeck's process) in terms of its range: correlation {@code
 * exp(−|s − t|/range)} at real times, as SAS's {@code sp(exp)} and nlme's {@code corExp} report it; {@code exponential} is
 * the same process in terms of {@code ρ = exp(−1/range)}.
 */
public final class ContinuousAr1 implements CovarianceStructure {
    /** The kind. */
    public ContinuousAr1() {}

    @Override
    public String name() {
        return "continuous-ar1";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("car1", "ou");
    }

    @Override
    public PositionKind positions() {
        return PositionKind.REAL;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return BoundDistance.byRange(name(), Kernel.EXPONENTIAL, Sites.onLine(name(), positions), false);
    }
}
