package henderson.equations.generalized;

import henderson.equations.RestrictedObjective;
import henderson.equations.SearchCoordinates;
import henderson.equations.Symmetric;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d} as a function of those of (β, τ, φ) that are free, each in units of its scale. The step matrix has the
 * information on β at the mode, and one-sided differences of the gradient for the others; from step to step it is carried
 * along by the gradients.
 */
public final class JointObjective implements RestrictedObjective {
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
    private final SearchCoordinates coordinates;
    private final SecantMatrix secant;
    private double last = Double.NaN;
    private boolean gradientFresh;
    /** Whether the approximation stands at {@link #evaluated}, with the value {@link #last}. */
    private boolean there;
    /** Where it was evaluated last. */
    private final double[] evaluated;

    private int evaluations;
    /** The Hessian in closed form, and where it was taken; null where it was not offered. */
    private @Nullable DMatrixRMaj curved;

    private final double[] curvedAt;
    /** A step matrix for where the search begins. */
    private @Nullable DMatrixRMaj seed;

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
        this.curvedAt = new double[point.length];
        this.coordinates = new SearchCoordinates(point.length);
        this.secant = new SecantMatrix(point.length, approximation.clusters());
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
        coordinates.restrict(free);
        if (!there || !Arrays.equals(point, evaluated)) {
            last = Double.NaN;
            gradientFresh = false;
            there = false;
        }
    }

    /**
     * Sets the units of the coordinates by a step matrix, with which the search begins at the present point.
     *
     * @param first over all coordinates in their own units, or null: {@link #fullInformation} is taken
     */
    public void begin(@Nullable DMatrixRMaj first) {
        seed = first == null ? fullInformation() : first;
        scale(Symmetric.units(seed));
    }

    /** Sets the units of the coordinates. */
    public void scale(double[] units) {
        coordinates.scale(units);
    }

    /** Unit of coordinate {@code k}. */
    public double unit(int k) {
        return coordinates.unit(k);
    }

    /** Indices of the coordinates searched over. */
    public int[] active() {
        return coordinates.active();
    }

    /** Values taken. */
    public int evaluations() {
        return evaluations;
    }

    @Override
    public int dimension() {
        return coordinates.dimension();
    }

    /** Coordinates of the search at a full point. */
    @Override
    public double[] inside(double[] full) {
        return coordinates.inside(full);
    }

    /** The full point of coordinates of the search. */
    @Override
    public double[] outside(double[] x) {
        double[] full = point.clone();
        coordinates.move(x, full);
        return full;
    }

    @Override
    public double value(double[] x) {
        coordinates.move(x, point);
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
        coordinates.gradient(fullGradient, g);
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
                    out[parameters.start[t] + k] = FactorCalculus.product(byLambda[t], work[t]);
                } else {
                    parameters.structure(t).derivative(own[t], k, parameters.at[t], work[t]);
                    out[parameters.start[t] + k] = FactorCalculus.throughCholesky(lambda[t], work[t], byLambda[t]);
                }
            }
        }
    }

    @Override
    public boolean information(DMatrixRMaj h) {
        if (Double.isNaN(last)) {
            return false;
        }
        if (seed == null && exactHessian(h)) {
            return true;
        }
        refresh();
        if (seed != null) {
            secant.set(seed, point, fullGradient);
            seed = null;
        } else if (!secant.carry(point, fullGradient)) {
            secant.set(fullInformation(), point, fullGradient);
        }
        coordinates.second(secant.matrix(), h);
        return true;
    }

    /** The step matrix over all coordinates in their own units; the objective stays at its point. */
    public DMatrixRMaj fullInformation() {
        DMatrixRMaj exact = exact();
        if (exact != null) {
            return exact.copy();
        }
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
            double step = STEP * Math.max(coordinates.unit(k), Math.abs(at[k]));
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

    /** The Hessian in closed form over the coordinates of the search; false where the approximation does not offer it. */
    boolean exactHessian(DMatrixRMaj h) {
        DMatrixRMaj full = exact();
        if (full == null) {
            return false;
        }
        coordinates.second(full, h);
        return true;
    }

    /** In closed form over all coordinates in their own units, at the last point; null where it is not offered. */
    private @Nullable DMatrixRMaj exact() {
        if (Double.isNaN(last) || phi.length > 0) {
            return null;
        }
        if (curved != null && Arrays.equals(point, curvedAt)) {
            return curved;
        }
        FactorBends bends = FactorBends.of(parameters, point);
        DMatrixRMaj out = new DMatrixRMaj(point.length, point.length);
        curved = bends != null && approximation.hessian(bends, out) ? out : null;
        System.arraycopy(point, 0, curvedAt, 0, point.length);
        return curved;
    }

    /** In closed form, or differences of the gradient. */
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
            FactorCalculus.fill(lambda[t], filled[t], inverse[t]);
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

    @Override
    public double relativeNoise() {
        return 0x1p-44;
    }
}
