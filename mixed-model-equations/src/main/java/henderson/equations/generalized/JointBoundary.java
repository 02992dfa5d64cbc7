package henderson.equations.generalized;

import henderson.api.Coordinate;
import henderson.equations.linear.TermBoundaries;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** Going to the boundary (snap) and leaving it (release) in joint coordinates, theory (35), (38), (39); β stays where it is. */
public final class JointBoundary {
    /** Points whose d must be higher by so much are not tried. */
    private static final double CLEARLY = 1;

    private final JointParameters parameters;
    private final JointObjective objective;
    private final TermBoundaries terms;
    private double floor = Double.NaN;
    private double lowest = Double.POSITIVE_INFINITY;

    /** At first nothing was released. */
    public JointBoundary(JointObjective objective) {
        this.objective = objective;
        this.parameters = objective.parameters();
        this.terms = new TermBoundaries(parameters, parameters.terms().size(), this::value, this::value, this::far);
    }

    /**
     * Tells what no point without random effects goes below, so that such points need not be tried from where d is lower.
     *
     * @param d −2 log-likelihood of the fit without random effects
     */
    public void without(double d) {
        floor = d;
    }

    /** Whether a term is a single variance that is far from zero. */
    private boolean far(double[] at, int t) {
        int k = parameters.start[t];
        return parameters.at[t].length == 1
                && parameters.start[t + 1] == k + 1
                && Math.abs(at[k]) > TermBoundaries.FAR * objective.unit(k);
    }

    private double value(double[] at) {
        boolean hopeless = floor > lowest + CLEARLY && zero(at);
        double d = hopeless ? floor : objective.at(at);
        lowest = Math.min(lowest, d);
        return d;
    }

    private boolean zero(double[] at) {
        DMatrixRMaj[] matrices = parameters.matrices();
        boolean out = matrices.length > 0;
        for (int t = 0; t < matrices.length; t++) {
            parameters.structure(t).matrix(parameters.of(at, t), parameters.at(t), matrices[t]);
            for (double v : matrices[t].data) {
                out &= v == 0;
            }
        }
        return out;
    }

    /** The best point reachable by snapping from a point; the point itself when there is none. */
    public double[] snap(double[] from, boolean converged) {
        return terms.snap(from, converged, this::auxiliaryPoints);
    }

    /** Points with one more of the family's own parameters on its boundary. */
    private List<double[]> auxiliaryPoints(double[] from) {
        List<double[]> out = new ArrayList<>();
        boolean[] free = parameters.free(from);
        for (int k = parameters.firstAuxiliary(); k < parameters.size(); k++) {
            Coordinate c = parameters.auxiliaries().get(k - parameters.firstAuxiliary());
            for (int s = 0; free[k] && s < c.snaps().length; s++) {
                double[] point = from.clone();
                point[k] = c.snaps()[s];
                out.add(point);
            }
        }
        return out;
    }

    /** A better point off the boundary where the curvature asks for it; the point itself where there is none. */
    public double[] release(double[] from) {
        if (!onBoundary(from, parameters.fixed(), parameters.size())) {
            return from;
        }
        double d = objective.at(from);
        double[] point = from;
        if (onBoundary(from, parameters.fixed(), parameters.firstAuxiliary())) {
            point = terms.release(from, d, objective.scores(from), t -> 1);
        }
        return point != from ? point : releasedAuxiliary(from, d);
    }

    private double[] releasedAuxiliary(double[] from, double d) {
        boolean[] free = parameters.free(from);
        for (int k = parameters.firstAuxiliary(); k < parameters.size(); k++) {
            for (double step = 1e-2; !free[k] && step > 1e-6; step /= 10) {
                double[] point = from.clone();
                point[k] += step;
                if (objective.at(point) < d - TermBoundaries.RELEASE) {
                    return point;
                }
            }
        }
        return from;
    }

    /** Smallest relative curvature over all terms; NaN where nothing is on a boundary. */
    public double smallestCurvature(double[] at) {
        return onBoundary(at, parameters.fixed(), parameters.firstAuxiliary())
                ? terms.smallestCurvature(at, objective.scores(at))
                : Double.NaN;
    }

    private boolean onBoundary(double[] at, int from, int to) {
        boolean[] free = parameters.free(at);
        boolean any = false;
        for (int k = from; k < to; k++) {
            any |= !free[k];
        }
        return any;
    }

    /** Whether a release of a term was tried and gained nothing. */
    public boolean settled(int term) {
        return terms.settled(term);
    }
}
