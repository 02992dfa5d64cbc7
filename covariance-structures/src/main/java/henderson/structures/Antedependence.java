package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.PositionKind;
import henderson.api.Positions;
import henderson.api.Side;
import java.util.List;
import java.util.Set;

/**
 * First-order antedependence: a variance for each occasion and a correlation for each pair of neighbours, the correlation of
 * others being the product of those between. Occasions stand in their order; how far apart they are does not matter.
 * Among residuals only: where the matrix is singular, its coordinates have no boundary to rest on.
 */
public final class Antedependence implements CovarianceStructure {
    /** The kind. */
    public Antedependence() {}

    @Override
    public String name() {
        return "antedependence";
    }

    @Override
    public List<String> aliases(Side side) {
        return List.of("ante");
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
        int q = positions.size();
        Orders.requireFew(q, name(), "a structure of few parameters, such as ar");
        if (q == 1) {
            throw new HendersonException(
                    "Structure 'antedependence' has one position only, " + positions.label(0)
                            + "; a correlation needs at least 2.",
                    "Maybe the time variable is constant, or another one was meant.");
        }
        return new BoundAntedependence(q);
    }
}
