package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.testkit.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is typed and whatever is in the file: a fit, or one clear message; never a trace, never an error of our own. */
class MutatedArgumentsTest {
    private static final int RUNS = 400;
    private static final List<String> FORMULAS = List.of(
            "y ~ x + (1 | g)",
            "y ~ x + z + (1 + x | g)",
            "y ~ x * f + (1 | g/h) + (x || g)",
            "y ~ poly(x, 2) + log(w) + (1 | g) + (1 | h)",
            "y ~ 0 + f + mean(x | g) + cs(0 + f | g)",
            "y ~ 1 + I(x^2) + offset(z) + (1 | g:h)",
            "log(w) ~ center(x | g) + sqrt(w) + (z | h)");
    private static final List<String> WORDS = List.of(
            "y",
            "x",
            "z",
            "w",
            "f",
            "g",
            "h",
            "(1 | g)",
            "(x | h)",
            "us(0 + f | g)",
            "log(",
            "poly(x, 9)",
            "+",
            "- 1",
            "0 +",
            "*",
            ":",
            "/",
            "|",
            "exp(",
            "factor(x)",
            "^2",
            "id(1 | f)",
            "known(1 | g, \"A.csv\")",
            "1e300 *");
    private static final List<String> FILTERS = List.of("x > 0", "f == \"u\" && z < 3", "count(g) > 2 || !(h == 1)");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "2", "1e-3", "1e300", "NaN", "Infinity", "99", "100", "x", "", "9999999999", "0.5");
    private static final List<String> VALUED = List.of(
            "--weights",
            "--frequency-weights",
            "--offset",
            "--family",
            "--link",
            "--estimator",
            "--optimizer",
            "--metric",
            "--output",
            "--factor",
            "--numeric",
            "--plugins",
            "--residual",
            "--wehre");

    @TempDir
    private Path folder;

    private String data;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(3);
        StringBuilder csv = new StringBuilder("y,x,z,w,f,g,h\n");
        for (int i = 0; i < 48; i++) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%.3f,%.3f,%.2f,%d,%s,g%d,%d%n",
                    random.nextGaussian() + i % 6,
                    random.nextGaussian(),
                    random.nextGaussian(),
                    1 + random.nextInt(5),
                    "uvw".charAt(random.nextInt(3)),
                    i % 6,
                    i % 4));
        }
        data = csv.toString();
        Files.writeString(folder.resolve("data.csv"), data);
    }

    private static void survives(int[] counts, String... args) {
        Run run = Run.of(args);
        assertThat(run.status()).as("%s%n%s", Arrays.toString(args), run.err()).isIn(0, 1, 3);
        assertThat(run.out() + run.err())
                .as("%s", Arrays.toString(args))
                .doesNotContain("\tat ")
                .doesNotContain("Exception:");
        if (run.status() == 1) {
            assertThat(run.err()).as("%s", Arrays.toString(args)).isNotBlank();
        }
        counts[run.status()]++;
    }

    @Test
    void mutated_formulas_are_fitted_or_refused() {
        Mutations mutations = new Mutations(21, FORMULAS, WORDS);
        int[] counts = new int[4];
        for (int i = 0; i < RUNS; i++) {
            survives(counts, "fit", folder.resolve("data.csv").toString(), "--", mutations.next(1 + i % 3));
        }
        assertThat(counts[0]).as("fitted, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
        assertThat(counts[1]).as("refused, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
    }

    @Test
    void mutated_options_are_taken_or_refused() {
        Mutations filters = new Mutations(22, FILTERS, WORDS);
        Mutations values = new Mutations(23, List.of("x", "f=u,v", "gaussian", "newton", "sd", "json"), WORDS);
        Random random = new Random(24);
        int[] counts = new int[4];
        for (int i = 0; i < RUNS; i++) {
            List<String> args =
                    new ArrayList<>(List.of("fit", folder.resolve("data.csv").toString()));
            args.add(filters.one(FORMULAS));
            for (int k = random.nextInt(3); k >= 0; k--) {
                switch (random.nextInt(4)) {
                    case 0 -> args.addAll(List.of("--where", filters.next()));
                    case 1 -> args.addAll(List.of(values.one(VALUED), values.next()));
                    case 2 ->
                        args.addAll(List.of(
                                values.one(List.of("--iterations", "--tolerance", "--level", "--threads")),
                                threads(values.one(NUMBERS))));
                    default ->
                        args.add(values.one(List.of("--reml", "--ml", "--log", "--output=json", "-x", "--", "-")));
                }
            }
            survives(counts, args.toArray(String[]::new));
        }
        assertThat(counts[0]).as("fitted, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
        assertThat(counts[1]).as("refused, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
    }

    /** Not ten milliards of them. */
    private static String threads(String value) {
        return value.startsWith("99") ? "3" : value;
    }

    @Test
    void mutated_files_are_fitted_or_refused() throws IOException {
        Mutations mutations =
                new Mutations(25, List.of(data), List.of(",", "\"", "\n", "NA", "1e308", "g1", "-5", ";"));
        Random random = new Random(26);
        int[] counts = new int[4];
        Path file = folder.resolve("mutated.csv");
        for (int i = 0; i < RUNS; i++) {
            byte[] bytes = mutations.next(1 + i % 3).getBytes(StandardCharsets.UTF_8);
            if (i % 4 == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.write(file, bytes);
            survives(counts, "fit", file.toString(), mutations.one(FORMULAS), "--where", "x < 3");
        }
        assertThat(counts[0]).as("fitted, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
        assertThat(counts[1]).as("refused, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
    }

    @Test
    void mutated_commands_are_refused_or_do_something() {
        Mutations mutations = new Mutations(27, List.of("fit", "describe", "plugins", "--help", "--version"), WORDS);
        int[] counts = new int[4];
        for (int i = 0; i < RUNS / 5; i++) {
            survives(counts, mutations.next(), folder.resolve("data.csv").toString(), mutations.next());
        }
        assertThat(counts[1]).as("refused, of %s", Arrays.toString(counts)).isGreaterThan(RUNS / 100);
    }
}
