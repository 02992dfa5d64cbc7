package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.Arrays;

/**
 * Ordered outcomes, {@code P(y ≤ k) = F(κ_k − η)}, F the mean of the link: a factor, in the order of its levels, or whole
 * numbers. The cut points κ stand in the place of an intercept (theory (106) to (108)).
 */
public final class Ordinal implements Family {
    private static final int MOST = 1000;

    @Override
    public String name() {
        return "ordinal";
    }

    @Override
    public String canonicalLink() {
        return "logit";
    }

    @Override
    public boolean intercept() {
        return false;
    }

    @Override
    public boolean takesFactor() {
        return true;
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        if (y.trials() != null) {
            throw new HendersonException(
                    "Response '" + y.name() + "' counts successes of trials; an ordinal response does not.",
                    "Maybe the family should be binomial.");
        }
        Responses.require(
                y,
                v -> v == Math.rint(v) && Math.abs(v) < 1e15,
                "is not a whole number, as the code of an ordered outcome is",
                "Maybe declare the levels in their order: --factor \"" + y.name() + "=low,middle,high\".");
        double[] outcomes = Arrays.stream(y.values()).distinct().sorted().toArray();
        if (outcomes.length < 2 || outcomes.length > MOST) {
            throw new HendersonException(
                    "Response '" + y.name() + "' has " + outcomes.length + " outcome"
                            + (outcomes.length == 1 ? "" : "s") + "; an ordinal response has 2 to " + MOST + ".",
                    outcomes.length < 2 ? null : "Maybe the family should be poisson or gaussian.");
        }
        for (double eta : new double[] {-1000, 1000}) {
            double[] m = new double[4];
            link.mean(eta, m);
            if (!link.inDomain(eta) || !(m[0] >= 0 && m[0] <= 1)) {
                throw new HendersonException(
                        "The link '" + link.name()
                                + "' gives numbers that are no probabilities; an ordinal response needs" + " those.",
                        "Maybe logit, probit or cloglog.");
            }
        }
        return new BoundOrdinal(y, outcomes, link);
    }
}
