package henderson.benchmarks.kernels;

import java.util.Random;

/** Input of an order, the same each time. Arrays are row-major and must not be modified. */
final class DenseInput {
    /** Right-hand sides of a triangular solve. */
    static final int SIDES = 8;

    final int n;
    /** Symmetric, positive definite, n × n. */
    final double[] a;
    /** Upper triangular factor, {@code A = RᵀR}, n × n. */
    final double[] r;
    /** n × {@value #SIDES}. */
    final double[] b;
    /** n × n. */
    final double[] g;
    /** n × n. */
    final double[] h;

    DenseInput(int n) {
        this.n = n;
        Random random = new Random(n);
        this.g = gaussian(n * n, random);
        this.h = gaussian(n * n, random);
        this.b = gaussian(n * SIDES, random);
        this.a = positive(random);
        this.r = factor();
    }

    private static double[] gaussian(int length, Random random) {
        return random.doubles(length).map(u -> 2 * u - 1).toArray();
    }

    /** Eigenvalues apart from each other: a diagonal from 1 to 2 and small entries beside it. */
    private double[] positive(Random random) {
        double[] out = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double x = (2 * random.nextDouble() - 1) / (2.0 * n);
                out[i * n + j] = x;
                out[j * n + i] = x;
            }
            out[i * n + i] = 1 + (i + 1.0) / n;
        }
        return out;
    }

    private double[] factor() {
        double[] out = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i <= j; i++) {
                double sum = a[i * n + j];
                for (int k = 0; k < i; k++) {
                    sum -= out[k * n + i] * out[k * n + j];
                }
                out[i * n + j] = i == j ? Math.sqrt(sum) : sum / out[i * n + i];
            }
        }
        return out;
    }
}
