package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;

/** Every variance and covariance its own: {@code G = ΛΛᵀ} with a lower triangular {@code Λ} of any signs and any rank. */
public final class Unstructured implements CovarianceStructure {
    /** The kind. */
    public Unstructured() {}

    @Override
    public String name() {
        return "unstructured";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("us");
    }

    @Override
    public PositionKind positions() {
        return PositionKind.LABEL;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        int q = positions.size();
        Orders.requireFew(q, name(), "a structure of few parameters, such as toeplitz or ar");
        return new BoundUnstructured(q);
    }
}
