package henderson.structures;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class StructuresPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new StructuresPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {
            "*",
            "antedependence",
            "ar",
            "arma",
            "banded",
            "by",
            "continuous-ar1",
            "exchangeable",
            "exponential",
            "gaussian",
            "identity",
            "independent",
            "known",
            "ma",
            "matern",
            "toeplitz",
            "unstructured",
            "variances"
        };
    }
}
