package henderson.equations;

import henderson.api.BoundStructure;
import henderson.api.Clusters;
import henderson.api.Fold;
import henderson.api.Model;
import henderson.api.Moments;
import henderson.api.Term;
import henderson.api.Whitening;
import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a model with a residual structure, kept by residual group and sorted by position, to be whitened again at
 * each evaluation, theory (3). Groups with the same list of positions share one {@link Whitening}; many groups with the
 * same positions and the same random effects are replaced by as few as carry the same sums, see {@link GroupCompression}.
 */
final class ResidualRows {
    /** Rows in a leaf of a fold, at least. */
    private static final int LEAF = 2_048;

    private final BoundStructure structure;
    private final int border;
    private final boolean compress;
    /** Null once groups are made and nobody else needs it. */
    private @Nullable ResidualLines lines;
    /** Groups by pattern, or null where that does not pay. */
    private final @Nullable SharedPatterns shared;

    private final @Nullable PatternCondenser condenser;
    private final List<Group> groups = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();
    /** First group of each leaf; the last entry is the number of groups. */
    private int[] leafStart = new int[0];
    /** The triangular factor of the rows of {@code [X̃ ỹ]} as they are, border × border. */
    private final double[] plain;
    /** Σ log w. */
    private final double logWeights;

    private double[] condensing = new double[0];
    private double[] current = new double[0];
    /** Whether groups are whitened at the last parameters. */
    private boolean whitened;

    /** Groups that share a list of positions. */
    static final class Pattern {
        final int[] at;
        final Whitening whitening;
        private int count;

        private Pattern(int[] at, Whitening whitening) {
            this.at = at;
            this.whitening = whitening;
        }

        int count() {
            return count;
        }
    }

    /** One residual group: {@code U = [Z X̃ ỹ]}, rows × (entries of its nodes + border), row-major. */
    static final class Group {
        final Pattern pattern;
        /** Different nodes that rows of the group have. */
        final int[] nodes;
        /** Columns of Z. */
        final int random;

        final int rows;
        final double[] raw;
        /** C⁻¹U at the last parameters. */
        final double[] white;

        Group(Pattern pattern, int[] nodes, int random, double[] raw) {
            this.pattern = pattern;
            this.nodes = nodes;
            this.random = random;
            this.rows = pattern.at.length;
            this.raw = raw;
            this.white = new double[raw.length];
        }

        Whitening whitening() {
            return pattern.whitening;
        }
    }

    ResidualRows(Model model, Term residual, Layout layout, Border border) {
        this(model, residual, layout, border, true);
    }

    /** Compressed, or every residual group by itself, in the order of their first rows. */
    ResidualRows(Model model, Term residual, Layout layout, Border border, boolean compress) {
        this.structure = residual.structure();
        this.border = border.p + 1;
        this.compress = compress;
        ResidualLines read = new ResidualLines(model, layout, border);
        this.lines = read;
        this.logWeights = read.logWeights;
        this.shared = compress ? SharedPatterns.of(read, layout) : null;
        this.condenser = shared == null ? null : new PatternCondenser(shared, read, structure, layout);
        this.plain = shared == null ? rotated(read) : triangle(shared, read);
    }

    private static double[] rotated(ResidualLines read) {
        double[] out = new double[read.border * read.border];
        double[] line = new double[read.border];
        for (int i = 0; i < read.at.length; i++) {
            System.arraycopy(read.xy, i * read.border, line, 0, read.border);
            BlockFactor.absorbBorder(out, line, read.border);
        }
        return out;
    }

    /** The same from cross-products, where they are accurate enough. */
    private static double[] triangle(SharedPatterns shared, ResidualLines read) {
        int w = read.border;
        double[] lower = shared.products(w);
        if (!(SquareMatrices.cholesky(lower, w) > MarginalDeviance.TRUST)) {
            return rotated(read);
        }
        double[] out = new double[w * w];
        for (int i = 0; i < w; i++) {
            for (int j = 0; j <= i; j++) {
                out[j * w + i] = lower[i * w + j];
            }
        }
        return out;
    }

    /** Makes the groups by themselves, once. */
    private List<Group> made() {
        ResidualLines read = lines;
        if (groups.isEmpty() && read != null) {
            Map<List<Integer>, Pattern> known = new LinkedHashMap<>();
            List<Group> single = new ArrayList<>();
            for (int g = 0; g < read.groups; g++) {
                single.add(group(read, g, known));
            }
            groups.addAll(compress ? GroupCompression.of(single) : single);
            leafStart = leaves();
            condensing = new double[widest()];
            lines = null;
        }
        return groups;
    }

    private Group group(ResidualLines read, int g, Map<List<Integer>, Pattern> known) {
        int[] positions = read.positions(g);
        List<Integer> at = new ArrayList<>();
        for (int position : positions) {
            at.add(position);
        }
        Pattern pattern = known.get(at);
        if (pattern == null) {
            pattern = new Pattern(positions, structure.whitening(positions));
            patterns.add(pattern);
            known.put(at, pattern);
        }
        pattern.count++;
        int[] column = read.columns(g);
        int random = column[column.length - 1];
        int width = random + border;
        double[] raw = new double[positions.length * width];
        read.spread(g, column, width, raw);
        for (int i = 0; i < positions.length; i++) {
            System.arraycopy(read.xy, (read.first[g] + i) * border, raw, i * width + random, border);
        }
        return new Group(pattern, read.nodes(g), random, raw);
    }

    private int[] leaves() {
        int[] starts = new int[groups.size() + 1];
        int count = 0;
        int rows = LEAF;
        for (int g = 0; g < groups.size(); g++) {
            if (rows >= LEAF) {
                starts[count++] = g;
                rows = 0;
            }
            rows += groups.get(g).rows;
        }
        starts[count] = groups.size();
        return Arrays.copyOf(starts, count + 1);
    }

    private int widest() {
        int out = 0;
        for (Group group : groups) {
            out = Math.max(out, group.random + border);
        }
        return out * out;
    }

    /** Joins all nodes that one residual group holds; before groups are made. */
    void join(BlockGraph graph) {
        ResidualLines read = Objects.requireNonNull(lines);
        for (int g = 0; g < read.groups; g++) {
            for (int a = read.firstNode[g]; a < read.firstNode[g + 1]; a++) {
                for (int b = a + 1; b < read.firstNode[g + 1]; b++) {
                    graph.join(read.node[a], read.node[b]);
                }
            }
        }
    }

    /** Groups by pattern, or null where that does not pay. */
    @Nullable
    SharedPatterns shared() {
        return shared;
    }

    /** Σ log w. */
    double logWeights() {
        return logWeights;
    }

    /**
     * Whitens all rows and condenses their cross-products anew; by patterns where that can be had.
     *
     * @return {@code log|R|}, NaN where R is not positive definite
     */
    double whiten(double[] rho, Clusters clusters, Condensed into) {
        current = rho;
        whitened = false;
        if (condenser != null && condenser.condense(rho, into)) {
            return condenser.logDeterminant();
        }
        made();
        double logDeterminant = update(clusters);
        if (Double.isNaN(logDeterminant)) {
            return Double.NaN;
        }
        into.clear();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            products(group);
            into.addProducts(group.nodes.length, group.nodes, condensing, group.random + border);
        }
        into.close();
        return logDeterminant;
    }

    /** Whitens all rows at the last parameters. */
    private double update(Clusters clusters) {
        Whitened done = clusters.fold(patterns.size(), updating);
        boolean failed = done.failed;
        double logDeterminant = done.logDeterminant;
        updates.give(done);
        if (failed) {
            return Double.NaN;
        }
        clusters.fold(leafStart.length - 1, whitening);
        whitened = true;
        return logDeterminant;
    }

    /** Groups, whitened at the last parameters. */
    List<Group> whitened() {
        made();
        if (!whitened) {
            update(new SequentialClusters());
        }
        return groups;
    }

    /** Rotates the whitened rows into the square root of the sums. */
    void rotate(Condensed into) {
        List<Group> all = whitened();
        double[] z = new double[condensing.length];
        double[] xy = new double[border];
        for (Group group : all) {
            int width = group.random + border;
            for (int i = 0; i < group.rows; i++) {
                System.arraycopy(group.white, i * width, z, 0, group.random);
                System.arraycopy(group.white, i * width + group.random, xy, 0, border);
                into.rotate(group.nodes.length, group.nodes, z, xy, 1);
            }
        }
    }

    /** {@code UᵀU} of a group, upper triangle, in blocks of rows so that long groups keep their digits. */
    private void products(Group group) {
        int c = group.random + border;
        Arrays.fill(condensing, 0, c * c, 0);
        for (int from = 0; from < group.rows; from += 128) {
            int to = Math.min(group.rows, from + 128);
            for (int a = 0; a < c; a++) {
                for (int b = a; b < c; b++) {
                    double sum = 0;
                    for (int i = from; i < to; i++) {
                        sum += group.white[i * c + a] * group.white[i * c + b];
                    }
                    condensing[a * c + b] += sum;
                }
            }
        }
    }

    /** What updating the patterns gives. */
    private static final class Whitened {
        private double logDeterminant;
        private boolean failed;
    }

    private final Pool<Whitened> updates = new Pool<>(Whitened::new);

    private final Fold<Whitened> updating = new Fold<>() {
        @Override
        public Whitened create() {
            Whitened out = updates.take();
            out.logDeterminant = 0;
            out.failed = false;
            return out;
        }

        @Override
        public void accumulate(int leaf, Whitened into) {
            Pattern pattern = patterns.get(leaf);
            if (into.failed || !pattern.whitening.update(current)) {
                into.failed = true;
                return;
            }
            into.logDeterminant += pattern.count * pattern.whitening.logDeterminant();
        }

        @Override
        public void merge(Whitened into, Whitened from) {
            into.logDeterminant += from.logDeterminant;
            into.failed |= from.failed;
            updates.give(from);
        }
    };

    private final Fold<Object> whitening = new Fold<>() {
        @Override
        public Object create() {
            return ResidualRows.this;
        }

        @Override
        public void accumulate(int leaf, Object into) {
            for (int g = leafStart[leaf]; g < leafStart[leaf + 1]; g++) {
                Group group = groups.get(g);
                System.arraycopy(group.raw, 0, group.white, 0, group.raw.length);
                group.pattern.whitening.whiten(group.white, 0, group.random + border);
            }
        }

        @Override
        public void merge(Object into, Object from) {}
    };

    /** Sum over groups of {@code tr Q_k}; only once rows are whitened. */
    double traceQ(int k) {
        double sum = 0;
        for (int i = 0; i < patterns.size(); i++) {
            sum += patterns.get(i).count * patterns.get(i).whitening.traceQ(k);
        }
        return sum;
    }

    /** Upper triangular factor of the rows of {@code [X̃ ỹ]}, not whitened, border × border. */
    double[] plain() {
        return plain;
    }

    /**
     * Second moments of the residuals of least squares, by pattern. Of patterns longer than 64 positions, some pieces of as
     * many.
     *
     * @param beta   fixed effects inside
     * @param sigma2 what moments are measured in
     */
    List<Moments> moments(double[] beta, double sigma2) {
        return shared != null ? shared.moments(beta, sigma2) : new ResidualMoments(beta, sigma2).of(made());
    }

    /** Rows of the longest group. */
    int longest() {
        int out = 0;
        for (Group group : made()) {
            out = Math.max(out, group.rows);
        }
        return out;
    }

    /** Groups as they are, or whitened at some parameters. */
    List<Group> groups() {
        return made();
    }

    List<Pattern> patterns() {
        made();
        return patterns;
    }

    /** First group of each leaf of a fold over groups; the last entry is the number of groups. */
    int[] leafStart() {
        made();
        return leafStart;
    }
}
