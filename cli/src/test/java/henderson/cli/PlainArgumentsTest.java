package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Two roads from words to arguments: the plain one says what picocli says, or nothing. */
class PlainArgumentsTest {
    private static final PrintStream NOWHERE = new PrintStream(OutputStream.nullOutputStream());
    private static final List<String> VALUES =
            List.of("a", "y ~ x", "-1", "3", "007", "1e-3", "", "two words", "a=b", "\"q\"", "--ml", "--", "nstu > 4");

    /** All that is given, in words. */
    private static String words(Given given) {
        StringBuilder out = new StringBuilder(given.positional(0) + "|" + given.positional(1));
        for (FitArguments.Argument a : FitArguments.ALL) {
            if (a.kind() == FitArguments.Kind.LIST) {
                out.append(given.values(a.name()));
            } else if (given.has(a.name())) {
                out.append(a.name())
                        .append(a.kind() == FitArguments.Kind.FLAG ? "" : "=" + given.<Object>value(a.name(), "?"));
            }
        }
        return out.toString();
    }

    private static String picocli(String[] args) {
        CommandLine line = new CommandLine(FitArguments.declare(new FitCommand(NOWHERE, NOWHERE)));
        line.setExpandAtFiles(false);
        String[] behind = java.util.Arrays.copyOfRange(args, 1, args.length);
        try {
            return words(Given.of(line.parseArgs(behind)));
        } catch (ParameterException e) {
            return "refused: " + e.getMessage();
        }
    }

    private static String[] draw(Random random) {
        List<String> out = new ArrayList<>(List.of("fit"));
        int options = random.nextInt(4);
        int at = random.nextInt(options + 1);
        for (int i = 0; i <= options; i++) {
            if (i == at) {
                out.add("d.csv");
                out.add(random.nextInt(8) == 0 ? "x" : "y ~ x + (1 | g)");
            }
            if (i < options) {
                FitArguments.Argument a = FitArguments.ALL.get(random.nextInt(FitArguments.ALL.size()));
                String value = VALUES.get(random.nextInt(VALUES.size()));
                boolean alone = a.kind() == FitArguments.Kind.FLAG || random.nextInt(10) == 0;
                boolean equals = random.nextBoolean();
                out.add(a.name() + (!alone && equals ? "=" + value : ""));
                if (!alone && !equals) {
                    out.add(value);
                }
            }
        }
        return out.toArray(String[]::new);
    }

    @Test
    void what_is_plain_is_what_picocli_reads() {
        Random random = new Random(1);
        int plain = 0;
        for (int i = 0; i < 3_000; i++) {
            String[] args = draw(random);
            PlainArguments read = PlainArguments.of(args);
            if (read != null) {
                plain++;
                assertThat(words(read)).as(String.join(" ", args)).isEqualTo(picocli(args));
            }
        }
        assertThat(plain).isBetween(500, 2_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fit",
                "fit d.csv",
                "fit d.csv f g",
                "fit d.csv f --hlp",
                "fit -h",
                "fit d.csv f --ml --ml",
                "fit d.csv f --points x",
                "fit d.csv f --where",
                "fit d.csv f --points -3"
            })
    void what_is_wrong_is_left_to_picocli(String line) {
        assertThat(PlainArguments.of(line.split(" "))).isNull();
    }
}
