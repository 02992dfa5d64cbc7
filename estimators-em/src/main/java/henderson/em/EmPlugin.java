package henderson.em;

import henderson.api.plugin.HendersonPlugin;

/** Registers the estimators of this module. */
public final class EmPlugin extends HendersonPlugin {
    /** Made by ServiceLoader. */
    public EmPlugin() {}

    @Override
    protected void plugins() {
        estimator(ExpectationMaximization.em());
        estimator(ExpectationMaximization.ecme());
        estimator(ExpectationMaximization.pxEm());
        estimator(new GeneralizedExpectationMaximization());
    }
}
