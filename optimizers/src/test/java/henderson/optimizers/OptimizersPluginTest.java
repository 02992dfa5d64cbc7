package henderson.optimizers;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class OptimizersPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new OptimizersPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {"bfgs", "bobyqa", "l-bfgs", "nelder-mead", "ojalgo-sqp", "trust-region-newton"};
    }
}
