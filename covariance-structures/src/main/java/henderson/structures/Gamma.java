package henderson.structures;

/** Incomplete gamma functions of whole numbers, {@code γ(a, y) = ∫ s^{a−1}e^{−s} ds} from 0 to y. */
final class Gamma {
    /** Above, recursion upwards keeps all digits; below, a series and recursion downwards do. */
    private static final double LARGE = 20;

    /** {@code y^a e^{−y}} counts as zero beyond. */
    private static final double FAR = 1500;

    private Gamma() {}

    /** {@code out_k ← γ(k + 1, y)}; relative accuracy a few units of rounding. */
    static void lower(double y, double[] out) {
        int last = out.length - 1;
        double tail = y > FAR ? 0 : Math.exp(-y);
        out[0] = -Math.expm1(-y);
        if (y > LARGE) {
            for (int k = 1; k <= last; k++) {
                tail *= y > FAR ? 0 : y; // y^k e^{−y}
                out[k] = k * out[k - 1] - tail;
            }
            return;
        }
        if (last == 0) {
            return;
        }
        double term = 1.0 / (last + 1);
        double sum = term;
        for (int n = 1; term > 0x1p-60 * sum; n++) {
            term *= y / (last + 1 + n);
            sum += term;
        }
        out[last] = Math.pow(y, last + 1) * tail * sum;
        for (int k = last; k > 1; k--) {
            out[k - 1] = (out[k] + Math.pow(y, k) * tail) / k;
        }
    }
}
