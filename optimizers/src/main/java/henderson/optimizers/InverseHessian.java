package henderson.optimizers;

/** What a quasi-Newton method knows of the inverse Hessian B, learned from changes of x and of the gradient. */
interface InverseHessian {
    /** Forgets everything: {@code B = I}. */
    void reset();

    /** {@code p ← −Bg}. Modified. */
    void direction(double[] g, double[] p);

    /**
     * Learns that a step s changed the gradient by y.
     *
     * @param s  not kept
     * @param y  not kept
     * @param sy {@code sᵀy > 0}
     */
    void update(double[] s, double[] y, double sy);

    /** Updates after which B is no longer a guess. */
    int learned();
}
