package henderson.structures;

import henderson.api.Whitening;
import java.util.Arrays;

/**
 * Whitening by one-step predictions of a {@link StateSpace}: {@code w = (y/θ − hᵀa)/√F}, {@code a ← T(a + Kv)}, theory (60)
 * to (62), θ the scale. Cost per number: r² at most.
 */
final class StateSpaceWhitening implements Whitening {
    private final StateSpace space;
    private final StateSpaceGains gains;
    private final int n;
    private final int r;
    /** Shared with the gains: step, √F, K and their derivatives. */
    private final int[] step;

    private final double[] root;
    private final double[] gain;
    private final double[][] rootSlope;
    private final double[][] gainSlope;
    /** tr Q_k, the scale first. */
    private final double[] trace;

    private double scale;
    private double logDeterminant;

    StateSpaceWhitening(StateSpace space, int[] step) {
        this.space = space;
        this.gains = new StateSpaceGains(space, step);
        this.n = step.length;
        this.r = space.states;
        this.step = step;
        this.root = gains.root;
        this.gain = gains.gain;
        this.rootSlope = gains.rootSlope;
        this.gainSlope = gains.gainSlope;
        this.trace = new double[space.parameters + 1];
    }

    @Override
    public boolean update(double[] tau) {
        scale = tau[0];
        if (!(Math.abs(scale) > 0 && gains.update(tau))) {
            return false;
        }
        // doubled: determinant of the matrix, not of its factor
        logDeterminant = 2 * n * Math.log(Math.abs(scale)) + gains.logDeterminant();
        trace[0] = 2 * n / scale;
        for (int k = 1; k < trace.length; k++) {
            trace[k] = gains.trace(k - 1);
        }
        return true;
    }

    /** Rows whose gain had to be computed at the last update; the others repeat the one before. */
    int computedRows() {
        return gains.computedRows();
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double traceQ(int k) {
        return trace[k];
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        double[] s = Scratch.zeros(2 * r * columns);
        for (int i = 0; i < n; i++) {
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double v = x[from + j] / scale - observed(s, j, columns);
                x[from + j] = v / root[i];
                for (int a = 0; a < r; a++) {
                    s[(r + a) * columns + j] = s[a * columns + j] + gain[i * r + a] * v;
                }
            }
            advance(i, s, columns);
        }
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        double[] s = Scratch.zeros(2 * r * columns);
        for (int i = 0; i < n; i++) {
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double v = x[from + j] * root[i];
                x[from + j] = scale * (v + observed(s, j, columns));
                for (int a = 0; a < r; a++) {
                    s[(r + a) * columns + j] = s[a * columns + j] + gain[i * r + a] * v;
                }
            }
            advance(i, s, columns);
        }
    }

    /** {@code hᵀa} of column j; {@code s} holds a, r × columns, first. */
    private double observed(double[] s, int j, int columns) {
        double sum = 0;
        for (int a = 0; a < r; a++) {
            sum += space.h[a] * s[a * columns + j];
        }
        return sum;
    }

    /** The states of row i + 1, in the first half of {@code s}, from those after row i in the second. */
    private void advance(int i, double[] s, int columns) {
        if (i + 1 < n) {
            multiply(space.steps[step[i + 1]].t, s, r * columns, s, 0, columns, false);
        }
    }

    /** {@code out (+)= T s}, both r × columns at their offsets. */
    private void multiply(double[] t, double[] s, int from, double[] out, int to, int columns, boolean add) {
        for (int a = 0; a < r; a++) {
            int row = to + a * columns;
            if (!add) {
                Arrays.fill(out, row, row + columns, 0);
            }
            for (int b = 0; b < r; b++) {
                double v = t[a * r + b];
                for (int j = 0; j < columns && v != 0; j++) {
                    out[row + j] += v * s[from + b * columns + j];
                }
            }
        }
    }

    /** {@code out (+)= Tᵀ s}, both r × columns at their offsets. */
    private void multiplyTransposed(double[] t, double[] s, int from, double[] out, int to, int columns, boolean add) {
        for (int a = 0; a < r; a++) {
            int row = to + a * columns;
            if (!add) {
                Arrays.fill(out, row, row + columns, 0);
            }
            for (int b = 0; b < r; b++) {
                double v = t[b * r + a];
                for (int j = 0; j < columns && v != 0; j++) {
                    out[row + j] += v * s[from + b * columns + j];
                }
            }
        }
    }

    @Override
    public boolean transposes() {
        return true;
    }

    /** The adjoint of {@link #whiten}, backwards: λ of the states after each row. */
    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        double[] s = Scratch.zeros(2 * r * columns);
        for (int i = n - 1; i >= 0; i--) {
            retreat(i, s, columns);
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double v = x[from + j] / root[i];
                for (int a = 0; a < r; a++) {
                    v += gain[i * r + a] * s[(r + a) * columns + j];
                }
                x[from + j] = v / scale;
                for (int a = 0; a < r; a++) {
                    s[a * columns + j] = s[(r + a) * columns + j] - space.h[a] * v;
                }
            }
        }
    }

    /** The adjoint of {@link #colour}. */
    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        double[] s = Scratch.zeros(2 * r * columns);
        for (int i = n - 1; i >= 0; i--) {
            retreat(i, s, columns);
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double y = x[from + j] * scale;
                double v = y;
                for (int a = 0; a < r; a++) {
                    v += gain[i * r + a] * s[(r + a) * columns + j];
                }
                x[from + j] = root[i] * v;
                for (int a = 0; a < r; a++) {
                    s[a * columns + j] = s[(r + a) * columns + j] + space.h[a] * y;
                }
            }
        }
    }

    /** {@code Tᵀλ} in the second half of {@code s}, from λ of row i + 1 in the first. */
    private void retreat(int i, double[] s, int columns) {
        if (i + 1 < n) {
            multiplyTransposed(space.steps[step[i + 1]].t, s, 0, s, r * columns, columns, false);
        }
    }

    /** {@code Q = −(A + Aᵀ)}, {@code A = ∂C⁻¹ C}, theory (61), (62): one pass forwards and one backwards. */
    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        if (k == 0) {
            for (int i = offset; i < offset + n * columns; i++) {
                out[i] = 2 / scale * x[i];
            }
            return;
        }
        forwards(k - 1, x, offset, columns, out);
        backwards(k - 1, x, offset, columns, out);
    }

    /** {@code out ← −Ax}: the derivative of whitening at what x is coloured to. */
    private void forwards(int k, double[] x, int offset, int columns, double[] out) {
        int block = r * columns;
        double[] s = Scratch.zeros(4 * block); // a, ∂a, and both after the row
        double[] hk = space.hSlope[k];
        double[] kk = gainSlope[k];
        for (int i = 0; i < n; i++) {
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double v = x[from + j] * root[i];
                double vk = 0;
                for (int a = 0; a < r; a++) {
                    vk -= hk[a] * s[a * columns + j] + space.h[a] * s[block + a * columns + j];
                }
                out[from + j] = rootSlope[k][i] * x[from + j] - vk / root[i];
                for (int a = 0; a < r; a++) {
                    int c = a * columns + j;
                    double g = gain[i * r + a];
                    s[2 * block + c] = s[c] + g * v;
                    s[3 * block + c] = s[block + c] + kk[i * r + a] * v + g * vk;
                }
            }
            if (i + 1 < n) {
                Transition next = space.steps[step[i + 1]];
                multiply(next.t, s, 2 * block, s, 0, columns, false);
                multiply(next.t, s, 3 * block, s, block, columns, false);
                multiply(next.tSlope[k], s, 2 * block, s, block, columns, true);
            }
        }
    }

    /** {@code out −= Aᵀx}: λ and μ are the adjoints of a and ∂a. */
    private void backwards(int k, double[] x, int offset, int columns, double[] out) {
        int block = r * columns;
        double[] s = Scratch.zeros(4 * block); // λ, μ, and both of what is after the row
        double[] hk = space.hSlope[k];
        double[] kk = gainSlope[k];
        for (int i = n - 1; i >= 0; i--) {
            if (i + 1 < n) {
                Transition next = space.steps[step[i + 1]];
                multiplyTransposed(next.t, s, 0, s, 2 * block, columns, false);
                multiplyTransposed(next.tSlope[k], s, block, s, 2 * block, columns, true);
                multiplyTransposed(next.t, s, block, s, 3 * block, columns, false);
            }
            int from = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                double v = 0;
                double vk = x[from + j] / root[i];
                for (int a = 0; a < r; a++) {
                    int c = a * columns + j;
                    double g = gain[i * r + a];
                    v += g * s[2 * block + c] + kk[i * r + a] * s[3 * block + c];
                    vk += g * s[3 * block + c];
                }
                out[from + j] -= root[i] * v - rootSlope[k][i] * x[from + j];
                for (int a = 0; a < r; a++) {
                    int c = a * columns + j;
                    s[c] = s[2 * block + c] - hk[a] * vk;
                    s[block + c] = s[3 * block + c] - space.h[a] * vk;
                }
            }
        }
    }
}
