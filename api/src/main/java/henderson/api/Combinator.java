package henderson.api;

import java.util.List;

/** A structure made of others: {@code by}, {@code variances}, Kronecker product, known matrix among levels. */
public interface Combinator {
    /** The name it is registered under. */
    String name();

    /** Binds over structures that are bound already; {@code pairs} give own level and inner index. */
    BoundStructure bind(Arguments arguments, Positions pairs, List<BoundStructure> inner);

    /** The arguments it takes. */
    default List<ArgumentSpec> arguments() {
        return List.of();
    }
}
