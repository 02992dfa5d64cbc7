package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.Evaluation;
import henderson.equations.Expectations;
import henderson.equations.Information;
import henderson.equations.NestedLikelihood;
import henderson.equations.ProfiledDeviance;
import henderson.equations.ResidualScore;
import henderson.equations.Score;
import henderson.equations.ScoreMatrices;
import henderson.equations.TraceSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * {@code d} as a function of the coordinates that are free, each in units of its scale. Values and gradients allocate
 * nothing after the first call beyond what a structure allocates.
 */
public final class DevianceObjective implements BoundaryObjective {
    private final Parameters parameters;
    /** The likelihood of a nested model, while that serves; null otherwise. */
    private @Nullable NestedLikelihood nested;
    /** The likelihood of any model, made when it is needed. */
    private final Supplier<Evaluation> evaluations;

    private @Nullable General general;
    /** Who gave the last value. */
    private ProfiledDeviance last;

    /** Coordinates of the residual structure at the last point, the held one at 1. */
    private final double[] rho;
    /** All coordinates at the last point. */
    private final double[] tau;
    /** Coordinates of each term at the last point. */
    private final double[][] own;

    private final DMatrixRMaj[] lambda;
    private final DMatrixRMaj[] work;
    private final DMatrixRMaj average;
    /** The Hessian where it is had in closed form. */
    private final DMatrixRMaj exact;
    /** Fall of r² by coordinate, then. */
    private final double[] forms;

    private boolean exactFresh;
    private final double[] fullGradient;
    /** Coordinates whose derivative goes through the factor. */
    private final boolean[] smooth;

    /** The coordinates searched over. */
    private int[] active;
    /** Unit of each coordinate. */
    private final double[] scale;

    /** Taken where it can be; null where it is not wanted or not to be had. */
    private @Nullable MarginalRoad marginal;
    /** Whether the last value took it; the evaluation is then behind. */
    private boolean byPatterns;

    private boolean valueFresh;
    private boolean gradientFresh;
    private boolean refused;
    private int taken;
    private double value;
    private final double[] valueAt;
    /** Whether rows are there to be condensed for the general road. */
    private final boolean evaluable;

    /** A workspace. */
    public DevianceObjective(Parameters parameters, Evaluation evaluation) {
        this(parameters, null, () -> evaluation, true);
    }

    /**
     * A workspace.
     *
     * @param nested      of a nested model, or null
     * @param evaluations makes the evaluation of any model, once
     * @param evaluable   whether it can; otherwise values that the nested likelihood does not take are not numbers
     */
    DevianceObjective(
            Parameters parameters,
            @Nullable NestedLikelihood nested,
            Supplier<Evaluation> evaluations,
            boolean evaluable) {
        this.parameters = parameters;
        this.nested = nested;
        this.evaluations = evaluations;
        this.evaluable = evaluable;
        this.rho = new double[parameters.hasResidual() ? parameters.residualAt().length + 1 : 0];
        int m = parameters.size();
        this.tau = new double[m];
        this.valueAt = new double[m];
        this.lambda = parameters.matrices();
        this.work = parameters.matrices();
        this.own = new double[lambda.length][];
        for (int t = 0; t < own.length; t++) {
            own[t] = new double[parameters.start[t + 1] - parameters.start[t]];
        }
        this.average = new DMatrixRMaj(m, m);
        this.exact = new DMatrixRMaj(m, m);
        this.forms = new double[m];
        this.fullGradient = new double[m];
        this.smooth = new boolean[m];
        this.scale = new double[m];
        Arrays.fill(scale, 1);
        this.active = new int[0];
        this.last = nested == null ? general().evaluation : nested;
    }

    /** Workspaces of the general road. */
    private final class General {
        final Evaluation evaluation = evaluations.get();
        final Score score = new Score(evaluation);
        final ScoreMatrices scoreMatrices = new ScoreMatrices(score);
        final @Nullable ResidualScore residualScore;
        final Information information;
        /** For exact second derivatives, or null. */
        final @Nullable TraceSquares traceSquares;

        /** Which of the evaluation's values is the one at {@link #valueAt}. */
        long count = -1;

        General() {
            int[] randomTerms = Arrays.copyOf(parameters.termOf, parameters.randomSize());
            this.residualScore = parameters.hasResidual() ? new ResidualScore(score) : null;
            this.information = residualScore == null
                    ? new Information(score, randomTerms)
                    : new Information(score, randomTerms, residualScore, parameters.residualAt(), rho.length);
            this.traceSquares = TraceSquares.of(score);
        }
    }

    private General general() {
        General out = general;
        if (out == null) {
            out = new General();
            general = out;
        }
        return out;
    }

    /** Fixes the point from which inactive coordinates are taken, and the active ones. */
    @Override
    public void restrict(double[] point, boolean[] free) {
        boolean moved = !Arrays.equals(point, valueAt);
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
        valueFresh &= !moved && (last == nested || stands());
        gradientFresh &= valueFresh;
        exactFresh &= valueFresh;
    }

    /**
     * Where residual groups fall into few patterns, takes values, gradients and the exact Hessian from sums by pattern from
     * now on; {@link #evaluation}, {@link #profile} and {@link #score} are brought up to date when asked for.
     */
    public void preferPatterns() {
        if (nested == null && parameters.hasResidual()) {
            Evaluation evaluation = general().evaluation;
            marginal = MarginalRoad.of(parameters, evaluation.equations(), evaluation.criterion());
        }
    }

    private MarginalRoad road() {
        return Objects.requireNonNull(marginal);
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
    @Override
    public double unit(int k) {
        return scale[k];
    }

    /** The heart at the last point; asking for it is to work with it from here on. */
    public Evaluation evaluation() {
        Evaluation evaluation = general().evaluation;
        if (nested != null) {
            if (last == nested && valueFresh) {
                evaluation.value(lambda);
                gradientFresh = false;
            }
            nested = null;
            last = evaluation;
        }
        synchronize();
        return evaluation;
    }

    /** Whether the likelihood of a nested model serves. */
    boolean isNested() {
        return nested != null;
    }

    /** The likelihood at the last point. */
    @Override
    public ProfiledDeviance profile() {
        synchronize();
        return last;
    }

    /** Brings the evaluation to the last point. */
    private void synchronize() {
        if (byPatterns && !valueFresh) {
            whitened();
            last.value(lambda);
            general().count = general().evaluation.count();
            valueFresh = true;
        }
    }

    /** The same of about a thousand of very many groups, or null. */
    @Nullable
    DevianceObjective sample() {
        NestedLikelihood some = nested == null ? null : nested.sample();
        Supplier<Evaluation> none = () -> {
            throw new IllegalStateException("A sample has no rows.");
        };
        return some == null ? null : new DevianceObjective(parameters, some, none, false);
    }

    /** Values taken. */
    public int evaluations() {
        return taken;
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

    @Override
    public double at(double[] point) {
        System.arraycopy(point, 0, tau, 0, tau.length);
        return evaluate();
    }

    /** {@code d} at a full point that is only looked at: where that is cheaper, the last point stays what it was. */
    @Override
    public double probe(double[] point) {
        NestedLikelihood fast = nested;
        if (fast == null || last != fast || !valueFresh) {
            return at(point);
        }
        DMatrixRMaj[] there = parameters.lambda(point);
        if (!fast.takes(there)) {
            return evaluable ? at(point) : Double.NaN;
        }
        taken++;
        return fast.probe(there);
    }

    /** Whether the general road serves alone, needs no whitening, and nobody has taken another value there since. */
    private boolean stands() {
        General g = general;
        return nested == null
                && g != null
                && last == g.evaluation
                && !parameters.hasResidual()
                && g.evaluation.count() == g.count;
    }

    private double evaluate() {
        for (int t = 0; t < lambda.length; t++) {
            System.arraycopy(tau, parameters.start[t], own[t], 0, own[t].length);
            parameters.structure(t).factor(own[t], parameters.at[t], lambda[t]);
        }
        if (valueFresh && (last == nested || stands()) && Arrays.equals(tau, valueAt)) {
            return value;
        }
        taken++;
        boolean taking = nested != null && nested.takes(lambda);
        if (nested != null && (taking || !evaluable)) {
            last = nested;
            value = taking ? nested.value(lambda) : Double.NaN;
        } else {
            last = general().evaluation;
            byPatterns = false;
            value = marginal == null ? Double.NaN : byPatterns(marginal);
            if (!byPatterns) {
                value = whitened() ? last.value(lambda) : Double.NaN;
                general().count = general().evaluation.count();
            }
        }
        System.arraycopy(tau, 0, valueAt, 0, tau.length);
        valueFresh = !byPatterns;
        gradientFresh = false;
        exactFresh = false;
        refused = Double.isNaN(value);
        return value;
    }

    private double byPatterns(MarginalRoad road) {
        parameters.residualOf(tau, rho);
        double d = road.value(own, lambda, rho);
        byPatterns = road.trusted();
        return d;
    }

    /** Whitens with the residual structure of the last point; false where R is not positive definite. */
    private boolean whitened() {
        if (!parameters.hasResidual()) {
            return true;
        }
        parameters.residualOf(tau, rho);
        return general().evaluation.equations().whiten(rho, general().evaluation.clusters());
    }

    private void refreshValue() {
        synchronize();
        General g = general;
        boolean elsewhere = g != null && last == g.evaluation && g.evaluation.count() != g.count;
        if (!valueFresh || elsewhere) {
            last.value(lambda);
            if (g != null && last == g.evaluation) {
                g.count = g.evaluation.count();
            }
            valueFresh = true;
            gradientFresh = false;
            exactFresh = false;
        }
    }

    private void refresh() {
        if (byPatterns) {
            road().gradient(fullGradient);
            return;
        }
        refreshValue();
        if (!gradientFresh) {
            if (last == nested) {
                byScores();
            } else {
                General g = general();
                g.score.update();
                if (g.residualScore != null) {
                    g.residualScore.update();
                    for (int i = 0; i < parameters.residualAt().length; i++) {
                        fullGradient[parameters.randomSize() + i] =
                                g.residualScore.derivative(parameters.residualAt()[i]);
                    }
                }
                if (!byFactors()) {
                    byMatrices();
                }
            }
            gradientFresh = true;
        }
    }

    /** {@code ∂d/∂τ_k}, theory (23). */
    private void byScores() {
        DMatrixRMaj[] s = scores();
        for (int k = 0; k < parameters.randomSize(); k++) {
            int t = parameters.termOf[k];
            parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], work[t]);
            fullGradient[k] = product(s[t], work[t]);
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
            fullGradient[k] = smooth[k] ? 2 * product(general().score.timesLambda(t), work[t]) : 0;
            all &= smooth[k];
        }
        return all;
    }

    /** {@code ∂d/∂τ_k} of the coordinates that are left, theory (23). */
    private void byMatrices() {
        DMatrixRMaj[] s = general().scoreMatrices.at(lambda, true);
        for (int k = 0; k < parameters.randomSize(); k++) {
            int t = parameters.termOf[k];
            if (!smooth[k]) {
                parameters.structure(t).derivative(own[t], k - parameters.start[t], parameters.at[t], work[t]);
                fullGradient[k] = product(s[t], work[t]);
            }
        }
        if (!general().scoreMatrices.stays(lambda)) {
            general().evaluation.value(lambda);
            general().count = general().evaluation.count();
            general().score.update();
        }
    }

    static double product(DMatrixRMaj a, DMatrixRMaj b) {
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
    @Override
    public double derivativeAt(double[] point, int k) {
        if (Double.isNaN(at(point))) {
            return Double.NaN;
        }
        refresh();
        return fullGradient[k];
    }

    /**
     * The Hessian where it is had in closed form and positive definite; otherwise average information and curvature of the
     * map τ ↦ G, theory (31).
     */
    @Override
    public boolean information(DMatrixRMaj h) {
        if (refused) {
            return false;
        }
        if (last == nested && closedHessian(h, new double[active.length]) && Symmetric.positiveDefinite(h)) {
            return true;
        }
        restricted(exactFresh ? average : fullInformation(), h);
        return true;
    }

    /** The rows and columns searched over, in their units. */
    private void restricted(DMatrixRMaj full, DMatrixRMaj h) {
        for (int i = 0; i < active.length; i++) {
            for (int j = 0; j < active.length; j++) {
                h.set(i, j, full.get(active[i], active[j]) * scale[active[i]] * scale[active[j]]);
            }
        }
    }

    /** The step matrix over all coordinates, in their own units. */
    public DMatrixRMaj fullInformation() {
        if (byPatterns) {
            return road().matrix(false);
        }
        refresh();
        int m = parameters.randomSize();
        DMatrixRMaj[] first = firstDerivatives();
        boolean closed = last == nested && nested != null;
        if (closed) {
            nested.curvature(parameters.termOf, first, average, exact, forms);
        } else {
            general().information.average(first, average);
        }
        DMatrixRMaj[] s = scores();
        for (int j = 0; j < m; j++) {
            int t = parameters.termOf[j];
            for (int k = parameters.start[t]; k < parameters.start[t + 1]; k++) {
                int from = parameters.start[t];
                parameters.structure(t).second(own[t], j - from, k - from, parameters.at[t], work[t]);
                double curved = product(s[t], work[t]);
                average.add(j, k, curved);
                exact.add(j, k, closed ? curved : 0);
            }
        }
        exactFresh = closed && nested.hasCurvature();
        return average;
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

    /** {@code exact} and {@code forms} from traces of products, theory (155); false where the model has none. */
    private boolean byTraces() {
        General g = general();
        TraceSquares squares = g.traceSquares;
        if (squares == null) {
            return false;
        }
        refresh();
        if (!squares.accurate()) {
            return false;
        }
        DMatrixRMaj[] first = firstDerivatives();
        fullInformation(); // average information, and the curvature of τ ↦ G
        exact.setTo(average);
        g.information.average(first, average);
        double[] products = g.information.residualProducts();
        System.arraycopy(products, 0, forms, 0, products.length);
        double[] traces = squares.update();
        double scale2 = g.evaluation.residualSumOfSquares() * g.evaluation.sigma2();
        for (int j = 0; j < first.length; j++) {
            for (int k = 0; k < first.length; k++) {
                double trace = traces[parameters.termOf[j] * lambda.length + parameters.termOf[k]];
                double both = first[j].data[0] * first[k].data[0] * trace;
                exact.add(j, k, average.get(j, k) + products[j] * products[k] / scale2 - both);
            }
        }
        return true;
    }

    /**
     * The Hessian of {@code d} over the active coordinates and {@code ∂log r²/∂τ} at the last point, in closed form.
     *
     * @param h   square. Modified.
     * @param log one for each. Modified.
     * @return false, and nothing is modified, where there is none
     */
    boolean closedHessian(DMatrixRMaj h, double[] log) {
        if (refused) {
            return false;
        }
        if (byPatterns) {
            restricted(road().matrix(true), h);
            for (int i = 0; i < active.length; i++) {
                log[i] = road().logResidual(active[i]) * scale[active[i]];
            }
            return true;
        }
        boolean closed = last == nested && nested != null;
        if (closed ? !nested.hasCurvature() : !byTraces()) {
            return false;
        }
        if (closed && !exactFresh) {
            fullInformation();
        }
        restricted(exact, h);
        for (int i = 0; i < active.length; i++) {
            log[i] = -forms[active[i]] * scale[active[i]] / last.residualSumOfSquares();
        }
        return true;
    }

    /** {@code S_G} of every term at the last point. */
    @Override
    public DMatrixRMaj[] scores() {
        if (byPatterns) {
            return road().scores();
        }
        refreshValue();
        if (last == nested && nested != null) {
            DMatrixRMaj[] out = parameters.matrices();
            for (int t = 0; t < out.length; t++) {
                nested.score(t, out[t]);
            }
            return out;
        }
        refresh();
        DMatrixRMaj[] s = general().scoreMatrices.at(lambda, true);
        valueFresh = general().scoreMatrices.stays(lambda);
        return s;
    }

    /** {@code Σ E[bbᵀ]/σ̂²} of each term at the last point, theory (34); for a nested model {@code n G − G S_G G}. */
    List<Moments> moments() {
        if (byPatterns) {
            return road().moments();
        }
        List<Moments> out = new ArrayList<>();
        refreshValue();
        if (last != nested) {
            Expectations expectations = new Expectations(score());
            expectations.update();
            for (int t = 0; t < lambda.length; t++) {
                out.add(expectations.moments(t));
            }
            return out;
        }
        DMatrixRMaj[] s = scores();
        for (int t = 0; t < lambda.length; t++) {
            int q = lambda[t].numRows;
            DMatrixRMaj g = new DMatrixRMaj(q, q);
            DMatrixRMaj gs = new DMatrixRMaj(q, q);
            DMatrixRMaj sum = new DMatrixRMaj(q, q);
            CommonOps_DDRM.multTransB(lambda[t], lambda[t], g);
            CommonOps_DDRM.mult(g, s[t], gs);
            CommonOps_DDRM.mult(-1, gs, g, sum);
            CommonOps_DDRM.addEquals(sum, nested.levels(t), g);
            out.add(new Moments(parameters.at[t], nested.levels(t), sum));
        }
        return out;
    }

    /** The workspace of {@link #score}, not up to date. */
    public Score workspace() {
        evaluation();
        return general().score;
    }

    /** The score at the last point, up to date. */
    public Score score() {
        evaluation();
        refreshValue();
        if (!gradientFresh) {
            general().score.update();
        }
        return general().score;
    }

    /** Differences of the gradient, theory (33). */
    @Override
    public boolean hessian(DMatrixRMaj h) {
        if (closedHessian(h, new double[active.length])) {
            return true;
        }
        Curvature curvature = Curvature.at(this, inside(tau));
        h.setTo(curvature.hessian);
        return curvature.complete();
    }

    @Override
    public double relativeNoise() {
        return 0x1p-46;
    }
}
