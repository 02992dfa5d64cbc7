package henderson.framework;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.equations.Clustering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clusters that columns of a table make of the rows of a model: one for each combination of values. */
final class TableClusters {
    private TableClusters() {}

    static Clustering of(Model model, Table table, List<String> columns) {
        String name = String.join(":", columns);
        int[] combined = null;
        List<String> labels = List.of();
        for (String column : columns) {
            int[] codes = table.codes(column);
            List<String> levels = table.levels(column);
            Map<Long, Integer> known = new LinkedHashMap<>();
            List<String> joined = new ArrayList<>();
            int[] next = new int[codes.length];
            for (int i = 0; i < codes.length; i++) {
                boolean missing = codes[i] < 0 || combined != null && combined[i] < 0;
                long before = combined == null ? 0 : combined[i];
                next[i] = missing ? -1 : known.computeIfAbsent(before << 32 | codes[i], k -> known.size());
                if (next[i] == joined.size()) {
                    String start = combined == null ? "" : labels.get(combined[i]) + ":";
                    joined.add(start + levels.get(codes[i]));
                }
            }
            combined = next;
            labels = joined;
        }
        return ofRows(model, name, combined == null ? new int[0] : combined, labels);
    }

    /** Clusters of the model's rows alone, in the order of their first rows. */
    private static Clustering ofRows(Model model, String name, int[] ofTable, List<String> labels) {
        int[] index = new int[labels.size()];
        Arrays.fill(index, -1);
        List<String> used = new ArrayList<>();
        int[] of = new int[Math.toIntExact(model.rows())];
        int at = 0;
        long missing = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                int code = ofTable[Math.toIntExact(batch.row(i) - 1)];
                if (code < 0) {
                    missing++;
                } else if (index[code] < 0) {
                    index[code] = used.size();
                    used.add(labels.get(code));
                }
                of[at++] = code < 0 ? -1 : index[code];
            }
        }
        if (missing > 0) {
            throw new HendersonException(
                    missing + (missing == 1 ? " row of the model has" : " rows of the model have") + " no value of "
                            + name + ", and so no cluster.",
                    "Maybe leave them out with a filter.");
        }
        return new Clustering(name, used, of);
    }
}
