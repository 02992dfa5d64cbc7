package henderson.equations.generalized;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.HendersonException;
import henderson.api.Model;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/** What the next rule of integration makes of a fit, MATHEMATICS 4: the change of its log-likelihood and of its estimates. */
public final class IntegrationError {
    private static final DMatrixRMaj NONE = new DMatrixRMaj(0, 0);
    private static final long SEED = 20_250_101;
    /** Twice the number of pairs. */
    private static final int DRAWS = 128;
    /** Effective pairs below which importance sampling says nothing. */
    private static final double ENOUGH = 20;

    private IntegrationError() {}

    /** Change of the log-likelihood under another rule at the present point. */
    public static double change(GeneralizedEnd search, Model model, Integration next, FitContext context) {
        JointParameters parameters = search.objective().parameters();
        double d = search.objective().at(search.point());
        JointObjective finer = new JointObjective(
                parameters, Approximations.like(search.objective().approximation(), model, next, context.clusters()));
        return (d - finer.at(search.point())) / 2;
    }

    /** The error of a rule at the end of a search; not a number, and why, where it is unknown. */
    public static Fit.Integrated of(
            GeneralizedEnd search, Model model, Integration rule, boolean nested, FitContext context) {
        if (model.random().isEmpty()) {
            return none(rule, "there are no random effects");
        }
        if (!nested) {
            return sampled(search, rule);
        }
        Integration next = rule.next();
        try {
            return byNext(search, model, rule, next, context);
        } catch (HendersonException e) {
            return none(rule, e.getMessage());
        }
    }

    private static Fit.Integrated none(Integration rule, String reason) {
        return new Fit.Integrated(
                rule.method().word(), rule.points(), "", 0, Double.NaN, Double.NaN, null, Double.NaN, reason, NONE);
    }

    private static Fit.Integrated byNext(
            GeneralizedEnd search, Model model, Integration rule, Integration next, FitContext context) {
        JointObjective objective = search.objective();
        JointParameters parameters = objective.parameters();
        double d = objective.at(search.point());
        JointObjective finer = new JointObjective(
                parameters, Approximations.like(search.objective().approximation(), model, next, context.clusters()));
        double there = finer.at(search.point());
        if (Double.isNaN(there)) {
            return none(rule, "the next rule (" + next + ") cannot be computed at the estimates");
        }
        int[] active = objective.active();
        double[] g = new double[active.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = finer.fullGradient()[active[i]] * objective.unit(active[i]);
        }
        double[] step = search.curvature().step(g);
        DMatrixRMaj inverse = search.curvature().inverse();
        double most = 0;
        String shifted = null;
        for (int i = 0; i < g.length; i++) {
            double size = Math.abs(step[i]) / Math.sqrt(2 * Math.abs(inverse.get(i, i)));
            if (size > most) {
                most = size;
                shifted = parameters.name(active[i]);
            }
        }
        boolean known = search.curvature().complete() && search.optimal();
        String unknown = search.optimal()
                ? "the Hessian, which the shift needs, could not be computed"
                : "the estimates are no maximum of the likelihood, whose shift could be told";
        return new Fit.Integrated(
                rule.method().word(),
                rule.points(),
                next.method().word(),
                next.points(),
                (d - there) / 2,
                known ? most : Double.NaN,
                known ? shifted : null,
                0,
                known ? null : unknown,
                NONE);
    }

    /** Importance sampling from the Gaussian at mode and curvature: {@code L / L_Laplace} is the mean of the weights. */
    private static Fit.Integrated sampled(GeneralizedEnd search, Integration rule) {
        search.objective().at(search.point());
        Approximation approximation = search.objective().approximation();
        double[] log = approximation.importance(DRAWS, SEED);
        if (log.length == 0) {
            return none(rule, "this arrangement of random effects offers no importance sampling");
        }
        double largest = Double.NEGATIVE_INFINITY;
        for (double w : log) {
            largest = Math.max(largest, w);
        }
        double sum = 0;
        double squares = 0;
        int pairs = log.length / 2;
        for (int k = 0; k < pairs; k++) {
            double v = (Math.exp(log[2 * k] - largest) + Math.exp(log[2 * k + 1] - largest)) / 2;
            sum += v;
            squares += v * v;
        }
        double effective = sum * sum / squares;
        if (!(effective >= ENOUGH)) {
            return none(
                    rule,
                    String.format(
                            Locale.ROOT,
                            "%d pairs of draws of importance sampling are worth %.1f: too few in so many dimensions",
                            pairs,
                            effective));
        }
        double mean = sum / pairs;
        double variance = (squares / pairs - mean * mean) / pairs;
        return new Fit.Integrated(
                rule.method().word(),
                rule.points(),
                "importance sampling",
                log.length,
                largest + Math.log(mean),
                Double.NaN,
                null,
                Math.sqrt(variance) / mean,
                null,
                NONE);
    }
}
