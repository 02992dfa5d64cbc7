package henderson.equations.linear;

import henderson.api.BoundStructure;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * The boundaries of the structures of random effects, theory (35), (38), (39), among whatever other parameters a point has:
 * going there (snap) and leaving them (release).
 */
public final class TermBoundaries {
    /** A release must lower d by so much. */
    public static final double RELEASE = 1e-8;
    /** Curvature below minus this, relative to the largest entry of the score, calls for release. */
    static final double NEGATIVE = 1e-6;
    /** A snap may raise d by so much. */
    private static final double SNAP = 1e-9;

    /**
     * A variance so many units of its coordinate from zero counts as {@link Far}: by its curvature zero would raise d by half
     * the square, 12.
     */
    public static final double FAR = 5;

    /** A point as the parameters of its terms. */
    public interface Layout {
        /** Structure of a term. */
        BoundStructure structure(int term);

        /** Rows of the structure that the term has. */
        int[] at(int term);

        /** Parameters of a term at a point. */
        double[] of(double[] point, int term);

        /** The point with other parameters of a term. */
        double[] with(double[] point, int term, double[] own);
    }

    /** Terms that are not tried at their boundary before convergence. */
    public interface Far {
        /** Whether a term is so far inside at a point that its boundary is unlikely to be as good. */
        boolean from(double[] point, int term);
    }

    /** Ways to the boundary of what belongs to no term. */
    public interface Others {
        /** Points with one more coordinate on its boundary, the nearest first. */
        List<double[]> points(double[] from);
    }

    private final Layout layout;
    private final ToDoubleFunction<double[]> value;
    private final ToDoubleFunction<double[]> probe;
    private final Far far;
    private final ScoreBoundary[] terms;
    /** Terms whose release was tried in vain. */
    private final boolean[] settled;
    /** Terms that were released: they are not snapped again before convergence. */
    private final boolean[] released;

    /**
     * At first nothing was released.
     *
     * @param value −2 log-likelihood at a point
     * @param probe the same of a point that is looked at beside the one where the objective stands
     */
    public TermBoundaries(
            Layout layout, int terms, ToDoubleFunction<double[]> value, ToDoubleFunction<double[]> probe) {
        this(layout, terms, value, probe, (point, term) -> false);
    }

    /**
     * The same where some boundaries are far: they are tried at convergence only.
     *
     * @param far which
     */
    public TermBoundaries(
            Layout layout, int terms, ToDoubleFunction<double[]> value, ToDoubleFunction<double[]> probe, Far far) {
        this.layout = layout;
        this.far = far;
        this.value = value;
        this.probe = probe;
        this.terms = new ScoreBoundary[terms];
        for (int t = 0; t < terms; t++) {
            this.terms[t] = new ScoreBoundary(layout.structure(t), layout.at(t));
        }
        this.settled = new boolean[terms];
        this.released = new boolean[terms];
    }

    /** The best point reachable by snapping; the point itself when there is none. */
    public double[] snap(double[] from, boolean converged, Others others) {
        double[] best = from;
        double d = value.applyAsDouble(from);
        double slack = Math.max(SNAP, 8 * Math.ulp(d));
        for (boolean moved = true; moved; ) {
            double[] before = best;
            for (int t = 0; t < terms.length; t++) {
                if (!converged && (released[t] || far.from(best, t))) {
                    continue;
                }
                for (double[] own : layout.structure(t).boundaryPoints(layout.of(best, t))) {
                    double[] point = layout.with(best, t, own);
                    double there = probe.applyAsDouble(point);
                    if (there <= d + slack) {
                        best = point;
                        d = there;
                        break;
                    }
                }
            }
            for (double[] point : others.points(best)) {
                double there = probe.applyAsDouble(point);
                if (there <= d + slack) {
                    best = point;
                    d = there;
                    break;
                }
            }
            moved = best != before;
        }
        return best;
    }

    /**
     * Leaves the boundary where the curvature asks for it.
     *
     * @param d      the value there
     * @param scores {@code ∂d/∂G} of each term
     * @param unit   of the squared way off the boundary of a term
     * @return a better point, or {@code from} where there is none
     */
    public double[] release(double[] from, double d, DMatrixRMaj[] scores, IntToDoubleFunction unit) {
        for (int t = 0; t < scores.length; t++) {
            if (settled[t] || !(terms[t].smallestCurvature(layout.of(from, t), scores[t]) < -NEGATIVE)) {
                continue;
            }
            double[] point = along(from, t, scores[t], d, unit.applyAsDouble(t));
            if (point != from) {
                released[t] = true;
                return point;
            }
            settled[t] = true;
        }
        return from;
    }

    private double[] along(double[] from, int t, DMatrixRMaj score, double d, double unit) {
        double[] best = from;
        double lowest = d - RELEASE;
        for (double step = 1e-4; step > 1e-12; step /= 100) {
            for (double s = step; s < 1e4; s *= 4) {
                double[] point = layout.with(from, t, terms[t].released(layout.of(from, t), score, s * unit));
                double there = value.applyAsDouble(point);
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

    /** Smallest relative curvature over all terms; NaN where nothing is on a boundary. */
    public double smallestCurvature(double[] at, DMatrixRMaj[] scores) {
        double out = Double.NaN;
        for (int t = 0; t < scores.length; t++) {
            out = smaller(out, terms[t].smallestCurvature(layout.of(at, t), scores[t]));
        }
        return out;
    }

    /** The smaller one, or the one that is there. */
    static double smaller(double a, double b) {
        return Double.isNaN(a) || b < a ? b : a;
    }

    /** Whether a release of a term was tried and gained nothing. */
    public boolean settled(int term) {
        return settled[term];
    }
}
