package henderson.equations.generalized;

/** Products of small square matrices, each q × q by rows. */
final class Products {
    private Products() {}

    /** {@code to ← XY}. Modified. */
    static void multiply(int q, double[] x, double[] y, double[] to) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double entry = 0;
                for (int k = 0; k < q; k++) {
                    entry += x[i * q + k] * y[k * q + j];
                }
                to[i * q + j] = entry;
            }
        }
    }

    /** {@code to ← Xy}, y from {@code at} on. Modified. */
    static void multiply(int q, double[] x, double[] y, int at, double[] to) {
        for (int i = 0; i < q; i++) {
            double entry = 0;
            for (int k = 0; k < q; k++) {
                entry += x[i * q + k] * y[at + k];
            }
            to[i] = entry;
        }
    }

    /** {@code ⟨P, FSᵀ⟩}, P symmetric. */
    static double form(int q, double[] square, double[] second, double[] first) {
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int b = 0; b < q; b++) {
                double entry = 0;
                for (int r = 0; r < q; r++) {
                    entry += first[i * q + r] * second[b * q + r];
                }
                out += square[i * q + b] * entry;
            }
        }
        return out;
    }

    /** {@code ⟨L, F⟩}, L given by its lower triangle, row by row from {@code at} on, F symmetric. */
    static double mirrored(int q, double[] lower, int at, double[] f) {
        double out = 0;
        int next = at;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                out += lower[next++] * f[i * q + j] * (i == j ? 1 : 2);
            }
        }
        return out;
    }
}
