package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;

/**
 * One variance and one covariance: {@code G = a²J/q + c²(I − J/q)} over {@code q} positions, {@code J} all ones. At {@code
 * a = 0} the correlation is {@code −1/(q − 1)}, its least; at {@code c = 0} it is 1. A single position has one variance.
 */
public final class Exchangeable implements CovarianceStructure {
    /** The kind. */
    public Exchangeable() {}

    @Override
    public String name() {
        return "exchangeable";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("cs");
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int q = positions.size();
        return q == 1 ? BoundDiagonal.common(1) : new BoundExchangeable(q);
    }
}
