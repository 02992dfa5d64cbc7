package henderson.data;

/**
 * What a pass over a column finds, taken while its values come, a full chunk at a time: so the facts do not depend on how the
 * values were cut before.
 */
final class RunningFacts {
    private boolean any;
    private double first;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double square;

    /** Takes in {@code x[from … to − 1]}. */
    void add(double[] x, int from, int to) {
        if (from == to) {
            return;
        }
        if (!any) {
            any = true;
            first = x[from];
        }
        double before = sum;
        sums(x, from, to);
        if (!(Math.abs(sum - before) < Double.POSITIVE_INFINITY)) {
            exactRange(x, from, to); // comparisons pass over what is missing
        } else {
            range(x, from, to);
        }
    }

    /** Four lanes each, since a sum waits for the one before. */
    private void sums(double[] x, int from, int to) {
        double pivot = first;
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        double aa = 0;
        double bb = 0;
        double cc = 0;
        double dd = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            double p = x[i] - pivot;
            double q = x[i + 1] - pivot;
            double r = x[i + 2] - pivot;
            double s = x[i + 3] - pivot;
            a += p;
            b += q;
            c += r;
            d += s;
            aa += p * p;
            bb += q * q;
            cc += r * r;
            dd += s * s;
        }
        for (; i < to; i++) {
            double p = x[i] - pivot;
            a += p;
            aa += p * p;
        }
        sum += a + b + (c + d);
        square += aa + bb + (cc + dd);
    }

    private void range(double[] x, int from, int to) {
        double least = min;
        double most = max;
        for (int i = from; i < to; i++) {
            double v = x[i];
            least = v < least ? v : least;
            most = v > most ? v : most;
        }
        min = Math.min(min, least);
        max = Math.max(max, most);
    }

    private void exactRange(double[] x, int from, int to) {
        for (int i = from; i < to; i++) {
            min = Math.min(min, x[i]);
            max = Math.max(max, x[i]);
        }
    }

    /** The facts of {@code size} values minus {@code shift}; smallest and largest are the values'. */
    NumericColumn.Facts facts(int size, double shift) {
        double mean = sum / size;
        boolean finite = min > Double.NEGATIVE_INFINITY && max < Double.POSITIVE_INFINITY; // neither is true of NaN
        return new NumericColumn.Facts(finite, min, max, first - shift + mean, square / size - mean * mean);
    }
}
