package henderson.glmm;

import henderson.api.plugin.HendersonPlugin;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Cauchit;
import henderson.glmm.family.ComplementaryLogLog;
import henderson.glmm.family.Gamma;
import henderson.glmm.family.Gaussian;
import henderson.glmm.family.Identity;
import henderson.glmm.family.Inverse;
import henderson.glmm.family.LinearDispersion;
import henderson.glmm.family.Log;
import henderson.glmm.family.LogLog;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Ordinal;
import henderson.glmm.family.Poisson;
import henderson.glmm.family.Probit;
import henderson.glmm.family.SquareRoot;

/** Registers the families, links and estimators of this module. */
public final class GlmmPlugin extends HendersonPlugin {
    /** Made by ServiceLoader. */
    public GlmmPlugin() {}

    @Override
    protected void plugins() {
        estimator(new Glmm());
        estimator(new Pql());
        family(new Binomial());
        family(new Poisson());
        family(new NegativeBinomial());
        family(new LinearDispersion());
        family(new Gamma());
        family(new Gaussian());
        family(new Ordinal());
        link(new Logit());
        link(new Probit());
        link(new ComplementaryLogLog());
        link(new LogLog());
        link(new Cauchit());
        link(new Log());
        link(new Identity());
        link(new SquareRoot());
        link(new Inverse());
    }
}
