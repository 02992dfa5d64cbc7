package henderson.equations;

import henderson.api.Columns;

/** Mean and variance of columns, good to a few digits: those that are known, others by a pass. */
final class ColumnMoments {
    private ColumnMoments() {}

    /** Means, then variances. */
    static double[][] of(Columns columns) {
        int count = columns.count();
        double[][] out = new double[2][count];
        boolean known = true;
        for (int k = 0; k < count; k++) {
            out[0][k] = columns.mean(k);
            out[1][k] = columns.variance(k);
            known &= !Double.isNaN(out[0][k]) && !Double.isNaN(out[1][k]);
        }
        return known ? out : summed(columns, count);
    }

    private static double[][] summed(Columns columns, int count) {
        double[] first = new double[count];
        double[] sum = new double[count];
        double[] square = new double[count];
        double n = 0;
        for (Columns.Slice slice : columns.slices()) {
            for (int k = 0; k < count; k++) {
                double[] x = slice.values(k);
                int from = slice.from(k);
                first[k] = n == 0 ? x[from] : first[k];
                for (int i = from; i < from + slice.rows(); i++) {
                    double d = x[i] - first[k];
                    sum[k] += d;
                    square[k] += d * d;
                }
            }
            n += slice.rows();
        }
        double[][] out = new double[2][count];
        for (int k = 0; k < count; k++) {
            double mean = sum[k] / n;
            out[0][k] = first[k] + mean;
            out[1][k] = square[k] / n - mean * mean;
        }
        return out;
    }
}
