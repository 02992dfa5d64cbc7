package henderson.equations;

import henderson.linalg.BlockFactor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The Laplace approximation of −2 log-likelihood of a generalized linear mixed model, {@code d = 2h(v̂) + log|H|}, and its
 * exact gradient (theory (48) to (52)). A workspace.
 */
public final class LaplaceApproximation {
    private static final double DECREMENT = 1e-12;
    /** Where h promises to fall by less, v is the mode to rounding already. */
    private static final double NOTHING = 1e-24;
    /** Derivatives of a density are carried along while η moves by less. */
    private static final double NEAR = 0.5;

    /** Steps with one factor at most. */
    private static final int CHORDS = 5;
    /** A step with an old factor must have so small a part of the decrement of the one before. */
    private static final double SHORTER = 0.01;

    private static final int STEPS = 100;
    private static final int HALVINGS = 30;
    /** The part of the decrease promised by the slope that a step must keep (Armijo). */
    private static final double DESCENT = 1e-4;

    final ModeEquations equations;
    final BlockFactor factor;
    final BlockFactor.Scratch scratch;
    final LambdaBlocks lambda;
    final int n;
    /** v̂, order of elimination. */
    final double[] v;

    final double[] proposal;
    private final double[] xb;
    private final double[] eta;
    /** ℓ and three derivatives, 4 × n. */
    final double[] density;

    private final double[] right;
    final ModeDesign design;
    /** η before parameters moved, n. */
    private final double[] before;

    private final double[] borderSum = new double[0];
    private final double[] start;
    /** W, n. */
    private final double[] weight;

    final double[] phi;
    private final LaplaceGradient gradient;
    /** Whether expected information takes the place of observed in the next step. */
    private boolean fisher;

    /** Whether η and the densities stand at a mode, that of earlier parameters. */
    private boolean known;

    /** h where the steps with an old factor have ended. */
    private double reached;
    /** Whether that is the mode to rounding. */
    private boolean arrived;

    /** The last parameters. */
    private final KeptMode present;
    /** Those of the last gradient, and the mode there. */
    private final KeptMode kept;

    private double deviance = Double.NaN;
    /** Sum of the sizes of what h is the sum of: measures its rounding. */
    private double magnitude;

    /** A workspace for an equation system. */
    public LaplaceApproximation(ModeEquations equations) {
        this.equations = equations;
        this.factor = equations.factor;
        this.scratch = factor.scratch();
        this.lambda = new LambdaBlocks(equations.layout);
        this.n = equations.n;
        this.v = new double[factor.order()];
        this.proposal = new double[factor.order()];
        this.right = new double[factor.order()];
        this.xb = new double[n];
        this.eta = new double[n];
        int auxiliaries = equations.family.auxiliaries().size();
        this.density = new double[n * (4 + 3 * auxiliaries)];
        this.design = new ModeDesign(equations);
        this.before = new double[n];
        this.start = new double[factor.order()];
        this.phi = new double[auxiliaries];
        this.present = new KeptMode(equations.p, equations.matrices(), auxiliaries, 0);
        this.kept = new KeptMode(equations.p, equations.matrices(), auxiliaries, factor.order());
        this.weight = new double[n];
        this.gradient = new LaplaceGradient(this);
    }

    /**
     * {@code d} at (β, Λ, φ); NaN where the mode cannot be found. The mode starts from the last one.
     *
     * @param beta   fixed effects, p
     * @param given  Λ of each term, absolute
     * @param family the family's own parameters
     */
    public double value(double[] beta, DMatrixRMaj[] given, double[] family) {
        lambda.set(given);
        design.set(lambda);
        System.arraycopy(family, 0, phi, 0, phi.length);
        if (!present.sameBeta(beta)) {
            fixedPart(beta);
        }
        present.set(beta, given, family);
        deviance = Double.NaN;
        double h = Double.NaN;
        if (kept.is(beta, given, family)) {
            System.arraycopy(kept.v, 0, v, 0, v.length);
        } else if (known && extrapolated()) {
            h = mode(reached, arrived);
        }
        h = Double.isNaN(h) ? mode(nearest(), false) : h;
        if (Double.isNaN(h)) {
            Arrays.fill(v, 0); // the last mode may be a bad start
            h = mode(penalized(v), false);
        }
        known = !Double.isNaN(h);
        if (!known) {
            Arrays.fill(v, 0);
            return Double.NaN;
        }
        double logDeterminant = 0;
        for (int c = 0; c < equations.elimination.components(); c++) {
            logDeterminant += factor.logDeterminant(c);
        }
        deviance = 2 * h + logDeterminant; // (50)
        return deviance;
    }

    /** {@code Xβ} and the offset. */
    private void fixedPart(double[] beta) {
        for (int i = 0; i < n; i++) {
            double sum = equations.offset[i];
            for (int j = 0; j < beta.length; j++) {
                sum += equations.x[i * equations.p + j] * beta[j];
            }
            xb[i] = sum;
        }
    }

    /** h at v, which becomes the mode kept where that lies lower. */
    private double nearest() {
        double h = penalized(v);
        if (!kept.any() || Arrays.equals(v, kept.v)) {
            return h;
        }
        double there = penalized(kept.v);
        if (there < h || Double.isNaN(h)) {
            System.arraycopy(kept.v, 0, v, 0, v.length);
            return there;
        }
        return penalized(v);
    }

    /** A first step without a density, as with nested factors: its derivatives are carried along by a Taylor series. */
    private boolean extrapolated() {
        System.arraycopy(eta, 0, before, 0, n);
        design.predictor(xb, v, eta);
        boolean near = true;
        for (int i = 0; i < n && near; i++) {
            double moved = eta[i] - before[i];
            near = Math.abs(moved) < NEAR;
            density[n + i] += moved * (density[2 * n + i] + moved / 2 * density[3 * n + i]);
            density[2 * n + i] += moved * density[3 * n + i];
        }
        fisher = false;
        if (!near || !factored()) {
            return false;
        }
        moveOn();
        return chords();
    }

    /**
     * Steps with the factor at hand, each a row pass instead of another factor, while they shorten; the derivatives of the
     * densities are left at v. False where a density has no value.
     */
    private boolean chords() {
        double before = Double.POSITIVE_INFINITY;
        for (int k = 0; k < CHORDS; k++) {
            reached = penalized(v);
            if (Double.isNaN(reached)) {
                return false;
            }
            slope();
            double decrement = step();
            arrived = decrement < NOTHING / 100;
            if (arrived || !(decrement < SHORTER * before) || k + 1 == CHORDS) {
                return true;
            }
            before = decrement;
            for (int i = 0; i < v.length; i++) {
                v[i] += proposal[i];
            }
        }
        return true;
    }

    private void moveOn() {
        slope();
        step();
        for (int i = 0; i < v.length; i++) {
            v[i] += proposal[i];
        }
    }

    /**
     * Searches v̂ from v, h there given, and returns h, H and its factor left at it; NaN where no mode is found.
     *
     * @param there whether v is the mode already
     */
    private double mode(double from, boolean there) {
        double h = from;
        int close = there ? 2 : 0;
        for (int step = 0; step < STEPS; step++) {
            if (Double.isNaN(h)) {
                return Double.NaN;
            }
            fisher = false;
            if (!factored()) {
                fisher = true; // observed information is indefinite here
                if (close == 2 || !factored()) {
                    return Double.NaN;
                }
            }
            if (close == 2) {
                return h;
            }
            slope();
            double decrement = step();
            if (decrement < NOTHING && !fisher) {
                return h;
            }
            // two steps from where it is small: d is first order in the error of the mode
            close = !fisher && (close > 0 || decrement < DECREMENT) ? close + 1 : 0;
            h = halve(h, decrement);
        }
        return Double.NaN;
    }

    /** {@code h(v) = −Σ ℓ + ½vᵀv}; η and the densities are left at v. */
    double penalized(double[] at) {
        return penalized(at, 3);
    }

    /** The same with as many derivatives as wanted. */
    double penalized(double[] at, int order) {
        design.predictor(xb, at, eta);
        if (!equations.family.logDensity(0, n, eta, phi, order, density)) {
            return Double.NaN;
        }
        double sum = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            sum += density[i];
            size += Math.abs(density[i]);
        }
        double squares = 0;
        for (double value : at) {
            squares += value * value;
        }
        magnitude = size + squares / 2;
        return squares / 2 - sum;
    }

    /** {@code H} and its factor at v; false where H is not positive. */
    private boolean factored() {
        for (int i = 0; i < n; i++) {
            weight[i] = fisher ? equations.family.fisher(i, eta[i], phi) : -density[2 * n + i];
        }
        for (int c = 0; c < equations.elimination.components(); c++) {
            factor.identity(c);
        }
        design.addWeighted(weight, factor.panels());
        for (int c = 0; c < equations.elimination.components(); c++) {
            if (!factor.cholesky(c, borderSum, scratch)) {
                return false;
            }
        }
        return true;
    }

    /** {@code right = Dᵀℓ′ − v}. */
    private void slope() {
        for (int i = 0; i < v.length; i++) {
            right[i] = -v[i];
        }
        design.scatter(density, n, right);
    }

    /** {@code proposal = H⁻¹ right}, and the decrement. */
    private double step() {
        System.arraycopy(right, 0, proposal, 0, right.length);
        solve(proposal);
        double decrement = 0;
        for (int i = 0; i < v.length; i++) {
            decrement += proposal[i] * right[i] / 2;
        }
        return decrement;
    }

    /** {@code x ← H⁻¹x}. */
    void solve(double[] x) {
        for (int c = 0; c < equations.elimination.components(); c++) {
            factor.forward(c, x, 1);
            factor.backward(c, x, 1);
        }
    }

    /** Takes the step, halved until h falls by a part of what its slope promises; NaN where no part of it does. */
    private double halve(double h, double decrement) {
        System.arraycopy(v, 0, start, 0, v.length);
        double noise = (64 + 4 * Math.sqrt(n)) * Math.ulp(magnitude);
        double step = 1;
        for (int k = 0; k < HALVINGS; k++, step /= 2) {
            for (int i = 0; i < v.length; i++) {
                v[i] = start[i] + step * proposal[i];
            }
            double there = penalized(v);
            if (there <= h - DESCENT * step * 2 * decrement + noise) {
                return there;
            }
        }
        return Double.NaN;
    }

    /** The exact gradient of the last value for a family without parameters of its own. */
    public void gradient(double[] byBeta, DMatrixRMaj[] byLambda) {
        gradient(byBeta, byLambda, phi);
    }

    /**
     * The exact gradient of the last value.
     *
     * @param byBeta   ∂d/∂β, p. Modified.
     * @param byLambda ∂d/∂Λ of each term. Modified.
     * @param byPhi    ∂d/∂φ. Modified.
     */
    public void gradient(double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        kept.set(present, v);
        gradient.at(byBeta, byLambda, byPhi);
    }

    /** Conditional modes {@code b̂ = Λv̂} of a term, levels × columns. */
    public double[] modes(int term) {
        return new LaplaceReadings(this).modes(term);
    }

    /** Rows. */
    public int rows() {
        return n;
    }

    /** Components that no row joins. */
    public int components() {
        return equations.elimination.components();
    }

    /** d at the last point. */
    public double deviance() {
        return deviance;
    }
}
