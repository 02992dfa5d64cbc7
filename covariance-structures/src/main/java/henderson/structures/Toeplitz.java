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
 * One variance, and one correlation for each lag up to {@code order} at whole-number times; zero beyond. Without an order, up
 * to the largest lag there is. Lags that no two positions have are no parameters.
 */
public final class Toeplitz implements CovarianceStructure {
    /** The kind. */
    public Toeplitz() {}

    @Override
    public String name() {
        return "toeplitz";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("toep");
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(Orders.spec("order", Orders.FULL));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.INTEGER;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int order = Orders.atLeast(1, name(), "order", arguments);
        Orders.requireFew(positions.size(), name(), "a structure of linear cost, such as ma or ar");
        Times times = Times.whole(name(), positions);
        if (order != Orders.FULL) {
            Orders.requireBelow((int) times.span() + 1, name(), order);
        }
        Lags lags = Lags.of(times, order);
        Orders.requireFew(lags.size(), name(), "a structure of few parameters, such as ar");
        return new BoundToeplitz(times, lags);
    }
}
