package henderson.equations.generalized;

import henderson.api.Coordinate;
import org.ejml.data.DMatrixRMaj;

/** Going to the boundary (snap) and leaving it (release) in joint coordinates, theory (35), (38), (39); β stays where it is. */
public final class JointBoundary {
    /** A snap may raise d by so much. */
    private static final double SNAP = 1e-9;
    /** A release must lower d by so much. */
    private static final double RELEASE = 1e-8;
    /** Curvature below minus this, relative to the largest entry of the score, calls for release. */
    private static final double NEGATIVE = 1e-6;

    private final JointParameters parameters;
    private final JointObjective objective;
    private final ScoreBoundary[] boundary;
    private final boolean[] settled;
    private final boolean[] released;

    /** At first nothing was released. */
    public JointBoundary(JointObjective objective) {
        this.objective = objective;
        this.parameters = objective.parameters();
        int terms = parameters.terms().size();
        this.boundary = new ScoreBoundary[terms];
        for (int t = 0; t < terms; t++) {
            boundary[t] = new ScoreBoundary(parameters.structure(t), parameters.at(t));
        }
        this.settled = new boolean[terms];
        this.released = new boolean[terms];
    }

    /** The best point reachable by snapping from a point; the point itself when there is none. */
    public double[] snap(double[] from, boolean converged) {
        double[] best = from;
        double d = objective.at(from);
        double slack = Math.max(SNAP, 8 * Math.ulp(d));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int t = 0; t < boundary.length; t++) {
                if (released[t] && !converged) {
                    continue;
                }
                for (double[] own : parameters.structure(t).boundaryPoints(parameters.of(best, t))) {
                    double[] point = parameters.with(best, t, own);
                    double there = objective.at(point);
                    if (there <= d + slack) {
                        best = point;
                        d = there;
                        moved = true;
                        break;
                    }
                }
            }
            double[] auxiliary = snappedAuxiliary(best, d + slack);
            moved |= auxiliary != best;
            best = auxiliary;
        }
        return best;
    }

    /** The point with one more of the family's own parameters on its boundary; itself where none may go there. */
    private double[] snappedAuxiliary(double[] from, double most) {
        boolean[] free = parameters.free(from);
        for (int k = parameters.firstAuxiliary(); k < parameters.size(); k++) {
            Coordinate c = parameters.auxiliaries().get(k - parameters.firstAuxiliary());
            for (int s = 0; free[k] && s < c.snaps().length; s++) {
                double[] point = from.clone();
                point[k] = c.snaps()[s];
                if (objective.at(point) <= most) {
                    return point;
                }
            }
        }
        return from;
    }

    /** A better point off the boundary where the curvature asks for it; the point itself where there is none. */
    public double[] release(double[] from) {
        if (!onBoundary(from, parameters.fixed(), parameters.size())) {
            return from;
        }
        double d = objective.at(from);
        boolean any = onBoundary(from, parameters.fixed(), parameters.firstAuxiliary());
        DMatrixRMaj[] scores = any ? objective.scores(from) : new DMatrixRMaj[0];
        for (int t = 0; t < scores.length; t++) {
            double[] own = parameters.of(from, t);
            if (settled[t] || !(boundary[t].smallestCurvature(own, scores[t]) < -NEGATIVE)) {
                continue;
            }
            double[] point = along(from, t, scores[t], d);
            if (point != from) {
                released[t] = true;
                return point;
            }
            settled[t] = true;
        }
        return releasedAuxiliary(from, d);
    }

    private double[] along(double[] from, int t, DMatrixRMaj score, double d) {
        double[] best = from;
        double lowest = d - RELEASE;
        for (double step = 1e-4; step > 1e-12; step /= 100) {
            for (double s = step; s < 1e4; s *= 4) {
                double[] point = parameters.with(from, t, boundary[t].released(parameters.of(from, t), score, s));
                double there = objective.at(point);
                if (!(there < lowest)) {
                    break;
                }
                lowest = there;
                best = point;
            }
            if (best != from) {
                return best;
            }
        }
        return best;
    }

    private double[] releasedAuxiliary(double[] from, double d) {
        boolean[] free = parameters.free(from);
        for (int k = parameters.firstAuxiliary(); k < parameters.size(); k++) {
            for (double step = 1e-2; !free[k] && step > 1e-6; step /= 10) {
                double[] point = from.clone();
                point[k] += step;
                if (objective.at(point) < d - RELEASE) {
                    return point;
                }
            }
        }
        return from;
    }

    /** Smallest relative curvature over all terms; NaN where nothing is on a boundary. */
    public double smallestCurvature(double[] at) {
        double out = Double.NaN;
        if (!onBoundary(at, parameters.fixed(), parameters.firstAuxiliary())) {
            return out;
        }
        DMatrixRMaj[] scores = objective.scores(at);
        for (int t = 0; t < scores.length; t++) {
            double c = boundary[t].smallestCurvature(parameters.of(at, t), scores[t]);
            out = Double.isNaN(out) || c < out ? Double.isNaN(c) ? out : c : out;
        }
        return out;
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
        return settled[term];
    }
}
