package henderson.equations.generalized;

import henderson.api.HendersonException;
import java.util.List;

/**
 * How random effects are integrated out.
 *
 * @param method the rule
 * @param points nodes per random effect; 1 for Laplace
 */
public record Integration(Method method, int points) {
    /** A rule. */
    public enum Method {
        /** Laplace's approximation with the observed curvature. */
        LAPLACE("laplace"),
        /** Gauss–Hermite at mode and curvature. */
        AGQ("agq"),
        /** Gauss–Hermite at posterior mean and covariance. */
        MVAGHERMITE("mvaghermite"),
        /** Gauss–Hermite at the mean and covariance of the model. */
        GHERMITE("ghermite");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /** The name users give it. */
        public String word() {
            return word;
        }
    }

    /** Laplace's approximation. */
    public static final Integration LAPLACE = new Integration(Method.LAPLACE, 1);

    public Integration {
        if (points < 1 || points > GaussHermite.MOST) {
            throw new HendersonException(
                    "The number of integration points is " + points + "; it must be 1 to " + GaussHermite.MOST + ".");
        }
        if (method == Method.LAPLACE && points != 1) {
            throw new HendersonException(
                    "Integration 'laplace' has one point; " + points + " were asked for.",
                    "Maybe 'agq' is wanted, which adapts to mode and curvature as Laplace does.");
        }
        if (method == Method.MVAGHERMITE && points == 1) {
            throw new HendersonException(
                    "Integration 'mvaghermite' needs 2 points or more, to compute a variance; 1 was asked for.",
                    "Maybe 'laplace' is wanted.");
        }
    }

    /**
     * The rule of a name: those above, and {@code mcaghermite}, Stata's word for {@code agq}.
     *
     * @param points 0 for the default, which is 7 (Laplace: 1)
     */
    public static Integration of(String name, int points) {
        String word = name.equals("mcaghermite") || name.equals("aghermite") ? Method.AGQ.word : name;
        for (Method m : Method.values()) {
            if (m.word.equals(word)) {
                return new Integration(m, points == 0 ? m == Method.LAPLACE ? 1 : 7 : points);
            }
        }
        throw new HendersonException(
                "No integration is named '" + name + "'.", "Maybe one of " + String.join(", ", words()) + ".");
    }

    private static List<String> words() {
        return java.util.Arrays.stream(Method.values()).map(Method::word).toList();
    }

    /** The next finer rule: three points after Laplace, two more otherwise. */
    public Integration next() {
        return method == Method.LAPLACE
                ? new Integration(Method.AGQ, 3)
                : new Integration(method, Math.min(points + 2, GaussHermite.MOST));
    }

    @Override
    public String toString() {
        return method.word + (method == Method.LAPLACE ? "" : ", " + points + " points");
    }
}
