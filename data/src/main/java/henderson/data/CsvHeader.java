package henderson.data;

import henderson.api.HendersonException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the first record of a file says. */
final class CsvHeader {
    private CsvHeader() {}

    /**
     * Names columns that have no name.
     *
     * @param header the first record's fields; modified
     * @throws HendersonException where they are numbers, a name stands twice, or an option names a column that is not there
     */
    static void check(String file, List<String> header, ReadOptions options) {
        if (header.stream().allMatch(h -> Numbers.isMissing(h) || !Double.isNaN(Numbers.parse(h)))) {
            throw new HendersonException(
                    "File '" + file + "' has no header: its first line holds only numbers (" + String.join(", ", header)
                            + ").",
                    "Maybe add a line with the names of the columns.");
        }
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isEmpty()) {
                header.set(i, "V" + (i + 1));
            }
            Integer before = seen.put(header.get(i), i);
            if (before != null) {
                throw new HendersonException("File '" + file + "': columns " + (before + 1) + " and " + (i + 1)
                        + " are both named '" + header.get(i) + "'.");
            }
        }
        for (String name : options.factors().keySet()) {
            require(file, header, name, "--factor");
        }
        for (String name : options.numeric()) {
            require(file, header, name, "--numeric");
        }
    }

    private static void require(String file, List<String> header, String name, String option) {
        if (!header.contains(name)) {
            throw new HendersonException(
                    "File '" + file + "' has no column '" + name + "' (" + option + ").", Names.advice(name, header));
        }
    }

    /** The table, its columns being factors where that is declared; a column that was passed over is null. */
    static Table table(
            String file,
            String digest,
            int rows,
            List<String> header,
            List<? extends @Nullable Column> read,
            ReadOptions options) {
        Map<String, Column> out = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
            Column column = read.get(i);
            List<String> levels = options.factors().get(header.get(i));
            if (column != null) {
                out.put(
                        header.get(i),
                        levels == null ? column : Factors.of(column).declare(levels));
            }
        }
        return new Table(file, digest, rows, out, List.copyOf(header));
    }
}
