package henderson.data;

import henderson.api.HendersonException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How columns of a file are read where their content does not decide.
 *
 * @param factors columns that are categorical, with their levels, base first; an empty list means the levels found
 * @param numeric columns that are numeric: a text in one of them is an error
 * @param wanted  a text in which the columns to read are mentioned, others being passed over; null to read them all
 * @param threads how many read; the table does not depend on it
 * @param streamed whether columns are held in a temporary file, of which little is in memory at a time
 */
public record ReadOptions(
        Map<String, List<String>> factors,
        Set<String> numeric,
        @Nullable String wanted,
        int threads,
        boolean streamed) {
    /** Every column as it is found. */
    public static final ReadOptions DEFAULT = new ReadOptions(Map.of(), Set.of());

    /** All columns, by all processors. */
    public ReadOptions(Map<String, List<String>> factors, Set<String> numeric) {
        this(factors, numeric, null, Runtime.getRuntime().availableProcessors(), false);
    }

    /** The same, reading only columns whose name occurs in a text, such as a formula, or that have a declaration. */
    public ReadOptions withWanted(@Nullable String text) {
        return new ReadOptions(factors, numeric, text, threads, streamed);
    }

    /** The same with another number of threads, ≥ 1. */
    public ReadOptions withThreads(int number) {
        return new ReadOptions(factors, numeric, wanted, number, streamed);
    }

    /** The same, holding columns in a temporary file or in memory. */
    public ReadOptions withStreamed(boolean file) {
        return new ReadOptions(factors, numeric, wanted, threads, file);
    }

    boolean wants(String column) {
        return wanted == null
                || wanted.contains(column)
                || column.indexOf('`') >= 0
                || factors.containsKey(column)
                || numeric.contains(column);
    }

    /**
     * @throws HendersonException when a column is declared both categorical and numeric, or a level twice
     */
    public ReadOptions {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        factors.forEach((name, levels) -> copy.put(name, distinct(name, levels)));
        factors = Collections.unmodifiableMap(copy);
        numeric = Set.copyOf(numeric);
        for (String name : numeric) {
            if (factors.containsKey(name)) {
                throw new HendersonException(
                        "Column '" + name + "' is declared both a factor and numeric.",
                        "Maybe leave out one of --factor and --numeric.");
            }
        }
    }

    private static List<String> distinct(String name, List<String> levels) {
        for (int i = 0; i < levels.size(); i++) {
            if (levels.indexOf(levels.get(i)) < i) {
                throw new HendersonException(
                        "Factor '" + name + "' is declared with the level '" + levels.get(i) + "' twice.");
            }
        }
        return List.copyOf(levels);
    }
}
