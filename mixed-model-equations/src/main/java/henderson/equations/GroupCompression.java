package henderson.equations;

import henderson.linalg.BlockFactor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fewer residual groups with the same sums, theory (88). Of groups that share positions and random effects the likelihood
 * needs only {@code Σ uuᵀ}, u the entries of {@code U} one row after the other. The triangular factor of the matrix whose
 * rows are these u has the same sum: its rows, read as groups, stand for all of them, whatever the parameters.
 */
final class GroupCompression {
    /** Groups at least this many times the rows that replace them. */
    private static final int WORTH = 2;
    /** Entries of u at most. */
    private static final int WIDEST = 400;

    private GroupCompression() {}

    private record Key(ResidualRows.Pattern pattern, List<Integer> nodes) {}

    static List<ResidualRows.Group> of(List<ResidualRows.Group> groups) {
        Map<Key, List<ResidualRows.Group>> alike = new LinkedHashMap<>();
        for (ResidualRows.Group group : groups) {
            List<Integer> nodes = new ArrayList<>();
            for (int node : group.nodes) {
                nodes.add(node);
            }
            alike.computeIfAbsent(new Key(group.pattern, nodes), k -> new ArrayList<>())
                    .add(group);
        }
        List<ResidualRows.Group> out = new ArrayList<>();
        for (List<ResidualRows.Group> same : alike.values()) {
            int width = same.get(0).raw.length;
            if (width > WIDEST || same.size() < WORTH * width) {
                out.addAll(same);
            } else {
                out.addAll(triangle(same, width));
            }
        }
        return out;
    }

    private static List<ResidualRows.Group> triangle(List<ResidualRows.Group> same, int width) {
        double[] triangle = new double[width * width];
        for (ResidualRows.Group group : same) {
            BlockFactor.absorbBorder(triangle, group.raw.clone(), width);
        }
        ResidualRows.Group first = same.get(0);
        List<ResidualRows.Group> out = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            double[] row = new double[width];
            boolean any = false;
            for (int j = i; j < width; j++) {
                row[j] = triangle[i * width + j];
                any |= row[j] != 0;
            }
            if (any) {
                out.add(new ResidualRows.Group(first.pattern, first.nodes, first.random, row));
            }
        }
        return out;
    }
}
