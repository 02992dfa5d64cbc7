package henderson.data;

import henderson.api.HendersonException;
import henderson.api.LevelPrecision;
import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.DenseBackend;
import henderson.linalg.Elimination;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The precision among the levels of a term, {@code K⁻¹} in {@code b ~ N(0, σ² K ⊗ G)}: levels of the term first, then
 * labels of the matrix that no row has.
 */
final class KnownPrecision {
    /** Rows of a dense block that is inverted: 200 MB, and half a minute. */
    private static final int MOST_DENSE = 5_000;

    private static final double ROUNDING = 0x1p-48;

    private final String term;
    private final String file;
    private final SymmetricMatrix matrix;

    private KnownPrecision(String term, String file, SymmetricMatrix matrix) {
        this.term = term;
        this.file = file;
        this.matrix = matrix;
    }

    /**
     * Levels with their precision.
     *
     * @param levels    of the term, then of the matrix alone
     * @param precision among them
     */
    record Known(List<String> levels, LevelPrecision precision) {}

    /**
     * The precision of a term.
     *
     * @param inverse whether the matrix is {@code K⁻¹} already
     * @throws HendersonException when it does not cover the levels or is not positive definite, naming them
     */
    static Known of(String term, List<String> levels, String file, SymmetricMatrix matrix, boolean inverse) {
        int[] to = places(term, levels, file, matrix);
        List<String> all = new ArrayList<>(levels);
        all.addAll(java.util.Collections.nCopies(matrix.size() - levels.size(), ""));
        for (int i = 0; i < to.length; i++) {
            if (to[i] >= levels.size()) {
                all.set(to[i], matrix.labels().get(i));
            }
        }
        KnownPrecision known = new KnownPrecision(term, file, matrix.permuted(to, List.copyOf(all)));
        known.requirePositive();
        return new Known(known.matrix.labels(), inverse ? known.given() : known.inverted());
    }

    /** Where each label goes. */
    private static int[] places(String term, List<String> levels, String file, SymmetricMatrix matrix) {
        Map<String, Integer> exact = new HashMap<>();
        Map<Double, Integer> numbers = new HashMap<>();
        for (int i = 0; i < matrix.size(); i++) {
            exact.put(matrix.labels().get(i), i);
            double number = Numbers.parse(matrix.labels().get(i));
            if (!Double.isNaN(number)) {
                numbers.putIfAbsent(number, i);
            }
        }
        int[] to = new int[matrix.size()];
        Arrays.fill(to, -1);
        List<String> missing = new ArrayList<>();
        for (int l = 0; l < levels.size(); l++) {
            Integer at = exact.get(levels.get(l));
            if (at == null) {
                at = numbers.get(Numbers.parse(levels.get(l))); // NaN is no key
            }
            if (at == null) {
                missing.add(levels.get(l));
            } else {
                to[at] = l;
            }
        }
        if (!missing.isEmpty()) {
            throw new HendersonException(
                    missing.size() + " of the " + levels.size() + " levels of '" + term + "' are not in '" + file
                            + "': " + Variables.shown(missing) + ".",
                    "Maybe leave their rows out with --where, or the labels are written differently; the first there is '"
                            + matrix.labels().get(0) + "'.");
        }
        int next = levels.size();
        for (int i = 0; i < to.length; i++) {
            to[i] = to[i] < 0 ? next++ : to[i];
        }
        return to;
    }

    private HendersonException notPositive(int row, @Nullable String why) {
        return new HendersonException(
                "The matrix in '" + file + "' for '" + term + "' is not positive definite: it fails at level '"
                        + matrix.labels().get(row) + "'" + (why == null ? "" : ", " + why) + ".",
                "Maybe two levels are copies of each other, or a value was mistyped.");
    }

    /** What can be seen without factoring. */
    private void requirePositive() {
        double[] diagonal = matrix.diagonal();
        for (int i = 0; i < diagonal.length; i++) {
            if (!(diagonal[i] > 0)) {
                throw notPositive(i, "whose diagonal entry is " + Numbers.shortest(diagonal[i]));
            }
        }
        for (int k = 0; k < matrix.values().length; k++) {
            int i = matrix.rows()[k];
            int j = matrix.columns()[k];
            double bound = Math.sqrt(diagonal[i]) * Math.sqrt(diagonal[j]);
            if (i != j && Math.abs(matrix.values()[k]) >= bound) {
                throw notPositive(
                        i,
                        "whose value with '" + matrix.labels().get(j) + "', "
                                + Numbers.shortest(matrix.values()[k]) + ", is not below "
                                + Numbers.shortest(bound));
            }
        }
    }

    /** The matrix as the precision it is, with the logarithm of its determinant by sparse elimination. */
    private LevelPrecision given() {
        int n = matrix.size();
        int[] ones = new int[n];
        Arrays.fill(ones, 1);
        BlockGraph graph = new BlockGraph(ones);
        for (int k = 0; k < matrix.values().length; k++) {
            if (matrix.rows()[k] != matrix.columns()[k]) {
                graph.join(matrix.rows()[k], matrix.columns()[k]);
            }
        }
        Elimination elimination = Elimination.of(graph, new boolean[n], 0);
        BlockFactor factor = new BlockFactor(elimination);
        for (int c = 0; c < elimination.components(); c++) {
            factor.clear(c);
        }
        for (int k = 0; k < matrix.values().length; k++) {
            factor.panels()[elimination.offset(matrix.rows()[k], matrix.columns()[k])] = matrix.values()[k];
        }
        BlockFactor.Scratch scratch = factor.scratch();
        double log = 0;
        for (int c = 0; c < elimination.components(); c++) {
            if (!factor.cholesky(c, new double[0], scratch)) {
                throw notPositive(firstFailure(elimination, c), null);
            }
            log += factor.logDeterminant(c);
        }
        double[] diagonal = matrix.diagonal();
        for (int i = 0; i < n; i++) {
            double root = factor.panels()[elimination.offset(i, i)];
            if (root * root <= n * ROUNDING * diagonal[i]) {
                throw notPositive(i, "which is a combination of others but for rounding");
            }
        }
        return new LevelPrecision(matrix.rows(), matrix.columns(), matrix.values(), log);
    }

    /** The level whose pivot is the first that is not positive, in the order of levels; by dense elimination. */
    private int firstFailure(Elimination elimination, int component) {
        int step = elimination.firstStep(component);
        int some = elimination.member(step, 0);
        int[] components = matrix.components();
        int[] members = members(components, components[some]);
        return members.length > MOST_DENSE ? members[members.length - 1] : members[failure(dense(members))];
    }

    private static int[] members(int[] components, int component) {
        int[] out = new int[components.length];
        int n = 0;
        for (int i = 0; i < out.length; i++) {
            if (components[i] == component) {
                out[n++] = i;
            }
        }
        return Arrays.copyOf(out, n);
    }

    /** Rows and columns of some levels, whole. */
    private double[][] dense(int[] members) {
        int[] index = new int[matrix.size()];
        Arrays.fill(index, -1);
        for (int i = 0; i < members.length; i++) {
            index[members[i]] = i;
        }
        double[][] out = new double[members.length][members.length];
        for (int k = 0; k < matrix.values().length; k++) {
            int i = index[matrix.rows()[k]];
            int j = index[matrix.columns()[k]];
            if (i >= 0) {
                out[i][j] = matrix.values()[k];
                out[j][i] = matrix.values()[k];
            }
        }
        return out;
    }

    /** The first row whose pivot is not positive; the last one where rounding decides. */
    private static int failure(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double s = a[i][j];
                for (int k = 0; k < j; k++) {
                    s -= a[i][k] * a[j][k];
                }
                if (i > j) {
                    a[i][j] = s / a[j][j];
                } else if (s <= n * ROUNDING * a[i][i]) {
                    return i;
                } else {
                    a[i][i] = Math.sqrt(s);
                }
            }
        }
        return n - 1;
    }

    /** The inverse, block by block of levels that are related at all. */
    private LevelPrecision inverted() {
        int[] components = matrix.components();
        int blocks = Arrays.stream(components).max().orElse(-1) + 1;
        int[] start = new int[blocks + 1];
        for (int c : components) {
            start[c + 1]++;
        }
        for (int b = 0; b < blocks; b++) {
            if (start[b + 1] > MOST_DENSE) {
                throw new HendersonException(
                        "The matrix in '" + file + "' relates " + start[b + 1] + " levels to one another; at most "
                                + MOST_DENSE + " can be inverted together.",
                        "Maybe write its inverse, which is sparse for a pedigree, and say inverse = TRUE.");
            }
            start[b + 1] += start[b];
        }
        int[] member = new int[components.length];
        int[] next = start.clone();
        for (int i = 0; i < components.length; i++) {
            member[next[components[i]]++] = i;
        }
        Entries out = new Entries();
        double log = 0;
        int[] entries = entriesByComponent(components, blocks);
        int[] from = new int[blocks + 1];
        int[] sorted = sorted(components, entries, from);
        for (int b = 0; b < blocks; b++) {
            log -= invert(Arrays.copyOfRange(member, start[b], start[b + 1]), sorted, from[b], from[b + 1], out);
        }
        return out.precision(log);
    }

    private int[] entriesByComponent(int[] components, int blocks) {
        int[] out = new int[blocks];
        for (int row : matrix.rows()) {
            out[components[row]]++;
        }
        return out;
    }

    /** Entries of the matrix, those of one component together. */
    private int[] sorted(int[] components, int[] count, int[] from) {
        for (int b = 0; b < count.length; b++) {
            from[b + 1] = from[b] + count[b];
        }
        int[] next = from.clone();
        int[] out = new int[matrix.values().length];
        for (int k = 0; k < out.length; k++) {
            out[next[components[matrix.rows()[k]]]++] = k;
        }
        return out;
    }

    /** Adds the inverse of one block; returns the logarithm of the block's determinant. */
    private double invert(int[] members, int[] entries, int from, int to, Entries out) {
        int n = members.length;
        double[][] a = new double[n][n];
        for (int e = from; e < to; e++) {
            int i = Arrays.binarySearch(members, matrix.rows()[entries[e]]);
            int j = Arrays.binarySearch(members, matrix.columns()[entries[e]]);
            a[j][i] = matrix.values()[entries[e]]; // the upper triangle
        }
        DenseBackend backend = DenseBackend.get();
        double log = 0;
        boolean done = backend.cholesky(a, n, n);
        for (int i = 0; done && i < n; i++) {
            log += 2 * Math.log(a[i][i]);
            done = a[i][i] * a[i][i] > n * ROUNDING * columnSquares(a, i);
        }
        if (!done) {
            throw notPositive(members[failure(dense(members))], null);
        }
        double[][] z = new double[n][n];
        backend.inverse(a, n, z, new double[backend.inverseWorkspace(n)]);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                // where the inverse of a pedigree is zero, that of its rounded numbers is rounding
                boolean kept = i == j || Math.abs(z[i][j]) > ROUNDING * Math.sqrt(z[i][i]) * Math.sqrt(z[j][j]);
                if (kept) {
                    out.add(members[i], members[j], z[i][j]);
                }
            }
        }
        return log;
    }

    /** The diagonal entry {@code i} of {@code RᵀR}. */
    private static double columnSquares(double[][] r, int i) {
        double sum = 0;
        for (int k = 0; k <= i; k++) {
            sum += r[k][i] * r[k][i];
        }
        return sum;
    }

    /** Growing arrays of entries. */
    private static final class Entries {
        private int[] rows = new int[64];
        private int[] columns = new int[64];
        private double[] values = new double[64];
        private int size;

        void add(int row, int column, double value) {
            if (size == rows.length) {
                rows = Arrays.copyOf(rows, 2 * size);
                columns = Arrays.copyOf(columns, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            rows[size] = row;
            columns[size] = column;
            values[size++] = value;
        }

        LevelPrecision precision(double log) {
            return new LevelPrecision(
                    Arrays.copyOf(rows, size), Arrays.copyOf(columns, size), Arrays.copyOf(values, size), log);
        }
    }
}
