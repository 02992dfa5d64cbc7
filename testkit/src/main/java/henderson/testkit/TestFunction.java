package henderson.testkit;

import henderson.api.Objective;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * An objective for tests of optimizers, with gradient and Hessian unless they are withheld. Arrays it is given are checked
 * for their length, and the point is copied, so that nobody may change it behind its back.
 */
public abstract class TestFunction implements Objective {
    private final int dimension;
    private double @Nullable [] last;
    private int evaluations;

    /** A function of {@code dimension} coordinates. */
    protected TestFunction(int dimension) {
        this.dimension = dimension;
    }

    /** The value. */
    protected abstract double f(double[] x);

    /** {@code g ← ∇f}. */
    protected abstract void g(double[] x, double[] g);

    /** {@code h ← ∇²f}; by default central differences of the gradient. */
    protected void h(double[] x, DMatrixRMaj h) {
        double[] up = new double[dimension];
        double[] down = new double[dimension];
        double[] moved = x.clone();
        for (int k = 0; k < dimension; k++) {
            double step = 0x1p-17 * Math.max(1, Math.abs(x[k]));
            moved[k] = x[k] + step;
            g(moved, up);
            moved[k] = x[k] - step;
            g(moved, down);
            moved[k] = x[k];
            for (int i = 0; i < dimension; i++) {
                h.set(i, k, (up[i] - down[i]) / (2 * step));
            }
        }
    }

    /** How many values were taken. */
    public final int evaluations() {
        return evaluations;
    }

    @Override
    public final int dimension() {
        return dimension;
    }

    @Override
    public final double value(double[] x) {
        if (x.length != dimension) {
            throw new IllegalArgumentException(x.length + " coordinates; the function has " + dimension + ".");
        }
        evaluations++;
        last = x.clone();
        return f(last);
    }

    private double[] last() {
        if (last == null) {
            throw new IllegalStateException("Nothing is known before the first value.");
        }
        return last;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public boolean gradient(double[] out) {
        if (!differentiable()) {
            return false;
        }
        g(last(), out);
        return true;
    }

    @Override
    public boolean hessian(DMatrixRMaj out) {
        if (!differentiable()) {
            return false;
        }
        h(last(), out);
        return true;
    }

    @Override
    public boolean information(DMatrixRMaj out) {
        return hessian(out);
    }
}
