package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The derivatives of {@link CollapsedGroups}: sums over its classes, theory (152) to (154). Scratch arrays are q × q unless said
 * otherwise.
 */
final class CollapsedSums {
    private final int q;
    private final int p;
    private final int w;
    private final boolean restricted;
    /** γ = (−β̃, 1), w. */
    private final double[] gamma;
    /** (XᵀV⁻¹X)⁻¹, p × p. */
    private final double[] inverse;
    /** R_X⁻¹, upper, p × p. */
    private final double[] rInverse;
    /** ∂d/∂G. */
    private final double[] score;
    /** Σ u_gu_gᵀ. */
    private final double[] effects;
    /** Σ u_gF_gᵀ, entry (i, (a, j)) at (a q + i) q + j. */
    private final double[] fixed;
    /** Σ F_gF_gᵀ of columns a, b of X: q × q at (a p + b) q². */
    private final double[] both;
    /** Σ_d γ_d S_(i d)(j c) at (c q + i) q + j. */
    private final double[] contracted;

    private final double[] n;
    private final double[] h;
    private final double[] e;
    private final double[] f;
    private final double[] g;
    private final double[] o;
    /** f_kᵀV⁻¹X, parameters × p. */
    private double[] x = new double[0];
    /** Φ_k = XᵀV⁻¹V_kV⁻¹X, parameters × p × p. */
    private double[] phi = new double[0];
    /** u'∂G_k u summed. */
    private double[] own = new double[0];

    private double sigma2;
    private double squares;

    CollapsedSums(int q, int p, boolean restricted) {
        this.q = q;
        this.p = p;
        this.w = p + 1;
        this.restricted = restricted;
        this.gamma = new double[w];
        this.inverse = new double[p * p];
        this.rInverse = new double[p * p];
        this.score = new double[q * q];
        this.effects = new double[q * q];
        this.fixed = new double[p * q * q];
        this.both = new double[restricted ? p * p * q * q : 0];
        this.contracted = new double[w * q * q];
        this.n = new double[q * q];
        this.h = new double[q * q];
        this.e = new double[q * q];
        this.f = new double[q * q];
        this.g = new double[q * q];
        this.o = new double[q * q];
    }

    /**
     * {@code t ← ΛM⁻¹Λᵀ}, {@code M = ΛᵀAΛ + I}.
     *
     * @return {@code log|M|}; NaN where a diagonal entry of M exceeds {@code most}
     */
    double posterior(double[] a, double[] l, double[] t, double most) {
        product(a, l, g);
        double log = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = i == j ? 1 : 0;
                for (int k = 0; k < q; k++) {
                    sum += l[k * q + i] * g[k * q + j];
                }
                if (i == j && !(sum <= most)) {
                    return Double.NaN;
                }
                for (int k = 0; k < j; k++) {
                    sum -= o[i * q + k] * o[j * q + k];
                }
                if (i == j) {
                    log += Math.log(sum);
                    o[i * q + i] = Math.sqrt(sum);
                } else {
                    o[i * q + j] = sum / o[j * q + j];
                }
            }
        }
        for (int c = 0; c < q; c++) { // rows of L⁻¹Λᵀ
            for (int i = 0; i < q; i++) {
                double sum = l[c * q + i];
                for (int k = 0; k < i; k++) {
                    sum -= o[i * q + k] * f[k * q + c];
                }
                f[i * q + c] = sum / o[i * q + i];
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += f[k * q + i] * f[k * q + j];
                }
                t[i * q + j] = sum;
                t[j * q + i] = sum;
            }
        }
        return log;
    }

    /** At the triangle {@code [R_X c; 0 r]} and its solution. */
    void begin(double[] reduced, double[] beta, double variance, double sumOfSquares, int parameters) {
        sigma2 = variance;
        squares = sumOfSquares;
        for (int j = 0; j < p; j++) {
            gamma[j] = -beta[j];
        }
        gamma[p] = 1;
        for (int j = 0; j < p; j++) {
            for (int i = j; i >= 0; i--) {
                double sum = i == j ? 1 : 0;
                for (int k = i + 1; k <= j; k++) {
                    sum -= reduced[i * w + k] * rInverse[k * p + j];
                }
                rInverse[i * p + j] = sum / reduced[i * w + i];
            }
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double sum = 0;
                for (int k = Math.max(i, j); k < p; k++) {
                    sum += rInverse[i * p + k] * rInverse[j * p + k];
                }
                inverse[i * p + j] = sum;
            }
        }
        Arrays.fill(score, 0);
        Arrays.fill(effects, 0);
        Arrays.fill(fixed, 0);
        Arrays.fill(both, 0);
        if (own.length != parameters) {
            own = new double[parameters];
            x = new double[parameters * p];
            phi = new double[restricted ? parameters * p * p : 0];
        }
    }

    private void product(double[] left, double[] right, double[] out) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += left[i * q + k] * right[k * q + j];
                }
                out[i * q + j] = sum;
            }
        }
    }

    /** {@code out += N mid Nᵀ} of the block of {@code mid} at {@code at}. */
    private void congruence(double[] mid, int at, double[] out, int into) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += n[i * q + k] * mid[at + k * q + j];
                }
                o[i * q + j] = sum;
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += o[i * q + k] * n[j * q + k];
                }
                out[into + i * q + j] += sum;
            }
        }
    }

    /** Adds a class; the Hessian's lower triangle is summed. */
    void add(double count, double[] a, double[] t, double[] s, double[][] first, DMatrixRMaj hessian) {
        product(a, t, n);
        for (int i = 0; i < q * q; i++) {
            n[i] = (i % (q + 1) == 0 ? 1 : 0) - n[i];
        }
        product(n, a, h);
        contract(s);
        residuals();
        for (int i = 0; i < q * q; i++) {
            effects[i] += e[i];
            score[i] += count * h[i] - e[i] / sigma2;
            f[i] = 2 * e[i] / sigma2 - count * h[i];
        }
        for (int c = 0; c < p; c++) {
            congruence(contracted, c * q * q, fixed, c * q * q);
        }
        if (restricted) {
            addFixed(s);
        }
        traces(first, hessian);
    }

    /** {@code Σ_d γ_d S_(i d)(j c)}. */
    private void contract(double[] s) {
        int stride = q * w;
        Arrays.fill(contracted, 0);
        for (int i = 0; i < q; i++) {
            for (int d = 0; d < w; d++) {
                double factor = gamma[d];
                int row = (i * w + d) * stride;
                for (int j = 0; j < q; j++) {
                    for (int c = 0; c < w; c++) {
                        contracted[(c * q + i) * q + j] += factor * s[row + j * w + c];
                    }
                }
            }
        }
    }

    /** {@code e ← Σ u_gu_gᵀ} of the class. */
    private void residuals() {
        Arrays.fill(g, 0);
        for (int c = 0; c < w; c++) {
            for (int i = 0; i < q * q; i++) {
                g[i] += gamma[c] * contracted[c * q * q + i];
            }
        }
        Arrays.fill(e, 0);
        congruence(g, 0, e, 0);
    }

    /** {@code D = Σ F_g(XᵀV⁻¹X)⁻¹F_gᵀ} of the class into score and traces, {@code Σ F_gF_gᵀ} for Φ. */
    private void addFixed(double[] s) {
        int stride = q * w;
        Arrays.fill(e, 0);
        for (int c = 0; c < p; c++) {
            for (int d = 0; d < p; d++) {
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        g[i * q + j] = s[(i * w + c) * stride + j * w + d];
                    }
                }
                congruence(g, 0, both, (c * p + d) * q * q);
                double factor = inverse[c * p + d];
                for (int i = 0; i < q * q; i++) {
                    e[i] += factor * g[i];
                }
            }
        }
        Arrays.fill(g, 0);
        congruence(e, 0, g, 0);
        for (int i = 0; i < q * q; i++) {
            score[i] -= g[i];
            f[i] += 2 * g[i];
        }
    }

    /** {@code hessian_kl += tr(∂G_k H ∂G_l f)}. */
    private void traces(double[][] first, DMatrixRMaj hessian) {
        int size = first.length;
        for (int k = 0; k < size; k++) {
            product(f, first[k], g);
            product(g, h, o);
            for (int l = 0; l <= k; l++) {
                double[] other = first[l];
                double sum = 0;
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        sum += o[i * q + j] * other[j * q + i];
                    }
                }
                hessian.data[k * size + l] += sum;
            }
        }
    }

    /** Everything that takes sums over all classes. */
    void end(double[][] first, double[] gradient, DMatrixRMaj hessian, double[] scoreOut) {
        int size = first.length;
        for (int k = 0; k < size; k++) {
            gradient[k] = dot(first[k], score, 0);
            own[k] = dot(first[k], effects, 0);
            for (int c = 0; c < p; c++) {
                x[k * p + c] = dot(first[k], fixed, c * q * q);
            }
            for (int c = 0; restricted && c < p * p; c++) {
                phi[k * p * p + c] = dot(first[k], both, c * q * q);
            }
        }
        for (int k = 0; k < size; k++) {
            for (int l = 0; l <= k; l++) {
                double sum = hessian.data[k * size + l] - own[k] * own[l] / (sigma2 * squares);
                sum -= 2 * quadratic(x, k * p, l * p) / sigma2;
                sum -= restricted ? traceOfPhi(k, l) : 0;
                hessian.data[k * size + l] = sum;
                hessian.data[l * size + k] = sum;
            }
        }
        System.arraycopy(score, 0, scoreOut, 0, q * q);
    }

    private double dot(double[] derivative, double[] of, int at) {
        double sum = 0;
        for (int i = 0; i < q * q; i++) {
            sum += derivative[i] * of[at + i];
        }
        return sum;
    }

    private double quadratic(double[] of, int a, int b) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                sum += of[a + i] * inverse[i * p + j] * of[b + j];
            }
        }
        return sum;
    }

    /** {@code tr(CΦ_kCΦ_l)}. */
    private double traceOfPhi(int k, int l) {
        double sum = 0;
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double left = 0;
                double right = 0;
                for (int c = 0; c < p; c++) {
                    left += inverse[i * p + c] * phi[(k * p + c) * p + j];
                    right += inverse[j * p + c] * phi[(l * p + c) * p + i];
                }
                sum += left * right;
            }
        }
        return sum;
    }
}
