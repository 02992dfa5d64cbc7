package henderson.optimizers;

import java.util.Arrays;

/** The inverse Hessian as a whole matrix: {@code B ← (I − syᵀ/sᵀy) B (I − ysᵀ/sᵀy) + ssᵀ/sᵀy}. */
final class DenseInverse implements InverseHessian {
    private final int n;
    /** B, n × n. */
    private final double[][] b;
    /** By, n. */
    private final double[] by;

    private boolean fresh = true;

    DenseInverse(int n) {
        this.n = n;
        this.b = new double[n][n];
        this.by = new double[n];
    }

    @Override
    public void reset() {
        fresh = true;
        diagonal(1);
    }

    private void diagonal(double value) {
        for (int i = 0; i < n; i++) {
            Arrays.fill(b[i], 0);
            b[i][i] = value;
        }
    }

    @Override
    public void direction(double[] g, double[] p) {
        for (int i = 0; i < n; i++) {
            p[i] = -Search.dot(b[i], g);
        }
    }

    @Override
    public void update(double[] s, double[] y, double sy) {
        if (fresh) {
            fresh = false;
            diagonal(sy / Search.dot(y, y));
        }
        for (int i = 0; i < n; i++) {
            by[i] = Search.dot(b[i], y);
        }
        double factor = (1 + Search.dot(y, by) / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                b[i][j] += factor * s[i] * s[j] - (by[i] * s[j] + s[i] * by[j]) / sy;
            }
        }
    }

    @Override
    public int learned() {
        return n;
    }
}
