package henderson.glmm.family;

import henderson.api.Link;

/**
 * {@code log(F(b) − F(a))}, {@code a < b} both a cut point minus η, with derivatives. It is written as {@code O + log(1 −
 * e^D)}, where O is the logarithm of the larger of the two, F(b), or 1 − F(a) in the upper half, and D what the smaller lacks
 * of it, so that nothing underflows in a tail (theory (107)). A workspace.
 */
final class OrdinalDensity {
    private static final double HALF = -Math.log(2);

    /** ℓ and three derivatives in η. */
    final double[] eta = new double[4];
    /** Derivatives of ℓ, ℓ′, ℓ″ in b. */
    final double[] upper = new double[3];
    /** Derivatives of ℓ, ℓ′, ℓ″ in a. */
    final double[] lower = new double[3];

    private final double[] outer = new double[4];
    private final double[] inner = new double[4];

    /** Infinite a or b: no cut point on that side. False where ℓ is no number. */
    boolean evaluate(Link link, double a, double b) {
        boolean first = a == Double.NEGATIVE_INFINITY;
        boolean last = b == Double.POSITIVE_INFINITY;
        clear();
        if (first || last) {
            if (first) {
                link.logMean(b, outer);
            } else {
                link.logComplement(a, outer);
            }
            alone(first ? upper : lower);
        } else {
            link.logMean(a, outer);
            if (outer[0] > HALF) {
                link.logComplement(a, outer);
                link.logComplement(b, inner);
                both(lower, upper);
            } else {
                System.arraycopy(outer, 0, inner, 0, 4);
                link.logMean(b, outer);
                both(upper, lower);
            }
        }
        return Math.abs(eta[0]) <= Double.MAX_VALUE;
    }

    private void clear() {
        for (int r = 0; r < 3; r++) {
            upper[r] = 0;
            lower[r] = 0;
        }
    }

    /** ℓ = O. */
    private void alone(double[] own) {
        eta[0] = outer[0];
        eta[1] = -outer[1];
        eta[2] = outer[2];
        eta[3] = -outer[3];
        own[0] = outer[1];
        own[1] = -outer[2];
        own[2] = outer[3];
    }

    /** ℓ = O + m(D), m(D) = log(1 − e^D). */
    private void both(double[] byOuter, double[] byInner) {
        double d = inner[0] - outer[0];
        alone(byOuter);
        if (d == Double.NEGATIVE_INFINITY) {
            return;
        }
        double d1 = outer[1] - inner[1];
        double d2 = inner[2] - outer[2];
        double d3 = outer[3] - inner[3];
        double q = 1 / Math.expm1(-d);
        double m2 = -q * (1 + q);
        double m3 = m2 * (1 + 2 * q);
        eta[0] += d > HALF ? Math.log(-Math.expm1(d)) : Math.log1p(-Math.exp(d));
        eta[1] += -q * d1;
        eta[2] += -q * d2 + m2 * d1 * d1;
        eta[3] += -q * d3 + 3 * m2 * d1 * d2 + m3 * d1 * d1 * d1;
        add(byOuter, -outer[1], outer[2], -outer[3], q, m2, m3, d1, d2);
        add(byInner, inner[1], -inner[2], inner[3], q, m2, m3, d1, d2);
    }

    /** Adds derivatives of m(D), m′D′, … in a cut point in which D, D′, D″ have the derivatives p, p1, p2. */
    private static void add(
            double[] to, double p, double p1, double p2, double q, double m2, double m3, double d1, double d2) {
        to[0] += -q * p;
        to[1] += m2 * p * d1 - q * p1;
        to[2] += m2 * p * d2 - q * p2 + m3 * p * d1 * d1 + 2 * m2 * d1 * p1;
    }
}
