package henderson.data;

import henderson.api.HendersonException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How columns of a file are read where their content does not decide.
 *
 * @param factors columns that are categorical, with their levels, base first; an empty list means the levels found
 * @param numeric columns that are numeric: a text in one of them is an error
 */
public record ReadOptions(Map<String, List<String>> factors, Set<String> numeric) {
    /** Every column as it is found. */
    public static final ReadOptions DEFAULT = new ReadOptions(Map.of(), Set.of());

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
