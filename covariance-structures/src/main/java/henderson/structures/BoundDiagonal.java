package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** {@code G = diag(θ²)}, with one θ for all positions or one for each. */
final class BoundDiagonal implements BoundStructure {
    /** A starting variance is at least this part of the mean variance, so that none starts on the boundary. */
    private static final double START_FLOOR = 1e-4;

    private final List<Coordinate> coordinates;
    /** Coordinate of each position, q. */
    private final int[] owner;

    private BoundDiagonal(List<Coordinate> coordinates, int[] owner) {
        this.coordinates = List.copyOf(coordinates);
        this.owner = owner;
    }

    static BoundDiagonal common(int q) {
        return new BoundDiagonal(List.of(Coordinate.variance("sd", -1)), new int[q]);
    }

    static BoundDiagonal separate(int q) {
        List<Coordinate> coordinates = new ArrayList<>();
        int[] owner = new int[q];
        for (int i = 0; i < q; i++) {
            coordinates.add(Coordinate.variance("sd" + (i + 1), i));
            owner[i] = i;
        }
        return new BoundDiagonal(coordinates, owner);
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        for (int i = 0; i < at.length; i++) {
            double theta = tau[owner[at[i]]];
            fillRow(at, i, theta * theta, out);
        }
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        for (int i = 0; i < at.length; i++) {
            fillRow(at, i, owner[at[i]] == k ? 2 * tau[k] : 0, out);
        }
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        for (int i = 0; i < at.length; i++) {
            fillRow(at, i, j == k && owner[at[i]] == k ? 2 : 0, out);
        }
    }

    private static void fillRow(int[] at, int i, double value, DMatrixRMaj out) {
        for (int j = 0; j < at.length; j++) {
            out.data[i * at.length + j] = at[j] == at[i] ? value : 0;
        }
    }

    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        Arrays.fill(out.data, 0, at.length * at.length, 0);
        for (int i = 0; i < at.length; i++) {
            out.data[i * at.length + Indices.first(at, i)] = tau[owner[at[i]]];
        }
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        Arrays.fill(out.data, 0, at.length * at.length, 0);
        for (int i = 0; i < at.length; i++) {
            out.data[i * at.length + Indices.first(at, i)] = owner[at[i]] == k ? 1 : 0;
        }
        return true;
    }

    @Override
    public double[] start(List<Moments> moments) {
        double[] tau = new double[coordinates.size()];
        Arrays.fill(tau, Double.NaN);
        maximize(moments, tau);
        double sum = 0;
        int known = 0;
        for (double theta : tau) {
            if (theta > 0) {
                sum += theta * theta;
                known++;
            }
        }
        double mean = known == 0 ? 1 : sum / known;
        for (int k = 0; k < tau.length; k++) {
            double variance = Double.isNaN(tau[k]) ? mean : tau[k] * tau[k];
            tau[k] = Math.sqrt(Math.max(variance, START_FLOOR * mean));
        }
        return tau;
    }

    /** {@code θₖ² = Σ sumᵢᵢ / Σ count} over the positions of k; a θ without any stays. */
    @Override
    public boolean maximize(List<Moments> moments, double[] tau) {
        double[] sum = new double[tau.length];
        double[] count = new double[tau.length];
        for (Moments m : moments) {
            for (int i = 0; i < m.at().length; i++) {
                int k = owner[m.at()[i]];
                sum[k] += m.sum().get(i, i);
                count[k] += m.count();
            }
        }
        for (int k = 0; k < tau.length; k++) {
            if (count[k] > 0) {
                tau[k] = Math.sqrt(Math.max(0, sum[k]) / count[k]);
            }
        }
        return true;
    }

    @Override
    public Whitening whitening(int[] at) {
        int[] rows = new int[at.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = owner[at[i]];
        }
        return new DiagonalWhitening(rows);
    }

    /** The diagonal matrix of {@code Σ Sᵢᵢ} over the positions of each θ that is zero. */
    @Override
    public DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        return Elementwise.curvature(tau, halfCurvature(score));
    }

    @Override
    public double[] release(double[] tau, DMatrixRMaj score, double t) {
        return Elementwise.release(tau, halfCurvature(score), t);
    }

    /** {@code ½ tr(S ∂²G/∂θₖ²)}, one per coordinate. */
    private double[] halfCurvature(DMatrixRMaj score) {
        double[] out = new double[coordinates.size()];
        for (int i = 0; i < owner.length; i++) {
            out[owner[i]] += score.get(i, i);
        }
        return out;
    }
}
