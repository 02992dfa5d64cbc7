package henderson.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Legal models on which estimators are tried, small but with enough rows that every variance can be estimated. */
final class EstimatorSamples {
    private EstimatorSamples() {}

    /** Everyday arrangements: the optimum is inside. */
    static List<Design> ordinary() {
        return List.of(
                intercept("one factor, intercept", 1, 0.9, false),
                intercept("one factor, intercept, weights", 2, 0.9, true),
                slope("one factor, intercept and slope", 3, 1),
                nested(4),
                crossed(5));
    }

    /** Legal, and hard. */
    static List<Design> hostile() {
        return List.of(
                noVariance(),
                intercept("random effects a million times the noise", 6, 1e6, false),
                lonely(),
                slope("slope that is a multiple of the intercept", 7, 0),
                pairs(),
                withoutColumns(intercept("no fixed effects", 8, 0.9, false)),
                intercept(
                        "two levels",
                        9,
                        2,
                        IntStream.range(0, 20).map(i -> i % 2).toArray(),
                        false));
    }

    /** All groups have the same mean: the variance among them is zero. */
    static Design noVariance() {
        int n = 48;
        double[] y = new double[n];
        double[][] x = new double[n][];
        int[] level = new int[n];
        for (int i = 0; i < n; i++) {
            level[i] = i / 6;
            x[i] = new double[] {1};
            y[i] = 3 + new double[] {-1.5, 0.75, 0.75, 1, -2, 1}[i % 6];
        }
        return design("groups of one mean", 10, y, x, term("g", level, ones(n), 1));
    }

    /** Groups of one row beside one of forty. */
    private static Design lonely() {
        int[] level = IntStream.range(0, 60).map(i -> i < 40 ? 0 : i - 39).toArray();
        return intercept("groups of one row beside one of forty", 11, 1.5, level, false);
    }

    /** Many groups of two rows. */
    private static Design pairs() {
        return intercept(
                "groups of two rows",
                12,
                0.7,
                IntStream.range(0, 60).map(i -> i / 2).toArray(),
                false);
    }

    /** More than a thousand groups, so that there are several leaves to fold. */
    static Design many() {
        return intercept(
                "1,500 groups",
                13,
                0.8,
                IntStream.range(0, 4_500).map(i -> i / 3).toArray(),
                false);
    }

    static Design intercept(String name, long seed, double sd, boolean weights) {
        int[] level = new int[66];
        for (int i = 0, g = 0, left = 3; i < level.length; i++, left--) {
            if (left == 0) {
                g++;
                left = 3 + g % 5;
            }
            level[i] = g;
        }
        return intercept(name, seed, sd, level, weights);
    }

    private static Design intercept(String name, long seed, double sd, int[] level, boolean weights) {
        Random random = new Random(seed);
        int n = level.length;
        double[][] x = fixed(random, n);
        double[] w = weights ? random.doubles(n, 0.25, 4).toArray() : null;
        double[] y = response(random, x, w);
        Design.TermData term = term("g", level, ones(n), 1);
        add(random, y, term, new double[][] {{sd}});
        return new Design(name, seed, y, x, List.of(term), w);
    }

    /** Intercept and slope; {@code free} is the share of the slope that the intercept does not determine. */
    private static Design slope(String name, long seed, double free) {
        Random random = new Random(seed);
        int n = 140;
        double[][] x = fixed(random, n);
        double[] y = response(random, x, null);
        double[][] z = new double[n][];
        int[] level = new int[n];
        for (int i = 0; i < n; i++) {
            level[i] = i / 7;
            z[i] = new double[] {1, x[i][1]};
        }
        Design.TermData term = term("g", level, z, 2);
        add(random, y, term, new double[][] {{1.2, 0}, {0.8, free}});
        return design(name, seed, y, x, term);
    }

    private static Design nested(long seed) {
        Random random = new Random(seed);
        int n = 12 * 4 * 3;
        double[][] x = fixed(random, n);
        double[] y = response(random, x, null);
        Design.TermData outer = term("a", levels(n, i -> i / 12), ones(n), 1);
        Design.TermData inner = term("a:b", levels(n, i -> i / 3), ones(n), 1);
        add(random, y, outer, new double[][] {{1.5}});
        add(random, y, inner, new double[][] {{1}});
        return design("two nested factors", seed, y, x, outer, inner);
    }

    /** Every fifth combination has no row. */
    private static Design crossed(long seed) {
        Random random = new Random(seed);
        int[] cells = IntStream.range(0, 12 * 10).filter(c -> c % 5 != 3).toArray();
        int n = cells.length;
        double[][] x = fixed(random, n);
        double[] y = response(random, x, null);
        Design.TermData a = term("a", levels(n, i -> cells[i] / 10), ones(n), 1);
        Design.TermData b = term("b", levels(n, i -> cells[i] % 10), ones(n), 1);
        add(random, y, a, new double[][] {{1.2}});
        add(random, y, b, new double[][] {{0.9}});
        return design("two crossed factors", seed, y, x, a, b);
    }

    /** Predictors of very different scale, and predictors that are nearly the same. */
    static List<Design> badlyPosed() {
        List<Design> out = new ArrayList<>();
        for (Design d : List.of(intercept("intercept", 14, 0.9, false), slope("slope", 15, 1))) {
            out.add(named(d, d.name() + ", scales 10¹² apart", scaled(scaled(d, 1, 1e6), 2, 1e-6)));
            double[][] x = copy(d.x());
            for (double[] row : x) {
                row[2] = row[1] + 1e-3 * row[2];
            }
            out.add(named(d, d.name() + ", nearly collinear", new Design("", 0, d.y(), x, d.terms(), null)));
        }
        return out;
    }

    private static Design named(Design from, String name, Design changed) {
        return new Design(name, from.seed(), changed.y(), changed.x(), changed.terms(), changed.weights());
    }

    private static Design withoutColumns(Design d) {
        return new Design(d.name(), d.seed(), d.y(), new double[d.rows()][0], d.terms(), d.weights());
    }

    private static Design design(String name, long seed, double[] y, double[][] x, Design.TermData... terms) {
        return new Design(name, seed, y, x, List.of(terms), null);
    }

    private static Design.TermData term(String group, int[] level, double[][] z, int q) {
        int levels = 1 + Arrays.stream(level).max().orElse(0);
        return new Design.TermData(group, level, levels, z, new double[q][q]);
    }

    private static int[] levels(int n, IntUnaryOperator of) {
        return IntStream.range(0, n).map(of).toArray();
    }

    private static double[][] ones(int n) {
        double[][] out = new double[n][];
        Arrays.setAll(out, i -> new double[] {1});
        return out;
    }

    private static double[][] fixed(Random random, int n) {
        double[][] out = new double[n][];
        Arrays.setAll(out, i -> new double[] {1, random.nextGaussian(), random.nextGaussian()});
        return out;
    }

    private static double[] response(Random random, double[][] x, double[] weights) {
        double[] y = new double[x.length];
        for (int i = 0; i < y.length; i++) {
            double noise = random.nextGaussian() / (weights == null ? 1 : Math.sqrt(weights[i]));
            y[i] = 2 + x[i][1] - 0.5 * x[i][2] + noise;
        }
        return y;
    }

    private static void add(Random random, double[] y, Design.TermData term, double[][] lambda) {
        int q = term.columns();
        double[] v = random.doubles((long) term.levels() * q)
                .map(u -> random.nextGaussian())
                .toArray();
        for (int i = 0; i < y.length; i++) {
            for (int a = 0; a < q; a++) {
                for (int b = 0; b < q; b++) {
                    y[i] += term.z()[i][a] * lambda[a][b] * v[term.level()[i] * q + b];
                }
            }
        }
    }

    /** Rows {@code order[0]}, {@code order[1]}, …; a row may be taken more than once. */
    static Design rows(Design d, int[] order) {
        List<Design.TermData> terms = new ArrayList<>();
        for (Design.TermData t : d.terms()) {
            int[] level = Arrays.stream(order).map(i -> t.level()[i]).toArray();
            terms.add(new Design.TermData(t.group(), level, t.levels(), pick(t.z(), order), t.lambda()));
        }
        double[] w = d.weights() == null ? null : pick(d.weights(), order);
        return new Design(d.name(), d.seed(), pick(d.y(), order), pick(d.x(), order), terms, w);
    }

    private static double[] pick(double[] a, int[] order) {
        return Arrays.stream(order).mapToDouble(i -> a[i]).toArray();
    }

    private static double[][] pick(double[][] a, int[] order) {
        return Arrays.stream(order).mapToObj(i -> a[i]).toArray(double[][]::new);
    }

    /** Level {@code l} of term {@code t} is called {@code names[t][l]}. */
    static Design renamed(Design d, int[][] names) {
        List<Design.TermData> terms = new ArrayList<>();
        for (int t = 0; t < names.length; t++) {
            Design.TermData term = d.terms().get(t);
            int[] of = names[t];
            int[] level = Arrays.stream(term.level()).map(l -> of[l]).toArray();
            terms.add(new Design.TermData(term.group(), level, term.levels(), term.z(), term.lambda()));
        }
        return new Design(d.name(), d.seed(), d.y(), d.x(), terms, d.weights());
    }

    /** {@code a + by} instead of y. */
    static Design response(Design d, double a, double b) {
        double[] y = Arrays.stream(d.y()).map(v -> a + b * v).toArray();
        return new Design(d.name(), d.seed(), y, d.x(), d.terms(), d.weights());
    }

    /** Column {@code j} of X times {@code by}. */
    static Design scaled(Design d, int j, double by) {
        double[][] x = copy(d.x());
        for (double[] row : x) {
            row[j] *= by;
        }
        return new Design(d.name(), d.seed(), d.y(), x, d.terms(), d.weights());
    }

    static Design weighted(Design d, double[] w) {
        return new Design(d.name(), d.seed(), d.y(), d.x(), d.terms(), w);
    }

    private static double[][] copy(double[][] x) {
        return Arrays.stream(x).map(double[]::clone).toArray(double[][]::new);
    }

    /** A random order of 0 … n − 1. */
    static int[] shuffled(int n, Random random) {
        int[] out = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = out[i];
            out[i] = out[j];
            out[j] = kept;
        }
        return out;
    }
}
