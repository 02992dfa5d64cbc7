package henderson.api;

/** What is maximized. */
public enum Criterion {
    /** The likelihood. */
    ML,
    /** The likelihood of n − p error contrasts (Patterson and Thompson, 1971). */
    REML
}
