package henderson.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Seeded draws of small designs of every arrangement of grouping factors, the smallest first. At most {@value #MAX_ROWS}
 * rows, so that {@link DenseLikelihood} can judge them.
 */
public final class RandomDesigns {
    /** No design has more rows. */
    public static final int MAX_ROWS = 48;

    private static final int ROWS_PER_SIZE = 9;

    private RandomDesigns() {}

    /** How the grouping factors of a design lie to each other. */
    public enum Arrangement {
        /** One factor, groups of one size, an intercept. */
        ONE_BALANCED,
        /** One factor, groups of any size, some of one row, an intercept. */
        ONE_UNBALANCED,
        /** One factor, an intercept and one or two slopes. */
        SEVERAL_COLUMNS,
        /** Two factors, the second within the first, a slope in one of them. */
        NESTED_TWO,
        /** Three factors, each within the one before. */
        NESTED_THREE,
        /** Two factors, every combination possible, a slope in the first. */
        CROSSED_TWO,
        /** Three crossed factors. */
        CROSSED_THREE,
        /** Two factors of which each level of one meets two of the other, as pupils who change school. */
        PARTIALLY_CROSSED,
        /** Two nested factors and one that crosses both. */
        NESTED_AND_CROSSED,
        /** Two independent blocks of effects of one factor. */
        TWO_BLOCKS;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * What else a design has.
     *
     * @param weights  precision weights between ¼ and 4
     * @param singular covariances without full rank, zero for a term of one column
     * @param ratio    random effects relative to the noise, in standard deviations
     */
    public record Options(boolean weights, boolean singular, double ratio) {
        /** No weights, regular covariances, effects about as large as the noise. */
        public static final Options PLAIN = new Options(false, false, 1);

        @Override
        public String toString() {
            return (weights ? ", weights" : "")
                    + (singular ? ", singular" : "")
                    + (ratio == 1 ? "" : String.format(Locale.ROOT, ", ratio %.0e", ratio));
        }
    }

    /** Every arrangement with plain options, weights, singular covariances, a ratio of 10⁶, and all three: sizes 1 to 4. */
    public static Stream<Design> all(long seed) {
        List<Options> options = List.of(
                Options.PLAIN,
                new Options(true, false, 1),
                new Options(false, true, 1),
                new Options(false, false, 1e6),
                new Options(true, true, 1e6));
        List<Design> out = new ArrayList<>();
        for (int size = 1; size <= 4; size++) {
            for (Arrangement arrangement : Arrangement.values()) {
                for (Options o : options) {
                    out.add(draw(arrangement, o, size, seed + out.size()));
                }
            }
        }
        return out.stream();
    }

    /**
     * Draws a design.
     *
     * @param size 1 to 4: about nine rows more each
     */
    public static Design draw(Arrangement arrangement, Options options, int size, long seed) {
        if (size < 1 || size > 4) {
            throw new IllegalArgumentException("Size " + size + "; it must be 1 to 4.");
        }
        Random random = new Random(seed);
        Factors factors = new Factors(random, 3 + size * ROWS_PER_SIZE);
        List<Factors.Grouping> groupings = factors.draw(arrangement);
        int n = factors.rows();
        double[][] x = fixed(random, n);
        double @Nullable [] weights = options.weights() ? weights(random, n) : null;
        List<Design.TermData> terms = new ArrayList<>();
        boolean singularLeft = options.singular();
        for (Factors.Grouping g : groupings) {
            boolean singular = singularLeft && (random.nextBoolean() || terms.size() == groupings.size() - 1);
            singularLeft &= !singular;
            terms.add(term(random, g, n, singular, options.ratio()));
        }
        double[] y = response(random, x, terms, weights);
        String name = arrangement + options.toString() + ", size " + size + ", seed " + seed;
        return new Design(name, seed, y, x, terms, weights);
    }

    /** One to three columns, the first of ones. */
    private static double[][] fixed(Random random, int n) {
        int p = 1 + random.nextInt(3);
        double[][] x = new double[n][p];
        for (double[] row : x) {
            row[0] = 1;
            for (int j = 1; j < p; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return x;
    }

    private static double[] weights(Random random, int n) {
        double[] out = new double[n];
        for (int i = 0; i < n; i++) {
            out[i] = Math.exp(Math.log(4) * (2 * random.nextDouble() - 1));
        }
        return out;
    }

    private static Design.TermData term(Random random, Factors.Grouping g, int n, boolean singular, double ratio) {
        int q = g.columns();
        double[][] z = new double[n][q];
        for (double[] row : z) {
            for (int j = 0; j < q; j++) {
                row[j] = j == 0 && g.intercept() ? 1 : random.nextGaussian();
            }
        }
        double[][] lambda = new double[q][q];
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++) {
                lambda[i][j] = ratio * 0.5 * random.nextGaussian();
            }
            lambda[i][i] = singular && i == q - 1 ? 0 : ratio * (0.3 + random.nextDouble());
        }
        return new Design.TermData(g.name(), g.level(), g.levels(), z, lambda);
    }

    private static double[] response(
            Random random, double[][] x, List<Design.TermData> terms, double @Nullable [] weights) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double noise = random.nextGaussian();
            y[i] = weights == null ? noise : noise / Math.sqrt(weights[i]);
            for (int j = 0; j < x[i].length; j++) {
                y[i] += (j + 1) * x[i][j];
            }
        }
        for (Design.TermData t : terms) {
            double[][] effects = effects(random, t);
            for (int i = 0; i < y.length; i++) {
                for (int j = 0; j < t.columns(); j++) {
                    y[i] += t.z()[i][j] * effects[t.level()[i]][j];
                }
            }
        }
        return y;
    }

    /** {@code Λv} for each level, v standard normal. */
    private static double[][] effects(Random random, Design.TermData t) {
        double[][] out = new double[t.levels()][t.columns()];
        for (double[] b : out) {
            for (int c = 0; c < b.length; c++) {
                double v = random.nextGaussian();
                for (int i = 0; i < b.length; i++) {
                    b[i] += t.lambda()[i][c] * v;
                }
            }
        }
        return out;
    }
}
