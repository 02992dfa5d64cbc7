package henderson.examples;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/add-a-plugin.md} shows is what the projects here have, and its commands run. */
class WalkthroughTest {
    private static final Path PAGE = Path.of("../docs/add-a-plugin.md");

    private static List<String> blocks(String language) throws IOException {
        Matcher m = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE).replace("\r\n", "\n"));
        List<String> out = new ArrayList<>();
        while (m.find()) {
            out.add(m.group(1).strip());
        }
        assertThat(out).isNotEmpty();
        return out;
    }

    static Stream<String> shown() throws IOException {
        return Stream.concat(blocks("java").stream(), blocks("xml").stream());
    }

    static Stream<String> commands() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("./henderson "));
    }

    @ParameterizedTest
    @MethodSource("shown")
    void what_is_shown_is_in_a_file_of_the_examples(String block) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("fading-structure"))) {
            assertThat(files.filter(Files::isRegularFile).map(WalkthroughTest::text))
                    .anyMatch(text -> text.contains(block));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commands_run(String line) {
        List<String> args = new ArrayList<>();
        Matcher m = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line.substring("./henderson ".length()));
        while (m.find()) {
            String arg = m.group(1) == null ? m.group(2) : m.group(1);
            arg = arg.startsWith("validation/") ? "../" + arg : arg;
            args.add(arg.replaceAll("([a-z]+-[a-z]+)\\.jar", "target/built/$1/target/$1.jar"));
        }
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                args.toArray(String[]::new), new PrintStream(new ByteArrayOutputStream()), new PrintStream(err));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }
}
