package henderson.newton;

import henderson.api.plugin.HendersonPlugin;

/** Registers the estimator of this module. */
public final class NewtonPlugin extends HendersonPlugin {
    /** Made by ServiceLoader. */
    public NewtonPlugin() {}

    @Override
    protected void plugins() {
        estimator(new Newton());
    }
}
