package henderson.equations.generalized;

import henderson.api.Objective;
import henderson.equations.linear.Symmetric;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * The observed Hessian of an objective: in closed form where it is offered, theory (165), otherwise by differences of its
 * gradient at two steps, extrapolated, theory (33).
 */
public final class JointCurvature {
    /** Eigenvalues below this, relative to a unit diagonal, count as zero. */
    private static final double FLAT = 1e-9;
    /** The longer of two steps, in units of the search. */
    private static final double STEP = 0x1p-7;
    /** A step that is enough alone where the data are many. */
    private static final double SHORT = 0x1p-11;
    /** Bend below which it is: the relative error is about its square. */
    private static final double STRAIGHT = 0x1p-18;

    private final DMatrixRMaj hessian;
    private final double[] gradient;
    private final boolean complete;

    private JointCurvature(DMatrixRMaj hessian, double[] gradient, boolean complete) {
        this.hessian = hessian;
        this.gradient = gradient;
        this.complete = complete;
    }

    /** At the point {@code x} of the search; the objective is left there. */
    public static JointCurvature at(Objective objective, double[] x) {
        int m = x.length;
        DMatrixRMaj h = new DMatrixRMaj(m, m);
        double[] gradient = new double[m];
        boolean complete = !Double.isNaN(objective.value(x)) && objective.gradient(gradient);
        if (complete && objective instanceof JointObjective joint && joint.exactHessian(h)) {
            return new JointCurvature(h, gradient, true);
        }
        Pair near = new Pair(m);
        Pair far = new Pair(m);
        boolean large = true; // so many data that one short step may be enough
        for (int k = 0; k < m && complete; k++) {
            boolean straight = large && near.read(objective, x, k, SHORT) && near.bend(gradient, k) < STRAIGHT;
            if (!straight) {
                double step = STEP * Math.max(1, Math.abs(x[k]) / 16);
                complete = far.read(objective, x, k, step) && near.read(objective, x, k, step / 2);
                large = near.bend(gradient, k) * SHORT < STRAIGHT * step / 2;
            }
            for (int j = 0; j < m; j++) {
                double slope = near.slope(j);
                h.set(j, k, straight ? slope : slope + (slope - far.slope(j)) / 3);
            }
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < j; k++) {
                double mean = (h.get(j, k) + h.get(k, j)) / 2;
                h.set(j, k, mean);
                h.set(k, j, mean);
            }
        }
        complete &= !Double.isNaN(objective.value(x)) && objective.gradient(gradient);
        return new JointCurvature(h, gradient, complete);
    }

    /** Gradients on both sides of a point. */
    private static final class Pair {
        private final double[] up;
        private final double[] down;
        private double width;

        Pair(int m) {
            this.up = new double[m];
            this.down = new double[m];
        }

        /** Whether both could be computed. */
        boolean read(Objective objective, double[] x, int k, double step) {
            double[] moved = x.clone();
            moved[k] = x[k] + step;
            width = moved[k];
            boolean there = !Double.isNaN(objective.value(moved)) && objective.gradient(up);
            moved[k] = x[k] - step;
            width -= moved[k];
            return !Double.isNaN(objective.value(moved)) && objective.gradient(down) && there;
        }

        double slope(int j) {
            return (up[j] - down[j]) / width;
        }

        /** How much coordinate k of the gradient bends between the two, relative to its change. */
        double bend(double[] between, int k) {
            return Math.abs((up[k] - between[k] + (down[k] - between[k])) / (up[k] - down[k]));
        }
    }

    /** The Hessian. Not copied: do not modify. */
    public DMatrixRMaj hessian() {
        return hessian;
    }

    /** Whether every point of the differences could be computed. */
    public boolean complete() {
        return complete;
    }

    private double[] units() {
        double[] out = new double[gradient.length];
        for (int k = 0; k < out.length; k++) {
            double d = Math.abs(hessian.get(k, k));
            out[k] = d > 0 ? 1 / Math.sqrt(d) : 1;
        }
        return out;
    }

    private Symmetric scaled(double[] units) {
        DMatrixRMaj a = hessian.copy();
        for (int j = 0; j < units.length; j++) {
            for (int k = 0; k < units.length; k++) {
                a.set(j, k, a.get(j, k) * units[j] * units[k]);
            }
        }
        return Symmetric.of(a);
    }

    /** Inertia: positive, zero, negative. */
    public int[] inertia() {
        return inertia(scaled(units()));
    }

    private static int[] inertia(Symmetric eigen) {
        int[] out = new int[3];
        for (double v : eigen.values()) {
            out[v > FLAT ? 0 : v < -FLAT ? 2 : 1]++;
        }
        return out;
    }

    /** {@code H⁻¹} by elimination, which keeps more digits than eigenvectors do; null where it has none. */
    private @Nullable DMatrixRMaj positive(double[] units) {
        int m = units.length;
        DMatrixRMaj a = hessian.copy();
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                a.set(j, k, a.get(j, k) * units[j] * units[k]);
            }
        }
        if (!CommonOps_DDRM.invert(a)) {
            return null;
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                a.set(j, k, a.get(j, k) * units[j] * units[k]);
            }
        }
        return a;
    }

    /** Index of the coordinate that each flat direction moves most. */
    public int[] flat() {
        Symmetric eigen = scaled(units());
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

    /** {@code H⁻¹}; where it is not positive definite, without its flat directions. */
    public DMatrixRMaj inverse() {
        double[] units = units();
        Symmetric eigen = scaled(units);
        DMatrixRMaj direct = inertia(eigen)[0] == units.length ? positive(units) : null;
        if (direct != null) {
            return direct;
        }
        int m = units.length;
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int k = 0; k < m; k++) {
            if (Math.abs(eigen.values()[k]) > FLAT) {
                for (int i = 0; i < m; i++) {
                    for (int j = 0; j < m; j++) {
                        double v = eigen.vectors()[k][i] * eigen.vectors()[k][j] / eigen.values()[k];
                        out.add(i, j, v * units[i] * units[j]);
                    }
                }
            }
        }
        return out;
    }

    /** {@code ½gᵀH⁻¹g}, theory (36). */
    public double decrement() {
        double[] step = step(gradient);
        double sum = 0;
        for (int k = 0; k < step.length; k++) {
            sum -= step[k] * gradient[k] / 2;
        }
        return Math.abs(sum);
    }

    /** {@code −H⁻¹g} for the gradient here. */
    public double[] newtonStep() {
        return step(gradient);
    }

    /** {@code −H⁻¹g} for a given gradient. */
    public double[] step(double[] g) {
        DMatrixRMaj inverse = inverse();
        double[] out = new double[g.length];
        for (int j = 0; j < out.length; j++) {
            for (int k = 0; k < out.length; k++) {
                out[j] -= inverse.get(j, k) * g[k];
            }
        }
        return out;
    }
}
