package henderson.em;

import henderson.api.BoundStructure;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The M-step of a structure without a closed form, and of one on its boundary: Fisher scoring, with halving, on {@code
 * count·log|K| + tr(K⁻¹W)}, {@code G(τ) = ΛKΛᵀ} on the range of the Λ it starts from, by the structure's own derivatives. At
 * the start K is the unit matrix, so that nothing is inverted but Λ on its range.
 */
final class NumericMaximizer {
    private static final int STEPS = 25;
    private static final int HALVINGS = 20;
    /** Singular values below this part of the largest are no part of the range. */
    private static final double RANK = 1e-10;
    /** What keeps the range of a singular Λ where it is, beside a curvature of about one. */
    private static final double FIXED = 1e6;
    /** A gain of so little is none. */
    private static final double NOTHING = 1e-18;

    private final BoundStructure structure;
    private final int[] at;
    private final int[] free;
    private final double count;
    /** Λ⁺, rank × q. */
    private final DMatrixRMaj inverse;
    /** I − P, P on the range of Λ, its rows in units of their standard deviations; no rows where the range is everything. */
    private final DMatrixRMaj outside;
    /** W in the coordinates of the range, rank × rank. */
    private final DMatrixRMaj w;

    private final DMatrixRMaj g;

    private NumericMaximizer(
            BoundStructure structure, int[] at, boolean[] free, DMatrixRMaj lambda, DMatrixRMaj w, double count) {
        this.structure = structure;
        this.at = at;
        this.free = indices(free);
        this.count = count;
        this.g = new DMatrixRMaj(at.length, at.length);
        int q = at.length;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, true, false);
        int rank = 0;
        double[] values = new double[q];
        if (svd.decompose(lambda.copy())) {
            values = svd.getSingularValues();
            double largest = 0;
            for (double v : values) {
                largest = Math.max(largest, v);
            }
            for (double v : values) {
                rank += v > RANK * largest ? 1 : 0;
            }
        }
        this.inverse = new DMatrixRMaj(rank, q);
        DMatrixRMaj v = new DMatrixRMaj(rank, q);
        if (rank > 0) {
            DMatrixRMaj u = svd.getU(null, true);
            DMatrixRMaj vt = svd.getV(null, true);
            Integer[] order = new Integer[q];
            Arrays.setAll(order, i -> i);
            double[] size = values;
            Arrays.sort(order, (a, b) -> Double.compare(size[b], size[a]));
            for (int i = 0; i < rank; i++) {
                for (int j = 0; j < q; j++) {
                    inverse.set(i, j, u.get(order[i], j) / values[order[i]]);
                    v.set(i, j, vt.get(order[i], j));
                }
            }
        }
        this.w = congruence(v, w);
        this.outside = outside(lambda, rank);
    }

    private DMatrixRMaj outside(DMatrixRMaj lambda, int rank) {
        int q = lambda.numRows;
        if (rank == q || rank == 0) {
            return new DMatrixRMaj(0, q);
        }
        // ΛΛᵀBᵀB = P for B = Λ⁺ in coordinates of the range
        DMatrixRMaj gram = new DMatrixRMaj(q, q);
        DMatrixRMaj g0 = new DMatrixRMaj(q, q);
        DMatrixRMaj p = new DMatrixRMaj(q, q);
        CommonOps_DDRM.multTransA(inverse, inverse, gram);
        CommonOps_DDRM.multTransB(lambda, lambda, g0);
        CommonOps_DDRM.mult(g0, gram, p);
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            double sd = Math.sqrt(g0.get(i, i));
            for (int j = 0; j < q && sd > 0; j++) {
                out.set(i, j, ((i == j ? 1 : 0) - p.get(i, j)) / sd);
            }
        }
        return out;
    }

    private static int[] indices(boolean[] free) {
        return IntStream.range(0, free.length).filter(k -> free[k]).toArray();
    }

    /**
     * The maximizer, or as near to it as steps get; never worse than {@code tau}.
     *
     * @param tau    where to start, not modified
     * @param free   coordinates that may move
     * @param lambda {@code ΛΛᵀ} is G at {@code tau}
     * @param w      {@code Σ E[vvᵀ]/σ²} over the levels, {@code b = Λv}
     * @param count  the number of levels
     */
    static double[] maximize(
            BoundStructure structure,
            int[] at,
            double[] tau,
            boolean[] free,
            DMatrixRMaj lambda,
            DMatrixRMaj w,
            double count) {
        return new NumericMaximizer(structure, at, free, lambda, w, count).from(tau);
    }

    private double[] from(double[] tau) {
        double[] here = tau.clone();
        if (inverse.numRows == 0 || free.length == 0) {
            return here;
        }
        double value = value(here);
        for (int step = 0; step < STEPS; step++) {
            double[] gradient = new double[free.length];
            double[] direction = direction(here, gradient);
            double slope = 0;
            for (int k = 0; k < free.length; k++) {
                slope += gradient[k] * direction[k];
            }
            if (!(slope < -NOTHING * count)) {
                break;
            }
            double[] next = here;
            double lower = value;
            double length = 1;
            for (int half = 0; half < HALVINGS; half++, length /= 2) {
                double[] trial = here.clone();
                for (int k = 0; k < free.length; k++) {
                    trial[free[k]] += length * direction[k];
                }
                double there = value(trial);
                if (there < lower) {
                    next = trial;
                    lower = there;
                    break;
                }
            }
            if (next == here) {
                break;
            }
            here = next;
            value = lower;
        }
        return here;
    }

    /** {@code count·log|K| + tr(K⁻¹W)}; not a number where K is not positive definite. */
    private double value(double[] tau) {
        DMatrixRMaj k = congruence(inverse, structure.matrix(tau, at, g));
        double logDeterminant = Cholesky.decompose(k);
        if (Double.isNaN(logDeterminant)) {
            return Double.NaN;
        }
        return count * logDeterminant + trace(Cholesky.inverse(k), w);
    }

    private double[] direction(double[] tau, double[] gradient) {
        DMatrixRMaj k = congruence(inverse, structure.matrix(tau, at, g));
        Cholesky.decompose(k);
        DMatrixRMaj c = Cholesky.inverse(k);
        DMatrixRMaj cwc = congruence(c, w);
        int r = c.numRows;
        DMatrixRMaj[] scaled = new DMatrixRMaj[free.length];
        DMatrixRMaj[] turned = new DMatrixRMaj[free.length];
        for (int j = 0; j < free.length; j++) {
            structure.derivative(tau, free[j], at, g);
            DMatrixRMaj d = congruence(inverse, g);
            gradient[j] = count * trace(c, d) - trace(cwc, d);
            turned[j] = turned(g);
            scaled[j] = new DMatrixRMaj(r, r);
            CommonOps_DDRM.mult(c, d, scaled[j]);
        }
        DMatrixRMaj fisher = new DMatrixRMaj(free.length, free.length);
        for (int i = 0; i < free.length; i++) {
            for (int j = 0; j < free.length; j++) {
                double turns = FIXED * trace(turned[i], turned[j]);
                fisher.set(i, j, count * (traceOfProduct(scaled[i], scaled[j]) + turns));
            }
        }
        double[] out = SemidefiniteSystem.solve(fisher, gradient);
        for (int j = 0; j < out.length; j++) {
            out[j] = -out[j];
        }
        return out;
    }

    /** How far a derivative of G turns the range of Λ, which the moments of v know nothing of. */
    private DMatrixRMaj turned(DMatrixRMaj derivative) {
        int rows = outside.numRows;
        DMatrixRMaj out = new DMatrixRMaj(rows, inverse.numRows);
        if (rows > 0) {
            DMatrixRMaj half = new DMatrixRMaj(rows, rows);
            CommonOps_DDRM.mult(outside, derivative, half);
            CommonOps_DDRM.multTransB(half, inverse, out);
        }
        return out;
    }

    /** {@code ABAᵀ}. */
    static DMatrixRMaj congruence(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj half = new DMatrixRMaj(a.numRows, a.numCols);
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, a.numRows);
        if (a.numRows > 0) {
            CommonOps_DDRM.mult(a, b, half);
            CommonOps_DDRM.multTransB(half, a, out);
        }
        return out;
    }

    /** {@code tr(AᵀB)}. */
    private static double trace(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    private static double traceOfProduct(DMatrixRMaj a, DMatrixRMaj b) {
        int n = a.numRows;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum += a.data[i * n + j] * b.data[j * n + i];
            }
        }
        return sum;
    }
}
