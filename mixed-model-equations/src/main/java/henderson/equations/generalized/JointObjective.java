package henderson.equations.generalized;

import henderson.equations.RestrictedObjective;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * {@code d} as a function of those of (β, τ, φ) that are free, each in units of its scale. The step matrix has the
 * information on β at the mode, and one-sided differences of the gradient for the others; from step to step it is carried
 * along by the gradients.
 */
public final class JointObjective implements RestrictedObjective {
    /** √ε put into null directions of G for its score, theory (29). */
    private static final double ROOT_EPSILON = 0x1p-20;
    /** Step of one-sided differences in units of the search. */
    private static final double STEP = 0x1p-14;

    private final JointParameters parameters;
    private final Approximation approximation;
    private final double[] point;
    private final double[] beta;
    private final double[] phi;
    private final double[][] own;
    private final DMatrixRMaj[] lambda;
    private final DMatrixRMaj[] byLambda;
    private final DMatrixRMaj[] work;
    private final double[] byBeta;
    private final double[] byPhi;
    private final double[] fullGradient;
    private final double[] scale;
    private final SecantMatrix secant;
    private int[] active = new int[0];
    private double last = Double.NaN;
    private boolean gradientFresh;
    /** Whether the approximation stands at {@link #evaluated}, with the value {@link #last}. */
    private boolean there;
    /** Where it was evaluated last. */
    private final double[] evaluated;

    private int evaluations;

    /** A workspace. */
    public JointObjective(JointParameters parameters, Approximation approximation) {
        this.parameters = parameters;
        this.approximation = approximation;
        this.point = new double[parameters.size()];
        this.beta = new double[parameters.p];
        this.byBeta = new double[parameters.p];
        this.phi = new double[parameters.size() - parameters.firstAuxiliary()];
        this.byPhi = new double[phi.length];
        this.lambda = parameters.matrices();
        this.byLambda = parameters.matrices();
        this.work = parameters.matrices();
        this.own = new double[lambda.length][];
        for (int t = 0; t < own.length; t++) {
            own[t] = new double[parameters.start[t + 1] - parameters.start[t]];
        }
        this.fullGradient = new double[point.length];
        this.evaluated = new double[point.length];
        this.scale = new double[point.length];
        Arrays.fill(scale, 1);
        this.secant = new SecantMatrix(point.length);
    }

    /** The coordinates. */
    public JointParameters parameters() {
        return parameters;
    }

    /** The rule of integration. */
    public Approximation approximation() {
        return approximation;
    }

    /** Fixes the point from which inactive coordinates are taken, and the active ones. */
    @Override
    public void restrict(double[] at, boolean[] free) {
        System.arraycopy(at, 0, point, 0, point.length);
        int count = 0;
        int[] out = new int[free.length];
        for (int k = 0; k < free.length; k++) {
            if (free[k]) {
                out[count++] = k;
            }
        }
        active = Arrays.copyOf(out, count);
        if (!there || !Arrays.equals(point, evaluated)) {
            last = Double.NaN;
            gradientFresh = false;
            there = false;
        }
    }

    /** Sets the units of the coordinates. */
    public void scale(double[] units) {
        System.arraycopy(units, 0, scale, 0, scale.length);
    }

    /** Unit of coordinate {@code k}. */
    public double unit(int k) {
        return scale[k];
    }

    /** Indices of the coordinates searched over. */
    public int[] active() {
        return active.clone();
    }

    /** Values taken. */
    public int evaluations() {
        return evaluations;
    }

    @Override
    public int dimension() {
        return active.length;
    }

    /** Coordinates of the search at a full point. */
    @Override
    public double[] inside(double[] full) {
        double[] x = new double[active.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = full[active[i]] / scale[active[i]];
        }
        return x;
    }

    /** The full point of coordinates of the search. */
    @Override
    public double[] outside(double[] x) {
        double[] full = point.clone();
        for (int i = 0; i < x.length; i++) {
            full[active[i]] = x[i] * scale[active[i]];
        }
        return full;
    }

    @Override
    public double value(double[] x) {
        for (int i = 0; i < x.length; i++) {
            point[active[i]] = x[i] * scale[active[i]];
        }
        return evaluate();
    }

    /** {@code d} at a full point. */
    public double at(double[] full) {
        System.arraycopy(full, 0, point, 0, point.length);
        return evaluate();
    }

    private double evaluate() {
        if (there && Arrays.equals(point, evaluated)) {
            return last;
        }
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(point, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        System.arraycopy(point, 0, beta, 0, beta.length);
        System.arraycopy(point, parameters.firstAuxiliary(), phi, 0, phi.length);
        evaluations++;
        last = approximation.value(beta, lambda, phi);
        gradientFresh = false;
        there = !Double.isNaN(last);
        System.arraycopy(point, 0, evaluated, 0, point.length);
        return last;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public boolean gradient(double[] g) {
        if (Double.isNaN(last)) {
            return false;
        }
        refresh();
        for (int i = 0; i < active.length; i++) {
            g[i] = fullGradient[active[i]] * scale[active[i]];
        }
        return true;
    }

    /** The gradient over all coordinates in their own units at the last point. Not copied: do not modify. */
    public double[] fullGradient() {
        refresh();
        return fullGradient;
    }

    private void refresh() {
        if (gradientFresh) {
            return;
        }
        approximation.gradient(byBeta, byLambda, byPhi);
        toCoordinates(fullGradient);
        gradientFresh = true;
    }

    /**
     * The part of the gradient that one cluster has, over all coordinates in their own units, at the last point; false where
     * clusters have no parts of their own. {@code out} is modified.
     */
    public boolean clusterGradient(int cluster, double[] out) {
        gradientFresh = false;
        if (!approximation.clusterGradient(cluster, byBeta, byLambda, byPhi)) {
            return false;
        }
        toCoordinates(out);
        return true;
    }

    private void toCoordinates(double[] out) {
        System.arraycopy(byBeta, 0, out, 0, byBeta.length);
        System.arraycopy(byPhi, 0, out, parameters.firstAuxiliary(), byPhi.length);
        for (int t = 0; t < lambda.length; t++) {
            for (int k = 0; k < own[t].length; k++) {
                if (parameters.structure(t).factorDerivative(own[t], k, parameters.at[t], work[t])) {
                    out[parameters.start[t] + k] = product(byLambda[t], work[t]);
                } else {
                    parameters.structure(t).derivative(own[t], k, parameters.at[t], work[t]);
                    out[parameters.start[t] + k] = throughCholesky(lambda[t], work[t], byLambda[t]);
                }
            }
        }
    }

    private static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.numRows * a.numCols; i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    /**
     * {@code ⟨Λ̄, dΛ⟩} with {@code dΛ = ΛΦ(Λ⁻¹ dG Λ⁻ᵀ)}, Λ lower triangular, Φ the lower triangle with half the diagonal. Columns
     * of Λ that are zero do not move to first order. {@code dG} is modified.
     */
    private static double throughCholesky(DMatrixRMaj lambda, DMatrixRMaj dG, DMatrixRMaj bar) {
        int q = lambda.numRows;
        double[] l = lambda.data;
        double[] m = dG.data;
        for (int pass = 0; pass < 2; pass++) { // Λ⁻¹ from the left, then by symmetry from the right
            for (int c = 0; c < q; c++) {
                for (int i = 0; i < q; i++) {
                    int at = pass == 0 ? i * q + c : c * q + i;
                    double sum = m[at];
                    for (int k = 0; k < i; k++) {
                        sum -= l[i * q + k] * m[pass == 0 ? k * q + c : c * q + k];
                    }
                    m[at] = l[i * q + i] == 0 ? 0 : sum / l[i * q + i];
                }
            }
        }
        double out = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double d = 0;
                for (int k = j; k <= i; k++) {
                    d += l[i * q + k] * m[k * q + j] * (k == j ? 0.5 : 1);
                }
                out += bar.data[i * q + j] * (j <= i ? d : 0);
            }
        }
        return out;
    }

    @Override
    public boolean information(DMatrixRMaj h) {
        if (Double.isNaN(last)) {
            return false;
        }
        refresh();
        if (!secant.carry(point, fullGradient)) {
            secant.set(fullInformation(), point, fullGradient);
        }
        DMatrixRMaj full = secant.matrix();
        for (int i = 0; i < active.length; i++) {
            for (int j = 0; j < active.length; j++) {
                h.set(i, j, full.get(active[i], active[j]) * scale[active[i]] * scale[active[j]]);
            }
        }
        return true;
    }

    /** The step matrix over all coordinates in their own units; the objective stays at its point. */
    public DMatrixRMaj fullInformation() {
        refresh();
        int m = point.length;
        int p = parameters.p;
        double here = last;
        double[] g = fullGradient.clone();
        double[] at = point.clone();
        DMatrixRMaj fixed = new DMatrixRMaj(p, p);
        approximation.fixedInformation(fixed);
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                out.set(j, k, fixed.get(j, k));
            }
        }
        for (int k = p; k < m; k++) {
            double step = STEP * Math.max(scale[k], Math.abs(at[k]));
            double[] moved = at.clone();
            moved[k] += step;
            boolean there = !Double.isNaN(at(moved));
            if (there) {
                refresh();
            }
            for (int j = 0; j < m; j++) {
                double d = there ? (fullGradient[j] - g[j]) / step : j == k ? 1 : 0;
                double both = j < p ? d : j < k ? (d + out.get(j, k)) / 2 : d;
                out.set(j, k, both);
                out.set(k, j, both);
            }
        }
        restore(at, g, here);
        return out;
    }

    private void restore(double[] at, double[] g, double value) {
        System.arraycopy(at, 0, point, 0, at.length);
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(point, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        System.arraycopy(point, 0, beta, 0, beta.length);
        System.arraycopy(point, parameters.firstAuxiliary(), phi, 0, phi.length);
        System.arraycopy(g, 0, fullGradient, 0, g.length);
        last = value;
        gradientFresh = true;
        there = false;
    }

    /** Differences of the gradient. */
    @Override
    public boolean hessian(DMatrixRMaj h) {
        double[] at = point.clone();
        JointCurvature curvature = JointCurvature.at(this, inside(at));
        h.setTo(curvature.hessian());
        return curvature.complete();
    }

    /**
     * {@code S = ∂d/∂G} of every term at a full point, theory (26): from {@code ∂d/∂Λ} with √ε in the null directions of Λ.
     */
    public DMatrixRMaj[] scores(double[] full) {
        at(full);
        DMatrixRMaj[] filled = parameters.matrices();
        DMatrixRMaj[] inverse = parameters.matrices();
        for (int t = 0; t < filled.length; t++) {
            fill(lambda[t], filled[t], inverse[t]);
        }
        DMatrixRMaj[] bar = parameters.matrices();
        there = false;
        approximation.value(beta, filled, phi);
        approximation.gradient(byBeta, bar, byPhi);
        DMatrixRMaj[] out = parameters.matrices();
        for (int t = 0; t < out.length; t++) {
            int q = out[t].numRows;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int k = 0; k < q; k++) {
                        sum += bar[t].get(i, k) * inverse[t].get(k, j);
                    }
                    out[t].add(i, j, sum / 4);
                    out[t].add(j, i, sum / 4);
                }
            }
        }
        at(full);
        return out;
    }

    /** Λ with √ε for its zero singular values, and the inverse of that. */
    private static void fill(DMatrixRMaj lambda, DMatrixRMaj filled, DMatrixRMaj inverse) {
        int q = lambda.numRows;
        SingularValueDecomposition_F64<DMatrixRMaj> svd = DecompositionFactory_DDRM.svd(q, q, true, true, false);
        svd.decompose(lambda.copy());
        DMatrixRMaj u = svd.getU(null, false);
        DMatrixRMaj v = svd.getV(null, false);
        double[] s = svd.getSingularValues();
        double largest = 0;
        for (int k = 0; k < q; k++) {
            largest = Math.max(largest, s[k]);
        }
        for (int k = 0; k < q; k++) {
            double value = Math.max(s[k], ROOT_EPSILON * Math.max(1, largest));
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    filled.add(i, j, u.get(i, k) * value * v.get(j, k));
                    inverse.add(i, j, v.get(i, k) / value * u.get(j, k));
                }
            }
        }
    }

    @Override
    public double relativeNoise() {
        return 0x1p-44;
    }
}
