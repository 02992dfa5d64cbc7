package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Scripts of published documents, run and compared with what Stata printed, figure by figure. A figure agrees within 1.5
 * units of its last digit, or within 5e-6 (coefficients) or 2e-5 (variance components) of max(|estimate|, standard error):
 * Stata ends its iterations about that far from the optimum.
 */
class PrintedScriptsTest {
    private static final double UNITS = 1.5;
    private static final double COEFFICIENT = 5e-6;
    private static final double COMPONENT = 2e-5;
    /** An end of an interval has the error of the estimate and 1.96 times that of the standard error. */
    private static final double END = 1 + 1.96;

    private static final Pattern NUMBER = Pattern.compile("-?(?:\\d[\\d,]*)?\\.?\\d+(?:e[-+]\\d+)?");

    private static Path validation() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("validation/cases"))) {
            at = at.getParent();
        }
        return at.resolve("validation");
    }

    static Stream<String> scripts() throws IOException {
        try (Stream<Path> files = Files.list(validation().resolve("cases"))) {
            return files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".do")).sorted().toList().stream();
        }
    }

    /** Where a data file is: with the project, or in the folder of reference data. */
    private static Path data(String name) {
        String reference = System.getenv("HENDERSON_REFERENCE");
        List<Path> places = new ArrayList<>(List.of(validation().resolve("data").resolve(name)));
        if (reference != null) {
            places.add(Path.of(reference, "data", name));
        }
        Path found = places.stream().filter(Files::isRegularFile).findFirst().orElse(null);
        assumeTrue(found != null, name + " is in the folder that HENDERSON_REFERENCE names");
        return found;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void every_printed_figure_is_met(String script) throws IOException {
        Path file = validation().resolve("cases").resolve(script);
        String first = Files.readAllLines(file).get(0);
        Path data = data(first.substring(first.indexOf(':') + 1).strip());
        Run run = Run.of("stata", data.toString(), "-f", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        List<String> printed = Files.readAllLines(file.resolveSibling(script.replace(".do", ".printed")));
        assertThat(printed.subList(0, 3))
                .extracting(l -> l.split(":")[0])
                .containsExactly("# tool", "# version", "# script");
        int figures = new Reader(run.out()).compare(printed);
        long all = printed.stream()
                .filter(l -> !l.startsWith("#") && !l.startsWith("command"))
                .mapToLong(l -> l.substring(l.lastIndexOf('|') + 1).split(" ").length)
                .sum();
        assertThat(all).isGreaterThan(8);
        assertThat(figures).as("figures compared").isEqualTo((int) all);
    }

    /** Goes through the output from above. */
    private static final class Reader {
        private final List<String> lines;
        private int at;
        private int figures;

        Reader(String out) {
            this.lines = out.lines().toList();
        }

        int compare(List<String> printed) {
            for (String expected : printed) {
                if (!expected.startsWith("#")) {
                    String[] parts = expected.split("\\|(?! ?\\|)(?<!\\|\\|)", expected.startsWith("command") ? 2 : 3);
                    expect(parts[0], parts[1], parts.length > 2 ? parts[2].split(" ") : new String[0]);
                }
            }
            return figures;
        }

        private void expect(String kind, String name, String[] figures) {
            switch (kind) {
                case "command" -> at = find(". " + name, at) + 1;
                case "value", "count" -> value(name, figures[0]);
                default -> row(kind, name, figures);
            }
        }

        private int find(String line, int from) {
            int i = from;
            while (i < lines.size() && !lines.get(i).equals(line)) {
                i++;
            }
            assertThat(i).as("a line '%s'", line).isLessThan(lines.size());
            return i;
        }

        /** {@code name = figure}; several may stand on a line. */
        private void value(String name, String figure) {
            Pattern pattern = Pattern.compile("(?:^|\\s)\\Q" + name + "\\E\\s*=\\s*(" + NUMBER + ")");
            for (int i = at; i < lines.size() && !lines.get(i).startsWith(". "); i++) {
                Matcher m = pattern.matcher(lines.get(i));
                boolean onTheWay = lines.get(i).startsWith("Iteration ");
                if (!onTheWay && m.find()) {
                    near(name, figure, m.group(1), 0);
                    at = name.startsWith("LR test") ? i : at;
                    return;
                }
            }
            assertThat(name).as("a value printed").isNull();
        }

        /** {@code name | figures}; names may be repeated, so the search goes on from the row before. */
        private void row(String kind, String name, String[] expected) {
            while (at < lines.size()
                            && !lines.get(at).strip().split("\\s*\\|")[0].equals(name)
                    || !lines.get(at).contains("|")) {
                at++;
                assertThat(at).as("a row of %s", name).isLessThan(lines.size());
            }
            List<String> got = new ArrayList<>();
            Matcher m = NUMBER.matcher(lines.get(at).substring(lines.get(at).indexOf('|') + 1));
            while (m.find()) {
                got.add(m.group());
            }
            at++;
            int[] columns = columns(kind, got.size());
            assertThat(columns).as(name).hasSize(expected.length);
            for (int k = 0; k < expected.length; k++) {
                near(kind + " " + name, expected[k], got.get(columns[k]), tolerance(kind, columns[k], expected));
            }
        }

        /** Columns that a kind of row shows: some publications leave out tests, or intervals. */
        private static int[] columns(String kind, int all) {
            return switch (kind) {
                case "interval", "covariance" -> new int[] {0, 1, 4, 5};
                case "statistics" -> new int[] {0, 1, 2};
                default -> IntStream.range(0, all).toArray();
            };
        }

        private static double tolerance(String kind, int k, String[] expected) {
            return switch (kind) {
                case "coefficient", "interval", "statistics" ->
                    k == 2 || k == 3 ? 0 : COEFFICIENT * scale(expected) * (k > 3 ? END : 1);
                case "component", "covariance" -> COMPONENT * scale(expected) * (k > 1 ? END : 1);
                case "matrix" -> COMPONENT * Math.abs(Double.parseDouble(expected[k]));
                default -> 0;
            };
        }

        private static double scale(String[] expected) {
            return Math.max(Math.abs(Double.parseDouble(expected[0])), Double.parseDouble(expected[1]));
        }

        private void near(String what, String expected, String got, double tolerance) {
            BigDecimal figure = new BigDecimal(expected.replace(",", ""));
            double difference = Math.abs(figure.doubleValue() - Double.parseDouble(got.replace(",", "")));
            double allowed = Math.max(UNITS * figure.ulp().doubleValue(), tolerance);
            assertThat(difference)
                    .as("%s: printed %s, here %s", what, expected, got)
                    .isLessThanOrEqualTo(allowed);
            figures++;
        }
    }
}
