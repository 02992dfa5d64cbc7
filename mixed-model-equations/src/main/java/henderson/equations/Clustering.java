package henderson.equations;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.LevelPrecision;
import henderson.api.Model;
import henderson.api.Term;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster each row of a model lies in. Rows of different clusters are independent in the model: every level of every
 * grouping factor lies in one cluster.
 *
 * @param name   of the factor whose levels they are
 * @param labels one a cluster
 * @param of     cluster of each row, in the model's order. Not copied: do not modify.
 */
public record Clustering(String name, List<String> labels, int[] of) {
    /** Number of clusters. */
    public int count() {
        return labels.size();
    }

    /** A grouping factor of a model: where it stands in a batch, and its levels. */
    private record Factor(String name, List<String> labels, int term, @Nullable LevelPrecision precision) {
        int level(Batch batch, int row) {
            return term < 0 ? batch.residualGroup()[row] : batch.level(term)[row];
        }
    }

    /**
     * The levels of the grouping factor in which all others are nested; without grouping factors, each row by itself.
     *
     * @throws HendersonException where there is no such factor
     */
    public static Clustering highest(Model model) {
        List<Factor> factors = factors(model);
        if (factors.isEmpty()) {
            return rows(model);
        }
        Factor coarsest = factors.get(0);
        for (Factor f : factors) {
            coarsest = f.labels().size() < coarsest.labels().size() ? f : coarsest;
        }
        int[] of = new int[Math.toIntExact(model.rows())];
        int at = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                of[at++] = coarsest.level(batch, i);
            }
        }
        Clustering out = new Clustering(coarsest.name(), coarsest.labels(), of);
        String split = out.split(model, factors);
        if (split != null) {
            throw new HendersonException(
                    "Robust standard errors need clusters in which all groups are nested, and no grouping factor is: "
                            + split + ".",
                    "Maybe name a variable of larger clusters.");
        }
        return out;
    }

    /**
     * Checks that clusters do not cut groups.
     *
     * @throws HendersonException naming a group that lies in two clusters; and for fewer than two clusters
     */
    public void require(Model model) {
        if (count() < 2) {
            throw new HendersonException(
                    "There is one cluster of " + name + "; robust standard errors need at least 2.",
                    "Maybe another variable names the clusters.");
        }
        String split = split(model, factors(model));
        if (split != null) {
            throw new HendersonException(
                    "The groups of the model are not nested in the clusters of " + name + ": " + split + ".",
                    "Maybe clusters of the highest level, or of a variable that is constant within its groups.");
        }
    }

    private static Clustering rows(Model model) {
        if (model.spec().frequencyWeights() != null) {
            throw new HendersonException(
                    "Robust standard errors of a model without groups take each row for a cluster, and frequency weights"
                            + " make several of one.",
                    "Maybe name a variable of clusters.");
        }
        int n = Math.toIntExact(model.rows());
        int[] of = new int[n];
        Arrays.setAll(of, i -> i);
        List<String> numbers = new AbstractList<>() {
            @Override
            public String get(int i) {
                return Integer.toString(i + 1);
            }

            @Override
            public int size() {
                return n;
            }
        };
        return new Clustering("", numbers, of);
    }

    private static List<Factor> factors(Model model) {
        Map<String, Factor> out = new LinkedHashMap<>();
        for (int t = 0; t < model.random().size(); t++) {
            Term term = model.random().get(t);
            Factor factor = new Factor(term.group(), term.levels(), t, term.precision());
            // levels related by a known precision are looked at term by term
            out.putIfAbsent(term.precision() == null ? term.group() : term.group() + ' ' + t, factor);
        }
        Term residual = model.residual();
        if (residual != null) {
            out.putIfAbsent(residual.group(), new Factor(residual.group(), residual.levels(), -1, null));
        }
        return new ArrayList<>(out.values());
    }

    /** A level that lies in two clusters, in words, or null. */
    private @Nullable String split(Model model, List<Factor> factors) {
        int[][] seen = new int[factors.size()][];
        for (int f = 0; f < seen.length; f++) {
            seen[f] = new int[factors.get(f).labels().size()];
            Arrays.fill(seen[f], -1);
        }
        int at = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, at++) {
                for (int f = 0; f < seen.length; f++) {
                    int level = factors.get(f).level(batch, i);
                    int before = seen[f][level];
                    if (before >= 0 && before != of[at]) {
                        return "group '" + factors.get(f).labels().get(level) + "' of "
                                + factors.get(f).name() + " lies in " + name + " '" + labels.get(before) + "' and '"
                                + labels.get(of[at]) + "'";
                    }
                    seen[f][level] = of[at];
                }
            }
        }
        for (int f = 0; f < seen.length; f++) {
            LevelPrecision precision = factors.get(f).precision();
            String related = precision == null ? null : related(factors.get(f), precision, seen[f]);
            if (related != null) {
                return related;
            }
        }
        return null;
    }

    /** Two levels of a known precision that are related, if only through others, and lie in two clusters; or null. */
    private @Nullable String related(Factor factor, LevelPrecision precision, int[] cluster) {
        int[] root = new int[cluster.length]; // a level of each family, one with rows where there are rows
        Arrays.setAll(root, i -> i);
        for (int e = 0; e < precision.values().length; e++) {
            int a = family(root, precision.rows()[e]);
            int b = family(root, precision.columns()[e]);
            if (a != b && cluster[a] >= 0 && cluster[b] >= 0 && cluster[a] != cluster[b]) {
                return "groups '" + factor.labels().get(a) + "' and '"
                        + factor.labels().get(b) + "' of " + factor.name() + " are related and lie in " + name + " '"
                        + labels.get(cluster[a]) + "' and '" + labels.get(cluster[b]) + "'";
            }
            root[cluster[a] >= 0 ? b : a] = cluster[a] >= 0 ? a : b;
        }
        return null;
    }

    private static int family(int[] root, int level) {
        int at = level;
        while (root[at] != at) {
            root[at] = root[root[at]];
            at = root[at];
        }
        return at;
    }
}
