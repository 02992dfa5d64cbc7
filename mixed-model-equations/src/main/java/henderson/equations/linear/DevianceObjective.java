package henderson.equations.linear;

import henderson.equations.Evaluation;
import henderson.equations.Information;
import henderson.equations.ResidualScore;
import henderson.equations.RestrictedObjective;
import henderson.equations.Score;
import henderson.equations.ScoreMatrices;
import henderson.equations.TraceSquares;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d} as a function of the coordinates that are free, each in units of its scale. Values and gradients allocate
 * nothing after the first call beyond what a structure allocates.
 */
public final class DevianceObjective implements RestrictedObjective {
    private final Parameters parameters;
    private final Evaluation evaluation;
    private final Score score;
    private final ScoreMatrices scoreMatrices;
    private final Information information;
    private final @Nullable ResidualScore residualScore;
    private final @Nullable TraceSquares traceSquares;
    /** Coordinates of the residual structure at the last point, the held one at 1. */
    private final double[] rho;
    /** All coordinates at the last point. */
    private final double[] tau;
    /** Coordinates of each term at the last point. */
    private final double[][] own;

    private final DMatrixRMaj[] lambda;
    private final DMatrixRMaj[] work;
    private final DMatrixRMaj average;
    private final double[] fullGradient;
    /** Coordinates whose derivative goes through the factor. */
    private final boolean[] smooth;

    /** The coordinates searched over. */
    private int[] active;
    /** Unit of each coordinate. */
    private final double[] scale;

    /** Where the last value was taken, all coordinates. */
    private final double[] there;
    /** Which of the evaluation's values that was. */
    private long countThere = -1;

    private boolean valueFresh;
    private boolean gradientFresh;
    private boolean refused;
    private int evaluations;

    /** A workspace. */
    public DevianceObjective(Parameters parameters, Evaluation evaluation) {
        this.parameters = parameters;
        this.evaluation = evaluation;
        this.score = new Score(evaluation);
        this.scoreMatrices = new ScoreMatrices(score);
        this.traceSquares = TraceSquares.of(score);
        int random = parameters.randomSize();
        int[] randomTerms = Arrays.copyOf(parameters.termOf, random);
        if (parameters.hasResidual()) {
            int all = parameters.residualAt().length + 1;
            this.residualScore = new ResidualScore(score);
            this.information = new Information(score, randomTerms, residualScore, parameters.residualAt(), all);
            this.rho = new double[all];
        } else {
            this.residualScore = null;
            this.information = new Information(score, randomTerms);
            this.rho = new double[0];
        }
        int m = parameters.size();
        this.tau = new double[m];
        this.there = new double[m];
        this.lambda = parameters.matrices();
        this.work = parameters.matrices();
        this.own = new double[lambda.length][];
        for (int t = 0; t < own.length; t++) {
            own[t] = new double[parameters.start[t + 1] - parameters.start[t]];
        }
        this.average = new DMatrixRMaj(m, m);
        this.fullGradient = new double[m];
        this.smooth = new boolean[m];
        this.scale = new double[m];
        Arrays.fill(scale, 1);
        this.active = new int[0];
    }

    /** Fixes the point from which inactive coordinates are taken, and the active ones. */
    @Override
    public void restrict(double[] point, boolean[] free) {
        System.arraycopy(point, 0, tau, 0, tau.length);
        int count = 0;
        for (boolean f : free) {
            count += f ? 1 : 0;
        }
        active = new int[count];
        count = 0;
        for (int k = 0; k < free.length; k++) {
            if (free[k]) {
                active[count++] = k;
            }
        }
        if (!Arrays.equals(tau, there)) {
            valueFresh = false;
            gradientFresh = false;
        }
    }

    /** Sets the units of the coordinates. */
    public void scale(double[] units) {
        System.arraycopy(units, 0, scale, 0, scale.length);
    }

    /** Indices of the coordinates searched over. */
    public int[] active() {
        return active.clone();
    }

    /** Unit of coordinate {@code k}. */
    public double unit(int k) {
        return scale[k];
    }

    /** The heart. */
    public Evaluation evaluation() {
        return evaluation;
    }

    /** Values taken. */
    public int evaluations() {
        return evaluations;
    }

    @Override
    public int dimension() {
        return active.length;
    }

    /** Coordinates of the search at the full point {@code point}. */
    @Override
    public double[] inside(double[] point) {
        double[] x = new double[active.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = point[active[i]] / scale[active[i]];
        }
        return x;
    }

    /** The full point of the coordinates {@code x} of the search. */
    @Override
    public double[] outside(double[] x) {
        double[] point = tau.clone();
        for (int i = 0; i < x.length; i++) {
            point[active[i]] = x[i] * scale[active[i]];
        }
        return point;
    }

    /** The last point. Not copied: do not modify. */
    double[] point() {
        return tau;
    }

    @Override
    public double value(double[] x) {
        for (int i = 0; i < x.length; i++) {
            tau[active[i]] = x[i] * scale[active[i]];
        }
        return evaluate();
    }

    /** {@code d} at a full point. */
    public double at(double[] point) {
        System.arraycopy(point, 0, tau, 0, tau.length);
        return evaluate();
    }

    private double evaluate() {
        if (valueFresh && !parameters.hasResidual() && evaluation.count() == countThere && Arrays.equals(tau, there)) {
            return refused ? Double.NaN : evaluation.deviance();
        }
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(tau, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        evaluations++;
        double d = whitened() ? evaluation.value(lambda) : Double.NaN;
        valueFresh = true;
        gradientFresh = false;
        refused = Double.isNaN(d);
        System.arraycopy(tau, 0, there, 0, tau.length);
        countThere = evaluation.count();
        return d;
    }

    /** Whitens with the residual structure of the last point; false where R is not positive definite. */
    private boolean whitened() {
        if (!parameters.hasResidual()) {
            return true;
        }
        parameters.residualOf(tau, rho);
        return evaluation.equations().whiten(rho, evaluation.clusters());
    }

    private void refresh() {
        valueAgain();
        if (!gradientFresh) {
            score.update();
            if (residualScore != null) {
                residualScore.update();
                for (int i = 0; i < parameters.residualAt().length; i++) {
                    fullGradient[parameters.randomSize() + i] =
                            residualScore.derivative(parameters.residualAt()[i]);
                }
            }
            if (!byFactors()) {
                byMatrices();
            }
            gradientFresh = true;
        }
    }

    /** {@code ∂d/∂τ_k}, theory (25); false where some structure has no smooth factor. */
    private boolean byFactors() {
        boolean all = true;
        for (int k = 0; k < parameters.randomSize(); k++) {
            int t = parameters.termOf[k];
            smooth[k] = parameters
                    .structure(t)
                    .factorDerivative(own[t], k - parameters.start[t], parameters.at[t], work[t]);
            fullGradient[k] = smooth[k] ? 2 * product(score.timesLambda(t), work[t]) : 0;
            all &= smooth[k];
        }
        return all;
    }

    /** {@code ∂d/∂τ_k} of the coordinates that are left, theory (23). */
    private void byMatrices() {
        DMatrixRMaj[] s = scoreMatrices.at(lambda, true);
        for (int k = 0; k < parameters.randomSize(); k++) {
            int t = parameters.termOf[k];
            if (!smooth[k]) {
                parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], work[t]);
                fullGradient[k] = product(s[t], work[t]);
            }
        }
        if (!scoreMatrices.stays(lambda)) {
            evaluation.value(lambda);
            countThere = evaluation.count();
            score.update();
        }
    }

    /** Takes the value again where the evaluation has moved since. */
    private void valueAgain() {
        if (!valueFresh || evaluation.count() != countThere) {
            evaluation.value(lambda);
            countThere = evaluation.count();
            valueFresh = true;
            gradientFresh = false;
        }
    }

    private static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.numRows * a.numCols; i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
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
        refresh();
        for (int i = 0; i < active.length; i++) {
            g[i] = fullGradient[active[i]] * scale[active[i]];
        }
        return true;
    }

    /** {@code ∂d/∂τ_k} at a full point, NaN where {@code d} is. */
    double derivativeAt(double[] point, int k) {
        if (Double.isNaN(at(point))) {
            return Double.NaN;
        }
        refresh();
        return fullGradient[k];
    }

    /** Average information and curvature of the map τ ↦ G, theory (31). */
    @Override
    public boolean information(DMatrixRMaj h) {
        if (refused) {
            return false;
        }
        DMatrixRMaj full = fullInformation();
        for (int i = 0; i < active.length; i++) {
            for (int j = 0; j < active.length; j++) {
                h.set(i, j, full.get(active[i], active[j]) * scale[active[i]] * scale[active[j]]);
            }
        }
        return true;
    }

    /** The step matrix over all coordinates, in their own units. */
    public DMatrixRMaj fullInformation() {
        refresh();
        information.average(firstDerivatives(), average);
        return addSecondDerivatives(average);
    }

    /** {@code ∂G/∂τ_k} of each parameter's term. */
    private DMatrixRMaj[] firstDerivatives() {
        DMatrixRMaj[] first = new DMatrixRMaj[parameters.randomSize()];
        for (int k = 0; k < first.length; k++) {
            int t = parameters.termOf[k];
            first[k] = new DMatrixRMaj(parameters.at[t].length, parameters.at[t].length);
            parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], first[k]);
        }
        return first;
    }

    /** Adds what the curvature of τ ↦ G gives. */
    private DMatrixRMaj addSecondDerivatives(DMatrixRMaj matrix) {
        int m = parameters.randomSize();
        DMatrixRMaj[] s = scores();
        for (int j = 0; j < m; j++) {
            int t = parameters.termOf[j];
            for (int k = parameters.start[t]; k < parameters.start[t + 1]; k++) {
                int from = parameters.start[t];
                parameters.structure(t).second(own[t], j - from, k - from, parameters.at[t], work[t]);
                matrix.add(j, k, product(s[t], work[t]));
            }
        }
        return matrix;
    }

    /**
     * The exact second derivatives over the coordinates that are free and the gradient of {@code log r²}, theory (143).
     *
     * @param h   square. Modified.
     * @param log {@code ∂log r²/∂τ}. Modified.
     * @return false where the model is not of the kind that has them, or some term is too close to zero
     */
    boolean secondDerivatives(DMatrixRMaj h, double[] log) {
        TraceSquares squares = traceSquares;
        if (squares == null || refused) {
            return false;
        }
        refresh();
        if (!squares.accurate()) {
            return false;
        }
        DMatrixRMaj[] first = firstDerivatives();
        information.average(first, average);
        double[] products = information.residualProducts();
        double[] traces = squares.update();
        int terms = lambda.length;
        double r2 = evaluation.residualSumOfSquares();
        DMatrixRMaj full = average.copy();
        for (int j = 0; j < first.length; j++) {
            for (int k = 0; k < first.length; k++) {
                double trace = traces[parameters.termOf[j] * terms + parameters.termOf[k]];
                full.add(
                        j,
                        k,
                        average.get(j, k)
                                + products[j] * products[k] / (r2 * evaluation.sigma2())
                                - first[j].data[0] * first[k].data[0] * trace);
            }
        }
        addSecondDerivatives(full);
        for (int i = 0; i < active.length; i++) {
            log[i] = -products[active[i]] * scale[active[i]] / r2;
            for (int j = 0; j < active.length; j++) {
                h.set(i, j, full.get(active[i], active[j]) * scale[active[i]] * scale[active[j]]);
            }
        }
        return true;
    }

    /** {@code S_G} of every term at the last point. */
    public DMatrixRMaj[] scores() {
        refresh();
        DMatrixRMaj[] s = scoreMatrices.at(lambda, true);
        valueFresh = scoreMatrices.stays(lambda);
        return s;
    }

    /** The workspace of {@link #score}, not up to date. */
    public Score workspace() {
        return score;
    }

    /** The score at the last point, up to date. */
    public Score score() {
        valueAgain();
        if (!gradientFresh) {
            score.update();
        }
        return score;
    }

    /** Differences of the gradient, theory (33). */
    @Override
    public boolean hessian(DMatrixRMaj h) {
        Curvature curvature = Curvature.at(this, inside(tau));
        h.setTo(curvature.hessian);
        return curvature.complete();
    }

    @Override
    public double relativeNoise() {
        return 0x1p-46;
    }
}
