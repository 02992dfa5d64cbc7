package henderson.structures;

/**
 * Variances and gains of the one-step predictions of a {@link StateSpace} along the rows of a pattern, with their
 * derivatives, theory (59). Rows that repeat the step and the covariance of the row before take over its gain.
 */
final class StateSpaceGains {
    /** A covariance that moves less than this part of itself stands still: its recursion is rounded to that. */
    private static final double STILL = 0x1p-50;

    final StateSpace space;
    final int n;
    final int r;
    final int parameters;
    /** Step that leads to each row, n. */
    final int[] step;
    /** √F, n. */
    final double[] root;
    /** K, n × r. */
    final double[] gain;
    /** ∂F/(2F), parameters × n. */
    final double[][] rootSlope;
    /** ∂K, parameters × n × r. */
    final double[][] gainSlope;
    /** Covariance of the states before a row, and before the last computed one, r × r. */
    private double[] p;

    private double[] pBefore;
    private double[][] pSlope;
    private double[][] pSlopeBefore;
    private final double[] filtered;
    private final double[][] filteredSlope;
    private final double[] m;
    private final double[] mSlope;
    private double logDeterminant;
    private int computedRows;

    StateSpaceGains(StateSpace space, int[] step) {
        this.space = space;
        this.n = step.length;
        this.r = space.states;
        this.parameters = space.parameters;
        this.step = step;
        this.root = new double[n];
        this.gain = new double[n * r];
        this.rootSlope = new double[parameters][n];
        this.gainSlope = new double[parameters][n * r];
        this.p = new double[r * r];
        this.pBefore = new double[r * r];
        this.pSlope = new double[parameters][r * r];
        this.pSlopeBefore = new double[parameters][r * r];
        this.filtered = new double[r * r];
        this.filteredSlope = new double[parameters][r * r];
        this.m = new double[r];
        this.mSlope = new double[r];
    }

    /** Follows the pattern; false where a row is told by those before it. */
    boolean update(double[] tau) {
        space.update(tau);
        System.arraycopy(space.p, 0, p, 0, p.length);
        for (int k = 0; k < parameters; k++) {
            System.arraycopy(space.pSlope[k], 0, pSlope[k], 0, p.length);
        }
        boolean still = false;
        double log = 0;
        logDeterminant = 0;
        computedRows = 0;
        for (int i = 0; i < n; i++) {
            still = still && step[i] == step[i - 1];
            if (still) {
                repeat(i);
            } else {
                if (i > 0) {
                    predict(step[i]);
                }
                if (!measure(i)) {
                    return false;
                }
                log = 2 * Math.log(root[i]);
                still = i > 1 && step[i] == step[i - 1] && standsStill();
                computedRows++;
            }
            logDeterminant += log;
        }
        return true;
    }

    /** {@code Σ log F}. */
    double logDeterminant() {
        return logDeterminant;
    }

    /** {@code Σ ∂F/F}. */
    double trace(int k) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += rootSlope[k][i];
        }
        return 2 * sum;
    }

    /** Rows whose gain had to be computed at the last update; the others repeat the one before. */
    int computedRows() {
        return computedRows;
    }

    private void repeat(int i) {
        root[i] = root[i - 1];
        System.arraycopy(gain, (i - 1) * r, gain, i * r, r);
        for (int k = 0; k < parameters; k++) {
            rootSlope[k][i] = rootSlope[k][i - 1];
            System.arraycopy(gainSlope[k], (i - 1) * r, gainSlope[k], i * r, r);
        }
    }

    private void predict(int s) {
        double[] swap = pBefore;
        pBefore = p;
        p = swap;
        double[][] slopes = pSlopeBefore;
        pSlopeBefore = pSlope;
        pSlope = slopes;
        space.steps[s].propagate(filtered, filteredSlope, p, pSlope);
    }

    private boolean standsStill() {
        if (!sameUpToRounding(p, pBefore)) {
            return false;
        }
        for (int k = 0; k < parameters; k++) {
            if (!sameUpToRounding(pSlope[k], pSlopeBefore[k])) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameUpToRounding(double[] a, double[] b) {
        double largest = 0;
        double moved = 0;
        for (int i = 0; i < a.length; i++) {
            largest = Math.max(largest, Math.abs(a[i]));
            moved = Math.max(moved, Math.abs(a[i] - b[i]));
        }
        return moved <= STILL * largest;
    }

    /** {@code m = Ph}, {@code F = hᵀm + noise}, {@code K = m/F}, {@code P ← P − Kmᵀ}, theory (59), and derivatives. */
    private boolean measure(int i) {
        double[] h = space.h;
        double f = space.noise;
        for (int a = 0; a < r; a++) {
            m[a] = row(p, a, h);
            f += h[a] * m[a];
        }
        if (!(f > 0)) {
            return false;
        }
        root[i] = Math.sqrt(f);
        for (int a = 0; a < r; a++) {
            gain[i * r + a] = m[a] / f;
        }
        for (int k = 0; k < parameters; k++) {
            measureSlope(i, k, f);
        }
        for (int a = 0; a < r; a++) {
            for (int b = 0; b <= a; b++) {
                double v = p[a * r + b] - m[a] * gain[i * r + b];
                filtered[a * r + b] = v;
                filtered[b * r + a] = v;
            }
        }
        return true;
    }

    private void measureSlope(int i, int k, double f) {
        double[] h = space.h;
        double[] hk = space.hSlope[k];
        double fk = space.noiseSlope[k];
        for (int a = 0; a < r; a++) {
            mSlope[a] = row(pSlope[k], a, h) + row(p, a, hk);
            fk += hk[a] * m[a] + h[a] * mSlope[a];
        }
        rootSlope[k][i] = fk / (2 * f);
        double[] kk = gainSlope[k];
        for (int a = 0; a < r; a++) {
            kk[i * r + a] = (mSlope[a] - gain[i * r + a] * fk) / f;
        }
        for (int a = 0; a < r; a++) {
            for (int b = 0; b <= a; b++) {
                double ka = gain[i * r + a];
                double kb = gain[i * r + b];
                // in this order it is exactly zero for a state that the row tells
                double v = pSlope[k][a * r + b] - mSlope[a] * kb - ka * mSlope[b] + ka * kb * fk;
                filteredSlope[k][a * r + b] = v;
                filteredSlope[k][b * r + a] = v;
            }
        }
    }

    /** Row a of a matrix times a column. */
    private double row(double[] matrix, int a, double[] column) {
        double sum = 0;
        for (int b = 0; b < r; b++) {
            sum += matrix[a * r + b] * column[b];
        }
        return sum;
    }
}
