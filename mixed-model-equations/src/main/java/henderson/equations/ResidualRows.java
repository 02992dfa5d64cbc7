package henderson.equations;

import henderson.api.Batch;
import henderson.api.BoundStructure;
import henderson.api.Clusters;
import henderson.api.Fold;
import henderson.api.HendersonException;
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
import org.ejml.data.DMatrixRMaj;

/**
 * The rows of a model with a residual structure, kept by residual group and sorted by position, to be whitened again at
 * each evaluation, theory (3). Groups with the same list of positions share one {@link Whitening}; many groups with the
 * same positions and the same random effects are replaced by as few as carry the same sums, see {@link GroupCompression}.
 */
final class ResidualRows {
    /** Rows in a leaf of a fold, at least. */
    private static final int LEAF = 2_048;
    /** Moments are gathered of patterns up to this length. */
    private static final int LONGEST = 64;

    private final BoundStructure structure;
    private final int border;
    private final List<Group> groups = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();
    /** First group of each leaf; the last entry is the number of groups. */
    private final int[] leafStart;
    /** The triangular factor of the rows of {@code [X̃ ỹ]} as they are, border × border. */
    private final double[] plain;

    private final double[] condensing;
    private double[] current = new double[0];

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

    /** A row on its way into its group. */
    private record Line(int at, int[] nodes, double[] z, double[] xy) {}

    ResidualRows(Model model, Term residual, Layout layout, Border border) {
        this(model, residual, layout, border, true);
    }

    /** Compressed, or every residual group by itself, in the order of their first rows. */
    ResidualRows(Model model, Term residual, Layout layout, Border border, boolean compress) {
        this.structure = residual.structure();
        this.border = border.p + 1;
        this.plain = new double[this.border * this.border];
        Map<Integer, List<Line>> lines = new LinkedHashMap<>();
        for (Batch batch : model.batches()) {
            if (batch.frequencies() != null) {
                throw new HendersonException(
                        "Frequency weights cannot stand beside a residual structure: a row has one place in its group.",
                        "Maybe precision weights were meant.");
            }
            for (int i = 0; i < batch.rows(); i++) {
                Line line = line(batch, i, layout, border);
                lines.computeIfAbsent(batch.residualGroup()[i], g -> new ArrayList<>())
                        .add(line);
                BlockFactor.absorbBorder(plain, line.xy().clone(), this.border);
            }
        }
        Map<List<Integer>, Pattern> known = new LinkedHashMap<>();
        List<Group> single = new ArrayList<>();
        for (Map.Entry<Integer, List<Line>> entry : lines.entrySet()) {
            List<Line> rows = entry.getValue();
            rows.sort((a, b) -> Integer.compare(a.at(), b.at()));
            single.add(group(rows, layout, known, residual, entry.getKey()));
        }
        groups.addAll(compress ? GroupCompression.of(single) : single);
        this.leafStart = leaves();
        this.condensing = new double[widest()];
    }

    private static Line line(Batch batch, int i, Layout layout, Border border) {
        double root = batch.weights() == null ? 1 : Math.sqrt(batch.weights()[i]);
        int[] nodes = new int[layout.factors];
        double[] z = new double[Arrays.stream(layout.width).sum()];
        double[] xy = new double[border.p + 1];
        layout.row(batch, i, nodes, z);
        border.row(batch, i, xy);
        for (int k = 0; k < z.length; k++) {
            z[k] *= root;
        }
        for (int k = 0; k < xy.length; k++) {
            xy[k] *= root;
        }
        return new Line(batch.residualAt()[i], nodes, z, xy);
    }

    private Group group(List<Line> rows, Layout layout, Map<List<Integer>, Pattern> known, Term residual, int level) {
        List<Integer> at = new ArrayList<>();
        Map<Integer, Integer> column = new LinkedHashMap<>();
        int random = 0;
        for (Line line : rows) {
            at.add(line.at());
            for (int f = 0; f < layout.factors; f++) {
                if (column.putIfAbsent(line.nodes()[f], random) == null) {
                    random += layout.width[f];
                }
            }
        }
        Pattern pattern = known.get(at);
        if (pattern == null) {
            int[] positions = at.stream().mapToInt(Integer::intValue).toArray();
            pattern = new Pattern(positions, structure.whitening(positions));
            patterns.add(pattern);
            known.put(at, pattern);
        }
        pattern.count++;
        int width = random + border;
        double[] raw = new double[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            Line line = rows.get(i);
            int from = 0;
            for (int f = 0; f < layout.factors; f++) {
                System.arraycopy(line.z(), from, raw, i * width + column.get(line.nodes()[f]), layout.width[f]);
                from += layout.width[f];
            }
            System.arraycopy(line.xy(), 0, raw, i * width + random, border);
        }
        int[] nodes = column.keySet().stream().mapToInt(Integer::intValue).toArray();
        return new Group(pattern, nodes, random, raw);
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

    /** Joins all nodes that one residual group holds. */
    void join(BlockGraph graph) {
        for (Group group : groups) {
            for (int a = 0; a < group.nodes.length; a++) {
                for (int b = a + 1; b < group.nodes.length; b++) {
                    graph.join(group.nodes[a], group.nodes[b]);
                }
            }
        }
    }

    /**
     * Whitens all rows and condenses their cross-products anew.
     *
     * @return {@code log|R|}, NaN where R is not positive definite
     */
    double whiten(double[] rho, Clusters clusters, Condensed into) {
        current = rho;
        Whitened done = clusters.fold(patterns.size(), updating);
        boolean failed = done.failed;
        double logDeterminant = done.logDeterminant;
        updates.give(done);
        if (failed) {
            return Double.NaN;
        }
        clusters.fold(leafStart.length - 1, whitening);
        into.clear();
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            products(group);
            into.addProducts(group.nodes.length, group.nodes, condensing, group.random + border);
        }
        into.close();
        return logDeterminant;
    }

    /** Rotates the whitened rows into the square root of the sums. */
    void rotate(Condensed into) {
        double[] z = new double[condensing.length];
        double[] xy = new double[border];
        for (Group group : groups) {
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

    /** Sum over groups of {@code tr Q_k}. */
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
     * Second moments of the residuals of least squares, by pattern; patterns longer than 64 positions are left out.
     *
     * @param beta   fixed effects inside
     * @param sigma2 what moments are measured in
     */
    List<Moments> moments(double[] beta, double sigma2) {
        Map<Pattern, DMatrixRMaj> sums = new LinkedHashMap<>();
        for (Group group : groups) {
            if (group.rows <= LONGEST) {
                DMatrixRMaj sum = sums.computeIfAbsent(group.pattern, p -> new DMatrixRMaj(p.at.length, p.at.length));
                double[] e = new double[group.rows];
                int c = group.random + border;
                for (int i = 0; i < e.length; i++) {
                    e[i] = group.raw[(i + 1) * c - 1];
                    for (int j = 0; j < beta.length; j++) {
                        e[i] -= group.raw[i * c + group.random + j] * beta[j];
                    }
                }
                for (int i = 0; i < e.length; i++) {
                    for (int j = 0; j < e.length; j++) {
                        sum.add(i, j, e[i] * e[j] / sigma2);
                    }
                }
            }
        }
        List<Moments> out = new ArrayList<>();
        sums.forEach((p, sum) -> out.add(new Moments(p.at.clone(), p.count, sum)));
        return out;
    }

    /** Rows of the longest group. */
    int longest() {
        int out = 0;
        for (Group group : groups) {
            out = Math.max(out, group.rows);
        }
        return out;
    }

    List<Group> groups() {
        return groups;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    /** First group of each leaf of a fold over groups; the last entry is the number of groups. */
    int[] leafStart() {
        return leafStart;
    }
}
