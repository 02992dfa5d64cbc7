package henderson.glmm;

import henderson.api.plugin.HendersonPlugin;
import henderson.testkit.PluginContract;

class GlmmPluginTest implements PluginContract {
    @Override
    public HendersonPlugin plugin() {
        return new GlmmPlugin();
    }

    @Override
    public String[] names() {
        return new String[] {
            "binomial",
            "cauchit",
            "cloglog",
            "gamma",
            "gaussian",
            "glmm",
            "identity",
            "inverse",
            "log",
            "logit",
            "loglog",
            "nb1",
            "negative-binomial",
            "ordinal",
            "poisson",
            "pql",
            "probit",
            "sqrt"
        };
    }
}
