package henderson.equations.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** From the search coordinates to the natural parameters, theory (40) and (41). The residual variance comes last. */
final class NaturalCovariance {
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};
    private static final double STEP = 0x1p-7;
    /** A standard error below this, relative to the coordinate, would leave rounding alone. */
    private static final double SMALLEST = 0x1p-20;

    /** ∂ψ/∂(active τ in the units of the search, log σ), (m + 1) × (active + 1). */
    final DMatrixRMaj jacobian;
    /** Covariance of (active τ in the units of the search, log σ). */
    final DMatrixRMaj joint;
    /** Covariance of ψ, (m + 1) × (m + 1); NaN for parameters on a boundary. */
    final DMatrixRMaj covariance;
    /** Parameters that no active coordinate moves. */
    final boolean[] boundary;

    NaturalCovariance(
            Parameters parameters, DevianceObjective objective, double[] tau, double sigma, Curvature curvature) {
        int m = parameters.size();
        int[] active = objective.active();
        int a = active.length;
        this.jacobian = new DMatrixRMaj(m + 1, a + 1);
        for (int i = 0; i <= a; i++) {
            column(parameters, objective, tau, sigma, i, step(parameters, objective, tau, curvature, i));
        }
        if (!parameters.hasResidual()) {
            jacobian.set(m, a, 2 * sigma * sigma);
        }
        this.boundary = new boolean[m + 1];
        double[] value = parameters.natural(tau, sigma);
        for (int k = 0; k <= m; k++) {
            boundary[k] = true;
            // σ moves every parameter of a random term that is a variance or covariance, zero or not
            int last = parameters.naturalTerm(k) < 0 ? a + 1 : a;
            for (int i = 0; i < last; i++) {
                boundary[k] &= Math.abs(jacobian.get(k, i)) <= 1e-12 * Math.max(Math.abs(value[k]), 1e-290);
            }
        }
        this.joint = jointCovariance(objective, curvature, a);
        DMatrixRMaj half = new DMatrixRMaj(m + 1, a + 1);
        this.covariance = new DMatrixRMaj(m + 1, m + 1);
        CommonOps_DDRM.mult(jacobian, joint, half);
        CommonOps_DDRM.multTransB(half, jacobian, covariance);
        for (int j = 0; j <= m; j++) {
            for (int k = 0; k <= m; k++) {
                if (boundary[j] || boundary[k] || !curvature.complete()) {
                    covariance.set(j, k, Double.NaN);
                }
            }
        }
    }

    /**
     * Step of the differences: small beside a coordinate's size where it scales, for then ψ is quadratic in it. Elsewhere also
     * small beside its standard error: a range is infinite at π/2, and its coordinate may be close to that.
     */
    private static double step(
            Parameters parameters, DevianceObjective objective, double[] tau, Curvature curvature, int i) {
        int[] active = objective.active();
        if (i == active.length) {
            return STEP;
        }
        double unit = objective.unit(active[i]);
        double size = Math.max(unit, Math.abs(tau[active[i]]));
        double error = unit / Math.sqrt(Math.abs(curvature.hessian().get(i, i)) / 2);
        boolean within = !parameters.coordinate(active[i]).scales() && error < size;
        return STEP * (within ? Math.max(error, SMALLEST * size) : size);
    }

    private void column(
            Parameters parameters, DevianceObjective objective, double[] tau, double sigma, int i, double h) {
        int[] active = objective.active();
        boolean ofSigma = i == active.length;
        double unit = ofSigma ? 1 : objective.unit(active[i]);
        for (int s = 1; s <= WEIGHTS.length; s++) {
            double[] up = tau.clone();
            double[] down = tau.clone();
            double sigmaUp = sigma;
            double sigmaDown = sigma;
            if (ofSigma) {
                sigmaUp = sigma * Math.exp(s * h);
                sigmaDown = sigma * Math.exp(-s * h);
            } else {
                up[active[i]] += s * h;
                down[active[i]] -= s * h;
            }
            double[] a = parameters.natural(up, sigmaUp);
            double[] b = parameters.natural(down, sigmaDown);
            for (int k = 0; k < a.length; k++) {
                jacobian.add(k, i, WEIGHTS[s - 1] * (a[k] - b[k]) / h * unit);
            }
        }
    }

    /** Covariance of (active coordinates, log σ): twice the inverse of theory (40). */
    private static DMatrixRMaj jointCovariance(DevianceObjective objective, Curvature curvature, int a) {
        double n = objective.profile().denominator();
        DMatrixRMaj inverse = curvature.inverse();
        // by blocks: Cov(τ) = 2H⁻¹, Cov(τ, log σ) = H⁻¹h, Var(log σ) = 1/(2n*) + hᵀH⁻¹h/2
        DMatrixRMaj out = new DMatrixRMaj(a + 1, a + 1);
        double quadratic = 0;
        for (int i = 0; i < a; i++) {
            double sum = 0;
            for (int j = 0; j < a; j++) {
                out.set(i, j, 2 * inverse.get(i, j));
                sum += inverse.get(i, j) * curvature.logResidual[j];
            }
            out.set(i, a, sum);
            out.set(a, i, sum);
            quadratic += sum * curvature.logResidual[i];
        }
        out.set(a, a, 1 / (2 * n) + quadratic / 2);
        return out;
    }
}
