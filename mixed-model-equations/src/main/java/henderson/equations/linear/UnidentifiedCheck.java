package henderson.equations.linear;

import henderson.api.HendersonException;
import henderson.equations.Evaluation;
import henderson.equations.Identifiability;
import henderson.equations.LinearEquations;
import henderson.equations.NestedLikelihood;
import henderson.equations.ProfiledDeviance;
import henderson.equations.Symmetric;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Refuses models in which some combination of parameters leaves the covariance of the data unchanged, theory (43). */
final class UnidentifiedCheck {
    private static final double NULL = 1e-12;

    private UnidentifiedCheck() {}

    /** @throws HendersonException naming the parameters of the first null direction */
    static void run(Parameters parameters, @Nullable NestedLikelihood nested, @Nullable Evaluation general) {
        int m = parameters.size();
        if (m == 0) {
            return;
        }
        ProfiledDeviance profile = nested == null ? Objects.requireNonNull(general) : nested;
        double[] tau = parameters.hasResidual()
                ? whitened(parameters, Objects.requireNonNull(general).equations())
                : jittered(parameters, 1);
        int random = parameters.randomSize();
        DMatrixRMaj[] derivative = new DMatrixRMaj[random];
        for (int k = 0; k < random; k++) {
            int t = parameters.termOf[k];
            int q = parameters.at[t].length;
            derivative[k] = new DMatrixRMaj(q, q);
            parameters
                    .structure(t)
                    .derivative(parameters.of(tau, t), k - parameters.start[t], parameters.at[t], derivative[k]);
            rescale(profile, t, derivative[k]);
        }
        int[] termOf = Arrays.copyOf(parameters.termOf, random);
        DMatrixRMaj gram = nested == null
                ? Identifiability.gram(
                        Objects.requireNonNull(general).equations(), termOf, derivative, parameters.residualAt())
                : nested.gram(termOf, derivative);
        for (int k = 0; k < m; k++) {
            if (gram.get(k, k) == 0) {
                throw new HendersonException(
                        "Parameter '" + parameters.reportedName(k) + "' has no effect on the covariance of the data.",
                        k < random
                                ? "Maybe its column is zero in every row."
                                : "Maybe no residual group has rows at such a distance, or at this level.");
            }
        }
        Symmetric eigen = Symmetric.of(gram);
        int k = eigen.smallest();
        if (eigen.values()[k] > NULL) {
            return;
        }
        Set<String> names = new TreeSet<>();
        double[] v = eigen.vectors()[k];
        double largest = Arrays.stream(v).map(Math::abs).max().orElse(1);
        for (int i = 0; i <= m; i++) {
            if (Math.abs(v[i]) > 1e-3 * largest) {
                names.add(i == m ? "residual variance" : parameters.reportedName(i));
            }
        }
        throw new HendersonException(
                String.format(
                        Locale.ROOT,
                        "The data cannot tell these variance parameters apart: %s (smallest eigenvalue of their Gram"
                                + " matrix %.1e, at least %.0e needed).",
                        String.join(", ", names),
                        eigen.values()[k],
                        NULL),
                advice(parameters, v, largest));
    }

    private static String advice(Parameters parameters, double[] v, double largest) {
        boolean random = false;
        boolean residual = false;
        for (int i = 0; i < parameters.size(); i++) {
            boolean moved = Math.abs(v[i]) > 1e-3 * largest;
            random |= moved && i < parameters.randomSize();
            residual |= moved && i >= parameters.randomSize();
        }
        if (residual) {
            return random
                    ? "Maybe leave out the random effect or the residual structure: both describe the same correlation."
                    : "Maybe the residual structure has variances of its own already.";
        }
        return "Maybe two terms describe the same grouping, or a term has a level for every row.";
    }

    /** Away from every point of symmetry, and the same in every run. */
    private static double[] jittered(Parameters parameters, double size) {
        double[] tau = new double[parameters.size()];
        for (int k = 0; k < tau.length; k++) {
            tau[k] = parameters.coordinate(k).neutral() + size * (0.25 + 0.5 * Math.sin(1.7 + 2.3 * k));
        }
        return tau;
    }

    /** The same, nearer to the neutral point where the residual structure is not positive definite. */
    private static double[] whitened(Parameters parameters, LinearEquations equations) {
        for (double size = 1; size > 1e-3; size /= 2) {
            double[] tau = jittered(parameters, size);
            if (equations.whiten(parameters.residualOf(tau))) {
                return tau;
            }
        }
        double[] neutral = jittered(parameters, 0);
        equations.whiten(parameters.residualOf(neutral));
        return neutral;
    }

    /** Puts columns of Z on unit mean square, so that scale does not pass for a null direction. */
    private static void rescale(ProfiledDeviance equations, int t, DMatrixRMaj d) {
        // the Gram matrix is scaled to a unit diagonal afterwards; within a term only relative sizes of columns matter
        int q = d.numRows;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double s = equations.rootMeanDiagonal(t, i) * equations.rootMeanDiagonal(t, j);
                d.set(i, j, s > 0 ? d.get(i, j) / s : 0);
            }
        }
    }
}
