package org.example.fading;

import henderson.api.plugin.HendersonPlugin;

/** What this jar brings. */
public final class FadingPlugin extends HendersonPlugin {
    @Override
    protected void plugins() {
        structure(new Fading());
    }
}
