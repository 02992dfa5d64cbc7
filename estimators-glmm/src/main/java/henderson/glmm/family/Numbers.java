package henderson.glmm.family;

/** Functions that keep their digits where the textbook formula loses them. */
final class Numbers {
    private static final double LOG_TWO_PI = Math.log(2 * Math.PI);

    private Numbers() {}

    /** {@code log(1 + t)}, 0 ≤ t ≤ 1, to a few roundings and without the slow call of the library. */
    static double log1p(double t) {
        double u = 1 + t;
        return u == 1 ? t : Math.log(u) * t / (u - 1);
    }

    /** {@code log(1 + x) − x} (theory (115)). */
    static double log1pmx(double x) {
        if (Math.abs(x) > 0.4) {
            return Math.log1p(x) - x;
        }
        double s = x / (2 + x);
        double square = s * s;
        double power = 1;
        double sum = 1.0 / 3;
        for (int k = 1; k < 15; k++) {
            power *= square;
            sum += power / (2 * k + 3);
        }
        return -s * x + 2 * s * square * sum;
    }

    /** {@code log(1 + u)/u}, u ≥ 0. */
    static double log1pOver(double u) {
        return u == 0 ? 1 : Math.log1p(u) / u;
    }

    /** {@code (u/(1 + u) − log(1 + u))/u²}, the derivative of {@link #log1pOver}, u ≥ 0. */
    static double log1pOverSlope(double u) {
        if (u < 1e-8) {
            return -0.5 + 2 * u / 3;
        }
        return u > 1 ? (u / (1 + u) - Math.log1p(u)) / u / u : -1 / (1 + u) - log1pmx(u) / (u * u);
    }

    /** {@code log Γ(k) − (k − ½) log k + k − ½ log 2π}, k &gt; 0: what Stirling's formula lacks. */
    static double stirling(double k) {
        double sum = 0;
        double x = k;
        for (; x < 12; x++) {
            sum += (x + 0.5) * Math.log1p(1 / x) - 1;
        }
        double w = 1 / x;
        double w2 = w * w;
        double series = 1.0 / 1188 - w2 * 691 / 360_360;
        series = -1.0 / 1680 + w2 * series;
        series = 1.0 / 1260 + w2 * series;
        series = -1.0 / 360 + w2 * series;
        return sum + w * (1.0 / 12 + w2 * series);
    }

    /** The derivative of {@link #stirling}: {@code ψ(k) − log k + 1/(2k)}. */
    static double stirlingSlope(double k) {
        double sum = 0;
        double x = k;
        for (; x < 12; x++) {
            sum += Math.log1p(1 / x) - (x + 0.5) / (x * (x + 1));
        }
        double w = 1 / x;
        double w2 = w * w;
        double series = -9.0 / 1188 + w2 * 11 * 691 / 360_360;
        series = 7.0 / 1680 + w2 * series;
        series = -5.0 / 1260 + w2 * series;
        series = 3.0 / 360 + w2 * series;
        return sum + w2 * (-1.0 / 12 + w2 * series);
    }

    /** {@code log Γ(x)}, x &gt; 0. */
    static double logGamma(double x) {
        if (x == 1 || x == 2) {
            return 0;
        }
        return (x - 0.5) * Math.log(x) - x + LOG_TWO_PI / 2 + stirling(x);
    }

    /** {@code log n!}. */
    static double logFactorial(double n) {
        return n < 2 ? 0 : logGamma(n + 1);
    }

    /** {@code log(n over k)}, 0 ≤ k ≤ n, any real numbers. */
    static double logChoose(double n, double k) {
        if (k == 0 || k == n) {
            return 0;
        }
        return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
    }

    /** {@code y log(y/μ) − y + μ}, y ≥ 0, μ &gt; 0: half a Poisson deviance. */
    static double relative(double y, double mu) {
        double ratio = mu / y;
        if (y == 0) {
            return mu;
        }
        return ratio < 0.6 || ratio > 1.4 ? y * (ratio - 1 - Math.log(ratio)) : Math.max(0, -y * log1pmx(ratio - 1));
    }

    /** {@code ∫₀ᵘ t^{−1/3} (1 − t)^{−1/3} dt}, 0 ≤ u ≤ 1; by its series in the lower half, by symmetry in the upper. */
    static double cubeRootBeta(double u) {
        return u <= 0.5 ? lowerCubeRootBeta(u) : 2 * lowerCubeRootBeta(0.5) - lowerCubeRootBeta(1 - u);
    }

    private static double lowerCubeRootBeta(double u) {
        double power = Math.cbrt(u) * Math.cbrt(u); // Σ (1/3)_k/k! u^{k + 2/3}/(k + 2/3)
        double sum = 0;
        for (int k = 0; power > 1e-18; k++) {
            sum += power / (k + 2.0 / 3);
            power *= u * (k + 1.0 / 3) / (k + 1);
        }
        return sum;
    }

    /** {@code y^{2/3}}. */
    static double twoThirds(double y) {
        double root = Math.cbrt(y);
        return root * root;
    }
}
