package henderson.testkit;

import henderson.api.CovarianceStructure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A small design drawn at random, with its response and the covariances it was drawn from.
 *
 * @param name    arrangement, options, size and seed, for a test's name
 * @param seed    draws it again
 * @param y       response, n
 * @param x       fixed-effects design of full rank, first column one, n × p
 * @param terms   random terms
 * @param weights precision weights, n, or null
 */
public record Design(
        String name, long seed, double[] y, double[][] x, List<TermData> terms, double @Nullable [] weights) {
    public Design {
        terms = List.copyOf(terms);
    }

    /**
     * A random term of a design.
     *
     * @param group  name of its grouping factor
     * @param level  level of each row, n; every level has a row
     * @param levels number of levels
     * @param z      random-effects rows, n × q
     * @param lambda lower triangular Λ of the covariance of one level relative to {@code σ²}, q × q
     */
    public record TermData(String group, int[] level, int levels, double[][] z, double[][] lambda) {
        /** Number of random effects a level has. */
        public int columns() {
            return lambda.length;
        }

        /** Λ row by row without its upper triangle: the coordinates of an unstructured covariance. */
        public double[] lowerByRows() {
            double[] out = new double[columns() * (columns() + 1) / 2];
            int next = 0;
            for (int i = 0; i < columns(); i++) {
                for (int j = 0; j <= i; j++) {
                    out[next++] = lambda[i][j];
                }
            }
            return out;
        }

        /** The same with another Λ, q × any. */
        public TermData withLambda(double[][] other) {
            return new TermData(group, level, levels, z, other);
        }
    }

    /** Number of rows. */
    public int rows() {
        return y.length;
    }

    /** The same with another Λ in term {@code t}. */
    public Design withLambda(int t, double[][] lambda) {
        List<TermData> changed = new ArrayList<>(terms);
        changed.set(t, terms.get(t).withLambda(lambda));
        return new Design(name, seed, y, x, changed, weights);
    }

    /** The model with one kind of structure in all terms. */
    public InMemoryModel.Builder model(CovarianceStructure kind) {
        InMemoryModel.Builder out = InMemoryModel.builder(y, x).weights(weights);
        for (TermData t : terms) {
            out.term(t.group(), t.level(), t.z(), kind);
        }
        return out;
    }

    /** The likelihood by brute force, at the design's Λ. */
    public DenseLikelihood dense() {
        DenseLikelihood out = new DenseLikelihood(y, x).weights(weights);
        for (TermData t : terms) {
            out.term(t.level(), t.levels(), t.z(), t.lambda());
        }
        return out;
    }

    @Override
    public String toString() {
        return name;
    }
}
