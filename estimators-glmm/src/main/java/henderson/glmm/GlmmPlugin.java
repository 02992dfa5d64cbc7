package henderson.glmm;

import henderson.api.plugin.HendersonPlugin;

/** Registers the families, links and estimators of this module. */
public final class GlmmPlugin extends HendersonPlugin {
    /** Made by ServiceLoader. */
    public GlmmPlugin() {}

    @Override
    protected void plugins() {}
}
