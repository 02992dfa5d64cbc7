package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;
import java.util.Set;

/**
 * Every variance, and the covariance of occasions at most {@code order} places apart, its own; the others are zero. Order 0
 * has variances alone; without an order every covariance is free. Among residuals only.
 */
public final class Banded implements CovarianceStructure {
    /** The kind. */
    public Banded() {}

    @Override
    public String name() {
        return "banded";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(Orders.spec("order", Orders.FULL));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.LABEL;
    }

    @Override
    public Set<Side> sides() {
        return Set.of(Side.RESIDUAL);
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int order = Orders.atLeast(0, name(), "order", arguments);
        int q = positions.size();
        Orders.requireFew(q, name(), "a structure of few parameters, such as toeplitz or ar");
        if (order != Orders.FULL) {
            Orders.requireBelow(q, name(), order);
        }
        return new BoundBanded(q, Math.min(order, q - 1));
    }
}
