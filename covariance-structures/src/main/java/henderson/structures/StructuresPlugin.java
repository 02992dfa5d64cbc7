package henderson.structures;

import henderson.api.plugin.HendersonPlugin;

/** Registers the covariance structures and combinators of this jar. */
public final class StructuresPlugin extends HendersonPlugin {
    /** For the service loader. */
    public StructuresPlugin() {}

    @Override
    protected void plugins() {
        structure(new Identity());
        structure(new Independent());
        structure(new Exchangeable());
        structure(new Unstructured());
        structure(new Ar());
        structure(new Ma());
        structure(new Arma());
        structure(new Toeplitz());
        structure(new Banded());
        structure(new Antedependence());
        structure(new Exponential());
        structure(new ContinuousAr1());
        structure(new Gaussian());
        structure(new Matern());
        combinator(new By());
        combinator(new UnequalVariances());
        combinator(new Kronecker());
        combinator(new Known());
    }
}
