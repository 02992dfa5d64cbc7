package henderson.equations.linear;

import henderson.equations.CollapsedGroups;
import henderson.equations.ProfiledDeviance;
import henderson.equations.SearchCoordinates;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code d} over the coordinates that are free, from {@link CollapsedGroups}: value, gradient and exact Hessian at a cost that
 * does not depend on the number of groups. The response may be replaced between two searches.
 */
final class CollapsedObjective implements BoundaryObjective {
    private final Parameters parameters;
    private final ProfiledDeviance profile;
    private final CollapsedGroups groups;
    private final int m;
    private final int q;
    private final double[][] own;
    private final DMatrixRMaj[] lambda;
    private final DMatrixRMaj[] work;
    /** ∂G/∂τ_k over all columns of a group, q × q each. */
    private final double[][] first;
    /** ∂d/∂G over all columns of a group, q × q. */
    private final double[] score;

    private final double[] tau;
    private final double[] fullGradient;
    private final DMatrixRMaj fullHessian;
    private final SearchCoordinates coordinates;
    private boolean refused;
    private boolean derived;

    CollapsedObjective(Parameters parameters, ProfiledDeviance profile, CollapsedGroups groups) {
        this.parameters = parameters;
        this.profile = profile;
        this.groups = groups;
        this.m = parameters.size();
        this.q = groups.width();
        this.own = new double[parameters.terms.size()][];
        for (int t = 0; t < own.length; t++) {
            own[t] = new double[parameters.start[t + 1] - parameters.start[t]];
        }
        this.lambda = parameters.matrices();
        this.work = parameters.matrices();
        this.first = new double[m][q * q];
        this.score = new double[q * q];
        this.tau = new double[m];
        this.fullGradient = new double[m];
        this.fullHessian = new DMatrixRMaj(m, m);
        this.coordinates = new SearchCoordinates(m);
    }

    /** Takes over the units of another objective. */
    void scale(DevianceObjective other) {
        double[] units = new double[m];
        Arrays.setAll(units, other::unit);
        coordinates.scale(units);
    }

    /** Takes over another response from the equations. */
    void refresh() {
        groups.refresh();
    }

    @Override
    public void restrict(double[] point, boolean[] free) {
        System.arraycopy(point, 0, tau, 0, m);
        coordinates.restrict(free);
    }

    @Override
    public int dimension() {
        return coordinates.dimension();
    }

    @Override
    public double[] inside(double[] point) {
        return coordinates.inside(point);
    }

    @Override
    public double[] outside(double[] x) {
        double[] point = tau.clone();
        coordinates.move(x, point);
        return point;
    }

    @Override
    public double value(double[] x) {
        coordinates.move(x, tau);
        return evaluate();
    }

    @Override
    public double at(double[] point) {
        System.arraycopy(point, 0, tau, 0, m);
        return evaluate();
    }

    private double evaluate() {
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(tau, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        double d = groups.value(lambda);
        refused = Double.isNaN(d);
        derived = false;
        return d;
    }

    /** Gradient and Hessian over all coordinates in their own units, at the last point. */
    void derive() {
        if (derived) {
            return;
        }
        derived = true;
        for (int k = 0; k < m; k++) {
            int t = parameters.termOf[k];
            parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], work[t]);
            int size = parameters.at[t].length;
            int at = groups.column(t);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    first[k][(at + i) * q + at + j] = work[t].data[i * size + j];
                }
            }
        }
        groups.derive(first, fullGradient, fullHessian, score);
        for (int k = 0; k < m; k++) {
            for (int l = k; l < parameters.start[parameters.termOf[k] + 1]; l++) {
                fullHessian.data[k * m + l] += curvature(parameters.termOf[k], k, l);
                fullHessian.data[l * m + k] = fullHessian.data[k * m + l];
            }
        }
    }

    /** {@code tr(S ∂²G/∂τ_k∂τ_l)}. */
    private double curvature(int t, int k, int l) {
        int from = parameters.start[t];
        parameters.structure(t).second(own[t], k - from, l - from, parameters.at[t], work[t]);
        int size = parameters.at[t].length;
        int at = groups.column(t);
        double sum = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                sum += score[(at + i) * q + at + j] * work[t].data[i * size + j];
            }
        }
        return sum;
    }

    /** The gradient over all coordinates; written by {@link #derive}. Not copied: do not modify. */
    double[] fullGradient() {
        return fullGradient;
    }

    /** The Hessian over all coordinates; written by {@link #derive}. Not copied: do not modify. */
    DMatrixRMaj fullHessian() {
        return fullHessian;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public boolean gradient(double[] g) {
        if (refused) {
            return false;
        }
        derive();
        coordinates.gradient(fullGradient, g);
        return true;
    }

    /** The Hessian: it costs no more. */
    @Override
    public boolean information(DMatrixRMaj h) {
        return hessian(h);
    }

    @Override
    public boolean hessian(DMatrixRMaj h) {
        if (refused) {
            return false;
        }
        derive();
        coordinates.second(fullHessian, h);
        return true;
    }

    @Override
    public DMatrixRMaj[] scores() {
        derive();
        DMatrixRMaj[] out = parameters.matrices();
        for (int t = 0; t < out.length; t++) {
            int size = out[t].numRows;
            int at = groups.column(t);
            for (int i = 0; i < size; i++) {
                System.arraycopy(score, (at + i) * q + at, out[t].data, i * size, size);
            }
        }
        return out;
    }

    @Override
    public double derivativeAt(double[] point, int k) {
        if (Double.isNaN(at(point))) {
            return Double.NaN;
        }
        derive();
        return fullGradient[k];
    }

    @Override
    public ProfiledDeviance profile() {
        return profile;
    }

    /** {@code σ̂²} at the last point. */
    double sigma2() {
        return groups.sigma2();
    }

    /** Fixed effects of the columns as given at the last point. */
    double[] fixedEffects() {
        return groups.fixedEffects();
    }

    @Override
    public double relativeNoise() {
        return 0x1p-46;
    }
}
