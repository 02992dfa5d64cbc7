package org.example.levenberg;

import henderson.api.plugin.HendersonPlugin;

/** What this jar brings. */
public final class LevenbergPlugin extends HendersonPlugin {
    @Override
    protected void plugins() {
        optimizer(new Levenberg());
    }
}
