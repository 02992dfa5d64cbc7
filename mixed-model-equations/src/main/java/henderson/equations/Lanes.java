package henderson.equations;

/** Loops over lanes: the same operation for many groups at once, simple enough to be compiled to vector instructions. */
final class Lanes {
    /** Groups in a block. */
    static final int WIDTH = 128;

    private Lanes() {}

    /** {@code out[i] ← s x[from + i]}. */
    static void scaled(double[] out, double s, double[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = s * x[from + i];
        }
    }

    /** {@code out[i] += s x[from + i]}. */
    static void addScaled(double[] out, double s, double[] x, int from, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += s * x[from + i];
        }
    }

    /** {@code out[i] += x[i] y[i]}. */
    static void addProduct(double[] out, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += x[i] * y[i];
        }
    }

    /** {@code out[i] += x[from + i] y[from + i]}. */
    static void addProduct(double[] out, double[] x, double[] y, int from, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += x[from + i] * y[from + i];
        }
    }

    /** {@code out[i] += x[i] y[i] + u[i] v[i]}. */
    static void addProducts(double[] out, double[] x, double[] y, double[] u, double[] v, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += x[i] * y[i] + u[i] * v[i];
        }
    }

    /** {@code out[i] ← s x[from + i] + t y[from + i]}. */
    static void combined(double[] out, double s, double[] x, double t, double[] y, int from, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = s * x[from + i] + t * y[from + i];
        }
    }

    /** {@code out[i] −= x[i] y[i]}. */
    static void subtractProduct(double[] out, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] -= x[i] * y[i];
        }
    }

    /** {@code out[i] ← x[i] y[i]}. */
    static void product(double[] out, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = x[i] * y[i];
        }
    }

    /** {@code x[i] *= y[i]}. */
    static void times(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            x[i] *= y[i];
        }
    }

    /** {@code out[i] += x[i]}. */
    static void add(double[] out, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            out[i] += x[i];
        }
    }

    /** {@code out[i] ← 1/√x[i]}. */
    static void inverseRoot(double[] out, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            out[i] = 1 / Math.sqrt(x[i]);
        }
    }

    /** Sum of n lanes, in order. */
    static double sum(double[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i];
        }
        return sum;
    }
}
