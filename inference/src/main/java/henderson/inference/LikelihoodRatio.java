package henderson.inference;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.HendersonException;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One fit against another that contains it.
 *
 * @param test     with the difference of the numbers of parameters for degrees of freedom
 * @param variance whether variance parameters are among those tested: they cannot be negative, which makes the test
 *                 conservative
 */
public record LikelihoodRatio(LikelihoodRatioTest test, boolean variance) {

    /**
     * A fit, what its rows say, and a word for it.
     *
     * @param robust whether its covariances are robust
     */
    public record Candidate(Fit fit, RowStatistics rows, String name, boolean robust) {
        /** With model-based covariances. */
        public Candidate(Fit fit, RowStatistics rows, String name) {
            this(fit, rows, name, false);
        }
    }

    /**
     * Tests the one with fewer parameters against the other.
     *
     * @param force whether to go on where neither model can be seen to contain the other, or with robust covariances
     * @throws HendersonException for robust covariances, different responses, rows, weights or criteria, REML with different fixed effects,
     *     equal numbers of parameters, and models that are not nested; the message says which
     */
    public static LikelihoodRatio of(Candidate a, Candidate b, boolean force) {
        boolean swap = a.fit().parameterCount() > b.fit().parameterCount();
        Candidate small = swap ? b : a;
        Candidate large = swap ? a : b;
        requireLikelihoods(a, force);
        requireLikelihoods(b, force);
        requireSameData(small, large);
        requireSameCriterion(small, large);
        int df = large.fit().parameterCount() - small.fit().parameterCount();
        if (df == 0) {
            throw new HendersonException(both(a, b) + " have " + small.fit().parameterCount()
                    + " parameters each; a likelihood-ratio test compares a model with a larger one.");
        }
        requireSameIntegration(a, b, force);
        String obstacle = Nested.obstacle(small.fit(), large.fit());
        if (obstacle != null && !force) {
            throw new HendersonException(
                    small.name() + " is not nested in " + large.name() + ": " + obstacle + ".",
                    "Maybe compare them by AIC or BIC; --force tests all the same.");
        }
        LikelihoodRatioTest test =
                LikelihoodRatioTest.of(large.fit().logLikelihood(), small.fit().logLikelihood(), df, false);
        boolean variance =
                large.fit().parameters().size() > small.fit().parameters().size();
        return new LikelihoodRatio(test, variance);
    }

    private static void requireLikelihoods(Candidate c, boolean force) {
        if (c.robust() && !force) {
            throw new HendersonException(
                    c.name() + " has robust standard errors: its likelihood is not taken to be that of the data, and a"
                            + " likelihood-ratio test has no known distribution.",
                    "Maybe a Wald test of the parameters; or fit both without robust standard errors.");
        }
    }

    private static String both(Candidate a, Candidate b) {
        return a.name() + " and " + b.name();
    }

    private static void requireSameData(Candidate a, Candidate b) {
        String response = a.fit().model().responseName();
        if (!response.equals(b.fit().model().responseName())) {
            throw new HendersonException(both(a, b) + " have different responses: " + response + " and "
                    + b.fit().model().responseName() + ".");
        }
        if (a.fit().model().rows() != b.fit().model().rows()) {
            throw new HendersonException(
                    both(a, b) + " are fits of different rows: "
                            + a.fit().model().rows() + " and " + b.fit().model().rows() + ".",
                    "Maybe a variable of one has missing values; leave those rows out of both with --where.");
        }
        if (!a.rows().responseDigest().equals(b.rows().responseDigest())) {
            throw new HendersonException(
                    both(a, b) + " are fits of different rows: as many, but with other values of " + response + ".",
                    "Maybe the filters differ, or the data changed between the fits.");
        }
        requireSame(
                a,
                b,
                "families",
                a.fit().model().spec().family(),
                b.fit().model().spec().family());
        requireSame(a, b, "links", link(a.fit()), link(b.fit()));
        requireSame(
                a,
                b,
                "precision weights",
                a.fit().model().spec().weights(),
                b.fit().model().spec().weights());
        requireSame(
                a,
                b,
                "frequency weights",
                a.fit().model().spec().frequencyWeights(),
                b.fit().model().spec().frequencyWeights());
    }

    /** A linear model may leave its link unsaid. */
    private static @Nullable String link(Fit fit) {
        return fit.generalized() ? fit.model().spec().link() : null;
    }

    /** Likelihoods by different rules differ by the errors of both. */
    private static void requireSameIntegration(Candidate a, Candidate b, boolean force) {
        String left = rule(a.fit());
        String right = rule(b.fit());
        boolean none = left.isEmpty() || right.isEmpty();
        if (!none && !left.equals(right) && !force) {
            throw new HendersonException(
                    both(a, b) + " are integrated differently: " + left + " and " + right
                            + "; the difference of their likelihoods holds the errors of both rules.",
                    "Maybe fit both with the same --integration and --points; --force tests all the same.");
        }
    }

    /** Without random effects there is nothing to integrate, and any rule will do. */
    private static String rule(Fit fit) {
        Fit.Integrated i = fit.integrated();
        return i == null || fit.random().isEmpty() ? "" : i.method() + ", " + i.points() + " points";
    }

    private static void requireSame(
            Candidate a, Candidate b, String what, @Nullable Object left, @Nullable Object right) {
        if (!Objects.equals(left, right)) {
            throw new HendersonException(both(a, b) + " have different " + what + ": " + left + " and " + right + ".");
        }
    }

    private static void requireSameCriterion(Candidate a, Candidate b) {
        requireSame(
                a,
                b,
                "criteria",
                a.fit().options().criterion(),
                b.fit().options().criterion());
        boolean sameFixed = new TreeSet<>(a.fit().model().fixedNames())
                .equals(new TreeSet<>(b.fit().model().fixedNames()));
        if (a.fit().options().criterion() == Criterion.REML && !sameFixed) {
            throw new HendersonException(
                    both(a, b)
                            + " are REML fits with different fixed effects; their likelihoods are of different data.",
                    "Maybe fit both with --ml.");
        }
    }
}
