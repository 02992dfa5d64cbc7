package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;

/** One variance for all positions, no correlation: {@code G = θ²I}. */
public final class Identity implements CovarianceStructure {
    /** The kind. */
    public Identity() {}

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public List<String> aliases(Side side) {
        return side == Side.RANDOM ? List.of("id") : List.of("id", "independent");
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return BoundDiagonal.common(positions.size());
    }
}
