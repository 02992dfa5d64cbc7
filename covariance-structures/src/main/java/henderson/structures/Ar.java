package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;

/**
 * An autoregression at whole-number times: {@code e_t = φ₁e_{t−1} + … + φ_p e_{t−p} + u_t}; a gap in time is a gap. {@code ar1} is
 * the order 1, which is the default.
 */
public final class Ar implements CovarianceStructure {
    /** The kind. */
    public Ar() {}

    @Override
    public String name() {
        return "ar";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("ar1");
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(Orders.spec("order", 1));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.INTEGER;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int order = Orders.atLeast(1, name(), "order", arguments);
        Times times = Times.whole(name(), positions);
        Orders.requireBelow(times.size(), name(), order);
        return new BoundArma(order, 0, times);
    }
}
