package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code G = ΛΛᵀ}, {@code Λ} lower triangular; {@code τ} holds its entries row by row: {@code Λᵢⱼ = τ[i(i+1)/2 + j]}. The
 * natural parameters are the variances, then the covariances row by row: {@code cov(2,1), cov(3,1), cov(3,2), …}.
 */
final class BoundUnstructured implements BoundStructure {
    /** A conditional starting variance is at least this part of the variance, so that none starts on the boundary. */
    private static final double START_FLOOR = 1e-4;

    private final int q;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    BoundUnstructured(int q) {
        this.q = q;
        List<Coordinate> entries = new ArrayList<>();
        List<Natural> variances = new ArrayList<>();
        List<Natural> covariances = new ArrayList<>();
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                covariances.add(Natural.covariance(i, j));
                entries.add(entry(i, j));
            }
            variances.add(Natural.variance(i));
            entries.add(entry(i, i));
        }
        variances.addAll(covariances);
        this.coordinates = List.copyOf(entries);
        this.naturals = List.copyOf(variances);
    }

    /** {@code Λᵢⱼ}; {@code naturals} says what is reported instead of it. */
    private static Coordinate entry(int i, int j) {
        String name = "L(" + (i + 1) + "," + (j + 1) + ")";
        return i == j
                ? new Coordinate(name, true, 1, new double[] {0}, Natural.variance(i), t -> t * t)
                : new Coordinate(name, true, 0, new double[0], Natural.covariance(i, j), t -> t);
    }

    private static int index(int i, int j) {
        return i * (i + 1) / 2 + j;
    }

    private static double entry(double[] tau, int i, int j) {
        return j > i ? 0 : tau[index(i, j)];
    }

    /** Row of entry {@code k} of τ. */
    private static int row(int k) {
        int i = 0;
        while (index(i + 1, 0) <= k) {
            i++;
        }
        return i;
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public List<Natural> naturals() {
        return naturals;
    }

    @Override
    public double[] natural(double[] tau) {
        double[] out = new double[tau.length];
        int next = q;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                out[next++] = covariance(tau, i, j);
            }
            out[i] = covariance(tau, i, i);
        }
        return out;
    }

    /** {@code Gᵢⱼ}. */
    private static double covariance(double[] tau, int i, int j) {
        double sum = 0;
        for (int c = 0; c <= Math.min(i, j); c++) {
            sum += tau[index(i, c)] * tau[index(j, c)];
        }
        return sum;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        int m = at.length;
        for (int r = 0; r < m; r++) {
            for (int s = 0; s <= r; s++) {
                double g = covariance(tau, at[r], at[s]);
                out.data[r * m + s] = g;
                out.data[s * m + r] = g;
            }
        }
        return out;
    }

    /** {@code eᵢ(Λeⱼ)ᵀ + (Λeⱼ)eᵢᵀ} for the entry (i, j). */
    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        int i = row(k);
        int j = k - index(i, 0);
        int m = at.length;
        for (int r = 0; r < m; r++) {
            for (int s = 0; s < m; s++) {
                out.data[r * m + s] = (at[r] == i ? entry(tau, at[s], j) : 0) + (at[s] == i ? entry(tau, at[r], j) : 0);
            }
        }
    }

    /** {@code eᵢeₗᵀ + eₗeᵢᵀ} for two entries (i, c) and (l, c) of one column, otherwise zero. */
    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        int rowJ = row(j);
        int rowK = row(k);
        boolean oneColumn = j - index(rowJ, 0) == k - index(rowK, 0);
        int m = at.length;
        for (int r = 0; r < m; r++) {
            for (int s = 0; s < m; s++) {
                double v = (at[r] == rowJ && at[s] == rowK ? 1 : 0) + (at[r] == rowK && at[s] == rowJ ? 1 : 0);
                out.data[r * m + s] = oneColumn ? v : 0;
            }
        }
    }

    /** Rows {@code at} of Λ where they fit a square; otherwise these rows turned to lower triangular form. */
    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        int m = at.length;
        if (Indices.largest(at) < m) {
            copyRows(tau, at, m, out);
            return;
        }
        DMatrixRMaj rows = new DMatrixRMaj(m, q);
        copyRows(tau, at, q, rows);
        out.setTo(Echelon.lower(rows));
    }

    private static void copyRows(double[] tau, int[] at, int columns, DMatrixRMaj out) {
        for (int r = 0; r < at.length; r++) {
            for (int c = 0; c < columns; c++) {
                out.data[r * columns + c] = entry(tau, at[r], c);
            }
        }
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        int m = at.length;
        if (Indices.largest(at) >= m) {
            return false;
        }
        int i = row(k);
        int j = k - index(i, 0);
        Arrays.fill(out.data, 0, m * m, 0);
        for (int r = 0; r < m; r++) {
            if (at[r] == i) {
                out.data[r * m + j] = 1;
            }
        }
        return true;
    }

    /** A factor of the mean moments, kept off the boundary; without correlation where some positions are missing. */
    @Override
    public double[] start(List<Moments> moments) {
        return UnstructuredStart.of(moments, q, START_FLOOR);
    }

    /** {@code G = Σ sum / Σ count}, only where all positions are present. */
    @Override
    public boolean maximize(List<Moments> moments, double[] tau) {
        DMatrixRMaj mean = UnstructuredStart.mean(moments, q);
        if (mean == null) {
            return false;
        }
        UnstructuredStart.cholesky(mean, 0, tau);
        return true;
    }

    @Override
    public Whitening whitening(int[] at) {
        int[] row = new int[coordinates.size()];
        int[] column = new int[row.length];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                row[index(i, j)] = i;
                column[index(i, j)] = j;
            }
        }
        return new FactorWhitening(q, row, column, at);
    }

    /** Λ without its smallest singular value that is not zero yet. */
    @Override
    public List<double[]> boundaryPoints(double[] tau) {
        DMatrixRMaj lambda = lambda(tau);
        DMatrixRMaj less = Rank.dropSmallest(lambda);
        return less == null ? List.of() : List.of(entries(Echelon.lower(less)));
    }

    @Override
    public boolean[] free(double[] tau) {
        return Rank.free(lambda(tau));
    }

    /** {@code NᵀSN}, N an orthonormal basis of the null space of G. */
    @Override
    public DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        return Rank.curvature(Rank.nullSpace(lambda(tau)), score);
    }

    /** {@code G + t(Nv)(Nv)ᵀ}, v the eigenvector of the least eigenvalue of {@code NᵀSN}. */
    @Override
    public double[] release(double[] tau, DMatrixRMaj score, double t) {
        DMatrixRMaj lambda = lambda(tau);
        DMatrixRMaj direction = Rank.leastCurvature(Rank.nullSpace(lambda), score);
        return direction == null ? tau.clone() : entries(Echelon.lower(Rank.append(lambda, direction, Math.sqrt(t))));
    }

    private DMatrixRMaj lambda(double[] tau) {
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                out.set(i, j, tau[index(i, j)]);
            }
        }
        return out;
    }

    private double[] entries(DMatrixRMaj lambda) {
        double[] tau = new double[coordinates.size()];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j <= i; j++) {
                tau[index(i, j)] = lambda.get(i, j);
            }
        }
        return tau;
    }
}
