package henderson.equations;

import henderson.api.Criterion;
import henderson.api.Fold;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * {@code ∂d/∂ρ_k} of a residual structure at the last {@link Score}, theory (28) and (29), and what the average information
 * needs of {@code f_k = (∂V/∂ρ_k)Py}, theory (89). A workspace; no allocation after the first call.
 *
 * <p>By group, with the whitened residual {@code r̃ = ỹ − X̃β̂ − Z̃b̂}, {@code S = ΛM⁻¹Λᵀ} and, under REML, {@code X̃* = (X̃ −
 * Z̃ΛV_X)R_X⁻¹}: {@code tr(E UᵀQ_kU) = r̃ᵀQ_kr̃/σ̂² + tr(S Z̃ᵀQ_kZ̃) + tr(X̃*ᵀQ_kX̃*)}.
 */
public final class ResidualScore {
    private final Evaluation evaluation;
    private final Score score;
    private final LinearEquations equations;
    private final ResidualRows rows;
    private final int border;
    private final int p;
    private final boolean reml;
    private final int held;
    /** Number of coordinates, the held one included. */
    private final int size;

    private final double[] gradient;
    private int largest;
    private int longest;
    private int widest;
    private boolean sized;
    private final Pool<Partial> partials = new Pool<>(Partial::new);
    private final Fold<Partial> fold = new ScoreFold();
    /** Z̃ᵀf_k, then Z̃ᵀṼ⁻¹f_k, order × size. */
    double[] projected = new double[0];
    /** M⁻¹ΛᵀZ̃ᵀf_k, order × size. */
    private double[] solved = new double[0];
    /** Z̃ᵀf_k, order × size. */
    private double[] random = new double[0];
    /** X̃ᵀṼ⁻¹f_k, size × p. */
    double[] fixed = new double[0];
    /** f_kᵀPy, size. */
    double[] residual = new double[0];
    /** f_jᵀṼ⁻¹f_k, size × size. */
    double[] products = new double[0];

    /** Reads from a score of equations that have a residual structure. */
    public ResidualScore(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.rows = Objects.requireNonNull(equations.residualRows, "a model with a residual structure");
        this.border = evaluation.border;
        this.p = evaluation.p;
        this.reml = evaluation.criterion == Criterion.REML;
        var structure = Objects.requireNonNull(equations.model().residual()).structure();
        this.held = structure.held();
        this.size = structure.coordinates().size();
        this.gradient = new double[size];
    }

    /** Sizes the workspace for the longest group, when groups are first wanted. */
    private List<ResidualRows.Group> groups() {
        List<ResidualRows.Group> all = rows.whitened();
        for (int g = 0; g < all.size() && !sized; g++) {
            ResidualRows.Group group = all.get(g);
            largest = Math.max(largest, group.rows * columns(group));
            longest = Math.max(longest, group.rows * Math.max(1, group.random));
            widest = Math.max(widest, group.random);
        }
        sized = true;
        return all;
    }

    /** Columns of Y = [Z̃ r̃ X̃*]. */
    private int columns(ResidualRows.Group group) {
        return group.random + 1 + (reml ? p : 0);
    }

    private final class Partial {
        /** tr(E UᵀQ_kU), size. */
        private final double[] sums = new double[size];
        /** Y, then Q_kY. */
        private final double[] y = new double[largest];

        private final double[] qy = new double[largest];
        /** Z̃S, rows × columns of Z. */
        private final double[] zs = new double[longest];
        /** S, square in the columns of Z. */
        private final double[] s = new double[widest * widest];
        /** b̂, columns of Z. */
        private final double[] b = new double[widest];
        /** ΛV_X, columns of Z × p. */
        private final double[] lv = new double[widest * p];

        private final double[] line = new double[p];
    }

    private final class ScoreFold implements Fold<Partial> {
        @Override
        public Partial create() {
            Partial partial = partials.take();
            Arrays.fill(partial.sums, 0);
            return partial;
        }

        @Override
        public void accumulate(int leaf, Partial into) {
            for (int g = rows.leafStart()[leaf]; g < rows.leafStart()[leaf + 1]; g++) {
                group(rows.groups().get(g), into);
            }
        }

        @Override
        public void merge(Partial into, Partial from) {
            for (int k = 0; k < size; k++) {
                into.sums[k] += from.sums[k];
            }
            partials.give(from);
        }
    }

    /** Computes all derivatives at the last score. */
    public void update() {
        groups();
        Partial total = evaluation.clusters.fold(rows.leafStart().length - 1, fold);
        for (int k = 0; k < size; k++) {
            gradient[k] = k == held ? Double.NaN : rows.traceQ(k) - total.sums[k];
        }
        partials.give(total);
    }

    /** {@code ∂d/∂ρ_k = tr Q_k − tr(E UᵀQ_kU)} of a coordinate that is not held. */
    public double derivative(int k) {
        return gradient[k];
    }

    /** {@code out_k ← tr Q_k − tr(E UᵀQ_kU)} of a group by itself, whitened, at the last score; NaN for the held one. */
    void ofGroup(ResidualRows.Group group, double[] out) {
        groups();
        Partial own = fold.create();
        group(group, own);
        for (int k = 0; k < size; k++) {
            out[k] = k == held ? Double.NaN : group.whitening().traceQ(k) - own.sums[k];
        }
        partials.give(own);
    }

    private void group(ResidualRows.Group group, Partial into) {
        int q = group.random;
        int c = columns(group);
        effects(group, into);
        fill(group, into);
        for (int i = 0; i < group.rows; i++) {
            for (int b = 0; b < q; b++) {
                double sum = 0;
                for (int a = 0; a < q; a++) {
                    sum += into.y[i * c + a] * into.s[a * q + b];
                }
                into.zs[i * q + b] = sum;
            }
        }
        for (int k = 0; k < size; k++) {
            if (k != held) {
                group.whitening().q(k, into.y, 0, c, into.qy);
                into.sums[k] += weighted(group, into, q, c);
            }
        }
    }

    private double weighted(ResidualRows.Group group, Partial of, int q, int c) {
        double ofEffects = 0;
        double ofResidual = 0;
        double ofFixed = 0;
        for (int i = 0; i < group.rows; i++) {
            int row = i * c;
            for (int a = 0; a < q; a++) {
                ofEffects += of.qy[row + a] * of.zs[i * q + a];
            }
            ofResidual += of.qy[row + q] * of.y[row + q];
            for (int a = q + 1; a < c; a++) {
                ofFixed += of.qy[row + a] * of.y[row + a];
            }
        }
        return ofResidual / evaluation.sigma2 + ofEffects + ofFixed;
    }

    private void effects(ResidualRows.Group group, Partial of) {
        effects(group, of.b, of.lv, of.s);
    }

    /** b̂, ΛV_X (under REML) and S of the group's effects. The three arrays are modified. */
    void effects(ResidualRows.Group group, double[] b, double[] lv, double[] s) {
        int q = group.random;
        Arrays.fill(s, 0, q * q, 0);
        int column = 0;
        for (int i = 0; i < group.nodes.length; i++) {
            int other = 0;
            for (int j = 0; j < group.nodes.length; j++) {
                addVariance(group.nodes[i], group.nodes[j], column, other, q, s);
                other += equations.condensed.graph.size(group.nodes[j]);
            }
            column = effectsOf(group.nodes[i], column, b, lv);
        }
    }

    private int effectsOf(int node, int column, double[] values, double[] lv) {
        int q = equations.condensed.graph.size(node);
        int row = equations.condensed.row[node];
        double[] l = evaluation.lambda.of(equations.factorOfNode[node]);
        for (int i = 0; i < q; i++) {
            double b = 0;
            for (int j = 0; j < q; j++) {
                b += l[i * q + j] * score.vHat[row + j];
            }
            values[column + i] = b;
            for (int k = 0; k < p && reml; k++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    sum += l[i * q + j] * score.v[(row + j) * border + k];
                }
                lv[(column + i) * p + k] = sum;
            }
        }
        return column + q;
    }

    /** Y = [Z̃ r̃ X̃*]. */
    private void fill(ResidualRows.Group group, Partial of) {
        int q = group.random;
        int width = q + border;
        int c = columns(group);
        for (int i = 0; i < group.rows; i++) {
            int from = i * width;
            int row = i * c;
            System.arraycopy(group.white, from, of.y, row, q);
            of.y[row + q] = conditional(group, i, of.b);
            if (reml) {
                for (int k = 0; k < p; k++) {
                    double sum = group.white[from + q + k];
                    for (int a = 0; a < q; a++) {
                        sum -= group.white[from + a] * of.lv[a * p + k];
                    }
                    of.line[k] = sum;
                }
                evaluation.rightSolve(of.line, 0, of.y, row + q + 1);
            }
        }
    }

    /** Entry i of r̃. */
    private double conditional(ResidualRows.Group group, int i, double[] b) {
        int from = i * (group.random + border);
        double r = group.white[from + group.random + p];
        for (int k = 0; k < p; k++) {
            r -= group.white[from + group.random + k] * evaluation.betaInside[k];
        }
        for (int a = 0; a < group.random; a++) {
            r -= group.white[from + a] * b[a];
        }
        return r;
    }

    /** {@code S += Λ_i M⁻¹_ij Λ_jᵀ}. */
    private void addVariance(int first, int second, int column, int other, int c, double[] s) {
        BlockFactor factor = evaluation.factor;
        Elimination elimination = equations.elimination;
        boolean straight = first == second || elimination.earlier(first, second) == first;
        int z = factor.inverseOffset(first, second);
        int stride = factor.inverseStride(straight ? first : second);
        int q = equations.condensed.graph.size(first);
        int r = equations.condensed.graph.size(second);
        double[] l = evaluation.lambda.of(equations.factorOfNode[first]);
        double[] m = evaluation.lambda.of(equations.factorOfNode[second]);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < r; b++) {
                        double y =
                                straight ? factor.inverse()[z + a * stride + b] : factor.inverse()[z + b * stride + a];
                        sum += l[i * q + a] * y * m[j * r + b];
                    }
                }
                s[(column + i) * c + other + j] += sum;
            }
        }
    }

    // ---- for the average information --------------------------------------------------------------------------------

    /** Computes {@link #projected}, {@link #fixed}, {@link #residual} and {@link #products} at the last score. */
    void directions() {
        if (projected.length == 0) {
            int order = evaluation.factor.order();
            projected = new double[order * size];
            solved = new double[order * size];
            random = new double[order * size];
            fixed = new double[size * p];
            residual = new double[size];
            products = new double[size * size];
        }
        List<ResidualRows.Group> all = groups();
        Arrays.fill(random, 0);
        Arrays.fill(fixed, 0);
        Arrays.fill(residual, 0);
        Arrays.fill(products, 0);
        Partial work = partials.take();
        double[] f = new double[size * rows.longest()];
        for (ResidualRows.Group group : all) {
            effects(group, work);
            for (int i = 0; i < group.rows; i++) {
                work.y[i] = conditional(group, i, work.b);
            }
            for (int k = 0; k < size; k++) {
                if (k != held) {
                    group.whitening().q(k, work.y, 0, 1, work.qy);
                    System.arraycopy(work.qy, 0, f, k * group.rows, group.rows);
                }
            }
            gather(group, work.y, f);
        }
        partials.give(work);
        solve();
    }

    private void gather(ResidualRows.Group group, double[] r, double[] f) {
        int n = group.rows;
        int width = group.random + border;
        for (int k = 0; k < size; k++) {
            if (k == held) {
                continue;
            }
            for (int j = 0; j <= k; j++) {
                double sum = 0;
                for (int i = 0; i < n && j != held; i++) {
                    sum += f[j * n + i] * f[k * n + i];
                }
                products[j * size + k] += sum;
            }
            for (int i = 0; i < n; i++) {
                double fi = f[k * n + i];
                residual[k] += fi * r[i];
                for (int a = 0; a < p; a++) {
                    fixed[k * p + a] += fi * group.white[i * width + group.random + a];
                }
            }
            int column = 0;
            for (int node : group.nodes) {
                int q = equations.condensed.graph.size(node);
                int row = equations.condensed.row[node];
                for (int a = 0; a < q; a++, column++) {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += f[k * n + i] * group.white[i * width + column];
                    }
                    random[(row + a) * size + k] += sum;
                }
            }
        }
    }

    /** Takes Z̃ΛM⁻¹ΛᵀZ̃ᵀ away. */
    private void solve() {
        Condensed condensed = equations.condensed;
        int nodes = condensed.graph.nodes();
        for (int node = 0; node < nodes; node++) {
            evaluation.lambda.times(equations.factorOfNode[node], true, random, condensed.row[node], size, solved);
        }
        for (int c = 0; c < equations.elimination.components(); c++) {
            evaluation.factor.forward(c, solved, size);
            evaluation.factor.backward(c, solved, size);
        }
        double[] effects = projected; // Λs, before it is A times that
        for (int node = 0; node < nodes; node++) {
            evaluation.lambda.times(equations.factorOfNode[node], false, solved, condensed.row[node], size, effects);
        }
        for (int i = 0; i < effects.length / Math.max(1, size); i++) {
            for (int k = 0; k < size; k++) {
                double e = effects[i * size + k];
                for (int a = 0; a < p; a++) {
                    fixed[k * p + a] -= e * condensed.b[i * border + a];
                }
                for (int j = 0; j <= k; j++) {
                    products[j * size + k] -= e * random[i * size + j];
                }
            }
        }
        for (int k = 0; k < size; k++) {
            for (int j = 0; j < k; j++) {
                products[k * size + j] = products[j * size + k];
            }
        }
        for (int c = 0; c < equations.elimination.components(); c++) {
            condensed.multiply(c, effects, size, solved, equations.edges);
        }
        for (int i = 0; i < projected.length; i++) {
            projected[i] = random[i] - solved[i];
        }
    }
}
