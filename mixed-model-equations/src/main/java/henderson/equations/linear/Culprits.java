package henderson.equations.linear;

import henderson.api.Certificate;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.equations.ProfiledDeviance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** What is likely behind a fit that did not converge, with figures. */
final class Culprits {
    private static final double SCALES = 1e4;
    private static final double COLLINEAR = 0.9999;
    private static final double SATURATED = 1e-28;
    private static final double NEAR_ZERO = 1e-6;

    private Culprits() {}

    static List<String> of(
            Model model,
            ProfiledDeviance evaluation,
            List<Fit.Parameter> named,
            Certificate certificate,
            DevianceObjective objective,
            FitOptions options,
            double nullSigma2) {
        List<String> out = new ArrayList<>();
        saturated(evaluation, nullSigma2, out);
        flat(certificate, out);
        towardsZero(evaluation, named, out);
        scales(model, evaluation, out);
        collinear(model, evaluation, out);
        out.add(String.format(
                Locale.ROOT,
                "the Newton decrement is %.1e, the tolerance %.0e, after %d evaluations",
                certificate.decrement(),
                options.tolerance(),
                objective.evaluations()));
        return out;
    }

    /** The likelihood has no maximum where the random effects can fit every row. */
    private static void saturated(ProfiledDeviance evaluation, double nullSigma2, List<String> out) {
        if (fitsEveryRow(evaluation, nullSigma2)) {
            out.add(String.format(
                    Locale.ROOT,
                    "residual variance heading to zero: %.1e of %.1e without random effects; fixed and random effects"
                            + " together fit every row",
                    evaluation.sigma2(),
                    nullSigma2));
        }
    }

    /** Whether what is left of the response is rounding: sixteen digits squared, and some room. */
    static boolean fitsEveryRow(ProfiledDeviance evaluation, double nullSigma2) {
        return evaluation.sigma2() < SATURATED * nullSigma2;
    }

    private static void flat(Certificate certificate, List<String> out) {
        for (String name : certificate.flatDirections()) {
            out.add("flat direction: " + name + " can move without changing the likelihood");
        }
        if (certificate.negative() > 0) {
            out.add("saddle point: the Hessian has " + certificate.negative() + " negative eigenvalues");
        }
    }

    private static void towardsZero(ProfiledDeviance evaluation, List<Fit.Parameter> named, List<String> out) {
        double sigma2 = evaluation.sigma2();
        for (Fit.Parameter p : named) {
            if (p.term() >= 0 && !p.boundary() && p.natural().symbol().equals("var")) {
                double seen = p.estimate()
                        * Math.pow(
                                evaluation.rootMeanDiagonal(
                                        p.term(), Math.max(0, p.natural().i())),
                                2);
                if (seen < NEAR_ZERO * sigma2) {
                    out.add(String.format(
                            Locale.ROOT,
                            "variance heading to zero: %s = %.2e beside a residual variance of %.2e",
                            p.name(),
                            p.estimate(),
                            sigma2));
                }
            }
        }
    }

    private static void scales(Model model, ProfiledDeviance evaluation, List<String> out) {
        int p = evaluation.p();
        int small = -1;
        int large = -1;
        for (int j = 0; j < p; j++) {
            if (j != model.interceptColumn()) {
                small = small < 0 || evaluation.scale(j) < evaluation.scale(small) ? j : small;
                large = large < 0 || evaluation.scale(j) > evaluation.scale(large) ? j : large;
            }
        }
        if (small >= 0 && evaluation.scale(large) > SCALES * evaluation.scale(small)) {
            out.add(String.format(
                    Locale.ROOT,
                    "predictors of very different scale: %s (standard deviation %.2e) and %s (%.2e)",
                    model.fixedNames().get(large),
                    evaluation.scale(large),
                    model.fixedNames().get(small),
                    evaluation.scale(small)));
        }
    }

    private static void collinear(Model model, ProfiledDeviance evaluation, List<String> out) {
        DMatrixRMaj c = evaluation.betaCovariance();
        for (int i = 0; i < c.numRows; i++) {
            for (int j = 0; j < i; j++) {
                double r = c.get(i, j) / Math.sqrt(c.get(i, i) * c.get(j, j));
                boolean constant = i == model.interceptColumn() || j == model.interceptColumn();
                if (Math.abs(r) > COLLINEAR && !constant) {
                    out.add(String.format(
                            Locale.ROOT,
                            "near-collinear pair: the estimates of %s and %s have correlation %.6f",
                            model.fixedNames().get(j),
                            model.fixedNames().get(i),
                            r));
                }
            }
        }
    }
}
