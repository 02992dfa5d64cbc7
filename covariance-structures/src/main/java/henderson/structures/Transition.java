package henderson.structures;

import java.util.Arrays;

/**
 * One step of a Markov process of r states, {@code a ← Ta + w}, {@code w ~ (0, Q)}, with its derivatives by K parameters,
 * theory (58). All matrices are r × r, row-major.
 */
final class Transition {
    private final int r;
    final double[] t;
    final double[] q;
    /** ∂T, one per parameter. */
    final double[][] tSlope;
    /** ∂Q, one per parameter. */
    final double[][] qSlope;

    private final double[] half;

    Transition(int states, int parameters) {
        this.r = states;
        this.t = new double[r * r];
        this.q = new double[r * r];
        this.tSlope = new double[parameters][r * r];
        this.qSlope = new double[parameters][r * r];
        this.half = new double[r * r];
    }

    /** No step at all: T = I, Q = 0. */
    void standStill() {
        Arrays.fill(t, 0);
        Arrays.fill(q, 0);
        for (int i = 0; i < r; i++) {
            t[i * r + i] = 1;
        }
        for (int k = 0; k < tSlope.length; k++) {
            Arrays.fill(tSlope[k], 0);
            Arrays.fill(qSlope[k], 0);
        }
    }

    void set(Transition other) {
        System.arraycopy(other.t, 0, t, 0, t.length);
        System.arraycopy(other.q, 0, q, 0, q.length);
        for (int k = 0; k < tSlope.length; k++) {
            System.arraycopy(other.tSlope[k], 0, tSlope[k], 0, t.length);
            System.arraycopy(other.qSlope[k], 0, qSlope[k], 0, q.length);
        }
    }

    /** This step after {@code first}: {@code T T₁}, {@code Q + T Q₁ Tᵀ}. */
    void after(Transition first, Transition out) {
        propagate(first.q, first.qSlope, out.q, out.qSlope);
        for (int k = 0; k < tSlope.length; k++) {
            multiply(tSlope[k], first.t, out.tSlope[k], false);
            multiply(t, first.tSlope[k], out.tSlope[k], true);
        }
        multiply(t, first.t, out.t, false);
    }

    /** {@code out ← T P Tᵀ + Q} and its derivatives; symmetric P. */
    void propagate(double[] p, double[][] pSlope, double[] out, double[][] outSlope) {
        for (int k = 0; k < tSlope.length; k++) {
            // T ∂P Tᵀ + ∂T P Tᵀ + (∂T P Tᵀ)ᵀ + ∂Q
            multiply(t, pSlope[k], half, false);
            System.arraycopy(qSlope[k], 0, outSlope[k], 0, q.length);
            addTimesTransposed(half, t, outSlope[k]);
            multiply(tSlope[k], p, half, false);
            addTimesTransposedBothWays(half, t, outSlope[k]);
        }
        multiply(t, p, half, false);
        System.arraycopy(q, 0, out, 0, q.length);
        addTimesTransposed(half, t, out);
    }

    private void multiply(double[] a, double[] b, double[] out, boolean add) {
        for (int i = 0; i < r; i++) {
            for (int j = 0; j < r; j++) {
                double sum = add ? out[i * r + j] : 0;
                for (int l = 0; l < r; l++) {
                    sum += a[i * r + l] * b[l * r + j];
                }
                out[i * r + j] = sum;
            }
        }
    }

    /** {@code out += abᵀ} for a symmetric product: the lower triangle is computed, the upper mirrored. */
    private void addTimesTransposed(double[] a, double[] b, double[] out) {
        for (int i = 0; i < r; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = out[i * r + j];
                for (int l = 0; l < r; l++) {
                    sum += a[i * r + l] * b[j * r + l];
                }
                out[i * r + j] = sum;
                out[j * r + i] = sum;
            }
        }
    }

    /** {@code out += abᵀ + baᵀ}. */
    private void addTimesTransposedBothWays(double[] a, double[] b, double[] out) {
        for (int i = 0; i < r; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = out[i * r + j];
                for (int l = 0; l < r; l++) {
                    sum += a[i * r + l] * b[j * r + l] + a[j * r + l] * b[i * r + l];
                }
                out[i * r + j] = sum;
                out[j * r + i] = sum;
            }
        }
    }
}
