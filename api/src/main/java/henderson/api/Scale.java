package henderson.api;

/** The scale on which a natural parameter's interval is symmetric. */
public enum Scale {
    /** As it is: covariances, AR and MA coefficients of order two and more. */
    PLAIN,
    /** Its logarithm: variances and standard deviations. */
    LOG,
    /** Its inverse hyperbolic tangent: correlations. */
    ATANH,
    /** Its logit: numbers between zero and one. */
    LOGIT
}
