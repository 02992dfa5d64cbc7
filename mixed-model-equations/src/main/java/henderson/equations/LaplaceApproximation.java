package henderson.equations;

import henderson.linalg.BlockFactor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The Laplace approximation of −2 log-likelihood of a generalized linear mixed model, {@code d = 2h(v̂) + log|H|}, and its
 * exact gradient (theory (48) to (52)). A workspace.
 */
public final class LaplaceApproximation {
    private static final double DECREMENT = 1e-10;
    private static final int STEPS = 100;
    private static final int HALVINGS = 30;
    /** The part of the decrease promised by the slope that a step must keep (Armijo). */
    private static final double DESCENT = 1e-4;

    private final ModeEquations equations;
    private final BlockFactor factor;
    private final BlockFactor.Scratch scratch;
    private final Condensed condensed;
    private final LambdaBlocks lambda;
    private final PatternProducts products;
    private final int n;
    /** v̂, order of elimination. */
    private final double[] v;

    private final double[] proposal;
    private final double[] xb;
    private final double[] eta;
    /** ℓ and three derivatives, 4 × n. */
    private final double[] density;

    private final double[] right;
    private final double[] line;
    private final int[] nodes;
    private final double[] row;
    private final double[] borderSum = new double[1];
    private final double[] work;
    private final double[] start;
    private double[] phi = new double[0];
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
        phi = family.clone();
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
            if (Double.isNaN(h) || !newtonStep()) {
                return Double.NaN;
            }
            if (close == 2) {
                return h;
            }
            double decrement = 0;
            for (int i = 0; i < v.length; i++) {
                decrement += proposal[i] * right[i] / 2;
            }
            // two steps from where it is small: d is first order in the error of the mode
            close = close > 0 || decrement < DECREMENT ? close + 1 : 0;
            h = halve(h, decrement);
        }
        return Double.NaN;
    }

    /** {@code h(v) = −Σ ℓ + ½vᵀv}; η and the densities are left at v. */
    private double penalized(double[] at) {
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
            condensed.addWeighted(nodes.length, nodes, row, -density[2 * n + i]);
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

    /**
     * The exact gradient of the last value.
     *
     * @param byBeta   ∂d/∂β, p. Modified.
     * @param byLambda ∂d/∂Λ of each term. Modified.
     */
    public void gradient(double[] byBeta, DMatrixRMaj[] byLambda) {
        int components = equations.elimination.components();
        for (int c = 0; c < components; c++) {
            factor.invert(c, scratch);
        }
        // t = −ℓ‴c, c_i = d_iᵀH⁻¹d_i; a = H⁻¹Dᵀt; e = −2ℓ′ + t − W Da   (51)
        double[] t = new double[n];
        double[] a = new double[v.length];
        for (int i = 0; i < n; i++) {
            t[i] = -density[3 * n + i] * quadratic(i);
            scatter(i, t[i], a);
        }
        solve(a);
        Arrays.fill(byBeta, 0);
        for (DMatrixRMaj m : byLambda) {
            m.zero();
        }
        for (int i = 0; i < n; i++) {
            double weight = -density[2 * n + i];
            double e = -2 * density[n + i] + t[i] - weight * inner(i, a);
            for (int j = 0; j < byBeta.length; j++) {
                byBeta[j] += e * equations.x[i * equations.p + j];
            }
            addOuter(i, e, density[n + i], a, byLambda); // (52)
        }
        addPattern(byLambda);
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
        double[][] sums = new double[out.length][];
        boolean[] wanted = new boolean[out.length];
        Arrays.fill(wanted, true);
        for (int t = 0; t < out.length; t++) {
            sums[t] = new double[out[t].data.length];
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
        Layout layout = equations.layout;
        int f = layout.factorOf[term];
        int q = layout.columns[term];
        DMatrixRMaj l = lambda.ofTerm(term);
        double[] out = new double[layout.levels(f) * q];
        for (int level = 0; level < layout.levels(f); level++) {
            int place = condensed.row[layout.firstNode[f] + level] + layout.columnOf[term];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    out[level * q + i] += l.data[i * q + j] * v[place + j];
                }
            }
        }
        return out;
    }

    /** d at the last point. */
    public double deviance() {
        return deviance;
    }
}
