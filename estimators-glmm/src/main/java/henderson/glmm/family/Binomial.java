package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.HendersonException;
import henderson.api.Link;
import java.util.Arrays;
import java.util.List;

/**
 * Successes of trials: 0 and 1, a factor of two levels of which the second is a success, counts with their trials, or
 * proportions whose weights are the trials.
 */
public final class Binomial implements Family {
    /** How far a proportion times its trials may be from a whole number: proportions are written with few digits. */
    private static final double ROUNDED = 1e-3;

    @Override
    public String name() {
        return "binomial";
    }

    @Override
    public List<String> aliases() {
        return List.of("bernoulli");
    }

    @Override
    public String canonicalLink() {
        return "logit";
    }

    @Override
    public boolean countsSuccesses() {
        return true;
    }

    @Override
    public boolean takesFactor() {
        return true;
    }

    @Override
    public BoundFamily bind(Response y, Link link) {
        requireTwoLevels(y);
        Successes s = y.trials() != null
                ? counts(y, y.trials())
                : y.weights() != null && Arrays.stream(y.values()).anyMatch(v -> v > 0 && v < 1)
                        ? proportions(y, y.weights())
                        : zerosAndOnes(y);
        return link instanceof Logit ? new BinomialLogit(s, link) : new BoundBinomial(s, link);
    }

    private static void requireTwoLevels(Response y) {
        String[] levels = y.levels();
        if (levels != null && levels.length != 2) {
            throw new HendersonException(
                    "Response '" + y.name() + "' has " + levels.length + " level" + (levels.length == 1 ? "" : "s")
                            + ", " + String.join(", ", levels) + "; a binomial response has 2.",
                    "Maybe name the two with --factor \"" + y.name() + "=failure,success\", or the family should be"
                            + " ordinal.");
        }
    }

    private static Successes zerosAndOnes(Response y) {
        Responses.require(
                y,
                v -> v == 0 || v == 1,
                "is not 0 or 1, and no trials are given",
                "Maybe the trials are missing: successes/trials, cbind(successes, failures), or a proportion with --weights"
                        + " trials.");
        double[] k = y.values();
        double[] n = new double[k.length];
        Arrays.fill(n, 1);
        return new Successes(k, n, Responses.multipliers(y), false);
    }

    private static Successes proportions(Response y, double[] trials) {
        double[] p = y.values();
        double[] k = new double[p.length];
        Responses.weights(y);
        for (int i = 0; i < p.length; i++) {
            double product = p[i] * trials[i];
            k[i] = p[i] == 1 ? trials[i] : Math.rint(product);
            if (!(p[i] >= 0 && p[i] <= 1)) {
                throw Responses.at(
                        y,
                        i,
                        Responses.text(p[i]) + " is not between 0 and 1, as a proportion is",
                        "Maybe it is a count: then write successes/trials.");
            }
            if (Math.abs(k[i] - product) > ROUNDED) {
                throw Responses.at(
                        y,
                        i,
                        Responses.text(p[i]) + " of " + Responses.text(trials[i])
                                + " trials (the weight) is no whole number of successes",
                        "Maybe the weights are not the trials.");
            }
        }
        return new Successes(k, trials, y.frequencies(), true);
    }

    private static Successes counts(Response y, double[] trials) {
        for (int i = 0; i < trials.length; i++) {
            double k = y.values()[i];
            if (!Responses.isCount(k) || !Responses.isCount(trials[i])) {
                throw Responses.at(
                        y,
                        i,
                        Responses.text(k) + " successes of " + Responses.text(trials[i])
                                + " trials are not whole numbers of" + " 0 or more",
                        "Maybe a column of proportions stands where counts are meant.");
            }
            if (k > trials[i]) {
                throw Responses.at(
                        y,
                        i,
                        Responses.text(k) + " successes are more than " + Responses.text(trials[i]) + " trials",
                        "Maybe the two columns are exchanged, or failures stand where trials are meant.");
            }
        }
        return new Successes(y.values(), trials, Responses.multipliers(y), false);
    }
}
