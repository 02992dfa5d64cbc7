package henderson.cli.stata;

import java.util.List;

/** Count, mean, standard deviation (divisor n − 1) and range of numbers; in two passes. */
record Moments(int n, double mean, double sd, double min, double max) {
    static Moments of(List<Double> x) {
        int n = x.size();
        double rough = x.stream().mapToDouble(v -> v).sum() / n;
        double mean = rough + x.stream().mapToDouble(v -> v - rough).sum() / n;
        double square = x.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        return new Moments(
                n,
                mean,
                n > 1 ? Math.sqrt(square / (n - 1)) : Double.NaN,
                x.stream().mapToDouble(v -> v).min().orElse(Double.NaN),
                x.stream().mapToDouble(v -> v).max().orElse(Double.NaN));
    }

    /** Covariance of two columns over some rows, divisor n − 1. */
    static double covariance(double[] x, double[] y, List<Integer> rows) {
        int n = rows.size();
        double mx = rows.stream().mapToDouble(i -> x[i]).sum() / n;
        double my = rows.stream().mapToDouble(i -> y[i]).sum() / n;
        return rows.stream().mapToDouble(i -> (x[i] - mx) * (y[i] - my)).sum() / (n - 1);
    }
}
