package henderson.equations;

import org.ejml.data.DMatrixRMaj;

/** What is left of a linear model when its random effects are eliminated: {@code [R_X c; 0 r]}, theory (14) and (15). */
final class BorderSolve {
    private BorderSolve() {}

    /** Cholesky factor of a border × border upper triangle, in place; false where it is not positive definite. */
    static boolean cholesky(double[] reduced, int border) {
        for (int i = 0; i < border; i++) {
            double pivot = reduced[i * border + i];
            if (!(pivot > 0)) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            for (int j = i; j < border; j++) {
                reduced[i * border + j] *= scale;
            }
            for (int k = i + 1; k < border; k++) {
                double f = reduced[i * border + k];
                for (int j = k; j < border; j++) {
                    reduced[k * border + j] -= f * reduced[i * border + j];
                }
            }
        }
        return true;
    }

    /** {@code β̃ ← R_X⁻¹c}; false where it is not finite. {@code beta} is modified. */
    static boolean solve(double[] reduced, int border, double[] beta) {
        int p = border - 1;
        for (int i = p - 1; i >= 0; i--) {
            double sum = reduced[i * border + p];
            for (int j = i + 1; j < p; j++) {
                sum -= reduced[i * border + j] * beta[j];
            }
            beta[i] = sum / reduced[i * border + i];
            if (!(Math.abs(beta[i]) < Double.POSITIVE_INFINITY)) {
                return false;
            }
        }
        return true;
    }

    /** {@code out ← x R_X⁻¹} for a row x of p numbers. */
    static void rightSolve(double[] reduced, int border, double[] x, int at, double[] out, int into) {
        for (int j = 0; j < border - 1; j++) {
            double sum = x[at + j];
            for (int i = 0; i < j; i++) {
                sum -= out[into + i] * reduced[i * border + j];
            }
            out[into + j] = sum / reduced[j * border + j];
        }
    }

    /** {@code σ²T(R_XᵀR_X)⁻¹Tᵀ}, p × p. */
    static DMatrixRMaj covariance(double[] reduced, int border, double[] t, double sigma2) {
        int p = border - 1;
        // rows of T R_X⁻¹
        DMatrixRMaj w = new DMatrixRMaj(p, p);
        for (int i = 0; i < p; i++) {
            rightSolve(reduced, border, t, i * p, w.data, i * p);
        }
        DMatrixRMaj out = new DMatrixRMaj(p, p);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double sum = 0;
                for (int k = 0; k < p; k++) {
                    sum += w.data[i * p + k] * w.data[j * p + k];
                }
                out.data[i * p + j] = sigma2 * sum;
            }
        }
        return out;
    }

    /** {@code 2 Σ log R_X,ii}. */
    static double logDeterminant(double[] reduced, int border) {
        double sum = 0;
        for (int i = 0; i < border - 1; i++) {
            sum += 2 * Math.log(Math.abs(reduced[i * border + i]));
        }
        return sum;
    }
}
