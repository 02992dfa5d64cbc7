package henderson.benchmarks.kernels;

/** What is joined to what, for a number n of groups or levels. Public because JMH sets it. */
public enum Pattern {
    /** n groups with 2 effects each, independent of each other. */
    GROUPS,
    /** n outer groups with 3 inner ones each: every inner one joined to its outer one. */
    NESTED,
    /** 4 n levels of a large factor, each joined to 5 of the n levels of a small one. */
    CROSSED,
    /** A chain of n nodes with 2 columns each. */
    CHAIN
}
