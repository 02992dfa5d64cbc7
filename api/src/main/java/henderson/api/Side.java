package henderson.api;

/** Where a covariance structure stands: among the random effects of a group, or among the residuals of a group. */
public enum Side {
    /** The covariance {@code G} of the random effects of one level. */
    RANDOM,
    /** The covariance {@code R} of the residuals of one residual group. */
    RESIDUAL
}
