package henderson.equations.linear;

import java.util.List;

/** Going to the boundary (snap) and leaving it (release) in a linear model, theory (35), (38), (39). */
public final class Boundary {
    private final Parameters parameters;
    private final BoundaryObjective objective;
    private final TermBoundaries terms;
    private final ResidualBoundary residual;
    private boolean residualReleased;

    /** At first nothing was released. */
    public Boundary(Parameters parameters, BoundaryObjective objective) {
        this.parameters = parameters;
        this.objective = objective;
        this.terms =
                new TermBoundaries(parameters, parameters.terms.size(), objective::at, objective::probe, this::far);
        this.residual = new ResidualBoundary(parameters, objective);
    }

    /** The best point reachable by snapping from {@code tau}; {@code tau} itself when there is none. */
    public double[] snap(double[] tau, boolean converged) {
        boolean still = residualReleased && !converged;
        return terms.snap(tau, converged, best -> still ? List.of() : residual.points(best));
    }

    /**
     * Leaves the boundary where the curvature asks for it.
     *
     * @return a better point, or {@code tau} where there is none
     */
    public double[] release(double[] tau) {
        if (inside(tau)) {
            return tau;
        }
        double d = objective.at(tau);
        double[] off = terms.release(tau, d, objective.scores(), this::unit);
        if (off != tau) {
            return off;
        }
        double[] point = residual.release(tau, d, -TermBoundaries.NEGATIVE, TermBoundaries.RELEASE);
        residualReleased |= point != tau;
        return point;
    }

    /** Whether a term is a single variance that is far from zero. */
    private boolean far(double[] tau, int t) {
        int k = parameters.start[t];
        return parameters.at[t].length == 1
                && parameters.start[t + 1] == k + 1
                && Math.abs(tau[k]) > TermBoundaries.FAR * objective.unit(k);
    }

    /** Whether all parameters are variances, none of them zero. */
    private boolean inside(double[] tau) {
        boolean inside = !parameters.hasResidual();
        for (int t = 0; t < parameters.terms.size() && inside; t++) {
            inside = parameters.at[t].length == 1;
            for (boolean free : parameters.structure(t).free(parameters.of(tau, t))) {
                inside &= free;
            }
        }
        return inside;
    }

    private double unit(int t) {
        double size = objective.profile().rootMeanDiagonal(t, 0);
        double n = objective.profile().n();
        return size > 0 ? parameters.terms.get(t).levels().size() / (size * size * n) : 1;
    }

    /** Smallest relative curvature over all terms; NaN where nothing is on a boundary. */
    public double smallestCurvature(double[] tau) {
        if (inside(tau)) {
            return Double.NaN;
        }
        objective.at(tau);
        double out = terms.smallestCurvature(tau, objective.scores());
        double c = residual.smallestCurvature(tau);
        objective.at(tau);
        return TermBoundaries.smaller(out, c);
    }

    /** Whether a release of this term was tried and gained nothing. */
    boolean settled(int t) {
        return terms.settled(t);
    }
}
