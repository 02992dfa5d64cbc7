package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not reach a fit: help, refusals, mistakes on the command line. */
class UsageTest {
    private static final String FORMULA = "weight ~ week + (1 | id)";

    @TempDir
    private Path folder;

    private static void refusesWith(String message, String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).startsWith(message);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    }

    @Test
    void version_names_java() {
        Run run = Run.of("--version");
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("henderson ").contains(", Java " + System.getProperty("java.version"));
    }

    @Test
    void version_names_the_kernels_for_large_blocks() {
        assertThat(Run.of("--version").out()).contains("Large dense blocks: plain Java");
    }

    @Test
    void a_dense_backend_that_cannot_serve_is_bad_input() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dhenderson.dense=abacus",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "henderson.cli.Main",
                        "plugins")
                .start();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(err.lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).contains("'abacus'", "auto, java, ffm, jni"))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("Maybe "));
    }

    @Test
    void help_shows_the_commands() {
        Run run = Run.of("--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("fit", "describe", "plugins");
    }

    @Test
    void help_of_fit_shows_its_options() {
        Run run = Run.of("fit", "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("--reml", "--where", "--factor", "--metric", "--save", "--plugins");
    }

    @Test
    void plugins_lists_what_is_installed() {
        Run run = Run.of("plugins");
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .startsWith("kind ")
                .containsPattern("covariance structure +unstructured +henderson\\.structures\\.Unstructured");
    }

    @Test
    void no_command_is_an_error() {
        refusesWith("There is no command.");
    }

    @Test
    void unknown_command_gets_a_suggestion() {
        refusesWith("Unmatched argument at index 0: 'fitt'.\nMaybe you meant ", "fitt");
    }

    @Test
    void unknown_option_gets_a_suggestion() {
        refusesWith("Unknown option: '--rmel'.\nMaybe you meant --reml", "fit", "x.csv", FORMULA, "--rmel");
    }

    @Test
    void missing_formula_is_named() {
        refusesWith("Missing required parameter: 'FORMULA'.", "fit", "x.csv");
    }

    @Test
    void formula_with_a_leading_minus_gets_advice() {
        Run run = Run.of("fit", "x.csv", "-1 + y ~ x");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).endsWith("Maybe put -- before a formula that begins with a minus sign.\n");
    }

    @Test
    void number_that_is_none_is_named() {
        refusesWith(
                "Invalid value for option '--level': 'high' is not a double.", "fit", "x", FORMULA, "--level", "high");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "study"})
    void command_of_a_later_version_is_refused_by_name(String command) {
        Run run = Run.of(command, "x.csv");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("henderson " + command + " would ")
                .endsWith("; this version of Henderson does not have it.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = "--ddf")
    void option_of_a_later_version_is_refused_by_name(String option) {
        refusesWith(option + " would ", "fit", "x.csv", FORMULA, option, "3");
        refusesWith(option + " would ", "fit", option + "=3", "x.csv", FORMULA);
        refusesWith(option + " would ", "fit", "x.csv", FORMULA, option);
    }

    @ParameterizedTest
    @CsvSource({"--output, html"})
    void value_of_a_later_version_is_refused_by_name(String option, String value) {
        refusesWith(option + " " + value + " would ", "fit", "x.csv", FORMULA, option, value);
    }

    @Test
    void what_can_be_chosen_is_said() {
        refusesWith("--output is xml; it can be text or json.", "fit", "x.csv", FORMULA, "--output", "xml");
        refusesWith("--metric is log; it can be variance or sd.", "fit", "x.csv", FORMULA, "--metric", "log");
        refusesWith("--ml and --reml exclude each other.", "fit", "x.csv", FORMULA, "--ml", "--reml");
    }

    @Test
    void integration_is_for_models_with_a_family() {
        refusesWith(
                "--integration laplace is for generalized models",
                "fit",
                "no.csv",
                FORMULA,
                "--integration",
                "laplace");
        refusesWith("--points 5 is for generalized models", "fit", "no.csv", FORMULA, "--points", "5");
        String[] none = {"fit", "no.csv", FORMULA, "--family", "binomial", "--points", "0"};
        refusesWith("--points is 0; a quadrature has 1 or more.", none);
    }

    @Test
    void settings_out_of_range_are_refused_before_the_data_are_read() {
        refusesWith("The confidence level is 0.95; it", "fit", "no.csv", FORMULA, "--level", "0.95");
        refusesWith("The iteration limit is -1;", "fit", "no.csv", FORMULA, "--iterations", "-1");
        refusesWith("The tolerance is 0.0;", "fit", "no.csv", FORMULA, "--tolerance", "0");
        refusesWith("The number of threads is 0;", "fit", "no.csv", FORMULA, "--threads", "0");
        refusesWith("--factor \"sex=M,M\" lists M twice.", "fit", "no.csv", FORMULA, "--factor", "sex=M,M");
        refusesWith("--factor \"sex=M,\" has an empty level.", "fit", "no.csv", FORMULA, "--factor", "sex=M,");
        refusesWith(
                "--factor is given twice for sex.", "fit", "no.csv", FORMULA, "--factor", "sex", "--factor", "sex=M,F");
        refusesWith("Column sex is declared both", "fit", "no.csv", FORMULA, "--factor", "sex", "--numeric", "sex");
    }

    @Test
    void place_that_cannot_be_saved_to_is_refused_before_the_fit() {
        String nowhere = folder.resolve("no/such/fit.json").toString();
        refusesWith("--save " + nowhere + " cannot be written", "fit", "no.csv", FORMULA, "--save", nowhere);
        refusesWith("--save " + folder + " cannot be written", "fit", "no.csv", FORMULA, "--save", folder.toString());
    }

    @Test
    void plug_in_path_without_a_plug_in_is_refused() {
        refusesWith(folder + " holds no plug-in", "plugins", "--plugins", folder.toString());
    }

    @Test
    void at_sign_is_not_a_file_of_arguments() throws Exception {
        Path arguments = Files.writeString(folder.resolve("args"), "--version");
        assertThat(Run.of("@" + arguments).status()).isEqualTo(1);
    }

    @Test
    void name_that_no_file_can_have_is_refused() {
        refusesWith("'a\0b' cannot be the name of a file: Nul character not allowed.", "describe", "a\0b");
    }

    @Test
    void our_own_error_is_one_line_and_a_file_with_the_trace() throws Exception {
        Run run = Run.of((String) null); // no shell can do this
        assertThat(run.status()).isEqualTo(4);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("Henderson made an error: ");
        String file =
                run.err().substring(run.err().indexOf("The trace is in ") + 16).strip();
        Path trace = Path.of(file.substring(0, file.length() - 1));
        assertThat(Files.readString(trace)).contains("NullPointerException", "\tat ");
        Files.delete(trace);
    }
}
