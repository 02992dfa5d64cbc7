package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fold;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.Pool;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * The E-step of nested grouping factors by Gauss–Hermite quadrature at mode and curvature, theory (133), (134): second moments
 * of the random effects, and score and information of the complete data in (β, φ). A workspace: one thread calls it, and it may
 * use others inside. It shares no number with an {@link Approximation} of the same model.
 */
public final class Posterior {
    private final NestedRows rows;
    private final NestedPoint point;
    private final Clusters clusters;
    private final Grid[] grids;
    private final double[] eta;
    private final double[] density;
    private final Pool<PosteriorRule> rules;
    private final Pool<PosteriorSums> pool;
    private final PosteriorSums total;
    private final SumFold fold = new SumFold();

    /**
     * A workspace.
     *
     * @param points nodes per random effect
     * @throws HendersonException for crossed grouping factors
     */
    public Posterior(Model model, int points, Clusters clusters) {
        NestedRows nested = NestedRows.of(model);
        if (nested == null) {
            throw new HendersonException("Posterior moments by quadrature need nested grouping factors.");
        }
        this.rows = nested;
        this.clusters = clusters;
        this.point = new NestedPoint(rows);
        this.grids = new Grid[rows.depths];
        for (int l = 0; l < grids.length; l++) {
            grids[l] = new Grid(points, rows.width[l]);
        }
        this.eta = new double[rows.n];
        this.density = new double[rows.n * ClusterGrid.blocks(rows)];
        this.rules = new Pool<>(() -> new PosteriorRule(point, grids, eta, density));
        this.pool = new Pool<>(() -> new PosteriorSums(rows));
        this.total = new PosteriorSums(rows);
    }

    /**
     * Moves to a point.
     *
     * @param lambda Λ of each term
     * @return false where the moments cannot be computed
     */
    public boolean update(double[] beta, DMatrixRMaj[] lambda, double[] phi) {
        point.set(beta, lambda, phi);
        PosteriorSums sums = clusters.fold(rows.leaf.length - 1, fold);
        total.clear();
        total.add(sums);
        pool.give(sums);
        return total.possible;
    }

    /** Number of levels of a term that have rows. */
    public int levels(int term) {
        return rows.units(Objects.requireNonNull(rows.factors).depthOf[term]);
    }

    /** {@code Σ E[vvᵀ | y]} over the levels of a term that have rows. */
    public DMatrixRMaj second(int term) {
        Factors f = Objects.requireNonNull(rows.factors);
        int q = f.columns[term];
        int l = f.depthOf[term];
        int at = f.columnOf[term];
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out.set(i, j, total.second[l][(at + i) * rows.width[l] + at + j]);
            }
        }
        return out;
    }

    /**
     * {@code E[∂ log f(y|Λv)/∂(β, φ, Λ) | y]}, v held fixed: p, the number of φ, then the entries of Λ of each grouping factor
     * from the outermost in, row by row.
     */
    public double[] score() {
        return total.score.clone();
    }

    /** Where entry (0, 0) of a term's Λ stands in the score. */
    public int first(int term) {
        Factors f = Objects.requireNonNull(rows.factors);
        int out = rows.p + rows.auxiliaries;
        for (int l = 0; l < f.depthOf[term]; l++) {
            out += rows.width[l] * rows.width[l];
        }
        return out + f.columnOf[term] * (rows.width[f.depthOf[term]] + 1);
    }

    /** From one row of a term's Λ to the next in the score. */
    public int stride(int term) {
        return rows.width[Objects.requireNonNull(rows.factors).depthOf[term]];
    }

    /** {@code −E[∂² log f(y|Λv)/∂(β, φ, Λ)² | y]}; in φ alone by differences. */
    public DMatrixRMaj information() {
        int m = total.score.length;
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                int at = Math.max(i, j) * m + Math.min(i, j);
                out.set(i, j, total.information[at]);
            }
        }
        return out;
    }

    private final class SumFold implements Fold<PosteriorSums> {
        @Override
        public PosteriorSums create() {
            PosteriorSums out = pool.take();
            out.clear();
            return out;
        }

        @Override
        public void accumulate(int leaf, PosteriorSums into) {
            PosteriorRule rule = rules.take();
            for (int c = rows.leaf[leaf]; c < rows.leaf[leaf + 1]; c++) {
                into.possible &= rule.add(c, into);
            }
            rules.give(rule);
        }

        @Override
        public void merge(PosteriorSums into, PosteriorSums from) {
            into.add(from);
            pool.give(from);
        }
    }

    /** What is summed over clusters. */
    static final class PosteriorSums {
        boolean possible = true;
        /** q × q by depth. */
        final double[][] second;

        final double[] score;
        /** Lower triangle. */
        final double[] information;

        PosteriorSums(NestedRows rows) {
            int m = rows.p + rows.auxiliaries + PosteriorRule.entries(rows);
            this.score = new double[m];
            this.information = new double[m * m];
            this.second = new double[rows.depths][];
            for (int l = 0; l < rows.depths; l++) {
                second[l] = new double[rows.width[l] * rows.width[l]];
            }
        }

        void clear() {
            possible = true;
            Arrays.fill(score, 0);
            Arrays.fill(information, 0);
            for (double[] each : second) {
                Arrays.fill(each, 0);
            }
        }

        void add(PosteriorSums other) {
            possible &= other.possible;
            add(score, other.score);
            add(information, other.information);
            for (int l = 0; l < second.length; l++) {
                add(second[l], other.second[l]);
            }
        }

        private static void add(double[] into, double[] from) {
            for (int i = 0; i < into.length; i++) {
                into[i] += from[i];
            }
        }
    }
}
