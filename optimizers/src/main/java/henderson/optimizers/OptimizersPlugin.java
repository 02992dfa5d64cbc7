package henderson.optimizers;

import henderson.api.plugin.HendersonPlugin;

/** Registers the optimizers of this jar. */
public final class OptimizersPlugin extends HendersonPlugin {
    /** For the service loader. */
    public OptimizersPlugin() {}

    @Override
    protected void plugins() {
        optimizer(new TrustRegionNewton());
        optimizer(new Bfgs());
        optimizer(new LimitedMemoryBfgs());
        optimizer(new Bobyqa());
        optimizer(new NelderMead());
        optimizer(new OjAlgoSqp());
    }
}
