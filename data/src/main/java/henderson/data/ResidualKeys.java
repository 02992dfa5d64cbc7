package henderson.data;

import henderson.api.PositionKind;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The positions of a residual structure as lines of texts, by which rows of other data find theirs: first a line of the
 * columns' names, {@link #RANK} for the rank of a row in its group, then a line for each position.
 */
final class ResidualKeys {
    static final String RANK = "#";
    private static final String BETWEEN = "\u001f";

    private ResidualKeys() {}

    /** Lines of a bound call; a position's texts are those of the first row that stands there. */
    static List<String> of(
            StructureCall call,
            Variables variables,
            Registry registry,
            Rows used,
            ResidualGroups groups,
            Places places) {
        Set<String> names = new LinkedHashSet<>();
        collect(call, registry, false, names);
        int[] rows = used.toArray();
        int[] rank = groups.ordinals(rows.length);
        int[] first = new int[places.positions().size()];
        Arrays.fill(first, -1);
        for (int i = rows.length - 1; i >= 0; i--) {
            first[places.at()[i]] = i;
        }
        List<String> out = new ArrayList<>();
        out.add(String.join(BETWEEN, names));
        for (int i : first) {
            out.add(line(names, variables, rows[i], rank[i]));
        }
        return out;
    }

    private static void collect(StructureCall call, Registry registry, boolean inProduct, Set<String> out) {
        call.inner().forEach(c -> collect(c, registry, inProduct || call.inner().size() > 1, out));
        boolean ranked = call.inner().isEmpty()
                && !inProduct
                && registry.structure(Side.RESIDUAL, call.name()).positions() == PositionKind.NONE;
        if (ranked) {
            out.add(RANK);
        } else {
            out.addAll(call.positions());
        }
    }

    private static String line(Iterable<String> names, Variables variables, int row, int rank) {
        List<String> out = new ArrayList<>();
        for (String name : names) {
            out.add(name.equals(RANK) ? Integer.toString(rank + 1) : text(variables, name, row));
        }
        return String.join(BETWEEN, out);
    }

    private static String text(Variables variables, String name, int row) {
        return variables.column(name) instanceof CategoricalColumn c
                ? c.levels().get(c.code(row))
                : Numbers.shortest(((NumericColumn) variables.column(name)).value(row) + 0.0);
    }

    static List<String> names(List<String> lines) {
        return parts(lines.get(0));
    }

    /** The texts of a line. */
    static List<String> parts(String line) {
        return List.of(line.split(BETWEEN, -1));
    }

    /** Position of each line, by its texts, numbers written in one way. */
    static Map<String, Integer> index(List<String> lines) {
        Map<String, Integer> out = new HashMap<>();
        for (int i = 1; i < lines.size(); i++) {
            out.put(normal(lines.get(i)), i - 1);
        }
        return out;
    }

    /** What a row of other data is looked up by. */
    static String key(List<String> names, Variables variables, int row, int rank) {
        return normal(line(names, variables, row, rank));
    }

    /** A key to be read. */
    static String shown(String key) {
        return key.replace(BETWEEN, ", ");
    }

    private static String normal(String line) {
        List<String> out = new ArrayList<>();
        for (String part : parts(line)) {
            double number = Numbers.parse(part);
            out.add(Double.isNaN(number) ? part : Numbers.shortest(number + 0.0));
        }
        return String.join(BETWEEN, out);
    }
}
