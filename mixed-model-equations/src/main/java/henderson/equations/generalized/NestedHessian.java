package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fold;
import henderson.equations.Pool;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/** Second derivatives of {@code d} summed over the leaves of clusters. */
final class NestedHessian {
    private final Clusters clusters;
    private final int[] firsts;
    private final int[] leaves;

    /**
     * @param firsts first cluster of each leaf; the last entry is the number of clusters
     * @param leaves those summed over
     */
    NestedHessian(Clusters clusters, int[] firsts, int[] leaves) {
        this.clusters = clusters;
        this.firsts = firsts;
        this.leaves = leaves;
    }

    /** What sums over the clusters of a leaf. */
    interface Rule {
        /**
         * Adds second derivatives of {@code log L} over clusters {@code from ≤ c < to}.
         *
         * @param out lower triangle. Modified.
         * @return false where they are not offered
         */
        boolean add(int from, int to, double[] out);
    }

    private static final class Sum {
        private final double[] lower;
        private boolean offered = true;

        Sum(int size) {
            this.lower = new double[size];
        }
    }

    /** {@code out ←} the Hessian; false where one of the leaves has none. */
    boolean sum(Supplier<? extends Rule> rules, DMatrixRMaj out) {
        int m = out.numRows;
        Pool<Rule> pool = new Pool<>(rules::get);
        Sum sum = clusters.fold(leaves.length, new Fold<Sum>() {
            @Override
            public Sum create() {
                return new Sum(m * m);
            }

            @Override
            public void accumulate(int k, Sum into) {
                Rule rule = pool.take();
                into.offered = into.offered && rule.add(firsts[leaves[k]], firsts[leaves[k] + 1], into.lower);
                pool.give(rule);
            }

            @Override
            public void merge(Sum into, Sum from) {
                into.offered &= from.offered;
                for (int i = 0; i < into.lower.length; i++) {
                    into.lower[i] += from.lower[i];
                }
            }
        });
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                out.set(j, k, -2 * sum.lower[Math.max(j, k) * m + Math.min(j, k)]);
            }
        }
        return sum.offered;
    }
}
