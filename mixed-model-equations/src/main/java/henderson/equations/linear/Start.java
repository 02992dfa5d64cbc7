package henderson.equations.linear;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.equations.CrossedMoments;
import henderson.equations.LinearEquations;
import henderson.equations.ProfiledDeviance;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Where the search begins: Λ = I for columns of unit mean square, then steps of EM, theory (34). */
final class Start {
    private static final int STEPS = 10;
    /** Where the Hessian is had in closed form, Newton's steps take over sooner. */
    private static final int FEW = 3;
    /** Decrement at which the optimum of a sample is found, far below its distance from that of all groups. */
    private static final double ENOUGH = 1e-6;

    private Start() {}

    static double[] of(Parameters parameters, DevianceObjective objective) {
        DevianceObjective sample = objective.sample();
        if (sample != null) {
            double[] tau = newton(parameters, sample, byMoments(parameters, sample));
            if (!Double.isNaN(objective.at(tau))) {
                return tau;
            }
        }
        double[] sums = sumsOfSquares(parameters, objective);
        if (sums.length > 0 && !Double.isNaN(objective.at(sums))) {
            return sums;
        }
        return byMoments(parameters, objective);
    }

    /** Crossed terms of one column from their sums of squares, theory (156); empty where there are other terms. */
    private static double[] sumsOfSquares(Parameters parameters, DevianceObjective objective) {
        double[] ratios = objective.isNested()
                ? null
                : CrossedMoments.ratios(objective.evaluation().equations());
        if (ratios == null) {
            return new double[0];
        }
        double[] tau = new double[parameters.size()];
        for (int t = 0; t < ratios.length; t++) {
            double levels = parameters.terms.get(t).levels().size();
            DMatrixRMaj sum = new DMatrixRMaj(1, 1);
            sum.set(0, 0, levels * ratios[t]);
            Moments moments = new Moments(parameters.at[t], levels, sum);
            tau = parameters.with(tau, t, parameters.structure(t).start(List.of(moments)));
        }
        return tau;
    }

    /** Newton's steps while the Hessian is positive definite and they lower d. */
    private static double[] newton(Parameters parameters, DevianceObjective objective, double[] start) {
        double[] tau = start;
        double d = objective.at(tau);
        for (int step = 0; step < STEPS && !Double.isNaN(d); step++) {
            objective.restrict(tau, parameters.free(tau));
            double[] x = objective.inside(tau);
            Curvature curvature = Curvature.at(objective, x);
            if (x.length == 0
                    || !curvature.complete()
                    || curvature.inertia()[0] < x.length
                    || curvature.decrement() < ENOUGH) {
                break;
            }
            double[] move = curvature.newtonStep();
            for (int k = 0; k < x.length; k++) {
                x[k] += move[k];
            }
            double there = objective.value(x);
            if (!(there < d)) {
                break;
            }
            tau = objective.outside(x);
            d = there;
        }
        return tau;
    }

    private static double[] byMoments(Parameters parameters, DevianceObjective objective) {
        double[] tau = unit(parameters, objective);
        double d = objective.at(tau);
        int steps = objective.isNested() ? FEW : STEPS;
        for (int step = 0; step < steps && !Double.isNaN(d); step++) {
            double[] next = maximize(parameters, objective, tau);
            double there = objective.at(next);
            if (!(there < d)) {
                break;
            }
            tau = next;
            d = there;
        }
        return tau;
    }

    /** Λ = I for columns of unit mean square. */
    static double[] unit(Parameters parameters, DevianceObjective objective) {
        ProfiledDeviance equations = objective.profile();
        double[] tau = new double[parameters.size()];
        for (int t = 0; t < parameters.terms.size(); t++) {
            tau = parameters.with(tau, t, parameters.structure(t).start(List.of(unit(equations, parameters, t))));
        }
        double[] start = parameters.hasResidual() ? residual(parameters, objective, tau) : tau;
        return correlated(parameters, objective, start);
    }

    /** ρ from the moments of least squares, or where that cannot be, the neutral point; each with the held coordinate at 1. */
    private static double[] residual(Parameters parameters, DevianceObjective objective, double[] tau) {
        BoundStructure structure = parameters.residual().structure();
        LinearEquations equations = objective.evaluation().equations();
        double[] neutral = structure.coordinates().stream()
                .mapToDouble(Coordinate::neutral)
                .toArray();
        double[] given = structure.start(equations.residualMoments());
        for (double[] rho : List.of(given, neutral)) {
            double held = rho[structure.held()];
            for (int k = 0; k < rho.length; k++) {
                rho[k] /= structure.coordinates().get(k).scales() ? held : 1;
            }
            double[] point = parameters.withResidual(tau, rho);
            if (!Double.isNaN(objective.at(point))) {
                return point;
            }
        }
        return parameters.withResidual(tau, neutral);
    }

    /**
     * The same with each coordinate of no scale that starts at zero moved to where the likelihood is better: zero may be a
     * point of symmetry, such as the correlation of rows that all stand an even number of steps apart, and no search leaves
     * it.
     */
    private static double[] correlated(Parameters parameters, DevianceObjective objective, double[] tau) {
        double[] best = tau;
        for (int k = 0; k < tau.length; k++) {
            if (best[k] == 0 && !parameters.coordinate(k).scales()) {
                double[] from = best;
                double lowest = Double.POSITIVE_INFINITY;
                for (double step : new double[] {0.3, -0.3, 0.03}) {
                    double[] point = from.clone();
                    point[k] = step;
                    double there = objective.at(point);
                    if (there < lowest) {
                        lowest = there;
                        best = point;
                    }
                }
            }
        }
        return best;
    }

    /** Moments of effects that move a row of unit mean square as much as the noise does. */
    private static Moments unit(ProfiledDeviance equations, Parameters parameters, int t) {
        int q = parameters.at[t].length;
        double levels = equations.levels(t);
        DMatrixRMaj sum = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            double ms = equations.rootMeanDiagonal(t, i) * equations.rootMeanDiagonal(t, i) * levels / equations.n();
            sum.set(i, i, ms > 0 ? levels / ms : levels);
        }
        return new Moments(parameters.at[t], levels, sum);
    }

    private static double[] maximize(Parameters parameters, DevianceObjective objective, double[] tau) {
        List<Moments> moments = objective.moments();
        double[] next = tau;
        for (int t = 0; t < parameters.terms.size(); t++) {
            double[] own = parameters.of(tau, t);
            if (parameters.structure(t).maximize(List.of(moments.get(t)), own)) {
                next = parameters.with(next, t, own);
            }
        }
        return next;
    }
}
