package henderson.structures;

/**
 * Autocorrelations of an ARMA(p, q) process by lag, from those of its autoregressive part ξ: {@code r(h) = Σ_d c_d
 * r_ξ(|h + d|)/g}, {@code c_d = Σ_l θ_l θ_{l+d}}, {@code g} the same at h = 0, theory (57).
 */
final class ArmaCorrelations {
    private final int p;
    private final int q;
    private final int lags;
    private final PartialAutocorrelations ar;
    private final PartialAutocorrelations ma;
    /** θ_0 = 1, θ_1, …, θ_q. */
    private final double[] theta;
    /** Correlations of ξ up to lag {@code lags + q}. */
    private final double[] xi;

    private final double[] all;
    private final double g;

    /** At the coordinates {@code (scale, p partials, q partials)}, for lags 0 … {@code lags}. */
    ArmaCorrelations(int p, int q, double[] tau, int lags) {
        this.p = p;
        this.q = q;
        this.lags = lags;
        this.ar = new PartialAutocorrelations(p, 1);
        this.ma = new PartialAutocorrelations(q, -1);
        ar.update(tau, 1);
        ma.update(tau, 1 + p);
        this.theta = new double[q + 1];
        theta[0] = 1;
        for (int l = 0; l < q; l++) {
            theta[l + 1] = -ma.phi[l];
        }
        this.xi = new double[lags + q + 1];
        ar.correlations(lags + q, xi);
        double[] products = products(theta, theta);
        this.all = combine(products, xi);
        this.g = all[0];
        for (int h = 0; h <= lags; h++) {
            all[h] /= g;
        }
        all[0] = 1;
    }

    /** {@code out_{d+q} = Σ_l a_l b_{l+d}}, d from −q to q. */
    private double[] products(double[] a, double[] b) {
        double[] out = new double[2 * q + 1];
        for (int d = -q; d <= q; d++) {
            for (int l = Math.max(0, -d); l <= Math.min(q, q - d); l++) {
                out[d + q] += a[l] * b[l + d];
            }
        }
        return out;
    }

    /** {@code out_h = Σ_d c_d x_{|h + d|}}. */
    private double[] combine(double[] c, double[] x) {
        double[] out = new double[lags + 1];
        for (int h = 0; h <= lags; h++) {
            for (int d = -q; d <= q; d++) {
                out[h] += c[d + q] * x[Math.abs(h + d)];
            }
        }
        return out;
    }

    double phi(int k) {
        return ar.phi[k];
    }

    double theta(int k) {
        return theta[k + 1];
    }

    /** r(h), h from 0. */
    double[] all() {
        return all;
    }

    /** ∂r(h)/∂τ of correlation coordinate k, the autoregressive ones first. */
    double[] slopes(int k) {
        double[] c;
        double[] x;
        if (k < p) {
            c = products(theta, theta);
            x = new double[xi.length];
            ar.correlationSlopes(k, xi.length - 1, xi, x);
        } else {
            double[] slope = new double[q + 1];
            for (int l = 0; l < q; l++) {
                slope[l + 1] = -ma.phiSlope[k - p][l];
            }
            c = products(theta, slope);
            double[] mirrored = products(slope, theta);
            for (int d = 0; d < c.length; d++) {
                c[d] += mirrored[d];
            }
            x = xi;
        }
        double[] out = combine(c, x);
        double first = out[0];
        for (int h = 0; h <= lags; h++) {
            out[h] = (out[h] - all[h] * first) / g;
        }
        return out;
    }
}
