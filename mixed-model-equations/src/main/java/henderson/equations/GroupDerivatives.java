package henderson.equations;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** W, u and F of many groups at once, of a factor with or without another one around it. A workspace of one thread. */
final class GroupDerivatives {
    private final int q;
    private final int p;
    private final int outer;
    private final LaneFactor factor;
    private final double[] det;
    /** R⁻ᵀΛᵀA, q × q; M⁻¹ΛᵀA where Λ is divided out, and so on. */
    private final double[][] ra;
    /** R⁻ᵀΛᵀ(ỹ − X̃β̂ part of B), q. */
    private final double[][] re;
    /** R⁻ᵀΛᵀB_X, q × p. */
    private final double[][] rx;
    /** R⁻ᵀΛᵀ edge, q × outer. */
    private final double[][] rh;
    /** W, upper triangle. */
    final double[][] w;
    /** W where no group is around, upper triangle; only with an outer factor. */
    final double[][] alone;
    /** u, q. */
    final double[][] u;
    /** F, q × p; F R_X⁻¹ after {@link #divide}. */
    final double[][] f;
    /** H = Z̃ᵀV⁻¹Z̃_outer as if no group were around, q × outer. */
    final double[][] h;
    /** R⁻ᵀΛᵀ, q × q: its square is {@code ΛM⁻¹Λᵀ}. */
    final double[][] rl;

    final double[] work;

    GroupDerivatives(NestedShape shape, int q, int outer) {
        int lanes = shape.lanes;
        this.q = q;
        this.p = shape.p;
        this.outer = outer;
        this.factor = new LaneFactor(q, lanes);
        this.det = new double[lanes];
        this.ra = new double[q * q][lanes];
        this.re = new double[q][lanes];
        this.rx = new double[q * p][lanes];
        this.rh = new double[q * outer][lanes];
        this.w = new double[q * (q + 1) / 2][lanes];
        this.alone = new double[outer == 0 ? 0 : w.length][lanes];
        this.u = new double[q][lanes];
        this.f = new double[q * p][lanes];
        this.h = new double[q * outer][lanes];
        this.rl = new double[outer == 0 && shape.two ? q * q : 0][lanes];
        this.work = new double[lanes];
    }

    private int entry(int i, int j) {
        return NestedSums.Level.entry(i, j, q);
    }

    /**
     * W, u and F of groups {@code from, …}, no group being around them: {@code W = Λ⁻ᵀM⁻¹ΛᵀA} where Λ is divided out, which
     * stays accurate however large Λ is, and {@code W = A − AΛM⁻¹ΛᵀA} otherwise; the others likewise.
     *
     * @param l  Λ
     * @param lt Λ⁻ᵀ where it is divided out, null otherwise
     */
    void derive(
            double[][] a, double[][] b, double[] l, double @Nullable [] lt, double[] beta, int from, int n) {
        int border = p + 1;
        Arrays.fill(det, 1);
        factor.factor(a, l, from, n, det);
        for (int i = 0; i < q; i++) {
            Arrays.fill(re[i], 0, n, 0);
            Lanes.scaled(u[i], 1, b[i * border + p], from, n);
            for (int c = 0; c < p; c++) {
                Lanes.scaled(f[i * p + c], 1, b[i * border + c], from, n);
                Lanes.addScaled(u[i], -beta[c], b[i * border + c], from, n);
            }
            for (int j = 0; j < q; j++) {
                double[] to = ra[i * q + j];
                Arrays.fill(to, 0, n, 0);
                for (int k = 0; k < q; k++) {
                    if (l[k * q + i] != 0) {
                        Lanes.addScaled(to, l[k * q + i], a[entry(k, j)], from, n);
                    }
                }
            }
        }
        for (int i = 0; i < q; i++) {
            for (int k = 0; k < q; k++) {
                if (l[k * q + i] != 0) {
                    Lanes.addScaled(re[i], l[k * q + i], u[k], 0, n);
                }
            }
        }
        NestedReduction.side(rx, 0, p, f, p, l, q, 0, n);
        factor.forward(ra, 0, q, n);
        factor.forward(re, 0, 1, n);
        factor.forward(rx, 0, p, n);
        if (lt == null) {
            subtract(a, from, n);
        } else {
            byInverse(lt, n);
        }
        if (rl.length > 0) {
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    Arrays.fill(rl[i * q + j], 0, n, l[j * q + i]);
                }
            }
            factor.forward(rl, 0, q, n);
        }
    }

    private void subtract(double[][] a, int from, int n) {
        for (int i = 0; i < q; i++) {
            for (int j = i; j < q; j++) {
                Lanes.scaled(w[entry(i, j)], 1, a[entry(i, j)], from, n);
            }
            for (int k = 0; k < q; k++) {
                double[] r = ra[k * q + i];
                Lanes.subtractProduct(u[i], r, re[k], n);
                for (int c = 0; c < p; c++) {
                    Lanes.subtractProduct(f[i * p + c], r, rx[k * p + c], n);
                }
                for (int j = i; j < q; j++) {
                    Lanes.subtractProduct(w[entry(i, j)], r, ra[k * q + j], n);
                }
            }
        }
    }

    private void byInverse(double[] lt, int n) {
        factor.backward(ra, q, n);
        factor.backward(re, 1, n);
        factor.backward(rx, p, n);
        for (int i = 0; i < q; i++) {
            transformed(u[i], lt, i, re, 1, 0, n);
            for (int c = 0; c < p; c++) {
                transformed(f[i * p + c], lt, i, rx, p, c, n);
            }
            for (int j = i; j < q; j++) {
                transformed(w[entry(i, j)], lt, i, ra, q, j, n);
            }
        }
    }

    /** {@code out ← Σ_k lt_ik x_kc}. */
    private void transformed(double[] out, double[] lt, int i, double[][] x, int columns, int c, int n) {
        Lanes.scaled(out, lt[i * q], x[c], 0, n);
        for (int k = 1; k < q; k++) {
            if (lt[i * q + k] != 0) {
                Lanes.addScaled(out, lt[i * q + k], x[k * columns + c], 0, n);
            }
        }
    }

    /** H of the same groups. */
    void edges(double[][] edge, double[] l, double @Nullable [] lt, int from, int n) {
        NestedReduction.side(rh, 0, outer, edge, outer, l, q, from, n);
        factor.forward(rh, 0, outer, n);
        if (lt != null) {
            factor.backward(rh, outer, n);
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < outer; j++) {
                double[] to = h[i * outer + j];
                if (lt != null) {
                    transformed(to, lt, i, rh, outer, j, n);
                    continue;
                }
                Lanes.scaled(to, 1, edge[i * outer + j], from, n);
                for (int k = 0; k < q; k++) {
                    Lanes.subtractProduct(to, ra[k * q + i], rh[k * outer + j], n);
                }
            }
        }
    }

    /** F becomes {@code F R_X⁻¹}. */
    void divide(double[] reduced, int n) {
        int border = p + 1;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < p; j++) {
                double[] to = f[i * p + j];
                for (int k = 0; k < j; k++) {
                    Lanes.addScaled(to, -reduced[k * border + j], f[i * p + k], 0, n);
                }
                double s = 1 / reduced[j * border + j];
                Lanes.scaled(to, s, to, 0, n);
            }
        }
    }
}
