package henderson.structures;

import henderson.api.Whitening;

/**
 * Whitening of {@code θ²r(|s − t|)} by {@code C⁻¹} itself: for consecutive times by Durbin and Levinson's recursion, n² for a
 * pattern, otherwise by Cholesky's. {@code Q_k = C⁻¹ ∂R C⁻ᵀ} is applied factor by factor, with ∂R read from the slopes of
 * the correlations; its trace sums {@code R⁻¹} by lag, theory (68), (69).
 */
final class LagWhitening implements Whitening {
    private final Lags.Table table;
    /** Whether the coordinates give the recursion's partials themselves. */
    private final boolean partial;

    private final int n;
    private final int parameters;
    /** Slot of each pair, n × n. */
    private final int[] slot;
    /** Whether the times are t, t + 1, t + 2, … */
    private final boolean consecutive;
    /** C⁻¹ at θ = 1, lower triangular, n × n. */
    private final double[] w;
    /** Sum of {@code R⁻¹} over the pairs of each slot, at θ = 1. */
    private final double[] sums;
    /** Coefficients of the last and the next prediction, n. */
    private final double[] phi;

    private final double[] before;
    private double scale;
    private double logDeterminant;

    LagWhitening(Lags lags, Times times, int[] at) {
        this.table = lags.table();
        this.partial = lags.isPartial();
        this.parameters = lags.size();
        this.n = at.length;
        this.slot = new int[n * n];
        boolean next = true;
        for (int i = 0; i < n; i++) {
            next &= i == 0 || times.at(at[i]) - times.at(at[i - 1]) == 1;
            for (int j = 0; j < n; j++) {
                slot[i * n + j] = lags.slot(times.distance(at[i], at[j]));
            }
        }
        this.consecutive = next;
        this.w = new double[n * n];
        this.sums = new double[parameters + 1];
        this.phi = new double[n];
        this.before = new double[n];
    }

    @Override
    public boolean update(double[] tau) {
        scale = tau[0];
        if (!(Math.abs(scale) > 0)) {
            return false;
        }
        table.update(tau);
        // doubled: determinant of the matrix, not of its factor
        logDeterminant = 2 * n * Math.log(Math.abs(scale));
        java.util.Arrays.fill(sums, 0);
        if (consecutive) {
            return levinson();
        }
        if (!cholesky()) {
            return false;
        }
        invert();
        sumInverse();
        return true;
    }

    /** Rows of C⁻¹ are {@code (1, −φ)/√v} of predictions of growing order. */
    private boolean levinson() {
        double v = 1;
        for (int i = 0; i < n; i++) {
            if (i > 0) {
                double s = partial ? table.partial(i - 1) : nextPartial(i, v);
                System.arraycopy(phi, 0, before, 0, i - 1);
                for (int j = 0; j < i - 1; j++) {
                    phi[j] = before[j] - s * before[i - 2 - j];
                }
                phi[i - 1] = s;
                v *= partial ? table.unexplained(i - 1) : (1 - s) * (1 + s);
            }
            if (!(v > 0)) {
                return false;
            }
            double root = Math.sqrt(v);
            w[i * n + i] = 1 / root;
            for (int j = 0; j < i; j++) {
                w[i * n + j] = -phi[i - 1 - j] / root;
            }
            logDeterminant += Math.log(v);
        }
        sumInverse(v);
        return true;
    }

    /** {@code (r_i − Σ φ_j r_{i−j})/v}. */
    private double nextPartial(int i, double v) {
        double sum = table.at(slot[i * n]);
        for (int j = 0; j < i - 1; j++) {
            sum -= phi[j] * table.at(slot[i * n + j + 1]);
        }
        return sum / v;
    }

    /** Twice {@code Σ_j (n − h − 2j)a_j a_{j+h}/v} for lag h, a the last prediction's error filter. */
    private void sumInverse(double v) {
        for (int h = 0; h < n; h++) {
            double sum = 0;
            for (int j = 0; j + h < n; j++) {
                sum += (n - h - 2 * j) * filter(j) * filter(j + h);
            }
            int s = slot[h * n];
            if (s >= 0) {
                sums[s] = (h == 0 ? 1 : 2) * sum / v;
            }
        }
    }

    private double filter(int j) {
        return j == 0 ? 1 : -phi[j - 1];
    }

    /** {@code w ← C}. */
    private boolean cholesky() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = table.at(slot[i * n + j]);
                for (int k = 0; k < j; k++) {
                    sum -= w[i * n + k] * w[j * n + k];
                }
                if (i > j) {
                    w[i * n + j] = sum / w[j * n + j];
                } else if (sum > 0) {
                    w[i * n + i] = Math.sqrt(sum);
                    logDeterminant += Math.log(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }

    /** {@code w ← w⁻¹}, column by column. */
    private void invert() {
        for (int j = 0; j < n; j++) {
            w[j * n + j] = 1 / w[j * n + j];
            for (int i = j + 1; i < n; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += w[i * n + k] * w[k * n + j];
                }
                before[i] = -sum / w[i * n + i]; // the diagonal is not inverted yet below j
                w[i * n + j] = before[i];
            }
        }
    }

    private void sumInverse() {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                int s = slot[i * n + j];
                if (s < 0) {
                    continue;
                }
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += w[k * n + i] * w[k * n + j];
                }
                sums[s] += (i == j ? 1 : 2) * sum;
            }
        }
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public double traceQ(int k) {
        if (k == 0) {
            return 2 * n / scale;
        }
        double sum = 0;
        for (int s = 1; s < sums.length; s++) {
            sum += table.slope(k - 1, s) * sums[s];
        }
        return sum;
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        if (k == 0) {
            for (int i = offset; i < offset + n * columns; i++) {
                out[i] = 2 / scale * x[i];
            }
            return;
        }
        double[] u = Scratch.zeros(n * columns);
        System.arraycopy(x, offset, u, 0, n * columns);
        Triangular.multiplyTransposed(w, n, u, 0, columns);
        for (int i = 0; i < n; i++) {
            int to = offset + i * columns;
            java.util.Arrays.fill(out, to, to + columns, 0);
            for (int j = 0; j < n; j++) {
                double slope = i == j ? 0 : table.slope(k - 1, slot[i * n + j]);
                for (int c = 0; c < columns && slope != 0; c++) {
                    out[to + c] += slope * u[j * columns + c];
                }
            }
        }
        Triangular.multiply(w, n, out, offset, columns);
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        Triangular.multiply(w, n, x, offset, columns);
        rescale(1 / scale, x, offset, columns);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        Triangular.solve(w, n, x, offset, columns);
        rescale(scale, x, offset, columns);
    }

    @Override
    public boolean transposes() {
        return true;
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        Triangular.multiplyTransposed(w, n, x, offset, columns);
        rescale(1 / scale, x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        Triangular.solveTransposed(w, n, x, offset, columns);
        rescale(scale, x, offset, columns);
    }

    private void rescale(double by, double[] x, int offset, int columns) {
        for (int i = offset; i < offset + n * columns; i++) {
            x[i] *= by;
        }
    }
}
