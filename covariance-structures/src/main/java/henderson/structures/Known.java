package henderson.structures;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Positions;
import java.util.List;

/**
 * Levels correlated by a known matrix: {@code b ~ N(0, σ² K ⊗ G)}, K from a file ({@code inverse}: K⁻¹), such as a
 * relationship or a phylogeny. Over the columns it changes nothing: G is the inner structure's; K is the term's level
 * precision.
 */
public final class Known implements Combinator {
    /** The combinator. */
    public Known() {}

    @Override
    public String name() {
        return "known";
    }

    @Override
    public List<ArgumentSpec> arguments() {
        return List.of(
                new ArgumentSpec("matrix", ArgumentSpec.Type.MATRIX, List.of(), null),
                new ArgumentSpec("inverse", ArgumentSpec.Type.FLAG, List.of(), false));
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner) {
        return inner.get(0);
    }
}
