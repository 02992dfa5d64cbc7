package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Model;
import henderson.equations.Symmetric;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What is done with the fixed effects alone: a first β, and whether they can have a maximum at all. */
public final class FixedStart {
    /** A row's log-likelihood may fall by so much along a direction of separation. */
    private static final double ROUNDING = 1e-9;
    /** Leaves of rows from which a first β is taken, at least, where there are so many. */
    private static final int ENOUGH = 16;
    /** Rows whose η moves less, beside a column that moves by four standard deviations, are taken not to move. */
    private static final double UNMOVED = 1e-3;

    private final NestedRows rows;
    private final double[] density;

    /** Reads the rows of a model. */
    public FixedStart(Model model) {
        this.rows = NestedRows.withoutRandomEffects(model);
        this.density = new double[rows.n * (4 + 3 * rows.auxiliaries)];
    }

    /** {@code −2 log L} on the same rows. */
    public Approximation approximation(Clusters clusters) {
        return new NestedApproximation(rows, Integration.LAPLACE, clusters);
    }

    /** One step of iteratively reweighted least squares from the family's own linear predictors; zero where it fails. */
    public double[] beta(double[] phi) {
        int p = rows.p;
        double[] eta = new double[rows.n];
        double[] out = new double[p];
        DMatrixRMaj a = new DMatrixRMaj(p, p);
        double[] b = new double[p];
        int step = Math.max(1, (rows.leaf.length - 1) / ENOUGH);
        for (int k = 0; k < rows.leaf.length - 1; k += step) {
            if (!addLeaf(rows.firstRow(rows.leaf[k]), rows.firstRow(rows.leaf[k + 1]), phi, eta, a, b)) {
                return out;
            }
        }
        double[] solved = solved(a, b);
        boolean finite = true;
        for (double v : solved) {
            finite &= Double.isFinite(v);
        }
        return finite ? solved : out;
    }

    private boolean addLeaf(int from, int to, double[] phi, double[] eta, DMatrixRMaj a, double[] b) {
        int n = rows.n;
        int p = rows.p;
        for (int i = from; i < to; i++) {
            eta[i] = rows.family.startEta(i);
        }
        if (!rows.family.logDensity(from, to, eta, phi, 3, density)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            double w = rows.family.fisher(i, eta[i], phi);
            double y = w * (eta[i] - rows.offset[i]) + density[n + i];
            for (int j = 0; j < p; j++) {
                b[j] += rows.x(i, j) * y;
                for (int k = 0; k < p; k++) {
                    a.add(j, k, w * rows.x(i, j) * rows.x(i, k));
                }
            }
        }
        return true;
    }

    /** The mean of the family's own linear predictors as the only coefficient, where X has a constant column; else zero. */
    public double[] constant() {
        double[] out = new double[rows.p];
        int column = rows.model.interceptColumn();
        for (int i = 0; i < rows.n && column >= 0; i++) {
            out[column] += (rows.family.startEta(i) - rows.offset[i]) / rows.n;
        }
        return out;
    }

    /** {@code a⁻¹b}, directions without information left out. */
    private static double[] solved(DMatrixRMaj a, double[] b) {
        int p = b.length;
        double[] unit = new double[p];
        for (int j = 0; j < p; j++) {
            unit[j] = a.get(j, j) > 0 ? 1 / Math.sqrt(a.get(j, j)) : 0;
        }
        DMatrixRMaj scaled = new DMatrixRMaj(p, p);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                scaled.set(j, k, a.get(j, k) * unit[j] * unit[k]);
            }
        }
        Symmetric eigen = Symmetric.of(scaled);
        double[] out = new double[p];
        for (int m = 0; m < p; m++) {
            if (eigen.values()[m] > 1e-10) {
                double along = 0;
                for (int j = 0; j < p; j++) {
                    along += eigen.vectors()[m][j] * unit[j] * b[j];
                }
                for (int j = 0; j < p; j++) {
                    out[j] += along / eigen.values()[m] * eigen.vectors()[m][j] * unit[j];
                }
            }
        }
        return out;
    }

    /**
     * Column of X that a direction of separation moves most, or null: along such a direction no row's log-likelihood falls
     * however far one goes, and some row's rises, so that there is no maximum.
     *
     * @param direction in β
     */
    public @Nullable Integer separated(double[] beta, double[] phi, double[] direction) {
        double[] spread = spread();
        double largest = 0;
        for (int j = 0; j < rows.p; j++) {
            largest = Math.max(largest, Math.abs(direction[j]) * spread[j]);
        }
        if (!(largest > 0)) {
            return null;
        }
        for (int sign = -1; sign <= 1; sign += 2) {
            if (rises(beta, phi, direction, sign * 4 / largest)) {
                int most = 0;
                for (int j = 1; j < rows.p; j++) {
                    boolean more = Math.abs(direction[j]) * spread[j] > Math.abs(direction[most]) * spread[most];
                    most = more ? j : most;
                }
                return most;
            }
        }
        return null;
    }

    /** Whether no row falls on the way out, and one is still better at its end than at its beginning. */
    private boolean rises(double[] beta, double[] phi, double[] direction, double step) {
        int n = rows.n;
        double[] eta = new double[n];
        double[] before = new double[n];
        double gained = 0;
        boolean moved = false;
        for (int k = 0; k <= 4; k++) {
            for (int i = 0; i < n; i++) {
                double sum = rows.offset[i];
                double along = 0;
                for (int j = 0; j < rows.p; j++) {
                    sum += rows.x(i, j) * beta[j];
                    along += rows.x(i, j) * direction[j];
                }
                eta[i] = sum + (Math.abs(along * step) < UNMOVED ? 0 : k * step * along);
                moved |= Math.abs(along * step) >= UNMOVED;
            }
            if (!rows.family.logDensity(0, n, eta, phi, 0, density)) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                if (k > 0 && density[i] < before[i] - ROUNDING * (1 + Math.abs(before[i]))) {
                    return false;
                }
                gained += k > 0 ? density[i] - before[i] : 0;
                before[i] = density[i];
            }
        }
        return moved && gained >= 0;
    }

    /** Standard deviation of each column; for a constant one its size. */
    private double[] spread() {
        double[] out = new double[rows.p];
        for (int j = 0; j < rows.p; j++) {
            double mean = 0;
            for (int i = 0; i < rows.n; i++) {
                mean += rows.x(i, j) / rows.n;
            }
            double squares = 0;
            for (int i = 0; i < rows.n; i++) {
                double d = rows.x(i, j) - mean;
                squares += d * d / rows.n;
            }
            out[j] = squares > 1e-24 * mean * mean ? Math.sqrt(squares) : Math.abs(mean);
        }
        return out;
    }
}
