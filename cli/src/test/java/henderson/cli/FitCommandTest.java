package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole fits through the command line. */
class FitCommandTest {
    private static final String FORMULA = "y ~ x + (1 | g)";

    @TempDir
    private Path folder;

    private String data;

    /** Twelve groups of six rows, with a factor, weights, and three missing values. */
    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(20260101);
        StringBuilder csv = new StringBuilder("y,x,g,sex,w,n,o\n");
        for (int g = 0; g < 12; g++) {
            double effect = 2 * random.nextGaussian();
            for (int i = 0; i < 6; i++) {
                double x = random.nextInt(20) / 4.0;
                double y = 10 + 3 * x + effect + random.nextGaussian();
                csv.append(String.format(
                        Locale.ROOT,
                        "%.4f,%s,g%02d,%s,%d,%d,%d\n",
                        y,
                        g == 3 && i < 3 ? "" : x,
                        g,
                        (g + i) % 2 == 0 ? "M" : "F",
                        1 + i % 3,
                        1 + i % 2,
                        i));
            }
        }
        data = Files.writeString(folder.resolve("data.csv"), csv).toString();
    }

    private JsonObject json(String... more) {
        String[] args = new String[more.length + 5];
        System.arraycopy(new String[] {"fit", data, FORMULA, "--output", "json"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    @Test
    void table_has_all_its_parts_and_tells_of_missing_values() {
        Run run = Run.of("fit", data, FORMULA);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("Mixed-effects ML regression                        Number of obs    =       69\n")
                .contains("Group variable: g ", " (Intercept) |", "           x |", "g: Identity ", "var(Residual) |")
                .contains("LR test vs. linear model: chibar2(01) = ", "\nCertificate: decrement ")
                .contains("\nData: 3 rows of 72 left out: missing x\n");
    }

    @Test
    void json_is_one_document_on_stdout() {
        JsonObject fit = json();
        assertThat(fit.get("schema").getAsString()).isEqualTo("henderson.fit/1");
        assertThat(fit.getAsJsonObject("data").get("rowsUsed").getAsInt()).isEqualTo(69);
        assertThat(fit.getAsJsonObject("convergence").get("status").getAsString())
                .isEqualTo("converged");
        assertThat(fit.getAsJsonObject("provenance").get("dataDigest").getAsString())
                .hasSize(64);
    }

    @Test
    void options_reach_the_fit() {
        JsonObject model = json("--reml", "--where", "x < 4", "--weights", "w", "--offset", "o", "--factor", "sex=M,F")
                .getAsJsonObject("model");
        assertThat(model.get("criterion").getAsString()).isEqualTo("REML");
        assertThat(model.get("where").getAsString()).isEqualTo("x < 4");
        assertThat(model.get("weights").getAsString()).isEqualTo("w");
        assertThat(model.get("offset").getAsString()).isEqualTo("o");
    }

    @Test
    void residual_structures_are_read_and_bound() {
        JsonObject plain = json("--residual", "independent");
        assertThat(plain.get("logLikelihood")).isEqualTo(json().get("logLikelihood"));
        refuses("nothing(1 | g)", "No covariance structure for residuals is named 'nothing'. Known: ");
        refuses("exchangeable(1 | ", "Residual structure: expected a variable");
        refuses("exchangeable(1 | q)", "No column of '" + data + "' is named 'q'");
        refuses("exchangeable", "'exchangeable' correlates the rows of a group, and no group is named");
        refuses("identity(1 | g), by = sex, by = sex", "each once");
    }

    private void refuses(String residual, String message) {
        Run run = Run.of("fit", data, FORMULA, "--residual", residual);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(message);
    }

    @Test
    void frequency_weights_count_as_observations() {
        JsonObject plain = json();
        JsonObject weighted = json("--frequency-weights", "n");
        double k = 4;
        double n = (weighted.get("bic").getAsDouble() - weighted.get("deviance").getAsDouble()) / k;
        // n is 1 and 2 in turn; of the three rows that are left out it is 1, 2, 1
        assertThat(Math.round(Math.exp(n))).isEqualTo(72 * 3 / 2 - 4);
        assertThat(weighted.get("logLikelihood").getAsDouble())
                .isNotEqualTo(plain.get("logLikelihood").getAsDouble());
    }

    @Test
    void level_widens_intervals() {
        double narrow = width(json("--level", "80"));
        double wide = width(json("--level", "99"));
        // quantiles 1.2816 and 2.5758
        assertThat(wide / narrow).isBetween(2.009, 2.011);
    }

    private static double width(JsonObject fit) {
        JsonObject slope = fit.getAsJsonArray("fixedEffects").get(1).getAsJsonObject();
        return slope.get("upper").getAsDouble() - slope.get("lower").getAsDouble();
    }

    @Test
    void threads_do_not_change_a_bit() {
        JsonObject one = json("--threads", "1");
        JsonObject three = json("--threads", "3");
        for (String field : new String[] {"logLikelihood", "fixedEffects", "varianceParameters", "randomEffects"}) {
            assertThat(three.get(field)).isEqualTo(one.get(field));
        }
    }

    @Test
    void metric_changes_the_text_only() {
        Run run = Run.of("fit", data, FORMULA, "--metric", "sd");
        assertThat(run.out()).contains("sd((Intercept)) |", "sd(Residual) |").doesNotContain("var(");
    }

    @Test
    void log_comes_before_the_table_and_beside_json() {
        Run text = Run.of("fit", data, FORMULA, "--log");
        assertThat(text.out()).contains("Iteration 0:  Log likelihood = ");
        assertThat(text.out().indexOf("Iteration 0")).isLessThan(text.out().indexOf("Mixed-effects"));
        Run json = Run.of("fit", data, FORMULA, "--log", "--output", "json");
        assertThat(json.out()).startsWith("{\n");
        assertThat(json.err()).contains("Iteration 0:  Log likelihood = ");
    }

    @Test
    void saved_fit_is_the_document() throws IOException {
        Path saved = folder.resolve("fit.json");
        Run run = Run.of("fit", data, FORMULA, "--save", saved.toString());
        assertThat(run.out()).startsWith("Mixed-effects ML regression");
        JsonObject document = JsonParser.parseString(Files.readString(saved)).getAsJsonObject();
        assertThat(document.get("logLikelihood")).isEqualTo(json().get("logLikelihood"));
    }

    @Test
    void fit_that_runs_out_of_iterations_says_so_first_and_ends_with_three() {
        Run run = Run.of("fit", data, FORMULA, "--iterations", "0");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).startsWith("Not converged: ").contains("Mixed-effects ML regression");
        Run json = Run.of("fit", data, FORMULA, "--iterations", "0", "--output", "json");
        assertThat(json.status()).isEqualTo(3);
        assertThat(json.out()).contains("\"status\":\"stopped\"");
    }

    @Test
    void formula_with_a_leading_minus_stands_after_two_dashes() {
        Run run = Run.of("fit", "--output", "json", "--", data, "-1*y ~ x + (1 | g)");
        assertThat(run.err() + run.status()).doesNotContain("Unknown option");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "y ~ x + (1 | nobody) ! nobody",
                "y ~ x + ( ! ",
                "nothing ~ x + (1 | g) ! nothing",
                "y ~ x + magic(1 | g) ! magic"
            })
    void bad_formula_is_one_message_that_names_the_thing(String formula, String named) {
        Run run = Run.of("fit", data, formula);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ");
        if (named != null) {
            assertThat(run.err()).contains(named);
        }
    }

    @Test
    void missing_file_is_named() {
        String nowhere = folder.resolve("none.csv").toString();
        Run run = Run.of("fit", nowhere, FORMULA);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("none.csv");
        assertThat(Run.of("describe", nowhere).status()).isEqualTo(1);
    }

    @Test
    void unknown_estimator_and_optimizer_list_the_known_ones() {
        Run estimator = Run.of("fit", data, FORMULA, "--estimator", "guess");
        assertThat(estimator.status()).isEqualTo(1);
        assertThat(estimator.err())
                .startsWith("No estimator is named 'guess'. Known: ecme, em, em-glmm, glmm, newton, pql, px-em.");
        Run optimizer = Run.of("fit", data, FORMULA, "--optimizer", "luck");
        assertThat(optimizer.status()).isEqualTo(1);
        assertThat(optimizer.err()).startsWith("No optimizer is named 'luck'. Known: ");
    }

    @Test
    void describe_shows_type_missing_values_range_and_levels() {
        Run run = Run.of("describe", data);
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("72 rows, 7 columns")
                .containsPattern("x +numeric +3 +0 to 4\\.75\n")
                .containsPattern("sex +categorical +0 +2 levels: F, M\n")
                .containsPattern("g +categorical +0 +12 levels: g00, g01, g02, g03, g04, g05, \\.\\.\\.\n");
    }

    @Test
    void describe_obeys_declared_levels() {
        assertThat(Run.of("describe", data, "--factor", "sex=M,F").out()).contains("2 levels: M, F\n");
    }
}
