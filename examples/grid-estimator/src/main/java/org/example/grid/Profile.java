package org.example.grid;

import henderson.api.Criterion;

/**
 * The profiled −2 log-likelihood of a model with one random effect per level, and its first two derivatives, at
 * {@code λ = var(b)/σ²}. {@code A(λ) = [X y]ᵀV⁻¹[X y] = Σwmmᵀ − Σ_g λ/(1 + N_gλ) s_g s_gᵀ}, and with {@code r} the Schur
 * complement of y in A and D = n (under REML n − p):
 *
 * <pre>d(λ) = Σ_g log(1 + N_gλ) + D(1 + log(2πr/D)) (+ log|XᵀV⁻¹X|) − Σ log w</pre>
 */
final class Profile {
    final double lambda;
    final double value;
    final double first;
    final double second;
    final double sigma2;
    /** {@code β̂}, p. */
    final double[] beta;
    /** {@code (XᵀV⁻¹X)⁻¹}, p × p. */
    final double[][] inverse;
    /** {@code r′}, D and others: what the joint Hessian in (λ, σ²) is made of. */
    private final double rFirst;

    private final double rSecond;
    private final double rest;
    private final double degrees;

    Profile(Sums sums, Criterion criterion, double lambda) {
        this.lambda = lambda;
        int p = sums.p;
        double[][][] a = {matrix(sums, lambda, 0), matrix(sums, lambda, 1), matrix(sums, lambda, 2)};
        inverse = Small.inverse(a[0], p);
        beta = new double[p];
        double[] u = new double[p + 1]; // (−β, 1)
        u[p] = 1;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                beta[i] += inverse[i][j] * a[0][j][p];
            }
            u[i] = -beta[i];
        }
        double r = Small.product(u, a[0], u);
        rFirst = Small.product(u, a[1], u);
        double[] turned = Small.times(a[1], u);
        rSecond = Small.product(u, a[2], u) - 2 * Small.product(turned, inverse, turned);
        double log = -sums.logWeights;
        double slope = 0;
        double bend = 0;
        for (double size : sums.size) {
            double t = 1 + size * lambda;
            log += Math.log1p(size * lambda);
            slope += size / t;
            bend -= size / t * (size / t);
        }
        if (criterion == Criterion.REML) {
            log -= Small.logDeterminant(inverse);
            slope += Small.trace(inverse, a[1]);
            bend += Small.trace(inverse, a[2]) - Small.traceOfSquare(inverse, a[1]);
        }
        degrees = criterion == Criterion.REML ? sums.n - p : sums.n;
        sigma2 = r / degrees;
        value = log + degrees * (1 + Math.log(2 * Math.PI * sigma2));
        first = slope + rFirst / sigma2;
        second = bend + rSecond / sigma2 - rFirst / sigma2 * (rFirst / sigma2) / degrees;
        rest = bend;
    }

    /** {@code A}, {@code A′} or {@code A″}. */
    private static double[][] matrix(Sums sums, double lambda, int derivative) {
        int m = sums.p + 1;
        double[][] out = new double[m][m];
        for (int i = 0; i < m && derivative == 0; i++) {
            out[i] = sums.all[i].clone();
        }
        for (int g = 0; g < sums.size.length; g++) {
            double t = 1 + sums.size[g] * lambda;
            double c = derivative == 0 ? lambda / t : derivative == 1 ? 1 / (t * t) : -2 * sums.size[g] / (t * t * t);
            double[] s = sums.level[g];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < m; j++) {
                    out[i][j] -= c * s[i] * s[j];
                }
            }
        }
        return out;
    }

    /** {@code ½d′²/d″}: how far d may still fall. */
    double decrement() {
        return first * first / (2 * Math.abs(second));
    }

    /** Curvature in log λ, free of units; below rounding of d the likelihood is flat. */
    int sign() {
        double curvature = second * lambda * lambda;
        return Math.abs(curvature) <= 1e-10 ? 0 : curvature > 0 ? 1 : -1;
    }

    /** Covariance of the estimates of (var(b), σ²) by the observed information, 2 × 2; NaN for var(b) at zero. */
    double[][] covariance() {
        double ofSigma2 = 2 * sigma2 * sigma2 / degrees;
        if (lambda == 0) {
            return new double[][] {{Double.NaN, Double.NaN}, {Double.NaN, ofSigma2}};
        }
        double ll = rest + rSecond / sigma2;
        double ls = -rFirst / (sigma2 * sigma2);
        double ss = degrees / (sigma2 * sigma2);
        double determinant = (ll * ss - ls * ls) / 2; // the Hessian of d is twice the information
        double[][] c = {{ss / determinant, -ls / determinant}, {-ls / determinant, ll / determinant}};
        double variance = sigma2 * sigma2 * c[0][0] + 2 * sigma2 * lambda * c[0][1] + lambda * lambda * c[1][1];
        double between = sigma2 * c[0][1] + lambda * c[1][1];
        return new double[][] {{variance, between}, {between, c[1][1]}};
    }
}
