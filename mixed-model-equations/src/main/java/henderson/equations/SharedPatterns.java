package henderson.equations;

import henderson.api.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All residual groups of a model by pattern, where that pays: groups that share positions and Z, no two of them a random
 * effect. The marginal covariance of the data is then one small matrix for each pattern.
 */
final class SharedPatterns {
    /** Numbers kept of all patterns together, at most. */
    private static final long MOST = 1 << 22;
    /** Entries of {@code vec(U)} at most. */
    private static final int WIDEST = 1_024;
    /** Positions of all patterns together, for a matrix of all of them to be made once. */
    private static final int ALL_POSITIONS = 256;
    /** An operation on a row by itself costs so many within a matrix of a pattern. */
    private static final double ROW_COST = 50;

    final List<SharedPattern> patterns;
    /** Lists of positions whose matrices are made: one for all patterns, or one for each. */
    final int[][] universe;
    /** List of each pattern. */
    final int[] universeOf;
    /** Where each position of a pattern stands in its list. */
    final int[][] place;

    private SharedPatterns(List<SharedPattern> patterns) {
        this.patterns = List.copyOf(patterns);
        TreeSet<Integer> all = new TreeSet<>();
        for (SharedPattern pattern : patterns) {
            for (int at : pattern.at) {
                all.add(at);
            }
        }
        boolean one = all.size() <= ALL_POSITIONS;
        this.universeOf = new int[patterns.size()];
        this.place = new int[patterns.size()][];
        this.universe = new int[one ? 1 : patterns.size()][];
        int[] sorted = all.stream().mapToInt(Integer::intValue).toArray();
        for (int i = 0; i < patterns.size(); i++) {
            int[] at = patterns.get(i).at;
            universeOf[i] = one ? 0 : i;
            universe[universeOf[i]] = one ? sorted : at;
            place[i] = new int[at.length];
            for (int k = 0; k < at.length; k++) {
                place[i][k] = one ? Arrays.binarySearch(sorted, at[k]) : k;
            }
        }
    }

    /** A group as one of its kind. */
    private record Key(ResidualLines lines, int group, int hash) {
        static Key of(ResidualLines lines, int g) {
            int hash = 1;
            for (int i = lines.first[g]; i < lines.first[g + 1]; i++) {
                hash = 31 * hash + lines.at[i];
                for (int k = i * lines.factors; k < (i + 1) * lines.factors; k++) {
                    hash = 31 * hash + lines.place[k];
                }
                for (int k = i * lines.random; k < (i + 1) * lines.random; k++) {
                    hash = 31 * hash + Double.hashCode(lines.z[k]);
                }
            }
            return new Key(lines, g, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && hash == key.hash && same(key.group);
        }

        private boolean same(int other) {
            int a = lines.first[group];
            int b = lines.first[other];
            int m = lines.rows(group);
            int f = lines.factors;
            int q = lines.random;
            return m == lines.rows(other)
                    && Arrays.equals(lines.at, a, a + m, lines.at, b, b + m)
                    && Arrays.equals(lines.place, a * f, (a + m) * f, lines.place, b * f, (b + m) * f)
                    && Arrays.equals(lines.z, a * q, (a + m) * q, lines.z, b * q, (b + m) * q);
        }
    }

    /** The patterns of all groups, or null where rows by themselves are cheaper or groups share random effects. */
    static @Nullable SharedPatterns of(ResidualLines lines, Layout layout) {
        if (layout.hasPrecision() || !separate(lines, layout.nodes())) {
            return null;
        }
        Map<Key, List<Integer>> alike = new LinkedHashMap<>();
        for (int g = 0; g < lines.groups; g++) {
            alike.computeIfAbsent(Key.of(lines, g), k -> new ArrayList<>()).add(g);
        }
        double together = 0;
        double apart = 0;
        double kept = 0;
        for (Map.Entry<Key, List<Integer>> entry : alike.entrySet()) {
            double n = lines.rows(entry.getKey().group());
            double w = lines.border;
            if (n * w > WIDEST) {
                return null;
            }
            together += n * n * (4 * n + w * w / 4) + 100;
            apart += entry.getValue().size() * n * (w + lines.random) * ROW_COST;
            kept += n * n * (w * w / 4 + 2);
        }
        if (together > apart || kept > MOST) {
            return null;
        }
        List<SharedPattern> out = new ArrayList<>();
        for (List<Integer> groups : alike.values()) {
            out.add(new SharedPattern(
                    lines, groups.stream().mapToInt(Integer::intValue).toArray()));
        }
        return new SharedPatterns(out);
    }

    /** Whether no random effect is that of two groups. */
    private static boolean separate(ResidualLines lines, int nodes) {
        boolean[] seen = new boolean[nodes];
        for (int node : lines.node) {
            if (seen[node]) {
                return false;
            }
            seen[node] = true;
        }
        return true;
    }

    /** The rows and columns of a pattern from a matrix over its list of positions. */
    void gather(int i, double[] all, double[] out) {
        int m = universe[universeOf[i]].length;
        int n = place[i].length;
        for (int a = 0; a < n; a++) {
            int row = place[i][a] * m;
            for (int b = 0; b < n; b++) {
                out[a * n + b] = all[row + place[i][b]];
            }
        }
    }

    /** {@code all +=} a matrix of a pattern at its rows and columns. */
    void scatter(int i, double[] own, double[] all) {
        int m = universe[universeOf[i]].length;
        int n = place[i].length;
        for (int a = 0; a < n; a++) {
            int row = place[i][a] * m;
            for (int b = 0; b < n; b++) {
                all[row + place[i][b]] += own[a * n + b];
            }
        }
    }

    /** A matrix for each list of positions. */
    DMatrixRMaj[] matrices() {
        DMatrixRMaj[] out = new DMatrixRMaj[universe.length];
        for (int u = 0; u < out.length; u++) {
            out[u] = new DMatrixRMaj(universe[u].length, universe[u].length);
        }
        return out;
    }

    /** Rows of the longest pattern. */
    int longest() {
        int out = 1;
        for (SharedPattern pattern : patterns) {
            out = Math.max(out, pattern.n);
        }
        return out;
    }

    /** Columns of the widest Z, at least 1. */
    int widest() {
        int out = 1;
        for (SharedPattern pattern : patterns) {
            out = Math.max(out, pattern.q);
        }
        return out;
    }

    /** {@code [X̃ ỹ]ᵀ[X̃ ỹ]} of all rows as they are, border × border. */
    double[] products(int border) {
        double[] out = new double[border * border];
        for (SharedPattern pattern : patterns) {
            double[] identity = new double[pattern.pairs];
            for (int t = 0, i = 0; t < pattern.n; t++, i++) {
                i += t;
                identity[i] = 1;
            }
            pattern.form(identity, out);
        }
        return out;
    }

    /** Second moments of residuals, by pattern, in units of {@code sigma2}. */
    List<Moments> moments(double[] beta, double sigma2) {
        int border = beta.length + 1;
        double[] weight = new double[border * border];
        for (int a = 0; a < border; a++) {
            for (int b = 0; b < border; b++) {
                double ca = a < beta.length ? -beta[a] : 1;
                double cb = b < beta.length ? -beta[b] : 1;
                weight[a * border + b] = ca * cb / sigma2;
            }
        }
        List<Moments> out = new ArrayList<>();
        for (SharedPattern pattern : patterns) {
            DMatrixRMaj sum = new DMatrixRMaj(pattern.n, pattern.n);
            pattern.spread(weight, new double[pattern.pairs], sum.data);
            out.add(new Moments(pattern.at.clone(), pattern.count(), sum));
        }
        return out;
    }
}
