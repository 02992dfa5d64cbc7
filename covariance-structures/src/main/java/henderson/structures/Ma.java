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
 * A moving average at whole-number times: {@code e_t = u_t + θ₁u_{t−1} + … + θ_q u_{t−q}}; a gap in time is a gap. Its roots
 * may lie on the unit circle, where the matrix is as regular as elsewhere.
 */
public final class Ma implements CovarianceStructure {
    /** The kind. */
    public Ma() {}

    @Override
    public String name() {
        return "ma";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("ma1");
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
        return new BoundArma(0, order, times);
    }
}
