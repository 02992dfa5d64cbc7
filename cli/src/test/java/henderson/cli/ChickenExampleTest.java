package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/glmm.md, run as it is shown there. */
class ChickenExampleTest {
    /** What the rows were drawn from. */
    private static final Map<String, Double> TRUE = Map.of(
            "grade",
            0.0616,
            "tenure",
            -0.0700,
            "age",
            -0.0749,
            "income",
            -0.0035,
            "nworkers",
            -0.0303,
            "_cons",
            0.3911);

    private static Path example() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(at.resolve("examples/chicken"))) {
            at = at.getParent();
        }
        return at.resolve("examples/chicken");
    }

    @Test
    void rows_of_the_published_design_give_back_what_they_were_drawn_from(@TempDir Path folder)
            throws IOException, InterruptedException {
        File data = folder.resolve("chicken.csv").toFile();
        Process generator = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        example().resolve("Chicken.java").toString())
                .redirectOutput(data)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(generator.waitFor()).isZero();
        List<String> rows = Files.readAllLines(data.toPath());
        assertThat(rows).hasSize(2_764);

        Run run = Run.of(
                "stata", data.toString(), "-f", example().resolve("chicken.do").toString());

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        String out = run.out();
        assertThat(out)
                .containsPattern("Number of obs +=\\s+2,763")
                .containsPattern("Number of groups +=\\s+500")
                .containsPattern("min =\\s+3\\b")
                .containsPattern("avg =\\s+5.5\\b")
                .containsPattern("max =\\s+8\\b")
                .containsPattern("Wald chi2\\(9\\)")
                .containsPattern("LR test vs. logistic model: chibar2\\(01\\)")
                .contains("Odds ratio");
        TRUE.forEach((name, value) -> {
            double[] row = row(out, name);
            assertThat(row[0]).as(name).isCloseTo(value, within(3.5 * row[1]));
        });
        double[] variance = row(out, "var(_cons)");
        assertThat(variance[0]).isCloseTo(0.5755, within(3.5 * variance[1]));
    }

    /** Estimate and standard error of the first row of a name. */
    private static double[] row(String out, String name) {
        Matcher m = Pattern.compile("(?m)^ *\\Q" + name + "\\E *\\| +(-?[\\d.]+) +([\\d.]+)")
                .matcher(out);
        assertThat(m.find()).as("a row of %s", name).isTrue();
        return new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))};
    }
}
