package henderson.equations;

import henderson.api.Batch;
import henderson.api.LevelPrecision;
import henderson.api.Term;
import henderson.linalg.BlockGraph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the terms of a model stand among the blocks: terms of one grouping factor share a node per level, so that blocks
 * repeated for a group cost no more than one term.
 */
final class Layout {
    final List<Term> terms;
    /** Number of grouping factors. */
    final int factors;
    /** Factor of each term. */
    final int[] factorOf;
    /** First column of each term within the nodes of its factor. */
    final int[] columnOf;
    /** Columns of each term. */
    final int[] columns;
    /** Columns of a node of each factor. */
    final int[] width;
    /** First node of each factor; the last entry is the number of nodes. */
    final int[] firstNode;
    /** A term of each factor, whose level indices stand for the factor's. */
    final int[] anyTerm;

    Layout(List<Term> terms) {
        this.terms = List.copyOf(terms);
        int t = terms.size();
        this.factorOf = new int[t];
        this.columnOf = new int[t];
        this.columns = new int[t];
        Map<String, Integer> names = new LinkedHashMap<>();
        List<int[]> widths = new ArrayList<>();
        List<Integer> levels = new ArrayList<>();
        List<Integer> any = new ArrayList<>();
        for (int i = 0; i < t; i++) {
            Term term = terms.get(i);
            // levels of a term with a known precision are joined to one another and keep nodes of their own
            String key = term.precision() == null ? term.group() : term.group() + "\u0000" + i;
            Integer f = names.get(key);
            if (f == null) {
                f = names.size();
                names.put(key, f);
                widths.add(new int[1]);
                levels.add(term.levels().size());
                any.add(i);
            }
            factorOf[i] = f;
            columnOf[i] = widths.get(f)[0];
            columns[i] = term.columns().size();
            widths.get(f)[0] += columns[i];
        }
        this.factors = names.size();
        this.width = widths.stream().mapToInt(w -> w[0]).toArray();
        this.anyTerm = any.stream().mapToInt(Integer::intValue).toArray();
        this.firstNode = new int[factors + 1];
        for (int f = 0; f < factors; f++) {
            firstNode[f + 1] = firstNode[f] + levels.get(f);
        }
    }

    int nodes() {
        return firstNode[factors];
    }

    int levels(int factor) {
        return firstNode[factor + 1] - firstNode[factor];
    }

    /** Node of a level of a term. */
    int node(int term, int level) {
        return firstNode[factorOf[term]] + level;
    }

    /** Nodes and entries of Z of row i, factor by factor. Both arrays are modified. */
    void row(Batch batch, int i, int[] nodes, double[] z) {
        int from = 0;
        for (int f = 0; f < factors; f++) {
            nodes[f] = firstNode[f] + batch.level(anyTerm[f])[i];
            for (int t = 0; t < columns.length; t++) {
                if (factorOf[t] == f) {
                    System.arraycopy(batch.z(t).data, i * columns[t], z, from + columnOf[t], columns[t]);
                }
            }
            from += width[f];
        }
    }

    BlockGraph graph() {
        int[] size = new int[nodes()];
        for (int f = 0; f < factors; f++) {
            java.util.Arrays.fill(size, firstNode[f], firstNode[f + 1], width[f]);
        }
        return new BlockGraph(size);
    }

    /** Factor of each node. */
    int[] factorOfNode() {
        int[] out = new int[nodes()];
        for (int f = 0; f < factors; f++) {
            java.util.Arrays.fill(out, firstNode[f], firstNode[f + 1], f);
        }
        return out;
    }

    /** Joins levels that a known precision links. */
    void joinPrecisions(BlockGraph graph) {
        for (int t = 0; t < columns.length; t++) {
            LevelPrecision precision = terms.get(t).precision();
            for (int i = 0; precision != null && i < precision.values().length; i++) {
                if (precision.rows()[i] != precision.columns()[i]) {
                    graph.join(node(t, precision.rows()[i]), node(t, precision.columns()[i]));
                }
            }
        }
    }

    /** Whether levels of some term have a known precision. */
    boolean hasPrecision() {
        return terms.stream().anyMatch(t -> t.precision() != null);
    }

    /** Nodes of the factor with most levels. */
    boolean[] leading() {
        boolean[] out = new boolean[nodes()];
        int largest = 0;
        for (int f = 1; f < factors; f++) {
            largest = levels(f) > levels(largest) ? f : largest;
        }
        if (factors > 0) {
            java.util.Arrays.fill(out, firstNode[largest], firstNode[largest + 1], true);
        }
        return out;
    }

    /** A matrix of a term among all columns of a node of its factor, row by row. */
    double[] widen(int term, DMatrixRMaj d) {
        int size = width[factorOf[term]];
        int at = columnOf[term];
        double[] out = new double[size * size];
        for (int i = 0; i < d.numRows; i++) {
            for (int j = 0; j < d.numRows; j++) {
                out[(at + i) * size + at + j] = d.get(i, j);
            }
        }
        return out;
    }
}
