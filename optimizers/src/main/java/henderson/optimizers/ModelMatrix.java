package henderson.optimizers;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The positive definite matrix of a quadratic model at the accepted point: the objective's own, eigenvalues by absolute
 * value; where it offers none, the update of Broyden, Fletcher, Goldfarb and Shanno with Powell's damping.
 */
final class ModelMatrix {
    /** Least eigenvalue in units of the largest. */
    private static final double FLOOR = 1e-10;
    /** Powell: {@code sᵀy} counts as at least this part of {@code sᵀHs}. */
    private static final double DAMPING = 0.2;

    private final Search search;
    private final int n;
    private final Curvature curvature;
    private final DMatrixRMaj offered;
    private final DMatrixRMaj matrix;
    private final double[] unused;
    private boolean exact;
    private boolean triedExact;
    /** Whether the objective offers a matrix. */
    private boolean given;

    ModelMatrix(Search search) {
        this.search = search;
        this.n = search.dimension();
        this.curvature = new Curvature(n);
        this.offered = new DMatrixRMaj(n, n);
        this.matrix = CommonOps_DDRM.identity(n);
        this.unused = new double[n];
    }

    DMatrixRMaj matrix() {
        return matrix;
    }

    /** Reads the objective's matrix at its last point, which is the accepted one. */
    void read() {
        given = (!exact && search.objective().information(offered) && curvature.set(offered)) || readHessian();
        if (given) {
            curvature.absolute(FLOOR, matrix);
        } else {
            curvature.set(matrix);
        }
    }

    private boolean readHessian() {
        exact = search.objective().hessian(offered) && curvature.set(offered);
        return exact;
    }

    /** Goes over to the Hessian, once; false where there is none or it is in use already. */
    boolean makeExact() {
        if (exact || triedExact || !given || !search.mayEvaluate()) {
            return false;
        }
        triedExact = true;
        search.returnTo();
        if (readHessian()) {
            curvature.absolute(FLOOR, matrix);
        }
        return exact;
    }

    /** How long the model's step would be without any bound. */
    double newtonLength(double[] g) {
        curvature.decrement(g, 0);
        double length = curvature.step(g, Double.POSITIVE_INFINITY, unused);
        return length > 0 ? length : 1;
    }

    /** Learns from the proposed step that is about to be accepted, where nothing better is given. */
    void learn() {
        if (given) {
            return;
        }
        double[] s = new double[n];
        double[] y = new double[n];
        double[] hs = new double[n];
        for (int i = 0; i < n; i++) {
            s[i] = search.trial[i] - search.x[i];
            y[i] = search.trialGradient[i] - search.g[i];
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                hs[i] += matrix.get(i, j) * s[j];
            }
        }
        double shs = Search.dot(s, hs);
        double sy = Search.dot(s, y);
        double weight = sy >= DAMPING * shs ? 1 : (1 - DAMPING) * shs / (shs - sy);
        for (int i = 0; i < n; i++) {
            y[i] = weight * y[i] + (1 - weight) * hs[i];
        }
        double damped = Search.dot(s, y);
        if (!(damped > 0)) {
            return;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix.add(i, j, y[i] * y[j] / damped - hs[i] * hs[j] / shs);
            }
        }
    }
}
