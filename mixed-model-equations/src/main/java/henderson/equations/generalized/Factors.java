package henderson.equations.generalized;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The grouping factors of a model from the outermost in, where each lies within the one before. */
final class Factors {
    /** Number of factors. */
    final int count;
    /** Columns of each factor, all of its terms. */
    final int[] width;
    /** Columns of the factors before each; the last entry is that of all. */
    final int[] above;
    /** Levels of each. */
    final int[] levels;
    /** Factor of each term. */
    final int[] depthOf;
    /** First column of each term in its factor. */
    final int[] columnOf;
    /** Columns of each term. */
    final int[] columns;
    /** Any term of each factor. */
    final int[] anyTerm;

    private Factors(List<Term> terms, List<List<Integer>> ordered) {
        this.count = ordered.size();
        this.width = new int[count];
        this.above = new int[count + 1];
        this.levels = new int[count];
        this.anyTerm = new int[count];
        this.depthOf = new int[terms.size()];
        this.columnOf = new int[terms.size()];
        this.columns = new int[terms.size()];
        for (int f = 0; f < count; f++) {
            for (int t : ordered.get(f)) {
                depthOf[t] = f;
                columnOf[t] = width[f];
                columns[t] = terms.get(t).columns().size();
                width[f] += columns[t];
            }
            anyTerm[f] = ordered.get(f).get(0);
            levels[f] = terms.get(anyTerm[f]).levels().size();
            above[f + 1] = above[f] + width[f];
        }
    }

    /** The factors of a model; null where two of them cross. */
    static @Nullable Factors of(Model model) {
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        List<Term> terms = model.random();
        for (int t = 0; t < terms.size(); t++) {
            if (terms.get(t).precision() != null) {
                throw new HendersonException("Levels of '" + terms.get(t).group()
                        + "' have a known precision, which cannot stand beside a family and a link here.");
            }
            byGroup.computeIfAbsent(terms.get(t).group(), g -> new ArrayList<>())
                    .add(t);
        }
        int[] used = new int[terms.size()];
        for (List<Integer> group : byGroup.values()) {
            used[group.get(0)] = usedLevels(model, group.get(0));
        }
        List<List<Integer>> ordered = new ArrayList<>(byGroup.values());
        ordered.sort(Comparator.comparingInt(group -> used[group.get(0)]));
        Factors out = new Factors(terms, ordered);
        for (int f = 1; f < out.count; f++) {
            if (!within(model, out.anyTerm[f], out.anyTerm[f - 1])) {
                return null;
            }
        }
        return out;
    }

    private static int usedLevels(Model model, int term) {
        boolean[] seen = new boolean[model.random().get(term).levels().size()];
        int out = 0;
        for (Batch batch : model.batches()) {
            int[] level = batch.level(term);
            for (int i = 0; i < batch.rows(); i++) {
                out += seen[level[i]] ? 0 : 1;
                seen[level[i]] = true;
            }
        }
        return out;
    }

    private static boolean within(Model model, int inner, int outer) {
        int[] parent = new int[model.random().get(inner).levels().size()];
        Arrays.fill(parent, -1);
        for (Batch batch : model.batches()) {
            int[] in = batch.level(inner);
            int[] out = batch.level(outer);
            for (int i = 0; i < batch.rows(); i++) {
                if (parent[in[i]] >= 0 && parent[in[i]] != out[i]) {
                    return false;
                }
                parent[in[i]] = out[i];
            }
        }
        return true;
    }
}
