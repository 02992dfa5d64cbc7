package henderson.equations.linear;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.equations.CrossedMoments;
import henderson.equations.Expectations;
import henderson.equations.LinearEquations;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the search begins: at moments where they are to be had without a factorization, theory (144), otherwise at Λ = I for
 * columns of unit mean square, then steps of EM, theory (34).
 */
final class Start {
    private static final int STEPS = 10;

    private Start() {}

    static double[] of(Parameters parameters, DevianceObjective objective) {
        double[] moments = moments(parameters, objective);
        if (moments.length > 0 && !Double.isNaN(objective.at(moments))) {
            return moments;
        }
        double[] tau = unit(parameters, objective);
        double d = objective.at(tau);
        for (int step = 0; step < STEPS && !Double.isNaN(d); step++) {
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

    /** Crossed or nested terms of one column from their sums of squares; empty where there are other terms. */
    private static double[] moments(Parameters parameters, DevianceObjective objective) {
        double[] ratios = CrossedMoments.ratios(objective.evaluation().equations());
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

    /** Λ = I for columns of unit mean square. */
    static double[] unit(Parameters parameters, DevianceObjective objective) {
        LinearEquations equations = objective.evaluation().equations();
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
    private static Moments unit(LinearEquations equations, Parameters parameters, int t) {
        int q = parameters.at[t].length;
        double levels = parameters.terms.get(t).levels().size();
        DMatrixRMaj sum = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            double ms = equations.rootMeanDiagonal(t, i) * equations.rootMeanDiagonal(t, i) * levels / equations.n();
            sum.set(i, i, ms > 0 ? levels / ms : levels);
        }
        return new Moments(parameters.at[t], levels, sum);
    }

    private static double[] maximize(Parameters parameters, DevianceObjective objective, double[] tau) {
        Expectations expectations = new Expectations(objective.score());
        expectations.update();
        double[] next = tau;
        for (int t = 0; t < parameters.terms.size(); t++) {
            double[] own = parameters.of(tau, t);
            if (parameters.structure(t).maximize(List.of(expectations.moments(t)), own)) {
                next = parameters.with(next, t, own);
            }
        }
        return next;
    }
}
