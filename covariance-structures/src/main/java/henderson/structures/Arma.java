package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.List;

/**
 * Autoregression and moving average at whole-number times: {@code e_t = Σ φ_j e_{t−j} + u_t + Σ θ_l u_{t−l}}, p and q terms,
 * each 1 by default; a gap in time is a gap.
 */
public final class Arma implements CovarianceStructure {
    /** The kind. */
    public Arma() {}

    @Override
    public String name() {
        return "arma";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(Orders.spec("p", 1), Orders.spec("q", 1));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.INTEGER;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int p = Orders.atLeast(1, name(), "p", arguments);
        int q = Orders.atLeast(1, name(), "q", arguments);
        Times times = Times.whole(name(), positions);
        Orders.requireBelow(times.size(), name(), p + q);
        return new BoundArma(p, q, times);
    }
}
