package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code R = ΛΛᵀ}, {@code Λ} lower triangular of bandwidth {@code order}: every banded positive definite matrix is one.
 * {@code τ} holds the entries within the band row by row. The natural parameters are the variances, then the covariances row
 * by row. A singular R is no boundary that the search rests on.
 */
final class BoundBanded implements BoundStructure {
    private final int q;
    private final int order;
    /** Row and column of Λ of each coordinate. */
    private final int[] row;

    private final int[] column;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    BoundBanded(int q, int order) {
        this.q = q;
        this.order = order;
        int size = (order + 1) * (2 * q - order) / 2;
        this.row = new int[size];
        this.column = new int[size];
        List<Coordinate> entries = new ArrayList<>();
        List<Natural> variances = new ArrayList<>();
        List<Natural> covariances = new ArrayList<>();
        for (int i = 0; i < q; i++) {
            for (int j = Math.max(0, i - order); j <= i; j++) {
                row[entries.size()] = i;
                column[entries.size()] = j;
                entries.add(entry(i, j));
                (i == j ? variances : covariances).add(i == j ? Natural.variance(i) : Natural.covariance(i, j));
            }
        }
        variances.addAll(covariances);
        this.coordinates = List.copyOf(entries);
        this.naturals = List.copyOf(variances);
    }

    /** {@code Λᵢⱼ}; {@code naturals} says what is reported instead of it. */
    private static Coordinate entry(int i, int j) {
        Natural itself = new Natural("factor", i, j, List.of(), Scale.PLAIN);
        String name = "L(" + (i + 1) + "," + (j + 1) + ")";
        return new Coordinate(name, true, i == j ? 1 : 0, new double[0], itself, t -> t);
    }

    /** Coordinate of entry (i, j), within the band. */
    private int index(int i, int j) {
        int before = Math.min(i, order);
        int full = i - before; // rows above that have the whole bandwidth
        return before * (before + 1) / 2 + full * (order + 1) + j - Math.max(0, i - order);
    }

    private double entry(double[] tau, int i, int j) {
        return j > i || j < i - order ? 0 : tau[index(i, j)];
    }

    @Override
    public String title() {
        return "Banded(" + order + ")";
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
        for (int k = 0; k < tau.length; k++) {
            double v = covariance(tau, row[k], column[k]);
            out[row[k] == column[k] ? row[k] : next++] = v;
        }
        return out;
    }

    /** {@code Rᵢⱼ}. */
    private double covariance(double[] tau, int i, int j) {
        double sum = 0;
        for (int c = Math.max(0, Math.max(i, j) - order); c <= Math.min(i, j); c++) {
            sum += tau[index(i, c)] * tau[index(j, c)];
        }
        return sum;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        int m = at.length;
        for (int r = 0; r < m; r++) {
            for (int s = 0; s <= r; s++) {
                double v = covariance(tau, at[r], at[s]);
                out.data[r * m + s] = v;
                out.data[s * m + r] = v;
            }
        }
        return out;
    }

    /** {@code eᵢ(Λeⱼ)ᵀ + (Λeⱼ)eᵢᵀ} for the entry (i, j). */
    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        int i = row[k];
        int j = column[k];
        int m = at.length;
        for (int r = 0; r < m; r++) {
            for (int s = 0; s < m; s++) {
                out.data[r * m + s] = (at[r] == i ? entry(tau, at[s], j) : 0) + (at[s] == i ? entry(tau, at[r], j) : 0);
            }
        }
    }

    /** The variances of the moments, without correlation. */
    @Override
    public double[] start(List<Moments> moments) {
        double[] tau = BoundStructure.super.start(moments);
        double[] variance = Variances.of(moments, q, tau[0] * tau[0]);
        for (int k = 0; k < tau.length; k++) {
            tau[k] = row[k] == column[k] ? Math.sqrt(variance[row[k]]) : 0;
        }
        return tau;
    }

    @Override
    public Whitening whitening(int[] at) {
        return new FactorWhitening(q, row, column, at);
    }
}
