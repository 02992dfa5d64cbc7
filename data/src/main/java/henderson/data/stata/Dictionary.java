package henderson.data.stata;

import henderson.data.ColumnInfo;
import henderson.data.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns a command may name, by any beginning that only one of them has. */
final class Dictionary {
    private static final int SHOWN = 12;

    private final List<String> names;
    private final @Nullable Table table;

    private Dictionary(List<String> names, @Nullable Table table) {
        this.names = names;
        this.table = table;
    }

    static Dictionary of(Table table) {
        return new Dictionary(table.names(), table);
    }

    static Dictionary of(List<String> names) {
        return new Dictionary(List.copyOf(names), null);
    }

    /** Rows of the table, or −1 where only names are known. */
    long rows() {
        return table == null ? -1 : table.rows();
    }

    /** Whether a column is known to hold texts. */
    boolean isText(String name) {
        return table != null && names.contains(name) && table.column(name).type() == ColumnInfo.Type.CATEGORICAL;
    }

    /** The column meant at {@code at}. */
    String resolve(CommandText source, int at, String written) {
        if (names.contains(written)) {
            return written;
        }
        List<String> found = names.stream().filter(n -> n.startsWith(written)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        if (found.isEmpty()) {
            throw source.error(at, "no variable is named '" + written + "'.", "Maybe one of: " + some(names) + ".");
        }
        throw source.error(
                at,
                "'" + written + "' is short for several variables: " + some(found) + ".",
                "Maybe write more of the name.");
    }

    /** The columns a name with {@code *} or {@code ?} stands for, in the table's order. */
    List<String> matching(CommandText source, int at, String pattern) {
        String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
        List<String> found = new ArrayList<>(names);
        found.removeIf(n -> !n.matches(regex));
        if (found.isEmpty()) {
            throw source.error(at, "no variable matches '" + pattern + "'.", "Maybe one of: " + some(names) + ".");
        }
        return found;
    }

    /** The columns from one to another, in the table's order. */
    List<String> range(CommandText source, int at, String first, String last) {
        int a = names.indexOf(first);
        int b = names.indexOf(last);
        if (b < a) {
            throw source.error(at, "'" + first + "' stands after '" + last + "' in the data.", null);
        }
        return names.subList(a, b + 1);
    }

    static String some(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + ", … (" + names.size() + " in all)";
    }
}
