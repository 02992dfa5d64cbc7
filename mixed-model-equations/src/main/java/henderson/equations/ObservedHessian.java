package henderson.equations;

import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/** The second derivatives of an objective over the coordinates of a search with its gradient there, and what follows from them. */
public class ObservedHessian {
    /** Eigenvalues below this, relative to a unit diagonal, count as zero. */
    private static final double FLAT = 1e-9;

    private final DMatrixRMaj hessian;
    private final double[] gradient;
    private final boolean complete;
    private @Nullable DMatrixRMaj inverse;

    /**
     * Of matrices that nobody modifies from now on.
     *
     * @param complete whether all of it could be computed
     */
    protected ObservedHessian(DMatrixRMaj hessian, double[] gradient, boolean complete) {
        this.hessian = hessian;
        this.gradient = gradient;
        this.complete = complete;
    }

    /** Makes symmetric what was differenced column by column. {@code h} is modified. */
    protected static void symmetrize(DMatrixRMaj h) {
        for (int j = 0; j < h.numRows; j++) {
            for (int k = 0; k < j; k++) {
                double mean = (h.get(j, k) + h.get(k, j)) / 2;
                h.set(j, k, mean);
                h.set(k, j, mean);
            }
        }
    }

    /** The Hessian. Not copied: do not modify. */
    public final DMatrixRMaj hessian() {
        return hessian;
    }

    /** The gradient. Not copied: do not modify. */
    public final double[] gradient() {
        return gradient;
    }

    /** Whether every point that it took could be computed. */
    public final boolean complete() {
        return complete;
    }

    private static DMatrixRMaj scaled(DMatrixRMaj a, double[] units) {
        DMatrixRMaj out = a.copy();
        for (int j = 0; j < units.length; j++) {
            for (int k = 0; k < units.length; k++) {
                out.set(j, k, a.get(j, k) * units[j] * units[k]);
            }
        }
        return out;
    }

    /** Inertia: positive, zero, negative. */
    public final int[] inertia() {
        return inertia(Symmetric.of(scaled(hessian, Symmetric.units(hessian))));
    }

    private static int[] inertia(Symmetric eigen) {
        int[] out = new int[3];
        for (double v : eigen.values()) {
            out[v > FLAT ? 0 : v < -FLAT ? 2 : 1]++;
        }
        return out;
    }

    /** Index of the coordinate that each flat direction moves most. */
    public final int[] flat() {
        Symmetric eigen = Symmetric.of(scaled(hessian, Symmetric.units(hessian)));
        return IntStream.range(0, eigen.values().length)
                .filter(k -> Math.abs(eigen.values()[k]) <= FLAT)
                .map(k -> {
                    int most = 0;
                    for (int i = 1; i < eigen.vectors()[k].length; i++) {
                        most = Math.abs(eigen.vectors()[k][i]) > Math.abs(eigen.vectors()[k][most]) ? i : most;
                    }
                    return most;
                })
                .toArray();
    }

    /** {@code H⁻¹}; where it is not positive definite, without its flat directions. Not copied: do not modify. */
    public final DMatrixRMaj inverse() {
        DMatrixRMaj out = inverse;
        if (out == null) {
            double[] units = Symmetric.units(hessian);
            DMatrixRMaj unit = scaled(hessian, units);
            out = scaled(inverted(unit), units);
            inverse = out;
        }
        return out;
    }

    /** By elimination, which keeps more digits than eigenvectors do, where it is positive definite. */
    private static DMatrixRMaj inverted(DMatrixRMaj unit) {
        int m = unit.numRows;
        Symmetric eigen = Symmetric.of(unit);
        DMatrixRMaj direct = unit.copy();
        if (m > 0 && inertia(eigen)[0] == m && CommonOps_DDRM.invert(direct)) {
            return direct;
        }
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int k = 0; k < m; k++) {
            if (Math.abs(eigen.values()[k]) > FLAT) {
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        out.add(i, j, eigen.vectors()[k][i] * eigen.vectors()[k][j] / eigen.values()[k]);
                    }
                }
            }
        }
        return out;
    }

    /** {@code ½gᵀH⁻¹g}, theory (36), in size. */
    public final double decrement() {
        double[] step = newtonStep();
        double sum = 0;
        for (int k = 0; k < step.length; k++) {
            sum -= step[k] * gradient[k] / 2;
        }
        return Math.abs(sum);
    }

    /** {@code −H⁻¹g} for the gradient here. */
    public final double[] newtonStep() {
        return step(gradient);
    }

    /** {@code −H⁻¹g} for a given gradient. */
    public final double[] step(double[] g) {
        DMatrixRMaj by = inverse();
        double[] out = new double[g.length];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out.length; k++) {
                out[j] -= by.get(j, k) * g[k];
            }
        }
        return out;
    }
}
