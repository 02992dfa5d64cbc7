package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Parameters and the mode there: searches come back to points after looking aside. */
final class KeptMode {
    private final double[] beta;
    private final DMatrixRMaj[] lambda;
    private final double[] phi;
    /** The mode, order of elimination. */
    final double[] v;

    private boolean any;

    KeptMode(int p, DMatrixRMaj[] lambda, int auxiliaries, int order) {
        this.beta = new double[p];
        this.lambda = lambda;
        this.phi = new double[auxiliaries];
        this.v = new double[order];
    }

    /** Whether these are the parameters kept, to the last bit. */
    boolean is(double[] b, DMatrixRMaj[] l, double[] f) {
        boolean same = sameBeta(b);
        for (int k = 0; k < phi.length; k++) {
            same &= f[k] == phi[k];
        }
        for (int t = 0; t < lambda.length && same; t++) {
            same = Arrays.equals(l[t].data, 0, lambda[t].data.length, lambda[t].data, 0, lambda[t].data.length);
        }
        return same;
    }

    /** Whether this is the β kept. */
    boolean sameBeta(double[] b) {
        boolean same = any;
        for (int j = 0; j < beta.length; j++) {
            same &= b[j] == beta[j];
        }
        return same;
    }

    /** Keeps parameters. */
    void set(double[] b, DMatrixRMaj[] l, double[] f) {
        System.arraycopy(b, 0, beta, 0, beta.length);
        System.arraycopy(f, 0, phi, 0, phi.length);
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(l[t].data, 0, lambda[t].data, 0, lambda[t].data.length);
        }
        any = true;
    }

    /** Keeps the parameters of another, and a mode. */
    void set(KeptMode other, double[] mode) {
        set(other.beta, other.lambda, other.phi);
        System.arraycopy(mode, 0, v, 0, v.length);
    }

    /** Whether anything is kept. */
    boolean any() {
        return any;
    }
}
