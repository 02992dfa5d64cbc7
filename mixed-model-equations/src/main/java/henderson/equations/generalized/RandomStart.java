package henderson.equations.generalized;

import henderson.api.Fit;
import henderson.api.Moments;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the search over (β, τ, φ) begins: the fit without random effects, variances of one on the scale of η, then a few steps
 * of an approximate EM with modes and curvature in the place of posterior moments, while they lower d.
 */
public final class RandomStart {
    private static final int STEPS = 4;
    /** A step that lowers d by less is the last. */
    private static final double ENOUGH = 1;
    /** Variance of η that each effect starts with. */
    private static final double VARIANCE = 0.5;
    /** Where variances are no longer made smaller to get into the link's domain. */
    private static final double SMALLEST = 1e-6;

    private RandomStart() {}

    /**
     * A point to start from.
     *
     * @param laplace the approximation whose modes stand in for posterior moments
     */
    public static double[] of(JointParameters parameters, Approximation laplace, FixedFit fixed) {
        JointObjective objective = new JointObjective(parameters, laplace);
        double[] point = first(parameters, objective, fixed);
        double d = objective.at(point);
        for (int step = 0; step < STEPS && !Double.isNaN(d); step++) {
            double[] next = next(parameters, objective, point);
            double there = objective.at(next);
            if (!(there < d)) {
                break;
            }
            double gained = d - there;
            point = next;
            d = there;
            if (gained < ENOUGH) {
                break;
            }
        }
        return point;
    }

    /** The fit without random effects, and variances as large as the link's domain allows. */
    static double[] first(JointParameters parameters, JointObjective objective, FixedFit fixed) {
        Approximation laplace = objective.approximation();
        double[] point = new double[parameters.size()];
        System.arraycopy(fixed.beta(), 0, point, 0, fixed.beta().length);
        System.arraycopy(fixed.phi(), 0, point, parameters.firstAuxiliary(), fixed.phi().length);
        double d = Double.NaN;
        for (double variance = VARIANCE; Double.isNaN(d) && variance > SMALLEST; variance /= 10) {
            for (int t = 0; t < parameters.terms().size(); t++) {
                List<Moments> moments = List.of(unit(parameters, laplace, t, variance));
                point = parameters.with(point, t, parameters.structure(t).start(moments));
            }
            d = objective.at(point); // not a number where modes leave the link's domain
        }
        return point;
    }

    private static Moments unit(JointParameters parameters, Approximation laplace, int t, double variance) {
        int q = parameters.at(t).length;
        double levels = parameters.terms().get(t).levels().size();
        double[] square = laplace.meanSquares(t);
        DMatrixRMaj sum = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            sum.set(i, i, levels * variance / (square[i] > 0 ? square[i] : 1));
        }
        return new Moments(parameters.at(t), levels, sum);
    }

    /** A step of EM for τ and a Newton step for β. */
    private static double[] next(JointParameters parameters, JointObjective objective, double[] point) {
        double[] g = objective.fullGradient().clone();
        double[] out = point.clone();
        int p = parameters.fixed();
        DMatrixRMaj information = new DMatrixRMaj(p, p);
        objective.approximation().fixedInformation(information);
        double[] step = NewtonStep.of(information, g);
        for (int j = 0; j < p; j++) {
            out[j] -= step[j];
        }
        for (int t = 0; t < parameters.terms().size(); t++) {
            Fit.Effects effects = objective.approximation().modes(t);
            int q = parameters.at(t).length;
            int levels = effects.values().length / Math.max(q, 1);
            DMatrixRMaj sum = new DMatrixRMaj(q, q);
            for (int l = 0; l < levels; l++) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        sum.add(
                                i,
                                j,
                                effects.values()[l * q + i] * effects.values()[l * q + j]
                                        + effects.conditional()[(l * q + i) * q + j]);
                    }
                }
            }
            double[] own = parameters.of(point, t);
            List<Moments> moments = List.of(new Moments(parameters.at(t), levels, sum));
            if (parameters.structure(t).maximize(moments, own)) {
                out = parameters.with(out, t, own);
            }
        }
        return out;
    }
}
