package org.example.grid;

import henderson.api.plugin.HendersonPlugin;

/** What this jar brings. */
public final class GridPlugin extends HendersonPlugin {
    @Override
    protected void plugins() {
        estimator(new Grid());
    }
}
