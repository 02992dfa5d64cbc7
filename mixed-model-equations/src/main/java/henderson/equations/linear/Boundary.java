package henderson.equations.linear;

import henderson.api.BoundStructure;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/** Going to the boundary (snap) and leaving it (release), theory (35), (38), (39). */
public final class Boundary {
    /** A snap may raise d by so much. */
    private static final double SNAP = 1e-9;
    /** A release must lower d by so much. */
    private static final double RELEASE = 1e-8;
    /** Curvature below minus this, relative to the largest entry of the score, calls for release. */
    static final double NEGATIVE = 1e-6;

    /**
     * A variance so many units of its coordinate from zero is not tried at zero: by its curvature that would raise d by half
     * the square, 12.
     */
    private static final double FAR = 5;

    private final Parameters parameters;
    private final DevianceObjective objective;
    private final ResidualBoundary residual;
    private boolean residualReleased;
    /** Terms whose release was tried in vain. */
    private final boolean[] settled;
    /** Terms that were released: they are not snapped again before convergence. */
    private final boolean[] released;

    /** At first nothing was released. */
    public Boundary(Parameters parameters, DevianceObjective objective) {
        this.parameters = parameters;
        this.objective = objective;
        this.residual = new ResidualBoundary(parameters, objective);
        this.settled = new boolean[parameters.terms.size()];
        this.released = new boolean[parameters.terms.size()];
    }

    /** The best point reachable by snapping from {@code tau}; {@code tau} itself when there is none. */
    public double[] snap(double[] tau, boolean converged) {
        double[] best = tau;
        double d = objective.at(tau);
        double slack = Math.max(SNAP, 8 * Math.ulp(d));
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int t = 0; t < parameters.terms.size(); t++) {
                if (released[t] && !converged || far(best, t)) {
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
            for (double[] point : residualReleased && !converged ? List.<double[]>of() : residual.points(best)) {
                double there = objective.at(point);
                if (there <= d + slack) {
                    best = point;
                    d = there;
                    moved = true;
                    break;
                }
            }
        }
        return best;
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
        DMatrixRMaj[] scores = objective.scores();
        for (int t = 0; t < parameters.terms.size(); t++) {
            if (settled[t] || !(smallestCurvature(tau, t, scores[t]) < -NEGATIVE)) {
                continue;
            }
            double[] point = along(tau, t, scores[t], d);
            if (point != tau) {
                released[t] = true;
                return point;
            }
            settled[t] = true;
        }
        double[] point = residual.release(tau, d, -NEGATIVE, RELEASE);
        residualReleased |= point != tau;
        return point;
    }

    /** Whether a term is a single variance that is far from zero. */
    private boolean far(double[] tau, int t) {
        int k = parameters.start[t];
        return parameters.at[t].length == 1
                && parameters.start[t + 1] == k + 1
                && Math.abs(tau[k]) > FAR * objective.unit(k);
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

    private double[] along(double[] tau, int t, DMatrixRMaj score, double d) {
        double size = objective.evaluation().equations().rootMeanDiagonal(t, 0);
        double unit = size > 0
                ? parameters.terms.get(t).levels().size()
                        * 1.0
                        / (size * size * objective.evaluation().equations().n())
                : 1;
        double[] best = tau;
        double lowest = d - RELEASE;
        for (double step = 1e-4; step > 1e-12; step /= 100) {
            for (double s = step; s < 1e4; s *= 4) {
                double[] point = parameters.with(tau, t, releasedTo(tau, t, score, s * unit));
                double there = objective.at(point);
                if (!(there < lowest)) {
                    break;
                }
                lowest = there;
                best = point;
            }
            if (best != tau) {
                return best;
            }
        }
        return best;
    }

    private double[] releasedTo(double[] tau, int t, DMatrixRMaj score, double s) {
        BoundStructure structure = parameters.structure(t);
        double[] own = parameters.of(tau, t);
        double[] given = structure.release(own, score, s);
        if (given != null) {
            return given;
        }
        double[][] basis = nullDirections(tau, t);
        Symmetric eigen = Symmetric.of(derivedCurvature(tau, t, score, basis));
        int k = eigen.smallest();
        for (int i = 0; i < own.length; i++) {
            for (int b = 0; b < basis.length; b++) {
                own[i] += Math.sqrt(s) * eigen.vectors()[k][b] * basis[b][i];
            }
        }
        return own;
    }

    /** Smallest eigenvalue of the boundary curvature of a term, relative to its score; NaN where nothing is on a boundary. */
    double smallestCurvature(double[] tau, int t, DMatrixRMaj score) {
        DMatrixRMaj given = parameters.structure(t).boundaryCurvature(parameters.of(tau, t), score);
        DMatrixRMaj curvature = given != null ? given : derivedCurvature(tau, t, score, nullDirections(tau, t));
        if (curvature.numRows == 0) {
            return Double.NaN;
        }
        double size = 0;
        for (double v : score.data) {
            size = Math.max(size, Math.abs(v));
        }
        Symmetric eigen = Symmetric.of(curvature);
        return size > 0 ? eigen.values()[eigen.smallest()] / size : 0;
    }

    /** Smallest relative curvature over all terms; NaN where nothing is on a boundary. */
    public double smallestCurvature(double[] tau) {
        if (inside(tau)) {
            return Double.NaN;
        }
        objective.at(tau);
        DMatrixRMaj[] scores = objective.scores();
        double out = Double.NaN;
        for (int t = 0; t < scores.length; t++) {
            double c = smallestCurvature(tau, t, scores[t]);
            out = Double.isNaN(out) || c < out ? Double.isNaN(c) ? out : c : out;
        }
        double c = residual.smallestCurvature(tau);
        objective.at(tau);
        return Double.isNaN(out) || c < out ? Double.isNaN(c) ? out : c : out;
    }

    /** Whether a release of this term was tried and gained nothing. */
    boolean settled(int t) {
        return settled[t];
    }

    /** {@code tr(S ∂²G/∂τ_j∂τ_k)} on the null directions. */
    private DMatrixRMaj derivedCurvature(double[] tau, int t, DMatrixRMaj score, double[][] basis) {
        int q = parameters.at[t].length;
        double[] own = parameters.of(tau, t);
        DMatrixRMaj second = new DMatrixRMaj(q, q);
        double[][] full = new double[own.length][own.length];
        for (int j = 0; j < own.length && basis.length > 0; j++) {
            for (int k = 0; k < own.length; k++) {
                parameters.structure(t).second(own, j, k, parameters.at[t], second);
                for (int i = 0; i < q * q; i++) {
                    full[j][k] += score.data[i] * second.data[i];
                }
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(basis.length, basis.length);
        for (int a = 0; a < basis.length; a++) {
            for (int b = 0; b < basis.length; b++) {
                for (int j = 0; j < own.length; j++) {
                    for (int k = 0; k < own.length; k++) {
                        out.add(a, b, basis[a][j] * full[j][k] * basis[b][k]);
                    }
                }
            }
        }
        return out;
    }

    /** Orthonormal directions δ with {@code Σ δ_k ∂G/∂τ_k = 0}. */
    private double[][] nullDirections(double[] tau, int t) {
        int q = parameters.at[t].length;
        double[] own = parameters.of(tau, t);
        DMatrixRMaj jacobian = new DMatrixRMaj(q * q, own.length);
        DMatrixRMaj d = new DMatrixRMaj(q, q);
        for (int k = 0; k < own.length; k++) {
            parameters.structure(t).derivative(own, k, parameters.at[t], d);
            for (int i = 0; i < q * q; i++) {
                jacobian.set(i, k, d.data[i]);
            }
        }
        SingularValueDecomposition_F64<DMatrixRMaj> svd =
                DecompositionFactory_DDRM.svd(q * q, own.length, false, true, false);
        List<double[]> out = new ArrayList<>();
        if (!svd.decompose(jacobian)) {
            return new double[0][];
        }
        double[] values = svd.getSingularValues();
        double largest = 0;
        for (int k = 0; k < svd.numberOfSingularValues(); k++) {
            largest = Math.max(largest, values[k]);
        }
        DMatrixRMaj vt = svd.getV(null, true);
        for (int k = 0; k < own.length; k++) {
            if (k >= svd.numberOfSingularValues() || values[k] <= 1e-12 * Math.max(largest, 1e-300)) {
                double[] row = new double[own.length];
                for (int i = 0; i < own.length; i++) {
                    row[i] = vt.get(k, i);
                }
                out.add(row);
            }
        }
        return out.toArray(new double[0][]);
    }
}
