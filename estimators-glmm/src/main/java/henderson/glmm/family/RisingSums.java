package henderson.glmm.family;

/**
 * {@code S(α, y) = Σ_{j<y} log(1 + αj)} and {@code ∂S/∂α} for the distinct counts of a response, at one α; both are smooth at
 * α = 0. Few terms are added one by one, the rest comes from the Euler–Maclaurin formula (theory (102), (103)). Immutable.
 */
final class RisingSums {
    /** Up to so many terms are added one by one. */
    private static final double FEW = 20;
    /** The formula is exact from {@code 1/α + j} on. */
    private static final double FAR = 20;

    final double alpha;
    /** S by distinct count. */
    final double[] sum;
    /** ∂S/∂α by distinct count. */
    final double[] slope;

    RisingSums(double alpha, double[] counts) {
        this.alpha = alpha;
        this.sum = new double[counts.length];
        this.slope = new double[counts.length];
        for (int k = 0; k < counts.length; k++) {
            add(counts[k], k);
        }
    }

    private void add(double y, int k) {
        double direct = y <= FEW ? y : Math.min(y, Math.max(0, Math.ceil(FAR - 1 / alpha)));
        double s = 0;
        double d = 0;
        for (int j = 1; j < direct; j++) {
            s += Math.log1p(alpha * j);
            d += j / (1 + alpha * j);
        }
        if (direct < y) {
            s += primitive(y) - primitive(direct) - (Math.log1p(alpha * y) - Math.log1p(alpha * direct)) / 2;
            d += primitiveSlope(y) - primitiveSlope(direct) - (y * share(y) - direct * share(direct)) / 2;
            s += correction(alpha * share(y)) - correction(alpha * share(direct));
            d += correctionSlope(alpha * share(y)) * share(y) * share(y)
                    - correctionSlope(alpha * share(direct)) * share(direct) * share(direct);
        }
        sum[k] = s;
        slope[k] = d;
    }

    private double share(double x) {
        return 1 / (1 + alpha * x);
    }

    /** {@code ∫₀ˣ log(1 + αt) dt}. */
    private double primitive(double x) {
        double u = alpha * x;
        return u < 1e-8 ? x * u / 2 * (1 - u / 3) : (Numbers.log1pmx(u) + u * Math.log1p(u)) / alpha;
    }

    /** {@code ∫₀ˣ t/(1 + αt) dt}. */
    private double primitiveSlope(double x) {
        double u = alpha * x;
        return u < 1e-8 ? x * x / 2 * (1 - 2 * u / 3) : -Numbers.log1pmx(u) / alpha / alpha;
    }

    private static double correction(double w) {
        double w2 = w * w;
        return w * (1.0 / 12 + w2 * (-1.0 / 360 + w2 * (1.0 / 1260 + w2 * (-1.0 / 1680 + w2 / 1188))));
    }

    private static double correctionSlope(double w) {
        double w2 = w * w;
        return 1.0 / 12 + w2 * (-3.0 / 360 + w2 * (5.0 / 1260 + w2 * (-7.0 / 1680 + w2 * 9 / 1188)));
    }
}
