package henderson.cli;

import henderson.api.HendersonException;
import henderson.data.ReadOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The data file and how its columns are to be taken. */
final class DataOptions {
    @Parameters(index = "0", paramLabel = "DATA", description = "CSV file with a header line.")
    private String file;

    @Option(
            names = "--factor",
            paramLabel = "NAME[=A,B,...]",
            description = "Categorical column, with its levels, base first; may be repeated.")
    private final List<String> factors = new ArrayList<>();

    @Option(names = "--numeric", paramLabel = "NAME", description = "Numeric column; may be repeated.")
    private final List<String> numeric = new ArrayList<>();

    Path file() {
        return Path.of(file);
    }

    ReadOptions readOptions() {
        Map<String, List<String>> declared = new LinkedHashMap<>();
        for (String factor : factors) {
            int equals = factor.indexOf('=');
            String name = (equals < 0 ? factor : factor.substring(0, equals)).strip();
            List<String> before = declared.put(name, equals < 0 ? List.of() : levels(factor, equals));
            if (before != null) {
                throw new HendersonException("--factor is given twice for " + name + ".");
            }
        }
        Set<String> numbers = new LinkedHashSet<>();
        numeric.forEach(n -> numbers.add(n.strip()));
        for (String name : numbers) {
            if (declared.containsKey(name)) {
                throw new HendersonException("Column " + name + " is declared both --factor and --numeric.");
            }
        }
        return new ReadOptions(declared, numbers);
    }

    private static List<String> levels(String factor, int equals) {
        List<String> levels = new ArrayList<>();
        for (String level : factor.substring(equals + 1).split(",", -1)) {
            String text = level.strip();
            if (text.isEmpty() || levels.contains(text)) {
                throw new HendersonException(
                        "--factor \"" + factor + "\" "
                                + (text.isEmpty() ? "has an empty level." : "lists " + text + " twice."),
                        "Maybe write --factor \"sex=M,F\".");
            }
            levels.add(text);
        }
        return levels;
    }
}
