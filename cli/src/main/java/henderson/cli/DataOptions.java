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
    static final String FILE = "CSV file with a header line.";
    private static final String FACTOR = "--factor";
    private static final String FACTOR_VALUE = "NAME[=A,B,...]";
    private static final String FACTOR_HELP = "Categorical column, with its levels, base first; may be repeated.";
    private static final String NUMERIC = "--numeric";
    private static final String NUMERIC_HELP = "Numeric column; may be repeated.";

    /** The same options for a table of arguments. */
    static final List<FitArguments.Argument> ARGUMENTS = List.of(
            new FitArguments.Argument(FACTOR, FACTOR_VALUE, FitArguments.Kind.LIST, FACTOR_HELP),
            new FitArguments.Argument(NUMERIC, "NAME", FitArguments.Kind.LIST, NUMERIC_HELP));

    @Parameters(index = "0", paramLabel = "DATA", description = FILE)
    private String file;

    @Option(names = FACTOR, paramLabel = FACTOR_VALUE, description = FACTOR_HELP)
    private final List<String> factors = new ArrayList<>();

    @Option(names = NUMERIC, paramLabel = "NAME", description = NUMERIC_HELP)
    private final List<String> numeric = new ArrayList<>();

    /** What was given. */
    void take(Given given) {
        file = given.positional(0);
        factors.addAll(given.values(FACTOR));
        numeric.addAll(given.values(NUMERIC));
    }

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
