package henderson.testkit;

import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;

/** Dense algebra in decimal arithmetic of many digits; plain triple loops. */
final class HighPrecision {
    private HighPrecision() {}

    static Dfp[] of(DfpField field, double[] a) {
        Dfp[] out = new Dfp[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = field.newDfp(a[i]);
        }
        return out;
    }

    static Dfp[][] of(DfpField field, double[][] a) {
        Dfp[][] out = new Dfp[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = of(field, a[i]);
        }
        return out;
    }

    static double[] toDouble(Dfp[] a) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i].toDouble();
        }
        return out;
    }

    static double[][] toDouble(Dfp[][] a) {
        double[][] out = new double[a.length][];
        for (int i = 0; i < a.length; i++) {
            out[i] = toDouble(a[i]);
        }
        return out;
    }

    /** {@code AAᵀ}. */
    static Dfp[][] timesTransposed(DfpField field, Dfp[][] a) {
        Dfp[][] out = new Dfp[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                out[i][j] = dot(field, a[i], a[j], a[i].length);
            }
        }
        return out;
    }

    /** The first {@code n} terms of {@code aᵀb}. */
    static Dfp dot(DfpField field, Dfp[] a, Dfp[] b, int n) {
        Dfp sum = field.getZero();
        for (int i = 0; i < n; i++) {
            sum = sum.add(a[i].multiply(b[i]));
        }
        return sum;
    }

    /**
     * The lower triangular L with {@code LLᵀ = A}, in rows of growing length.
     *
     * @throws ArithmeticException when A is not positive definite
     */
    static Dfp[][] cholesky(DfpField field, Dfp[][] a) {
        int n = a.length;
        Dfp[][] l = new Dfp[n][];
        for (int i = 0; i < n; i++) {
            l[i] = new Dfp[i + 1];
            for (int j = 0; j < i; j++) {
                l[i][j] = a[i][j].subtract(dot(field, l[i], l[j], j)).divide(l[j][j]);
            }
            Dfp pivot = a[i][i].subtract(dot(field, l[i], l[i], i));
            if (!pivot.greaterThan(field.getZero())) {
                throw new ArithmeticException("Not positive definite: pivot " + i + " is " + pivot.toDouble() + ".");
            }
            l[i][i] = pivot.sqrt();
        }
        return l;
    }

    /** {@code log|LLᵀ|}. */
    static Dfp logDeterminant(DfpField field, Dfp[][] l) {
        Dfp product = field.getOne();
        for (int i = 0; i < l.length; i++) {
            product = product.multiply(l[i][i]);
        }
        return product.log().multiply(2);
    }

    /** {@code L⁻¹b}. */
    static Dfp[] forward(DfpField field, Dfp[][] l, Dfp[] b) {
        Dfp[] out = new Dfp[b.length];
        for (int i = 0; i < b.length; i++) {
            out[i] = b[i].subtract(dot(field, l[i], out, i)).divide(l[i][i]);
        }
        return out;
    }

    /** {@code L⁻ᵀb}. */
    static Dfp[] backward(DfpField field, Dfp[][] l, Dfp[] b) {
        Dfp[] out = new Dfp[b.length];
        for (int i = b.length - 1; i >= 0; i--) {
            Dfp sum = b[i];
            for (int j = i + 1; j < b.length; j++) {
                sum = sum.subtract(l[j][i].multiply(out[j]));
            }
            out[i] = sum.divide(l[i][i]);
        }
        return out;
    }

    /** {@code (LLᵀ)⁻¹}. */
    static Dfp[][] inverse(DfpField field, Dfp[][] l) {
        int n = l.length;
        Dfp[][] out = new Dfp[n][];
        for (int j = 0; j < n; j++) {
            Dfp[] unit = new Dfp[n];
            for (int i = 0; i < n; i++) {
                unit[i] = i == j ? field.getOne() : field.getZero();
            }
            out[j] = backward(field, l, forward(field, l, unit));
        }
        return out;
    }

    static Dfp[][] columns(Dfp[][] a, int p) {
        Dfp[][] out = new Dfp[p][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < p; j++) {
                out[j][i] = a[i][j];
            }
        }
        return out;
    }
}
