package henderson.equations.generalized;

import henderson.api.HendersonException;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The Gauss–Hermite rule {@code ∫ f(z) e^{−z²} dz ≈ Σ ω_j f(z_j)}, exact for polynomials of degree {@code 2k − 1}.
 *
 * @param nodes      z_j, ascending, k
 * @param logWeights log ω_j, k
 */
record GaussHermite(double[] nodes, double[] logWeights) {
    /** Beyond so many nodes the outermost weights leave the range of double. */
    static final int MOST = 250;

    /**
     * The rule of {@code points} nodes: eigenvalues of the Jacobi matrix, polished by Newton's method on the orthonormal
     * polynomial, {@code ω = 1 / (k p_{k−1}(z)²)}.
     *
     * @throws HendersonException for fewer than 1 or more than {@value #MOST} points
     */
    static GaussHermite of(int points) {
        if (points < 1 || points > MOST) {
            throw new HendersonException(
                    "The number of integration points is " + points + "; it must be 1 to " + MOST + ".");
        }
        double[] nodes = start(points);
        double[] log = new double[points];
        double[] p = new double[2];
        for (int j = 0; j < points; j++) {
            for (int polish = 0; polish < 3; polish++) {
                polynomial(points, nodes[j], p);
                nodes[j] -= p[0] / (Math.sqrt(2.0 * points) * p[1]); // p_k′ = √(2k) p_{k−1}
            }
        }
        for (int j = 0; j < points / 2; j++) { // the rule is symmetric, to the last bit
            double z = (nodes[points - 1 - j] - nodes[j]) / 2;
            nodes[j] = -z;
            nodes[points - 1 - j] = z;
        }
        if (points % 2 == 1) {
            nodes[points / 2] = 0;
        }
        for (int j = 0; j < points; j++) {
            polynomial(points, nodes[j], p);
            log[j] = -Math.log(points) - 2 * Math.log(Math.abs(p[1]));
        }
        return new GaussHermite(nodes, log);
    }

    private static double[] start(int points) {
        DMatrixRMaj jacobi = new DMatrixRMaj(points, points);
        for (int k = 1; k < points; k++) {
            jacobi.set(k, k - 1, Math.sqrt(k / 2.0));
            jacobi.set(k - 1, k, Math.sqrt(k / 2.0));
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(points, false, true);
        eigen.decompose(jacobi);
        double[] out = new double[points];
        for (int k = 0; k < points; k++) {
            out[k] = eigen.getEigenvalue(k).getReal();
        }
        Arrays.sort(out);
        return out;
    }

    /** {@code out ← (p_k(z), p_{k−1}(z))}, orthonormal for {@code e^{−z²}}. Modified. */
    private static void polynomial(int k, double z, double[] out) {
        double last = 0;
        double here = Math.pow(Math.PI, -0.25);
        for (int j = 0; j < k; j++) {
            double next = z * Math.sqrt(2.0 / (j + 1)) * here - Math.sqrt(j / (j + 1.0)) * last;
            last = here;
            here = next;
        }
        out[0] = here;
        out[1] = last;
    }
}
