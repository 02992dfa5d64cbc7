package henderson.api;

/** Hears how a fit goes along. Numeric modules print nothing; they tell this. */
public interface FitListener {
    /** Hears nothing. */
    FitListener SILENT = new FitListener() {};

    /** A new stage: reading rows, starting values, optimization, standard errors. */
    default void stage(String name) {}

    /** A part of the stage is done; {@code total} is 0 when it is not known. */
    default void progress(long done, long total) {}

    /** An accepted step of the search; value is −2 log-likelihood. */
    default void step(Optimizer.Step step) {}

    /** Something worth telling in the log: a variance went to zero, the Hessian was taken. */
    default void note(String text) {}
}
