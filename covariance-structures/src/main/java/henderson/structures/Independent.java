package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;
import java.util.Set;

/** A variance for each position, no correlation: {@code G = diag(θ₁², …, θ_q²)}. Among random effects only. */
public final class Independent implements CovarianceStructure {
    /** The kind. */
    public Independent() {}

    @Override
    public String name() {
        return "independent";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("diag");
    }

    @Override
    public Set<Side> sides() {
        return Set.of(Side.RANDOM);
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return BoundDiagonal.separate(positions.size());
    }
}
