package henderson.structures;

/**
 * Durbin and Levinson's recursion from partial autocorrelations {@code s_k = ± sin τ_k} to coefficients and
 * autocorrelations, with their derivatives, theory (55), (56).
 */
final class PartialAutocorrelations {
    private final int p;
    private final int sign;
    /** φ, p. */
    final double[] phi;
    /** ∂φ_j/∂τ_k, row k, p × p. */
    final double[][] phiSlope;
    /** Autocorrelations of lags 0 … p. */
    final double[] r;
    /** ∂r_h/∂τ_k, row k, p × (p + 1). */
    final double[][] rSlope;
    /** Innovation variance {@code v = Π cos²τ_k}. */
    double v;
    /** ∂v/∂τ_k, p. */
    final double[] vSlope;

    private final double[] before;

    /**
     * For p coordinates.
     *
     * @param sign 1, or −1 for the mirrored recursion of a moving average, in which coefficients after a unit root still
     *     count
     */
    PartialAutocorrelations(int p, int sign) {
        this.p = p;
        this.sign = sign;
        this.phi = new double[p];
        this.phiSlope = new double[p][p];
        this.r = new double[p + 1];
        this.rSlope = new double[p][p + 1];
        this.vSlope = new double[p];
        this.before = new double[p];
    }

    /** From {@code tau[from] … tau[from + p − 1]}. */
    void update(double[] tau, int from) {
        v = 1;
        r[0] = 1;
        for (int k = 0; k < p; k++) {
            boolean idle = v == 0 && sign > 0; // past a perfect prediction, partials have no meaning
            double s = idle ? 0 : sign * Math.sin(tau[from + k]);
            double c = idle ? 0 : Angles.cos(tau[from + k]);
            correlation(k, s, sign * c);
            for (int m = 0; m < k; m++) {
                extend(phiSlope[m], k, s);
                phiSlope[m][k] = 0;
                vSlope[m] *= c * c;
            }
            for (int j = 0; j < k; j++) {
                phiSlope[k][j] = -sign * c * phi[k - 1 - j];
            }
            phiSlope[k][k] = sign * c;
            vSlope[k] = -2 * v * sign * s * c;
            extend(phi, k, s);
            phi[k] = s;
            v *= c * c;
        }
    }

    /** {@code a_j ← a_j − s a_{k−1−j}}, j < k. */
    private void extend(double[] a, int k, double s) {
        System.arraycopy(a, 0, before, 0, k);
        for (int j = 0; j < k; j++) {
            a[j] = before[j] - s * before[k - 1 - j];
        }
    }

    /** {@code r_{k+1} = Σ φ_j r_{k+1−j} + s v}, φ and v of order k. */
    private void correlation(int k, double s, double c) {
        double sum = s * v;
        for (int j = 0; j < k; j++) {
            sum += phi[j] * r[k - j];
        }
        r[k + 1] = sum;
        for (int m = 0; m < p; m++) {
            double slope = m == k ? c * v : m < k ? s * vSlope[m] : 0;
            for (int j = 0; j < k && m < k; j++) {
                slope += phiSlope[m][j] * r[k - j] + phi[j] * rSlope[m][k - j];
            }
            rSlope[m][k + 1] = slope;
        }
    }

    /** {@code out_h ← r_h}, h from 0 to {@code lags}, by {@code r_h = Σ φ_j r_{h−j}} beyond p. */
    void correlations(int lags, double[] out) {
        System.arraycopy(r, 0, out, 0, Math.min(p, lags) + 1);
        for (int h = p + 1; h <= lags; h++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += phi[j] * out[h - 1 - j];
            }
            out[h] = sum;
        }
    }

    /** {@code out_h ← ∂r_h/∂τ_k}, given {@code all} correlations up to {@code lags}. */
    void correlationSlopes(int k, int lags, double[] all, double[] out) {
        System.arraycopy(rSlope[k], 0, out, 0, Math.min(p, lags) + 1);
        for (int h = p + 1; h <= lags; h++) {
            double sum = 0;
            for (int j = 0; j < p; j++) {
                sum += phiSlope[k][j] * all[h - 1 - j] + phi[j] * out[h - 1 - j];
            }
            out[h] = sum;
        }
    }
}
