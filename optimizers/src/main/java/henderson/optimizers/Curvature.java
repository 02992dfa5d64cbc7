package henderson.optimizers;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A step matrix {@code H = Σ λᵢqᵢqᵢᵀ} seen in its eigenbasis, eigenvalues by absolute value {@code μᵢ = |λᵢ|}, so that a
 * step goes down in directions of negative curvature as well. Directions with {@code μᵢ ≤ 1e-14 max μ} are flat.
 */
final class Curvature {
    /** An eigenvalue below this part of the largest is rounding. */
    private static final double FLAT = 1e-14;

    private final int n;
    /** λ, n. */
    private final double[] lambda;
    /** μ, n; a flat direction has the least that is not flat. */
    private final double[] mu;

    private final boolean[] flat;
    /** Eigenvectors in rows, n × n. */
    private final double[][] q;
    /** Qg, n. */
    private final double[] rotated;
    /** Step in the eigenbasis, n. */
    private final double[] step;

    private double largest;
    private int least;
    private double predicted;

    Curvature(int n) {
        this.n = n;
        this.lambda = new double[n];
        this.mu = new double[n];
        this.flat = new boolean[n];
        this.q = new double[n][n];
        this.rotated = new double[n];
        this.step = new double[n];
    }

    /** Takes a matrix; false when it is not finite. */
    boolean set(DMatrixRMaj h) {
        for (int i = 0; i < n * n; i++) {
            if (!Double.isFinite(h.data[i])) {
                return false;
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(symmetric(h))) {
            return false;
        }
        largest = 0;
        least = 0;
        for (int i = 0; i < n; i++) {
            lambda[i] = eigen.getEigenvalue(i).real;
            System.arraycopy(eigen.getEigenVector(i).data, 0, q[i], 0, n);
            largest = Math.max(largest, Math.abs(lambda[i]));
            least = lambda[i] < lambda[least] ? i : least;
        }
        for (int i = 0; i < n; i++) {
            flat[i] = Math.abs(lambda[i]) <= FLAT * largest;
            mu[i] = Math.max(Math.abs(lambda[i]), FLAT * largest);
        }
        return true;
    }

    private static DMatrixRMaj symmetric(DMatrixRMaj h) {
        DMatrixRMaj out = new DMatrixRMaj(h.numCols, h.numRows);
        CommonOps_DDRM.transpose(h, out);
        CommonOps_DDRM.add(0.5, h, 0.5, out, out);
        return out;
    }

    /**
     * {@code ½gᵀ|H|⁻¹g}. A flat direction counts only when the slope along it is more than {@code rounding}; then there is
     * a way down without end, and the decrement is large.
     */
    double decrement(double[] g, double rounding) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            rotated[i] = Search.dot(q[i], g);
            if (flat[i] && Math.abs(rotated[i]) <= rounding) {
                rotated[i] = 0;
            }
            if (rotated[i] != 0) {
                sum += 0.5 * rotated[i] * rotated[i] / mu[i];
            }
        }
        return sum;
    }

    /**
     * {@code out ← x + s}, s the minimum of {@code gᵀs + ½sᵀ|H|s} within the radius, for the gradient last given to {@link
     * #decrement}. Modified.
     *
     * @return {@code ‖s‖}
     */
    double step(double[] x, double radius, double[] out) {
        double nu = largest > 0 && norm(0) <= radius ? 0 : damping(radius);
        double length = norm(nu);
        predicted = 0;
        System.arraycopy(x, 0, out, 0, n);
        for (int i = 0; i < n; i++) {
            predicted -= step[i] * (rotated[i] + 0.5 * mu[i] * step[i]);
            for (int j = 0; j < n; j++) {
                out[j] += step[i] * q[i][j];
            }
        }
        return length;
    }

    /** How much the last step should lower the objective. */
    double predicted() {
        return predicted;
    }

    /** {@code ‖s(ν)‖}, {@code sᵢ = −gᵢ/(μᵢ + ν)}. */
    private double norm(double nu) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            step[i] = rotated[i] == 0 ? 0 : -rotated[i] / (mu[i] + nu);
            sum = Math.hypot(sum, step[i]);
        }
        return sum;
    }

    /** The root of {@code 1/‖s(ν)‖ = 1/radius}: Newton's method from below, where it is monotone. */
    private double damping(double radius) {
        double nu = 0;
        for (int i = 0; i < n; i++) {
            nu = Math.max(nu, Math.abs(rotated[i]) / radius - mu[i]);
        }
        for (int iteration = 0; iteration < 100; iteration++) {
            double length = norm(nu);
            if (!(length > radius * (1 + 1e-12))) {
                break;
            }
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += step[i] == 0 ? 0 : step[i] * step[i] / (mu[i] + nu);
            }
            nu += (length - radius) / radius * length * length / sum;
        }
        return nu;
    }

    /**
     * {@code out ← |H|}, no eigenvalue below {@code floor} times the largest. Modified.
     *
     * @param out n × n
     */
    void absolute(double floor, DMatrixRMaj out) {
        out.zero();
        for (int k = 0; k < n; k++) {
            double eigenvalue = Math.max(mu[k], floor * largest);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    out.add(i, j, eigenvalue * q[k][i] * q[k][j]);
                }
            }
        }
    }

    /** The least eigenvalue where it is truly negative, otherwise 0. */
    double negative() {
        return lambda[least] < -1e-8 * largest ? lambda[least] : 0;
    }

    /** {@code out ← x + length · q}, q the eigenvector of the least eigenvalue. Modified. */
    void alongNegative(double[] x, double length, double[] out) {
        for (int j = 0; j < n; j++) {
            out[j] = x[j] + length * q[least][j];
        }
    }
}
