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
    private static final int STEPS = 100;
    private static final int HALVINGS = 30;
    /** The part of the decrease promised by the slope that a step must keep (Armijo). */
    private static final double DESCENT = 1e-4;

    final ModeEquations equations;
    final BlockFactor factor;
    private final BlockFactor.Scratch scratch;
    final Condensed condensed;
    final LambdaBlocks lambda;
    private final PatternProducts products;
    final int n;
    /** v̂, order of elimination. */
    final double[] v;

    final double[] proposal;
    private final double[] xb;
    private final double[] eta;
    /** ℓ and three derivatives, 4 × n. */
    final double[] density;

    private final double[] right;
    final double[] line;
    final int[] nodes;
    private final double[] row;
    private final double[] borderSum = new double[1];
    private final double[] work;
    private final double[] start;
    /** t of theory (51), n. */
    private final double[] turn;
    /** {@code d_iᵀH⁻¹d_i}, n. */
    private final double[] form;
    /** a of theory (51). */
    private final double[] adjoint;

    private final double[][] patternSums;
    private final boolean[] wanted;
    private final double[] phi;
    /** Whether expected information takes the place of observed in the next step. */
    private boolean fisher;

    private double deviance = Double.NaN;
    /** Sum of the sizes of what h is the sum of: measures its rounding. */
    private double magnitude;

    /** A workspace for an equation system. */
    public LaplaceApproximation(ModeEquations equations) {
        this.equations = equations;
        this.factor = equations.factor;
        this.scratch = factor.scratch();
        this.condensed = equations.condensed;
        this.lambda = new LambdaBlocks(equations.layout);
        this.products = new PatternProducts(
                equations.layout, condensed, factor, lambda, equations.factorOfNode, equations.edges);
        this.n = equations.n;
        this.v = new double[factor.order()];
        this.proposal = new double[factor.order()];
        this.right = new double[factor.order()];
        this.xb = new double[n];
        this.eta = new double[n];
        int auxiliaries = equations.family.auxiliaries().size();
        this.density = new double[n * (4 + 3 * auxiliaries)];
        this.line = new double[equations.entries];
        this.row = new double[equations.entries];
        this.nodes = new int[equations.layout.factors];
        int widest = Arrays.stream(equations.layout.width).max().orElse(1);
        this.work = new double[widest * widest];
        this.start = new double[factor.order()];
        this.turn = new double[n];
        this.form = new double[n];
        this.adjoint = new double[factor.order()];
        this.phi = new double[auxiliaries];
        this.wanted = new boolean[equations.layout.columns.length];
        Arrays.fill(wanted, true);
        this.patternSums = new double[wanted.length][];
        for (int t = 0; t < wanted.length; t++) {
            patternSums[t] = new double[equations.layout.columns[t] * equations.layout.columns[t]];
        }
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
        System.arraycopy(family, 0, phi, 0, phi.length);
        for (int i = 0; i < n; i++) {
            double sum = equations.offset[i];
            for (int j = 0; j < beta.length; j++) {
                sum += equations.x[i * equations.p + j] * beta[j];
            }
            xb[i] = sum;
        }
        deviance = Double.NaN;
        double h = mode();
        if (Double.isNaN(h)) {
            Arrays.fill(v, 0); // the last mode may be a bad start
            h = mode();
        }
        if (Double.isNaN(h)) {
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

    /** Searches v̂ from v and returns h there, H and its factor left at it; NaN where no mode is found. */
    private double mode() {
        double h = penalized(v);
        int close = 0;
        for (int step = 0; step < STEPS; step++) {
            if (Double.isNaN(h)) {
                return Double.NaN;
            }
            fisher = false;
            if (!newtonStep()) {
                fisher = true; // observed information is indefinite here
                if (close == 2 || !newtonStep()) {
                    return Double.NaN;
                }
            }
            if (close == 2) {
                return h;
            }
            double decrement = 0;
            for (int i = 0; i < v.length; i++) {
                decrement += proposal[i] * right[i] / 2;
            }
            // two steps from where it is small: d is first order in the error of the mode
            close = !fisher && (close > 0 || decrement < DECREMENT) ? close + 1 : 0;
            h = halve(h, decrement);
        }
        return Double.NaN;
    }

    /** {@code h(v) = −Σ ℓ + ½vᵀv}; η and the densities are left at v. */
    double penalized(double[] at) {
        double h = 0;
        for (int i = 0; i < n; i++) {
            double sum = xb[i];
            equations.design(i, lambda, line);
            int from = 0;
            for (int f = 0; f < nodes.length; f++) {
                int place = equations.place(i, f);
                for (int a = 0; a < equations.layout.width[f]; a++) {
                    sum += line[from + a] * at[place + a];
                }
                from += equations.layout.width[f];
            }
            eta[i] = sum;
        }
        if (!equations.family.logDensity(0, n, eta, phi, 3, density)) {
            return Double.NaN;
        }
        magnitude = 0;
        for (int i = 0; i < n; i++) {
            h -= density[i];
            magnitude += Math.abs(density[i]);
        }
        for (double value : at) {
            h += value * value / 2;
            magnitude += value * value / 2;
        }
        return h;
    }

    /** {@code H} and its factor at v, {@code right = Dᵀℓ′ − v}, {@code proposal = H⁻¹ right}. */
    private boolean newtonStep() {
        condensed.clear();
        for (int i = 0; i < v.length; i++) {
            right[i] = -v[i];
        }
        for (int i = 0; i < n; i++) {
            System.arraycopy(equations.nodes, i * nodes.length, nodes, 0, nodes.length);
            System.arraycopy(equations.z, i * row.length, row, 0, row.length);
            double weight = fisher ? equations.family.fisher(i, eta[i], phi) : -density[2 * n + i];
            condensed.addWeighted(nodes.length, nodes, row, weight);
            scatter(i, density[n + i], right);
        }
        for (int c = 0; c < equations.elimination.components(); c++) {
            Assembler.assemble(
                    equations.elimination,
                    condensed,
                    equations.edges,
                    lambda,
                    equations.factorOfNode,
                    equations.prior,
                    c,
                    factor,
                    work);
            if (!factor.cholesky(c, borderSum, scratch)) {
                return false;
            }
        }
        System.arraycopy(right, 0, proposal, 0, right.length);
        solve(proposal);
        return true;
    }

    private void solve(double[] x) {
        for (int c = 0; c < equations.elimination.components(); c++) {
            factor.forward(c, x, 1);
            factor.backward(c, x, 1);
        }
    }

    /** {@code out += f · d_i}, {@code d_i = Λᵀz_i}. */
    private void scatter(int i, double f, double[] out) {
        equations.design(i, lambda, line);
        int from = 0;
        for (int k = 0; k < nodes.length; k++) {
            int place = equations.place(i, k);
            for (int a = 0; a < equations.layout.width[k]; a++) {
                out[place + a] += f * line[from + a];
            }
            from += equations.layout.width[k];
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
        int components = equations.elimination.components();
        for (int c = 0; c < components; c++) {
            factor.invert(c, scratch);
        }
        // t = −ℓ‴c, c_i = d_iᵀH⁻¹d_i; a = H⁻¹Dᵀt; e = −2ℓ′ + t − W Da   (51)
        Arrays.fill(adjoint, 0);
        for (int i = 0; i < n; i++) {
            form[i] = quadratic(i);
            turn[i] = -density[3 * n + i] * form[i];
            scatter(i, turn[i], adjoint);
        }
        solve(adjoint);
        Arrays.fill(byBeta, 0);
        for (DMatrixRMaj m : byLambda) {
            m.zero();
        }
        for (int i = 0; i < n; i++) {
            double weight = -density[2 * n + i];
            turn[i] -= 2 * density[n + i] + weight * inner(i, adjoint);
            for (int j = 0; j < byBeta.length; j++) {
                byBeta[j] += turn[i] * equations.x[i * equations.p + j];
            }
            addOuter(i, turn[i], density[n + i], adjoint, byLambda); // (52)
        }
        addPattern(byLambda);
        for (int k = 0; k < phi.length; k++) {
            byPhi[k] = byAuxiliary((4 + 3 * k) * n);
        }
    }

    /** {@code Σ −2∂ℓ/∂φ − c_i ∂ℓ″/∂φ − … } of one own parameter, its derivatives from {@code block} on, theory (115). */
    private double byAuxiliary(int block) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double moved = inner(i, adjoint);
            sum += -2 * density[block + i] + moved * density[block + n + i] - form[i] * density[block + 2 * n + i];
        }
        return sum;
    }

    private double inner(int i, double[] a) {
        equations.design(i, lambda, line);
        double sum = 0;
        int from = 0;
        for (int f = 0; f < nodes.length; f++) {
            int place = equations.place(i, f);
            for (int k = 0; k < equations.layout.width[f]; k++) {
                sum += line[from + k] * a[place + k];
            }
            from += equations.layout.width[f];
        }
        return sum;
    }

    /** {@code d_iᵀH⁻¹d_i} from the selected inverse. */
    private double quadratic(int i) {
        equations.design(i, lambda, line);
        Layout layout = equations.layout;
        double sum = 0;
        int from = 0;
        for (int f = 0; f < nodes.length; f++) {
            int to = 0;
            for (int g = 0; g < nodes.length; g++) {
                int first = equations.nodes[i * nodes.length + f];
                int second = equations.nodes[i * nodes.length + g];
                boolean straight = f == g || equations.elimination.earlier(first, second) == first;
                int at = factor.inverseOffset(first, second);
                int stride = factor.inverseStride(straight ? first : second);
                for (int k = 0; k < layout.width[f]; k++) {
                    for (int m = 0; m < layout.width[g]; m++) {
                        double y = factor.inverse()[at + (straight ? k * stride + m : m * stride + k)];
                        sum += line[from + k] * y * line[to + m];
                    }
                }
                to += layout.width[g];
            }
            from += layout.width[f];
        }
        return sum;
    }

    /** {@code Zᵀe v̂ᵀ + Zᵀℓ′aᵀ} of one row. */
    private void addOuter(int i, double e, double slope, double[] a, DMatrixRMaj[] out) {
        Layout layout = equations.layout;
        for (int t = 0; t < out.length; t++) {
            int f = layout.factorOf[t];
            int place = equations.place(i, f) + layout.columnOf[t];
            int from = layout.columnOf[t];
            for (int g = 0; g < f; g++) {
                from += layout.width[g];
            }
            int q = layout.columns[t];
            for (int k = 0; k < q; k++) {
                double zk = equations.z[i * equations.entries + from + k];
                for (int m = 0; m < q; m++) {
                    out[t].data[k * q + m] += zk * (e * v[place + m] + slope * a[place + m]);
                }
            }
        }
    }

    /** {@code 2ZᵀWDH⁻¹} on the pattern of Λ. */
    private void addPattern(DMatrixRMaj[] out) {
        Layout layout = equations.layout;
        double[][] sums = patternSums;
        for (int t = 0; t < out.length; t++) {
            Arrays.fill(sums[t], 0);
            int f = layout.factorOf[t];
            for (int node = layout.firstNode[f]; node < layout.firstNode[f + 1]; node++) {
                products.own(t, node, sums[t]);
            }
        }
        for (int k = 0; k < condensed.graph.edges(); k++) {
            products.edge(k, wanted, sums);
        }
        for (int t = 0; t < out.length; t++) {
            for (int i = 0; i < sums[t].length; i++) {
                out[t].data[i] += 2 * sums[t][i];
            }
        }
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
