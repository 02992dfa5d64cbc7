package henderson.api;

import java.util.List;
import java.util.Set;

/**
 * A kind of covariance structure, such as {@code unstructured} or {@code ar}. One class, registered once; {@link
 * #bind(Arguments, Positions)} makes what the equations see.
 */
public interface CovarianceStructure {
    /** The name it is registered and printed under; lower case, unique on each of its sides. */
    String name();

    /**
     * Binds the kind to its arguments and to the distinct positions of a term.
     *
     * @throws HendersonException when the kind cannot stand there, with the reason
     */
    BoundStructure bind(Arguments arguments, Positions positions);

    /** Other names it answers to on a side. */
    default List<String> aliases(Side side) {
        return List.of();
    }

    /** The arguments it takes. */
    default List<ArgumentSpec> arguments() {
        return List.of();
    }

    /** What it wants to know of positions. */
    default PositionKind positions() {
        return PositionKind.NONE;
    }

    /** The sides it can stand on. */
    default Set<Side> sides() {
        return Set.of(Side.RANDOM, Side.RESIDUAL);
    }

    /** Whether two rows of a residual group may share a position. */
    default boolean coincident() {
        return false;
    }

    /** The same, where it depends on the arguments. Such rows have positions of their own at the same coordinates. */
    default boolean coincident(Arguments arguments) {
        return coincident();
    }
}
