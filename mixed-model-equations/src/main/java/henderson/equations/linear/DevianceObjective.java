package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.Evaluation;
import henderson.equations.NestedLikelihood;
import henderson.equations.ProfiledDeviance;
import henderson.equations.Score;
import henderson.equations.SearchCoordinates;
import henderson.equations.Symmetric;
import java.util.List;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d} as a function of the coordinates that are free, each in units of its scale, by the first {@link Road} that takes a
 * point. Values and gradients allocate nothing after the first call beyond what a structure allocates.
 */
public final class DevianceObjective implements BoundaryObjective {
    private final Parameters parameters;
    private final SearchCoordinates coordinates;
    private final Place place;
    /** While it serves; null otherwise. */
    private @Nullable NestedRoad nested;
    /** Taken where it can be; null where it is not wanted or not to be had. */
    private @Nullable MarginalRoad marginal;
    /** The evaluation of any model, made when it is needed. */
    private final Supplier<Evaluation> evaluations;
    /** Whether it can be; otherwise values that the nested road does not take are not numbers. */
    private final boolean evaluable;

    private @Nullable GeneralRoad general;
    /** Who gave the last value. */
    private Road last;

    /** The point of the search, which {@link #restrict} moves without a value. */
    private final double[] tau;

    private final DMatrixRMaj exact;
    private final double[] full;
    private boolean valueFresh;
    private boolean gradientFresh;
    private boolean refused;
    private int taken;
    private double value;

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
        this.evaluations = evaluations;
        this.evaluable = evaluable;
        int m = parameters.size();
        this.coordinates = new SearchCoordinates(m);
        this.place = new Place(parameters);
        this.tau = new double[m];
        this.exact = new DMatrixRMaj(m, m);
        this.full = new double[m];
        this.nested = nested == null ? null : new NestedRoad(place, nested);
        this.last = this.nested == null ? general() : this.nested;
    }

    private GeneralRoad general() {
        GeneralRoad out = general;
        if (out == null) {
            out = new GeneralRoad(place, evaluations.get());
            general = out;
        }
        return out;
    }

    /** Fixes the point from which inactive coordinates are taken, and the active ones. */
    @Override
    public void restrict(double[] point, boolean[] free) {
        System.arraycopy(point, 0, tau, 0, tau.length);
        coordinates.restrict(free);
        valueFresh &= place.is(tau) && last.stands();
        gradientFresh &= valueFresh;
    }

    /**
     * Where residual groups fall into few patterns, takes values, gradients and the exact Hessian from sums by pattern from
     * now on; {@link #evaluation}, {@link #profile} and {@link #score} are brought up to date when asked for.
     */
    public void preferPatterns() {
        if (nested == null && parameters.hasResidual()) {
            marginal = MarginalRoad.of(place, general());
        }
    }

    /** Sets the units of the coordinates. */
    public void scale(double[] units) {
        coordinates.scale(units);
    }

    /** Indices of the coordinates searched over. */
    public int[] active() {
        return coordinates.active();
    }

    /** Unit of coordinate {@code k}. */
    @Override
    public double unit(int k) {
        return coordinates.unit(k);
    }

    /** The heart at the last point; asking for it is to work with it from here on. */
    public Evaluation evaluation() {
        GeneralRoad road = general();
        if (nested != null) {
            if (last == nested && valueFresh) {
                road.value();
            }
            nested = null;
            last = road;
        } else if (last != road) {
            road.arrive();
        }
        return road.evaluation;
    }

    /** Whether the likelihood of a nested model serves. */
    boolean isNested() {
        return nested != null;
    }

    /** The likelihood at the last point. */
    @Override
    public ProfiledDeviance profile() {
        return last.profile();
    }

    /** The same of about a thousand of very many groups, or null. */
    @Nullable
    DevianceObjective sample() {
        NestedLikelihood some = nested == null ? null : nested.likelihood.sample();
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
        return coordinates.dimension();
    }

    /** Coordinates of the search at the full point {@code point}. */
    @Override
    public double[] inside(double[] point) {
        return coordinates.inside(point);
    }

    /** The full point of the coordinates {@code x} of the search. */
    @Override
    public double[] outside(double[] x) {
        double[] point = tau.clone();
        coordinates.move(x, point);
        return point;
    }

    /** The last point. Not copied: do not modify. */
    double[] point() {
        return tau;
    }

    @Override
    public double value(double[] x) {
        coordinates.move(x, tau);
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
        NestedRoad fast = nested;
        if (fast == null || last != fast || !valueFresh) {
            return at(point);
        }
        DMatrixRMaj[] there = parameters.lambda(point);
        if (!fast.likelihood.takes(there)) {
            return evaluable ? at(point) : Double.NaN;
        }
        taken++;
        return fast.likelihood.probe(there);
    }

    private double evaluate() {
        if (valueFresh && last.stands() && place.is(tau)) {
            return value;
        }
        place.move(tau);
        taken++;
        value = taken();
        valueFresh = true;
        gradientFresh = false;
        refused = Double.isNaN(value);
        return value;
    }

    /** The value by the first road that takes the place. */
    private double taken() {
        if (nested != null) {
            last = nested;
            double d = nested.value();
            if (nested.trusted() || !evaluable) {
                return d;
            }
        }
        if (marginal != null) {
            last = marginal;
            double d = marginal.value();
            if (marginal.trusted()) {
                return d;
            }
        }
        last = general();
        return last.value();
    }

    private double[] gradient() {
        if (!gradientFresh || !last.stands()) {
            last.gradient(full);
            gradientFresh = true;
        }
        return full;
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
        coordinates.gradient(gradient(), g);
        return true;
    }

    /** {@code ∂d/∂τ_k} at a full point, NaN where {@code d} is. */
    @Override
    public double derivativeAt(double[] point, int k) {
        return Double.isNaN(at(point)) ? Double.NaN : gradient()[k];
    }

    /**
     * The Hessian where it is had in closed form at no further cost, and positive definite; otherwise average information and
     * curvature of the map τ ↦ G, theory (31).
     */
    @Override
    public boolean information(DMatrixRMaj h) {
        if (refused) {
            return false;
        }
        if (last.exactIsFree() && closedHessian(h, new double[dimension()]) && Symmetric.positiveDefinite(h)) {
            return true;
        }
        coordinates.second(last.average(), h);
        return true;
    }

    /** The step matrix over all coordinates, in their own units. */
    public DMatrixRMaj fullInformation() {
        return last.average();
    }

    /**
     * The Hessian of {@code d} over the active coordinates and {@code ∂log r²/∂τ} at the last point, in closed form.
     *
     * @param h   square. Modified.
     * @param log one for each. Modified.
     * @return false, and nothing is modified, where there is none
     */
    boolean closedHessian(DMatrixRMaj h, double[] log) {
        double[] all = new double[tau.length];
        if (refused || !last.exact(exact, all)) {
            return false;
        }
        coordinates.second(exact, h);
        coordinates.gradient(all, log);
        return true;
    }

    /** {@code S_G} of every term at the last point. */
    @Override
    public DMatrixRMaj[] scores() {
        return last.scores();
    }

    /** {@code Σ E[bbᵀ]/σ̂²} of each term at the last point, theory (34). */
    List<Moments> moments() {
        return last.moments();
    }

    /** The workspace of {@link #score}, not up to date. */
    public Score workspace() {
        evaluation();
        return general().workspace();
    }

    /** The score at the last point, up to date. */
    public Score score() {
        evaluation();
        return general().score();
    }

    /** In closed form, or by differences of the gradient, theory (33). */
    @Override
    public boolean hessian(DMatrixRMaj h) {
        if (closedHessian(h, new double[dimension()])) {
            return true;
        }
        Curvature curvature = Curvature.byDifferences(this, inside(tau));
        h.setTo(curvature.hessian());
        return curvature.complete();
    }

    @Override
    public double relativeNoise() {
        return 0x1p-46;
    }
}
