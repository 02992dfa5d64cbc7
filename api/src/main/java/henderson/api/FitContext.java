package henderson.api;

/** What an estimator works with. */
public interface FitContext {
    /** All plug-ins by name. */
    Registry registry();

    /** Where to sum over clusters. */
    Clusters clusters();

    /** Who hears of progress. */
    FitListener listener();
}
