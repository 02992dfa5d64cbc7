package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.framework.Henderson;
import henderson.report.Metric;
import henderson.report.StataTable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.Test;

/** What the README shows is what happens. */
class ReadmeTest {
    private static final String PROMPT = "jshell> ";

    @Test
    void the_table_is_the_one_that_the_command_prints() throws IOException {
        Henderson henderson = Henderson.create();
        String table = StataTable.of(
                henderson.summarize(henderson.fit(Path.of("data", "pig.csv"), "weight ~ week + (1 | id)")),
                Metric.VARIANCE);

        // the decrement in the certificate is rounding error, which any change of the search moves
        List<String> shown =
                table.lines().filter(l -> !l.startsWith("Certificate")).toList();
        assertThat(stripped(readme())).containsSequence(stripped(shown));
    }

    @Test
    void the_lines_for_jshell_run_and_give_the_values_shown() throws IOException {
        List<String> lines = readme();
        int compared = 0;
        try (JShell shell = JShell.builder().executionEngine("local").build()) {
            shell.addToClasspath(System.getProperty("java.class.path"));
            evaluate(shell, "import java.nio.file.*;");
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).startsWith(PROMPT)) {
                    String value = evaluate(shell, lines.get(i).substring(PROMPT.length()));
                    String next = lines.get(i + 1);
                    if (next.contains(" ==> ")) {
                        assertThat(value).isEqualTo(next.substring(next.indexOf(" ==> ") + 5));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isPositive();
    }

    private static String evaluate(JShell shell, String line) {
        // tests run in the module's folder
        String here = line.replace("validation/data/", "data/");
        String complete = shell.sourceCodeAnalysis().analyzeCompletion(here).source();
        List<SnippetEvent> events = quietly(() -> shell.eval(complete));
        for (SnippetEvent event : events) {
            assertThat(event.status()).as(line).isEqualTo(Snippet.Status.VALID);
            assertThat(event.exception()).as(line).isNull();
        }
        return String.valueOf(events.get(0).value());
    }

    /** The shell runs in this process: what it prints is not for the test's log. */
    private static <T> T quietly(Supplier<T> action) {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        try {
            return action.get();
        } finally {
            System.setOut(out);
        }
    }

    private static List<String> readme() throws IOException {
        return Files.readAllLines(Path.of("..", "README.md"));
    }

    private static List<String> stripped(List<String> lines) {
        List<String> out = new ArrayList<>();
        lines.stream().map(String::strip).filter(l -> !l.isEmpty()).forEach(out::add);
        return out;
    }
}
