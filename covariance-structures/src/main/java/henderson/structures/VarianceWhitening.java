package henderson.structures;

import henderson.api.Whitening;

/**
 * {@code R = SAAᵀS} with the root A of the structure within: {@code C = SA}, and for an own coordinate, with {@code D =
 * S⁻¹∂S}, {@code Qₖ = A⁻¹DA + AᵀDA⁻ᵀ}, theory (94). The cost is that of the structure within.
 */
final class VarianceWhitening implements Whitening {
    private final VarianceFunction function;
    private final RelativeWhitening inner;
    private final int[] at;
    private final int own;
    /** s of each row, n. */
    private final double[] s;
    /** {@code ∂s/s} of each own coordinate and row; null where a coordinate never moves the pattern. */
    private final double[][] d;
    /** By own coordinate: d is the same in all rows, so that Q is a number. */
    private final boolean[] common;

    private double logDeterminant;

    VarianceWhitening(VarianceFunction function, int[] at, RelativeWhitening inner) {
        this.function = function;
        this.inner = inner;
        this.at = at.clone();
        this.own = function.size();
        this.s = new double[at.length];
        this.d = new double[own][at.length];
        this.common = new boolean[own];
        findCommon();
    }

    /** Whether every own coordinate moves all rows alike, by a look at a generic point. */
    private void findCommon() {
        double[] tau = new double[own];
        java.util.Arrays.fill(tau, 1);
        divide(tau);
        for (int k = 0; k < own; k++) {
            common[k] = true;
            for (int i = 1; i < at.length; i++) {
                common[k] &= Math.abs(d[k][i] - d[k][0]) <= 1e-15 * Math.abs(d[k][0]);
            }
        }
    }

    /** Whether all products can be had. */
    boolean isComplete() {
        boolean plain = true;
        for (boolean c : common) {
            plain &= c;
        }
        return plain || inner.transposes();
    }

    private void divide(double[] tau) {
        function.values(tau, at, s);
        for (int k = 0; k < own; k++) {
            function.first(tau, k, at, d[k]);
            for (int i = 0; i < s.length; i++) {
                d[k][i] /= s[i];
            }
        }
    }

    @Override
    public boolean update(double[] tau) {
        divide(tau);
        logDeterminant = 0;
        for (double v : s) {
            if (!(Math.abs(v) > 0) || Double.isInfinite(v)) {
                return false;
            }
            logDeterminant += 2 * Math.log(Math.abs(v)); // doubled: determinant of the matrix, not of its factor
        }
        if (!inner.update(tau, own)) {
            return false;
        }
        logDeterminant += inner.logDeterminant();
        return true;
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        divideBy(s, x, offset, columns);
        inner.whiten(x, offset, columns);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        inner.colour(x, offset, columns);
        multiplyBy(s, x, offset, columns);
    }

    @Override
    public boolean transposes() {
        return inner.transposes();
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        inner.whitenTransposed(x, offset, columns);
        divideBy(s, x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        multiplyBy(s, x, offset, columns);
        inner.colourTransposed(x, offset, columns);
    }

    private static void multiplyBy(double[] by, double[] x, int offset, int columns) {
        for (int i = 0; i < by.length; i++) {
            for (int j = offset + i * columns; j < offset + (i + 1) * columns; j++) {
                x[j] *= by[i];
            }
        }
    }

    private static void divideBy(double[] by, double[] x, int offset, int columns) {
        for (int i = 0; i < by.length; i++) {
            for (int j = offset + i * columns; j < offset + (i + 1) * columns; j++) {
                x[j] /= by[i];
            }
        }
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        if (k >= own) {
            inner.q(k - own, x, offset, columns, out);
            return;
        }
        int size = s.length * columns;
        if (common[k]) {
            for (int j = 0; j < size; j++) {
                out[offset + j] = 2 * d[k][0] * x[offset + j];
            }
            return;
        }
        System.arraycopy(x, offset, out, offset, size);
        inner.whitenTransposed(out, offset, columns);
        multiplyBy(d[k], out, offset, columns);
        inner.colourTransposed(out, offset, columns);
        double[] other = WorkStack.take(size);
        System.arraycopy(x, offset, other, 0, size);
        inner.colour(other, 0, columns);
        multiplyBy(d[k], other, 0, columns);
        inner.whiten(other, 0, columns);
        for (int j = 0; j < size; j++) {
            out[offset + j] += other[j];
        }
        WorkStack.give(other);
    }

    /** {@code 2 tr D}, or that of the structure within. */
    @Override
    public double traceQ(int k) {
        if (k >= own) {
            return inner.traceQ(k - own);
        }
        double sum = 0;
        for (double v : d[k]) {
            sum += 2 * v;
        }
        return sum;
    }
}
