package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Positions;
import java.util.List;

/**
 * The product of two structures over the cells of a grid: {@code R = L_ff′ C_tt′} between cells (f, t) and (f′, t′), for
 * any set of cells. The pair of a position is (index into the left structure's positions, index into the right one's); the
 * scale is the left one's.
 */
public final class Kronecker implements Combinator {
    /** The combinator. */
    public Kronecker() {}

    @Override
    public String name() {
        return "*";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
        Combined.requireInner(name(), inner, 2);
        return new BoundKronecker(Places.of(pairs), inner.get(0), inner.get(1));
    }
}
