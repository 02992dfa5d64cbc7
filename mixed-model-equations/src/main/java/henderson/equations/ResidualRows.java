package henderson.equations;

import henderson.api.Batch;
import henderson.api.BoundStructure;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import henderson.api.Whitening;
import henderson.linalg.BlockGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a model with a residual structure, kept by residual group and sorted by position, to be whitened again at
 * each evaluation, theory (3). Groups with the same list of positions share one {@link Whitening}.
 */
final class ResidualRows {
    private final BoundStructure structure;
    private final int border;
    private final List<Group> groups = new ArrayList<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final int widest;

    /** Groups that share a list of positions. */
    private static final class Pattern {
        private final Whitening whitening;
        private int count;

        private Pattern(Whitening whitening) {
            this.whitening = whitening;
        }
    }

    /** One residual group: {@code U = [Z X̃ ỹ]}, rows × (entries of its nodes + border), row-major. */
    static final class Group {
        private final Pattern pattern;
        /** Different nodes that rows of the group have. */
        final int[] nodes;
        /** Columns of Z. */
        final int random;

        final int rows;
        private final double[] raw;
        /** C⁻¹U at the last parameters. */
        final double[] white;

        private Group(Pattern pattern, int[] nodes, int random, int rows, double[] raw) {
            this.pattern = pattern;
            this.nodes = nodes;
            this.random = random;
            this.rows = rows;
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
        this.structure = residual.structure();
        this.border = border.p + 1;
        Map<Integer, List<Line>> lines = new LinkedHashMap<>();
        for (Batch batch : model.batches()) {
            if (batch.frequencies() != null) {
                throw new HendersonException(
                        "Frequency weights cannot stand beside a residual structure: a row has one place in its group.",
                        "Maybe precision weights were meant.");
            }
            for (int i = 0; i < batch.rows(); i++) {
                lines.computeIfAbsent(batch.residualGroup()[i], g -> new ArrayList<>())
                        .add(line(batch, i, layout, border));
            }
        }
        Map<List<Integer>, Pattern> known = new LinkedHashMap<>();
        int columns = 0;
        for (Map.Entry<Integer, List<Line>> entry : lines.entrySet()) {
            List<Line> rows = entry.getValue();
            rows.sort((a, b) -> Integer.compare(a.at(), b.at()));
            Group group = group(rows, layout, known, residual.levels().get(entry.getKey()));
            groups.add(group);
            columns = Math.max(columns, group.raw.length);
        }
        this.widest = columns;
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

    private Group group(List<Line> rows, Layout layout, Map<List<Integer>, Pattern> known, String label) {
        List<Integer> at = new ArrayList<>();
        Map<Integer, Integer> column = new LinkedHashMap<>();
        int random = 0;
        for (Line line : rows) {
            if (!at.isEmpty() && at.get(at.size() - 1) == line.at()) {
                throw new HendersonException("Two rows of residual group '" + label + "' stand at the same position.");
            }
            at.add(line.at());
            for (int f = 0; f < layout.factors; f++) {
                if (column.putIfAbsent(line.nodes()[f], random) == null) {
                    random += layout.width[f];
                }
            }
        }
        Pattern pattern = known.get(at);
        if (pattern == null) {
            pattern = new Pattern(
                    structure.whitening(at.stream().mapToInt(Integer::intValue).toArray()));
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
        return new Group(pattern, nodes, random, rows.size(), raw);
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
     * Whitens all rows and condenses them anew.
     *
     * @return {@code log|R|}, NaN where R is not positive definite
     */
    double whiten(double[] rho, Condensed into) {
        double log = 0;
        for (Pattern pattern : patterns) {
            if (!pattern.whitening.update(rho)) {
                return Double.NaN;
            }
            log += pattern.count * pattern.whitening.logDeterminant();
        }
        into.clear();
        double[] z = new double[widest];
        double[] xy = new double[border];
        for (Group group : groups) {
            int width = group.random + border;
            System.arraycopy(group.raw, 0, group.white, 0, group.raw.length);
            group.pattern.whitening.whiten(group.white, 0, width);
            for (int i = 0; i < group.rows; i++) {
                System.arraycopy(group.white, i * width, z, 0, group.random);
                System.arraycopy(group.white, i * width + group.random, xy, 0, border);
                into.add(group.nodes.length, group.nodes, z, xy, 1);
            }
        }
        into.close();
        return log;
    }

    /** Sum over groups of {@code tr Q_k}. */
    double traceQ(int k) {
        double sum = 0;
        for (Pattern pattern : patterns) {
            sum += pattern.count * pattern.whitening.traceQ(k);
        }
        return sum;
    }

    List<Group> groups() {
        return groups;
    }

    /** Numbers in the largest group. */
    int widest() {
        return widest;
    }
}
