package henderson.equations.generalized;

import henderson.api.Objective;
import henderson.equations.ObservedHessian;
import org.ejml.data.DMatrixRMaj;

/**
 * The observed Hessian of an objective: in closed form where it is offered, theory (165), otherwise by differences of its
 * gradient at two steps, extrapolated, theory (33).
 */
public final class JointCurvature extends ObservedHessian {
    /** The longer of two steps, in units of the search. */
    private static final double STEP = 0x1p-7;
    /** A step that is enough alone where the data are many. */
    private static final double SHORT = 0x1p-11;
    /** Bend below which it is: the relative error is about its square. */
    private static final double STRAIGHT = 0x1p-18;

    private JointCurvature(DMatrixRMaj hessian, double[] gradient, boolean complete) {
        super(hessian, gradient, complete);
    }

    /** At the point {@code x} of the search; the objective is left there. */
    public static JointCurvature at(JointObjective objective, double[] x) {
        DMatrixRMaj h = new DMatrixRMaj(x.length, x.length);
        double[] gradient = new double[x.length];
        boolean there = !Double.isNaN(objective.value(x)) && objective.gradient(gradient);
        return there && objective.exactHessian(h) ? new JointCurvature(h, gradient, true) : byDifferences(objective, x);
    }

    /** The same by differences alone. */
    public static JointCurvature byDifferences(Objective objective, double[] x) {
        int m = x.length;
        DMatrixRMaj h = new DMatrixRMaj(m, m);
        double[] gradient = new double[m];
        boolean complete = !Double.isNaN(objective.value(x)) && objective.gradient(gradient);
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
        symmetrize(h);
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
}
