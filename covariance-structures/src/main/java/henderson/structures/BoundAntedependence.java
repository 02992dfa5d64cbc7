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
 * {@code θ_iθ_j ρ_{i+1}⋯ρ_j}, i ≤ j, {@code ρ_k = sin τ_k} the correlation of position k with the one before, theory (70);
 * {@code τ = (θ of each position, τ of each but the first)}.
 */
final class BoundAntedependence implements BoundStructure {
    private final int q;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    BoundAntedependence(int q) {
        this.q = q;
        List<Coordinate> all = new ArrayList<>();
        List<Natural> reported = new ArrayList<>();
        for (int i = 0; i < q; i++) {
            all.add(withoutSnaps(Coordinate.variance("sd" + (i + 1), i)));
            reported.add(Natural.variance(i));
        }
        for (int i = 1; i < q; i++) {
            all.add(withoutSnaps(Coordinate.correlation("corr" + i)));
            reported.add(Natural.correlation("corr", i, i - 1));
        }
        this.coordinates = List.copyOf(all);
        this.naturals = List.copyOf(reported);
    }

    private static Coordinate withoutSnaps(Coordinate c) {
        return new Coordinate(c.name(), c.scales(), c.neutral(), new double[0], c.natural(), c.value());
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
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        int m = at.length;
        double[] along = new double[q];
        for (int i = 0; i < m; i++) {
            correlations(tau, at[i], -1, along, new double[q]);
            for (int j = 0; j < m; j++) {
                out.data[i * m + j] = tau[at[i]] * tau[at[j]] * along[at[j]];
            }
        }
        mirror(m, out);
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        int m = at.length;
        double[] along = new double[q];
        double[] slope = new double[q];
        for (int i = 0; i < m; i++) {
            correlations(tau, at[i], k < q ? -1 : k - q + 1, along, slope);
            for (int j = 0; j < m; j++) {
                double byScale = (at[i] == k ? tau[at[j]] : 0) + (at[j] == k ? tau[at[i]] : 0);
                out.data[i * m + j] = k < q ? byScale * along[at[j]] : tau[at[i]] * tau[at[j]] * slope[at[j]];
            }
        }
        mirror(m, out);
    }

    /** Correlations of position {@code from} with all, and their derivatives by {@code τ} of position k. */
    private void correlations(double[] tau, int from, int k, double[] along, double[] slope) {
        Arrays.fill(slope, 0);
        along[from] = 1;
        for (int p = from + 1; p < q; p++) {
            along[p] = along[p - 1] * rho(tau, p);
            slope[p] = slope[p - 1] * rho(tau, p) + (p == k ? along[p - 1] * rhoSlope(tau, p) : 0);
        }
        for (int p = from - 1; p >= 0; p--) {
            along[p] = along[p + 1] * rho(tau, p + 1);
            slope[p] = slope[p + 1] * rho(tau, p + 1) + (p + 1 == k ? along[p + 1] * rhoSlope(tau, p + 1) : 0);
        }
    }

    /** Products from left and from right are rounded in different order. */
    private static void mirror(int m, DMatrixRMaj out) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < i; j++) {
                out.data[i * m + j] = out.data[j * m + i];
            }
        }
    }

    /** Correlation of position p ≥ 1 with the one before. */
    double rho(double[] tau, int p) {
        return Math.sin(tau[q + p - 1]);
    }

    double rhoSlope(double[] tau, int p) {
        return Angles.cos(tau[q + p - 1]);
    }

    /** Number of positions. */
    int size() {
        return q;
    }

    /** The variances of the moments, without correlation. */
    @Override
    public double[] start(List<Moments> moments) {
        double[] tau = BoundStructure.super.start(moments);
        double[] variance = Variances.of(moments, q, tau[0] * tau[0]);
        for (int i = 0; i < q; i++) {
            tau[i] = Math.sqrt(variance[i]);
        }
        return tau;
    }

    @Override
    public Whitening whitening(int[] at) {
        for (int i = 1; i < at.length; i++) {
            if (at[i] <= at[i - 1]) {
                return BoundStructure.super.whitening(at);
            }
        }
        return new AntedependenceWhitening(this, at);
    }
}
