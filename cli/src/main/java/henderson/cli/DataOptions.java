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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;

/** The data file and how its columns are to be taken. */
final class DataOptions {
    private static final String FILE = "CSV file with a header line.";
    private static final String FACTOR = "--factor";
    private static final String FACTOR_VALUE = "NAME[=A,B,...]";
    private static final String FACTOR_HELP = "Categorical column, with its levels, base first; may be repeated.";
    private static final String NUMERIC = "--numeric";
    private static final String NUMERIC_HELP = "Numeric column; may be repeated.";

    @Parameters(index = "0", paramLabel = "DATA", description = FILE)
    private String file;

    @Option(names = FACTOR, paramLabel = FACTOR_VALUE, description = FACTOR_HELP)
    private final List<String> factors = new ArrayList<>();

    @Option(names = NUMERIC, paramLabel = "NAME", description = NUMERIC_HELP)
    private final List<String> numeric = new ArrayList<>();

    /** Declares the file by a call, not by annotations, which are slow to read. */
    static void declareFile(CommandSpec spec) {
        spec.addPositional(PositionalParamSpec.builder()
                .index("0")
                .paramLabel("DATA")
                .type(String.class)
                .description(FILE)
                .build());
    }

    /** Declares the options likewise. */
    static void declare(CommandSpec spec) {
        spec.addOption(list(FACTOR, FACTOR_VALUE, FACTOR_HELP));
        spec.addOption(list(NUMERIC, "NAME", NUMERIC_HELP));
    }

    /** An option that may be repeated. */
    static OptionSpec list(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    /** What was given to arguments declared so. */
    void take(ParseResult parsed) {
        file = parsed.matchedPositionalValue(0, file);
        factors.addAll(parsed.matchedOptionValue(FACTOR, List.<String>of()));
        numeric.addAll(parsed.matchedOptionValue(NUMERIC, List.<String>of()));
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
