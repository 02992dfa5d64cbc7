package henderson.glmm.family;

import henderson.api.Link;

/**
 * With the logit link: one exponential and one logarithm a row, none of the link's calls. Rows are turned so that what they
 * mostly are is a success: with s = ±1, h of the more frequent outcome, m of the other, {@code t = e^{−sη}}, {@code w = 1/(1 +
 * t)}, {@code r = tw} it is {@code ℓ = log(n over k) − m sη − n log(1 + t)}, {@code ℓ′ = s(hr − mw)}, {@code ℓ″ = −nrw},
 * {@code ℓ‴ = s nrw(w − r)}.
 */
final class BinomialLogit extends BoundBinomial {
    /** Products are taken so far. */
    private static final double LARGE = 1e9;
    /** Rows that are worked on at a time. */
    private static final int BLOCK = 512;
    /** Fewer rows are taken one by one. */
    private static final int FEW = 40;

    /** The same where no exponential lies between: 10¹³⁰ times as much is a number still. */
    private static final double HUGE = 1e150;
    /** Predictors and shifts whose exponentials may be multiplied. */
    private static final double MODEST = 150;
    /** Rows of which none is larger if all together are not. */
    private static final int TOGETHER = 64;

    private static final ThreadLocal<Work> WORK = ThreadLocal.withInitial(Work::new);

    /** s, n. */
    private final double[] sign;
    /** h, n. */
    private final double[] hit;
    /** m, n. */
    private final double[] miss;
    /** Whether each row is one trial. */
    private final boolean single;

    BinomialLogit(Successes data, Link link) {
        super(data, link);
        this.sign = new double[k.length];
        this.hit = new double[k.length];
        this.miss = new double[k.length];
        boolean one = true;
        for (int i = 0; i < k.length; i++) {
            sign[i] = k[i] >= f[i] ? 1 : -1;
            hit[i] = Math.max(k[i], f[i]);
            miss[i] = Math.min(k[i], f[i]);
            one &= hit[i] == 1 && miss[i] == 0 && constant[i] == 0;
        }
        this.single = one;
    }

    /** What a block is worked on in. */
    private static final class Work {
        private final double[] turned = new double[BLOCK];
        private final double[] odds = new double[BLOCK];
        private final double[] near = new double[BLOCK];
        private final double[] log = new double[BLOCK];
        private final double[] first = new double[BLOCK];
        private final double[] second = new double[BLOCK];
        private final double[] third = new double[BLOCK];
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        return densities(from, to, eta, order, true, out);
    }

    @Override
    public boolean derivatives(int from, int to, double[] eta, double[] phi, double[] out) {
        return densities(from, to, eta, 3, false, out);
    }

    /** {@code ℓ⁗ = ℓ″(1 + 6ℓ″/n)}. */
    @Override
    public boolean fourthDerivatives(int from, int to, double[] eta, double[] phi, double[] density, double[] out) {
        int second = 2 * eta.length;
        for (int i = from; i < to; i++) {
            double trials = hit[i] + miss[i];
            double w = density[second + i];
            out[i - from] = trials > 0 ? w * (1 + 6 * w / trials) : 0;
        }
        return true;
    }

    /** {@code −|ℓ′|(1 − |ℓ′|)} of one trial. */
    @Override
    public boolean secondDerivatives(int from, int to, double[] first, double[] out) {
        for (int i = 0; i < to - from && single; i++) {
            double size = Math.abs(first[i]);
            out[i] = -(size * (1 - size));
        }
        return single;
    }

    private boolean densities(int from, int to, double[] eta, int order, boolean values, double[] out) {
        if (to - from < FEW) {
            return oneByOne(from, to, eta, order, out);
        }
        Work work = WORK.get();
        boolean possible = true;
        for (int at = from; at < to; at += BLOCK) {
            int count = Math.min(BLOCK, to - at);
            if (ArrayMath.moderate(eta, at, count)) {
                block(work, at, count, eta, order, values, out);
            } else {
                possible &= oneByOne(at, at + count, eta, order, out);
            }
        }
        return possible;
    }

    private void block(Work work, int at, int count, double[] eta, int order, boolean values, double[] out) {
        turn(work, at, count, eta);
        if (values) {
            ArrayMath.logOnePlus(work.odds, work.near, count, work.log, work.first, work.second, work.third);
            value(work, at, count, out);
        }
        if (order > 0) {
            slopes(work, at, count, out, eta.length);
        }
        if (order > 1) {
            curvatures(work, at, count, out, 2 * eta.length);
        }
        if (order > 2) {
            turns(work, at, count, out, 3 * eta.length);
        }
    }

    /** {@code −sη}, t and w of a block. */
    private void turn(Work work, int at, int count, double[] eta) {
        double[] turned = work.turned;
        for (int i = 0; i < count; i++) {
            turned[i] = -(sign[at + i] * eta[at + i]);
        }
        double[] odds = work.odds;
        ArrayMath.exp(turned, count, odds, work.first, work.second);
        double[] near = work.near;
        for (int i = 0; i < count; i++) {
            near[i] = 1 / (1 + odds[i]);
        }
    }

    private void value(Work work, int at, int count, double[] out) {
        double[] log = work.log;
        double[] turned = work.turned;
        if (single) {
            for (int i = 0; i < count; i++) {
                out[at + i] = -log[i];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[at + i] = constant[at + i] + miss[at + i] * turned[i] - (hit[at + i] + miss[at + i]) * log[i];
        }
    }

    private void slopes(Work work, int at, int count, double[] out, int to) {
        double[] odds = work.odds;
        double[] near = work.near;
        if (single) {
            for (int i = 0; i < count; i++) {
                out[to + at + i] = sign[at + i] * (odds[i] * near[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + at + i] = sign[at + i] * (hit[at + i] * (odds[i] * near[i]) - miss[at + i] * near[i]);
        }
    }

    private void curvatures(Work work, int at, int count, double[] out, int to) {
        double[] odds = work.odds;
        double[] near = work.near;
        if (single) {
            for (int i = 0; i < count; i++) {
                out[to + at + i] = -(odds[i] * near[i] * near[i]);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            out[to + at + i] = -(odds[i] * near[i] * near[i]) * (hit[at + i] + miss[at + i]);
        }
    }

    private void turns(Work work, int at, int count, double[] out, int to) {
        double[] odds = work.odds;
        double[] near = work.near;
        if (single) {
            for (int i = 0; i < count; i++) {
                double rare = odds[i] * near[i];
                out[to + at + i] = sign[at + i] * (rare * near[i]) * (near[i] - rare);
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            double rare = odds[i] * near[i];
            out[to + at + i] = sign[at + i] * (rare * near[i]) * (hit[at + i] + miss[at + i]) * (near[i] - rare);
        }
    }

    /** {@code e^−(η + shift)} as a product, and one logarithm for a run and shift. */
    @Override
    public boolean shiftedSums(
            int[] first,
            int from,
            int to,
            double[] eta,
            double[] shift,
            int shifts,
            double[] sums,
            double[] slopes,
            double[] out,
            int stride) {
        int base = first[from];
        int count = (to - from) * shifts;
        if (!single || !modest(shift, 0, count) || !modest(eta, base, first[to] - base)) {
            return false;
        }
        Work work = WORK.get();
        for (int k = 0; k < count; k++) {
            sums[k] = 0;
            slopes[k] = 0;
        }
        int run = from;
        for (int at = base; at < first[to]; at += BLOCK) {
            int end = Math.min(at + BLOCK, first[to]);
            for (int i = at; i < end; i++) {
                work.turned[i - at] = -eta[i];
            }
            ArrayMath.exp(work.turned, end - at, work.odds, work.first, work.second);
            for (; run < to && first[run] < end; run++) {
                int begin = Math.max(at, first[run]);
                int stop = Math.min(end, first[run + 1]);
                addShifted(
                        work,
                        at,
                        begin,
                        stop,
                        (run - from) * shifts,
                        eta,
                        shift,
                        shifts,
                        sums,
                        slopes,
                        out,
                        stride,
                        base);
                if (first[run + 1] > end) {
                    break; // the rest of its rows are in the next block
                }
            }
        }
        return true;
    }

    private static boolean modest(double[] x, int from, int count) {
        boolean out = true;
        for (int at = from; at < from + count; at += TOGETHER) {
            out &= ArrayMath.within(MODEST, x, at, Math.min(TOGETHER, from + count - at));
        }
        return out;
    }

    /** Rows {@code begin ≤ i < stop} of a run, at all of its shifts. */
    private void addShifted(
            Work work,
            int at,
            int begin,
            int stop,
            int place,
            double[] eta,
            double[] shift,
            int shifts,
            double[] sums,
            double[] slopes,
            double[] out,
            int stride,
            int base) {
        double[] odds = work.odds;
        double against = 0;
        double failures = 0;
        for (int i = begin; i < stop; i++) {
            against += f[i] * eta[i];
            failures += f[i];
        }
        for (int j = 0; j < shifts; j++) {
            double by = shift[place + j];
            double factor = Math.exp(-by);
            double product = 1;
            double log = 0;
            double slope = 0;
            int to = j * stride - base;
            for (int i = begin; i < stop; i++) {
                double t = odds[i - at] * factor;
                double whole = 1 + t;
                double w = 1 / whole;
                double own = k[i] * (t * w) - f[i] * w;
                product *= whole;
                if (product > HUGE) {
                    log += Math.log(product);
                    product = 1;
                }
                out[to + i] = own;
                slope += own;
            }
            sums[place + j] -= log + Math.log(product) + (against + failures * by);
            slopes[place + j] += slope;
        }
    }

    /** For any predictors, however large. */
    private boolean oneByOne(int from, int to, double[] eta, int order, double[] out) {
        int n = eta.length;
        boolean finite = true;
        for (int i = from; i < to; i++) {
            double e = sign[i] * eta[i];
            double size = Math.abs(e);
            finite &= size <= Double.MAX_VALUE;
            double tail = Math.exp(-size);
            double side = Math.copySign(1, e);
            double all = hit[i] + miss[i];
            double lean = side * (hit[i] - miss[i]);
            double agree = (all + lean) / 2; // what tells for the sign of η, and against it; a branch costs more
            double far = (all - lean) / 2;
            double sum = 1 + tail;
            double near = 1 / sum;
            double log = Math.log(sum) + (tail - (sum - 1)) * near; // log(1 + tail), what rounding took given back
            out[i] = constant[i] - far * size - all * log;
            if (order > 0) {
                double rare = tail * near;
                double turn = sign[i] * side;
                out[n + i] = turn * (agree * rare - far * near);
                if (order > 1) {
                    double variance = all * rare * near;
                    out[2 * n + i] = -variance;
                    if (order > 2) {
                        out[3 * n + i] = turn * variance * (near - rare);
                    }
                }
            }
        }
        return finite;
    }

    /** One logarithm for the product of {@code 1 + e^−|η|} over rows that count once. */
    @Override
    public double sumOfLogDensities(int from, int to, double[] eta, double[] phi, double[] out) {
        int n = eta.length;
        boolean finite = true;
        double total = 0;
        double product = 1;
        for (int i = from; i < to; i++) {
            double e = eta[i];
            double size = Math.abs(e);
            finite &= size <= Double.MAX_VALUE;
            double tail = Math.exp(-size);
            double side = Math.copySign(1, e);
            double all = k[i] + f[i];
            double lean = side * (k[i] - f[i]);
            double agree = (all + lean) / 2;
            double far = (all - lean) / 2;
            double sum = 1 + tail;
            double near = 1 / sum;
            out[n + i] = side * (agree * (tail * near) - far * near);
            total += constant[i] - far * size;
            if (all == 1) {
                product *= sum;
                if (product > LARGE) {
                    total -= Math.log(product);
                    product = 1;
                }
            } else {
                total -= all * (Math.log(sum) + (tail - (sum - 1)) * near);
            }
        }
        return finite ? total - Math.log(product) : Double.NaN;
    }
}
