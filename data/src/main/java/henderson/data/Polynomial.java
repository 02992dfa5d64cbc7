package henderson.data;

import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code poly(x, k)}: polynomials of degree 1 … k, orthonormal over the rows used and orthogonal to the constant, by the
 * recurrence {@code pⱼ₊₁ = (x − αⱼ) pⱼ − (νⱼ / νⱼ₋₁) pⱼ₋₁}, {@code νⱼ = Σ pⱼ²}, {@code αⱼ = Σ x pⱼ² / νⱼ}; or the powers
 * of x.
 */
final class Polynomial implements Block.Dense {
    /** A polynomial of relative size below this over the rows is a combination of lower ones. */
    private static final double NOTHING = 1e-20;

    private final String label;
    private final Vector x;
    private final int degree;
    private final boolean raw;
    private final double center;
    private final double[] alpha;
    private final double[] nu;

    private Polynomial(String label, Vector x, int degree, boolean raw, double center) {
        this.label = label;
        this.x = x;
        this.degree = degree;
        this.raw = raw;
        this.center = center;
        this.alpha = new double[degree];
        this.nu = new double[degree + 1];
    }

    static Polynomial raw(String label, Vector x, int degree) {
        return new Polynomial(label, x, degree, true, 0);
    }

    static Polynomial orthogonal(String label, Vector x, int degree, Rows used) {
        double mean = sum(x, used, 0) / used.count();
        mean += sum(x, used, mean) / used.count();
        Polynomial out = new Polynomial(label, x, degree, false, mean);
        double size = 0;
        for (int j = 0; j <= degree; j++) {
            double largest = out.measure(j, used);
            size = j == 0 ? 1 : size * largest * largest;
            if (!(out.nu[j] > NOTHING * used.count() * size)) {
                throw new HendersonException(
                        "'" + label + "': the variable has no more than " + j + " distinct values in the rows used, "
                                + "and degree " + degree + " needs at least " + (degree + 1) + ".");
            }
        }
        return out;
    }

    /** With the constants of another one. */
    static Polynomial orthogonal(String label, Vector x, int degree, double[] constants) {
        Polynomial out = new Polynomial(label, x, degree, false, constants[0]);
        System.arraycopy(constants, 1, out.alpha, 0, degree);
        System.arraycopy(constants, 1 + degree, out.nu, 0, degree + 1);
        return out;
    }

    /** The centre, α and ν. */
    double[] constants() {
        double[] out = new double[2 * degree + 2];
        out[0] = center;
        System.arraycopy(alpha, 0, out, 1, degree);
        System.arraycopy(nu, 0, out, 1 + degree, degree + 1);
        return out;
    }

    private static double sum(Vector x, Rows used, double center) {
        double[] total = new double[1];
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        used.forEachBatch((rows, count) -> {
            x.fill(rows, count, values, scratch);
            double s = 0;
            for (int i = 0; i < count; i++) {
                s += values[i] - center;
            }
            total[0] += s;
        });
        return total[0];
    }

    /** Finds ν and α of degree j, those below being known; returns the largest |x|. */
    private double measure(int j, Rows used) {
        double[] sums = new double[3];
        double[][] p = new double[degree + 1][Rows.BATCH];
        Scratch scratch = new Scratch();
        used.forEachBatch((rows, count) -> {
            recur(rows, count, p, j, scratch);
            double squares = 0;
            double moments = 0;
            for (int i = 0; i < count; i++) {
                double square = p[j][i] * p[j][i];
                squares += square;
                moments += p[0][i] * square;
                sums[2] = Math.max(sums[2], Math.abs(p[0][i]));
            }
            sums[0] += squares;
            sums[1] += moments;
        });
        nu[j] = j == 0 ? used.count() : sums[0];
        if (j < degree) {
            alpha[j] = j == 0 ? sum(x, used, center) / nu[0] : sums[1] / nu[j];
        }
        return sums[2];
    }

    /** {@code p[0] ← x} centred, {@code p[j] ←} monic polynomial of degree j ≥ 1. */
    private void recur(int[] rows, int count, double[][] p, int highest, Scratch scratch) {
        x.fill(rows, count, p[0], scratch);
        for (int i = 0; i < count; i++) {
            p[0][i] -= center;
        }
        for (int j = 0; j < highest; j++) {
            double ratio = j == 0 ? 0 : nu[j] / nu[j - 1];
            for (int i = 0; i < count; i++) {
                double here = j == 0 ? 1 : p[j][i];
                double below = j <= 1 ? 1 : p[j - 1][i];
                p[j + 1][i] = (p[0][i] - alpha[j]) * here - (j == 0 ? 0 : ratio * below);
            }
        }
    }

    @Override
    public List<String> names() {
        List<String> out = new ArrayList<>();
        for (int j = 1; j <= degree; j++) {
            out.add(label + j);
        }
        return out;
    }

    @Override
    public void fill(int[] rows, int count, double[][] out, Scratch scratch) {
        if (raw) {
            x.fill(rows, count, out[0], scratch);
            for (int j = 1; j < degree; j++) {
                for (int i = 0; i < count; i++) {
                    out[j][i] = out[j - 1][i] * out[0][i];
                }
            }
            return;
        }
        double[][] p = new double[degree + 1][];
        p[0] = scratch.borrow();
        System.arraycopy(out, 0, p, 1, degree);
        recur(rows, count, p, degree, scratch);
        scratch.giveBack();
        for (int j = 0; j < degree; j++) {
            double norm = Math.sqrt(nu[j + 1]);
            for (int i = 0; i < count; i++) {
                out[j][i] /= norm;
            }
        }
    }

    @Override
    public String toString() {
        return label;
    }
}
