package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Whitening;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code G = a²J/q + c²(I − J/q)}, {@code τ = (a, c)}, {@code q ≥ 2}: {@code a²} is the eigenvalue of the mean, {@code c²}
 * that of the contrasts. Over {@code m} of the positions the eigenvalue of the mean is {@code s² = (a²m + c²(q − m))/q}.
 */
final class BoundExchangeable implements BoundStructure {
    /** A starting eigenvalue is at least this part of the other, so that none starts on the boundary. */
    private static final double START_FLOOR = 1e-4;

    private static final int A = 0;
    private static final int C = 1;

    private final int q;
    private final List<Coordinate> coordinates;

    BoundExchangeable(int q) {
        this.q = q;
        this.coordinates = List.of(eigenvalue("a"), eigenvalue("c"));
    }

    private static Coordinate eigenvalue(String name) {
        Natural natural = new Natural(name, -1, -1, List.of(), Scale.LOG);
        return new Coordinate(name, true, 1, new double[] {0}, natural, t -> t * t);
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public int held() {
        return C;
    }

    @Override
    public List<Natural> naturals() {
        return List.of(Natural.variance(-1), Natural.covariance(-1, -1));
    }

    /** The variance {@code (a² + (q − 1)c²)/q} and the covariance {@code (a² − c²)/q}. */
    @Override
    public double[] natural(double[] tau) {
        double a = tau[A];
        double c = tau[C];
        return new double[] {variance(a * a, c * c), covariance(a * a, c * c)};
    }

    private double variance(double a, double c) {
        return (a + (q - 1) * c) / q;
    }

    private double covariance(double a, double c) {
        return (a - c) / q;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        double a = tau[A];
        double c = tau[C];
        fill(at, variance(a * a, c * c), (a - c) * (a + c) / q, out);
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        double a = k == A ? 2 * tau[A] : 0;
        double c = k == C ? 2 * tau[C] : 0;
        fill(at, variance(a, c), covariance(a, c), out);
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        double a = j == A && k == A ? 2 : 0;
        double c = j == C && k == C ? 2 : 0;
        fill(at, variance(a, c), covariance(a, c), out);
    }

    private static void fill(int[] at, double variance, double covariance, DMatrixRMaj out) {
        int m = at.length;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                out.data[i * m + j] = at[i] == at[j] ? variance : covariance;
            }
        }
    }

    /** The symmetric root {@code c(I − J/m) + sJ/m} over the m different positions of {@code at}. */
    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        int m = Indices.distinct(at);
        spread(at, m, tau[C], meanRoot(tau, m), out);
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        int m = Indices.distinct(at);
        double s = meanRoot(tau, m);
        if (m < q && s == 0) {
            return false; // a root of a² + c² has no derivative at zero
        }
        double contrasts = k == C ? 1 : 0;
        spread(at, m, contrasts, meanRootDerivative(tau, k, m, s), out);
        return true;
    }

    /** {@code s}: signed {@code a} over all positions, so that it is smooth at zero. */
    double meanRoot(double[] tau, int m) {
        if (m == q) {
            return tau[A];
        }
        return Math.hypot(tau[A] * Math.sqrt((double) m / q), tau[C] * Math.sqrt((double) (q - m) / q));
    }

    private double meanRootDerivative(double[] tau, int k, int m, double s) {
        if (m == q) {
            return k == A ? 1 : 0;
        }
        return (k == A ? tau[A] * m : tau[C] * (q - m)) / (q * s);
    }

    /** {@code cI + (s − c)J/m} with a row for each of {@code at} and its columns where a position first stands. */
    private static void spread(int[] at, int m, double c, double s, DMatrixRMaj out) {
        int n = at.length;
        double off = (s - c) / m;
        Arrays.fill(out.data, 0, n * n, 0);
        for (int j = 0; j < n; j++) {
            if (Indices.first(at, j) == j) {
                for (int i = 0; i < n; i++) {
                    out.data[i * n + j] = at[i] == at[j] ? c + off : off;
                }
            }
        }
    }

    @Override
    public double[] start(List<Moments> moments) {
        double[] tau = BoundStructure.super.start(moments);
        maximize(moments, tau);
        double largest = Math.max(tau[A] * tau[A], tau[C] * tau[C]);
        double floor = Math.sqrt(START_FLOOR * (largest > 0 ? largest : 1));
        tau[A] = Math.max(tau[A], floor);
        tau[C] = Math.max(tau[C], floor);
        return tau;
    }

    /**
     * {@code a² = 1ᵀS1/(qn)}, {@code c² = (tr S − 1ᵀS1/q)/((q − 1)n)}. Only where all positions are present: otherwise the
     * eigenvalues mix and there is no closed form.
     */
    @Override
    public boolean maximize(List<Moments> moments, double[] tau) {
        double count = 0;
        double mean = 0;
        double trace = 0;
        for (Moments m : moments) {
            if (!Indices.isPermutation(m.at(), q)) {
                return false;
            }
            count += m.count();
            mean += meanPart(m.sum());
            trace += trace(m.sum());
        }
        if (!(count > 0)) {
            return false;
        }
        tau[A] = Math.sqrt(Math.max(0, mean / count));
        tau[C] = Math.sqrt(Math.max(0, (trace - mean) / ((q - 1) * count)));
        return true;
    }

    /** {@code 1ᵀS1/q}. */
    private double meanPart(DMatrixRMaj s) {
        double sum = 0;
        for (int i = 0; i < q * q; i++) {
            sum += s.data[i];
        }
        return sum / q;
    }

    private double trace(DMatrixRMaj s) {
        double sum = 0;
        for (int i = 0; i < q; i++) {
            sum += s.data[i * q + i];
        }
        return sum;
    }

    @Override
    public Whitening whitening(int[] at) {
        return new ExchangeableWhitening(this, q, at.length);
    }

    /** {@code 1ᵀS1/q} where a is zero, {@code tr S − 1ᵀS1/q} where c is. */
    @Override
    public DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        return Elementwise.curvature(tau, halfCurvature(score));
    }

    @Override
    public double[] release(double[] tau, DMatrixRMaj score, double t) {
        return Elementwise.release(tau, halfCurvature(score), t);
    }

    private double[] halfCurvature(DMatrixRMaj score) {
        double mean = meanPart(score);
        return new double[] {mean, trace(score) - mean};
    }
}
