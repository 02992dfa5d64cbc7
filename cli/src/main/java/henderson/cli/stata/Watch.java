package henderson.cli.stata;

import henderson.api.Criterion;
import henderson.api.FitListener;

/** Who hears of a fit while it goes on. */
public interface Watch extends AutoCloseable {
    /** The listener. */
    FitListener listener();

    @Override
    void close();

    /** Makes one for a fit. */
    interface Maker {
        /** With or without a log of the iterations. */
        Watch start(boolean log, Criterion criterion);
    }
}
