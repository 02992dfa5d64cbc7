package henderson.api;

/** What a structure wants to know of its positions. */
public enum PositionKind {
    /** Nothing: columns of a random term, or the ordinal of a row in its group. */
    NONE,
    /** A label each. */
    LABEL,
    /** A whole number each; differences count as distances. */
    INTEGER,
    /** A real number each. */
    REAL,
    /** Two or more real numbers each. */
    COORDINATES
}
