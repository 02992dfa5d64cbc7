package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.List;

/**
 * Correlation {@code exp(−(d/range)²)} at distance d on a line or in a plane. With {@code nugget} a part of the variance
 * belongs to each row alone: {@code (1 − nugget) exp(−(d/range)²)}; rows at the same place need it.
 */
public final class Gaussian implements CovarianceStructure {
    /** The kind. */
    public Gaussian() {}

    @Override
    public String name() {
        return "gaussian";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(new ArgumentSpec("nugget", ArgumentSpec.Type.FLAG, List.of(), false));
    }

    @Override
    public PositionKind positions() {
        return PositionKind.COORDINATES;
    }

    @Override
    public boolean coincident(Arguments arguments) {
        return arguments.flag("nugget");
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return BoundDistance.byRange(name(), Kernel.GAUSSIAN, Sites.of(name(), positions), arguments.flag("nugget"));
    }
}
