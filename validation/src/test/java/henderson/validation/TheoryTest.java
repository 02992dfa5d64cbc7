package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The numbers by which code and theory find each other. */
class TheoryTest {
    private static final Path HOME = Path.of("..");
    /** An equation is indented and ends in its number and short name. */
    private static final Pattern EQUATION = Pattern.compile("^ {4,}\\S.* {2,}\\((\\d+)\\) \\S.*$");

    private static final Pattern CITATION = Pattern.compile("theory((?:[ ,]+(?:and|to)?\\s*\\(\\d+\\))+)");
    private static final Pattern NUMBER = Pattern.compile("\\((\\d+)\\)");

    @Test
    void equations_are_numbered_from_one_without_gaps() throws IOException {
        // a later equation takes the next number wherever it stands in the text
        List<Integer> numbers = equations().stream().sorted().toList();

        assertThat(numbers)
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
    }

    @Test
    void every_equation_that_the_code_cites_exists() throws IOException {
        List<Integer> numbers = equations();
        TreeSet<Integer> cited = new TreeSet<>();
        try (Stream<Path> files = Files.walk(HOME)) {
            List<Path> sources = files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("main"))
                    .toList();
            for (Path source : sources) {
                Matcher m = CITATION.matcher(Files.readString(source).replace("\n * ", " "));
                while (m.find()) {
                    Matcher n = NUMBER.matcher(m.group(1));
                    while (n.find()) {
                        cited.add(Integer.valueOf(n.group(1)));
                    }
                }
            }
        }

        assertThat(cited).isNotEmpty().isSubsetOf(numbers);
    }

    private static List<Integer> equations() throws IOException {
        return Files.readAllLines(HOME.resolve("docs/theory.md")).stream()
                .map(EQUATION::matcher)
                .filter(Matcher::matches)
                .map(m -> Integer.valueOf(m.group(1)))
                .toList();
    }
}
