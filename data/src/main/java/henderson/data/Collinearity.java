package henderson.data;

import henderson.api.DataReport.ColumnDropped;
import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds columns of a design that are combinations of columns before them. A first pass forms cross-products: when every
 * pivot of their Cholesky factor is far from zero there is nothing to find. Otherwise a second pass makes the triangular
 * factor of the centred columns by reflections, and a column leaves whose residual norm, given the columns kept before
 * it, is below {@link #TOLERANCE} of its centred norm.
 */
final class Collinearity {
    static final double TOLERANCE = 1e-9;
    /** Cross-products tell residual norms down to √1e-16 apart; above the square root of this all is well. */
    private static final double CLEAR = 1e-7;
    /** A centred norm below this part of the norm is rounding: the column is constant. */
    private static final double CONSTANT = 1e-13;
    /** A coefficient below this part of the largest is rounding. */
    private static final double NEGLIGIBLE = 1e-6;

    private final Design design;
    private final Rows used;
    private final int rows;
    private final int p;
    private final boolean[] keep;
    private final List<ColumnDropped> dropped = new ArrayList<>();
    private final double[] sum;
    private final double[][] gram;

    /** @param rows of the table */
    Collinearity(Design design, Rows used, int rows) {
        this.rows = rows;
        this.design = design;
        this.used = used;
        this.p = design.columns();
        this.keep = new boolean[p];
        Arrays.fill(keep, true);
        this.sum = new double[p];
        this.gram = new double[p][];
        for (int j = 0; j < p; j++) {
            gram[j] = new double[j + 1];
        }
    }

    boolean[] keep() {
        return keep;
    }

    List<ColumnDropped> dropped() {
        return dropped;
    }

    Collinearity find() {
        if (p > 0 && !FullRank.shown(design, used, rows, CLEAR)) {
            products();
            if (!clear()) {
                reflections();
            }
        }
        return this;
    }

    private void products() {
        Design.Filler filler = design.filler(new Scratch());
        DMatrixRMaj x = new DMatrixRMaj(0, 0);
        int[] nonzero = new int[p];
        used.forEachBatch((rows, count) -> {
            filler.fill(rows, count, x);
            for (int i = 0; i < count; i++) {
                int m = 0;
                for (int j = 0; j < p; j++) {
                    double v = x.data[i * p + j];
                    if (v != 0) {
                        nonzero[m++] = j;
                        requireFinite(v, j, rows[i]);
                        sum[j] += v;
                    }
                }
                for (int a = 0; a < m; a++) {
                    double v = x.data[i * p + nonzero[a]];
                    double[] to = gram[nonzero[a]];
                    for (int b = 0; b <= a; b++) {
                        to[nonzero[b]] += v * x.data[i * p + nonzero[b]];
                    }
                }
            }
        });
        for (int j = 0; j < p; j++) {
            if (Double.isInfinite(gram[j][j])) {
                throw new HendersonException(
                        "Column '" + design.names().get(j) + "' has values too large to square.",
                        "Maybe measure it in another unit.");
            }
        }
    }

    private void requireFinite(double v, int j, int row) {
        if (Double.isNaN(v) || Double.isInfinite(v)) {
            throw new HendersonException(
                    "Column '" + design.names().get(j) + "' is " + v + " in row " + (row + 1L) + ".",
                    "Maybe leave the row out with --where.");
        }
    }

    /** Whether no pivot of the scaled cross-products is anywhere near zero. */
    private boolean clear() {
        double[][] l = new double[p][];
        for (int j = 0; j < p; j++) {
            l[j] = new double[j + 1];
            if (!(gram[j][j] > Double.MIN_NORMAL / CLEAR)) {
                return false;
            }
            for (int k = 0; k <= j; k++) {
                double s = gram[j][k] / Math.sqrt(gram[j][j]) / Math.sqrt(gram[k][k]);
                for (int i = 0; i < k; i++) {
                    s -= l[j][i] * l[k][i];
                }
                if (k < j) {
                    l[j][k] = s / l[k][k];
                } else if (!(s > CLEAR)) {
                    return false;
                } else {
                    l[j][j] = Math.sqrt(s);
                }
            }
        }
        return true;
    }

    private void reflections() {
        double[] center = new double[p];
        double[] scale = new double[p];
        for (int j = 0; j < p; j++) {
            boolean centred = design.intercept() && j > 0;
            center[j] = centred ? sum[j] / used.count() : 0;
            scale[j] = gram[j][j] > 0 ? 1 / Math.sqrt(gram[j][j]) : 0;
        }
        TriangularFactor triangle = new TriangularFactor(p);
        Design.Filler filler = design.filler(new Scratch());
        DMatrixRMaj x = new DMatrixRMaj(0, 0);
        used.forEachBatch((rows, count) -> {
            filler.fill(rows, count, x);
            for (int i = 0; i < count; i++) {
                triangle.add(x.data, i * p, center, scale);
            }
        });
        decide(triangle.factor(), scale);
    }

    /** Goes through the columns of R from the left, keeping an orthonormal basis of those kept. */
    private void decide(double[][] r, double[] scale) {
        List<double[]> basis = new ArrayList<>();
        List<double[]> coordinates = new ArrayList<>();
        List<Integer> kept = new ArrayList<>();
        for (int j = 0; j < p; j++) {
            double[] residual = Arrays.copyOf(r[j], p);
            double own = norm(residual, design.intercept() && j > 0 ? 1 : 0);
            double[] onto = new double[basis.size()];
            for (int pass = 0; pass < 2; pass++) { // twice is enough
                for (int b = 0; b < onto.length; b++) {
                    double[] q = basis.get(b);
                    double c = 0;
                    for (int i = 0; i <= j; i++) {
                        c += q[i] * residual[i];
                    }
                    for (int i = 0; i <= j; i++) {
                        residual[i] -= c * q[i];
                    }
                    onto[b] += c;
                }
            }
            double left = norm(residual, 0);
            keep[j] = own > CONSTANT && left > TOLERANCE * own;
            if (keep[j]) {
                for (int i = 0; i < p; i++) {
                    residual[i] /= left;
                }
                basis.add(residual);
                coordinates.add(Arrays.copyOf(onto, onto.length + 1));
                coordinates.get(onto.length)[onto.length] = left;
                kept.add(j);
            } else {
                String why = scale[j] == 0
                        ? "zero in every row used"
                        : own > CONSTANT ? combination(onto, coordinates, kept) : "constant in the rows used";
                dropped.add(new ColumnDropped(design.names().get(j), why));
            }
        }
    }

    private static double norm(double[] x, int from) {
        double sum = 0;
        for (int i = from; i < x.length; i++) {
            sum += x[i] * x[i];
        }
        return Math.sqrt(sum);
    }

    /** Solves for the coefficients of the kept columns and names those that matter. */
    private String combination(double[] onto, List<double[]> coordinates, List<Integer> kept) {
        double[] c = onto.clone();
        double largest = 0;
        for (int b = c.length - 1; b >= 0; b--) {
            c[b] /= coordinates.get(b)[b];
            for (int a = 0; a < b; a++) {
                c[a] -= c[b] * coordinates.get(b)[a];
            }
            largest = Math.max(largest, Math.abs(c[b]));
        }
        List<String> names = new ArrayList<>();
        for (int b = 0; b < c.length; b++) {
            boolean constant = kept.get(b) == 0 && design.intercept(); // centring hides its coefficient
            if (!constant && Math.abs(c[b]) > NEGLIGIBLE * largest) {
                names.add(design.names().get(kept.get(b)));
            }
        }
        return "a combination of " + String.join(", ", names);
    }
}
