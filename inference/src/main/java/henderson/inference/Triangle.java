package henderson.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The triangular factor R of rows {@code [X y]}, made by rotating one row after the other into it: {@code RᵀR} is the
 * cross-product. Upper triangular, {@code columns × columns}, row-major; the last column is the response.
 */
final class Triangle {
    /** A column is a combination of those before it when less than this part of it is left. */
    private static final double DEPENDENT = 1e-9;

    private final int columns;
    private final double[] r;
    private final double[] work;

    Triangle(int columns) {
        this.columns = columns;
        this.r = new double[columns * columns];
        this.work = new double[columns];
    }

    double get(int i, int j) {
        return r[i * columns + j];
    }

    /** Rotates a row in. */
    void add(double[] row, int offset) {
        System.arraycopy(row, offset, work, 0, columns);
        for (int k = 0; k < columns; k++) {
            double b = work[k];
            if (b == 0) {
                continue;
            }
            int at = k * columns;
            double a = r[at + k];
            double h = Math.hypot(a, b);
            double c = a / h;
            double s = b / h;
            r[at + k] = h;
            for (int j = k + 1; j < columns; j++) {
                double up = r[at + j];
                r[at + j] = c * up + s * work[j];
                work[j] = c * work[j] - s * up;
            }
        }
    }

    /** Rotates another factor in, its first rows and columns left out. */
    void add(Triangle other, int from) {
        double[] row = new double[columns];
        for (int i = from; i < other.columns; i++) {
            System.arraycopy(other.r, i * other.columns + from, row, 0, columns);
            add(row, 0);
        }
    }

    /**
     * Least squares.
     *
     * @param rows     behind the factor
     * @param used     degrees of freedom spent beside the columns
     * @param constant whether the first column is a constant
     * @return coefficients and standard errors NaN where a column is a combination of those before it
     */
    Regression solve(double rows, double used, boolean constant) {
        int[] kept = kept(constant);
        Triangle t = kept.length == columns - 1 ? this : only(kept);
        int m = kept.length;
        double[] beta = new double[columns - 1];
        double[] se = new double[columns - 1];
        Arrays.fill(beta, Double.NaN);
        Arrays.fill(se, Double.NaN);
        double df = rows - used - m;
        double residual = t.get(m, m);
        double sigma = df > 0 ? Math.abs(residual) / Math.sqrt(df) : Double.NaN;
        double[] b = new double[m];
        for (int i = m - 1; i >= 0; i--) {
            double sum = t.get(i, m);
            for (int j = i + 1; j < m; j++) {
                sum -= t.get(i, j) * b[j];
            }
            b[i] = sum / t.get(i, i);
            beta[kept[i]] = b[i];
            se[kept[i]] = sigma * t.inverseRowNorm(i, m);
        }
        return new Regression(beta, se, sigma, df);
    }

    /** Norm of row {@code i} of {@code R⁻¹}. */
    private double inverseRowNorm(int i, int m) {
        double[] v = new double[m];
        double sum = 0;
        for (int j = i; j < m; j++) {
            double s = j == i ? 1 : 0;
            for (int k = i; k < j; k++) {
                s -= v[k] * get(k, j);
            }
            v[j] = s / get(j, j);
            sum += v[j] * v[j];
        }
        return Math.sqrt(sum);
    }

    /** Columns that are no combination of those before them. */
    private int[] kept(boolean constant) {
        List<Integer> out = new ArrayList<>();
        Triangle t = this;
        int j = 0;
        for (int column = 0; column < columns - 1; column++) {
            double whole = 0;
            double beside = 0;
            for (int i = 0; i <= j; i++) {
                double square = t.get(i, j) * t.get(i, j);
                whole += square;
                beside += constant && i == 0 && column > 0 ? 0 : square;
            }
            double left = Math.abs(t.get(j, j));
            boolean varies = Math.sqrt(beside) > 1e-13 * Math.sqrt(whole);
            if (left > DEPENDENT * Math.sqrt(beside) && varies) {
                out.add(column);
                j++;
            } else {
                int[] rest = new int[out.size() + columns - 2 - column];
                for (int k = 0; k < rest.length; k++) {
                    rest[k] = k < out.size() ? out.get(k) : column + 1 + k - out.size();
                }
                t = only(rest);
            }
        }
        return out.stream().mapToInt(k -> k).toArray();
    }

    /** The factor of some columns, and the response. */
    private Triangle only(int[] which) {
        Triangle out = new Triangle(which.length + 1);
        double[] row = new double[which.length + 1];
        for (int i = 0; i < columns; i++) {
            for (int k = 0; k < which.length; k++) {
                row[k] = get(i, which[k]);
            }
            row[which.length] = get(i, columns - 1);
            out.add(row, 0);
        }
        return out;
    }
}
