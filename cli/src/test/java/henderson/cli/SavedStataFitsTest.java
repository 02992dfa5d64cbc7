package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fits of Stata commands are saved with their language: what is asked of them later uses Stata's names. */
class SavedStataFitsTest {
    @TempDir
    private Path folder;

    private String data;

    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(20260319);
        StringBuilder csv = new StringBuilder("y,x,race,sex,g,h\n");
        for (int g = 0; g < 24; g++) {
            double effect = random.nextGaussian();
            double slope = 0.4 * random.nextGaussian();
            for (int i = 0; i < 6; i++) {
                double x = random.nextInt(50) / 10.0;
                int race = 1 + random.nextInt(3);
                double y = 2 + (1 + slope) * x + effect + (race == 2 ? 0.8 : 0) + random.nextGaussian();
                csv.append(String.format(
                        Locale.ROOT, "%.4f,%s,%d,%s,%d,%d%n", y, x, race, i % 2 == 0 ? "F" : "M", g, g / 4));
            }
        }
        data = Files.writeString(folder.resolve("data.csv"), csv).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static Run good(String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run;
    }

    private String save(String name, String... commands) {
        List<String> args = new ArrayList<>(List.of("stata", data));
        args.addAll(List.of(commands));
        args.addAll(List.of("--save", path(name + ".json")));
        good(args.toArray(String[]::new));
        return path(name + ".json");
    }

    private static JsonObject document(String file) throws IOException {
        return JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mixed y x || g:",
                "mixed y i.race##c.x || g: x, cov(un)",
                "mixed y ib2.race c.x##c.x if x > 0.5 || h: || g:, reml",
                "mixed y 2.race i.sex, noconstant || g: x, cov(ex)",
                "xtmixed y x || _all: R.sex || g:, variance",
                "mixed y x i.sex#c.x || g: || g: x, noconstant",
            })
    void every_number_is_verified_and_predicted_again(String command) throws IOException {
        String fit = save("fit", command + (command.contains(", ") ? " nolog" : ", nolog"));

        JsonObject saved = document(fit);
        assertThat(saved.getAsJsonObject("state").get("language").getAsString()).isEqualTo("STATA");
        assertThat(good("verify", fit, data).out()).contains("Verified.");

        // the command in the file is the same model
        String again = save("again", saved.getAsJsonObject("model").get("stata").getAsString());
        assertThat(document(again).get("fixedEffects")).isEqualTo(saved.get("fixedEffects"));
        assertThat(document(again).get("logLikelihood")).isEqualTo(saved.get("logLikelihood"));

        // predictions of saved fits are those of the session
        String session = good(
                        "stata",
                        data,
                        command + (command.contains(", ") ? " nolog" : ", nolog"),
                        "predict p, fitted",
                        "predict s, stdp",
                        "predict r, residuals",
                        "summarize p s r")
                .out();
        assertMean(session, "p", fit, "fitted");
        assertMean(session, "r", fit, "residuals");
        assertMean(session, "s", fit, "stdp", "--where", "x > -1"); // as Stata's, of every row with predictors
    }

    private void assertMean(String session, String name, String fit, String what, String... more) {
        List<String> args = new ArrayList<>(List.of("predict", fit, data, "--what", what));
        args.addAll(List.of(more));
        double mean = Run.of(args.toArray(String[]::new))
                .out()
                .lines()
                .skip(1)
                .mapToDouble(l -> Double.parseDouble(l.split(",")[1]))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(summarized(session, name), org.assertj.core.api.Assertions.within(1e-5));
    }

    /** The mean in a row {@code name | n mean sd min max}. */
    private static double summarized(String out, String name) {
        String row = out.lines()
                .filter(l -> l.strip().startsWith(name + " |"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(out));
        return Double.parseDouble(row.substring(row.indexOf('|') + 1).strip().split("\\s+")[1]);
    }

    @Test
    void names_are_stata_s_afterwards() {
        String fit = save("fit", "mixed y i.race##c.x || g: x, cov(un) nolog");

        assertThat(good("test", fit, "2.race", "3.race").out()).contains("( 1)  2.race = 0", "( 2)  3.race = 0");
        assertThat(good("lincom", fit, "_cons + 2*x + 2.race#c.x").out()).contains("_cons + 2*x + 2.race#c.x = 0");
        assertThat(good("estat", "sd", fit).out()).contains(" sd(_cons) |", " corr(x,_cons) |", "\n       _cons |");
        assertThat(good("estat", "recovariance", fit).out()).contains("_cons");
        assertThat(good("estat", "icc", fit).out()).contains(" g |");
        assertThat(good("estat", "vcov", fit).out()).contains("2.race#c.x");
    }

    @Test
    void the_wald_test_of_a_saved_fit_leaves_the_constant_out() throws IOException {
        String fit = save("fit", "mixed y x i.sex || g:, nolog");
        double printed = document(fit)
                .getAsJsonObject("tests")
                .getAsJsonObject("wald")
                .get("statistic")
                .getAsDouble();

        String out = good("estat", "sd", fit).out();

        assertThat(out).contains("Wald chi2(2)").contains(String.format(Locale.ROOT, "%.2f", printed));
    }

    @Test
    void new_data_are_coded_as_the_fit_s() throws IOException {
        String fit = save("fit", "mixed y i.race x || g:, nolog");
        String other = Files.writeString(folder.resolve("new.csv"), "x,race,g\n2,2,3\n2,1,3\n2,2,999\n")
                .toString();

        Run run = Run.of("predict", fit, other, "--what", "xb,fitted");

        List<String> lines = run.out().lines().toList();
        double two = Double.parseDouble(lines.get(1).split(",")[1]);
        double one = Double.parseDouble(lines.get(2).split(",")[1]);
        JsonObject race = document(fit).getAsJsonArray("fixedEffects").get(0).getAsJsonObject();
        assertThat(race.get("name").getAsString()).isEqualTo("2.race");
        assertThat(two - one)
                .isCloseTo(race.get("estimate").getAsDouble(), org.assertj.core.api.Assertions.within(1e-12));
        assertThat(run.err()).contains("1 rows have levels of g that the fit has not seen");
    }

    @Test
    void saved_fits_of_both_languages_can_be_compared() {
        String small = save("small", "mixed y x || g:, nolog");
        String large = save("large", "mixed y x || g: x, cov(un) nolog");

        assertThat(good("lrtest", small, large).out()).contains("LR chi2(2)");
        assertThat(good("estat", "r2", large, "--versus", small).out()).contains("Residual");
    }

    @Test
    void the_last_model_of_a_script_is_saved_and_printed() throws IOException {
        String script = Files.writeString(
                        folder.resolve("a.do"),
                        ". mixed y x || g:, nolog\n. estimates store A\n. mixed y x || g: x, nolog\n. estat ic\n")
                .toString();
        Run run = good("stata", data, "-f", script, "--save", path("s.json"), "--output", "json");

        JsonObject printed = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(printed.has("state")).isFalse();
        assertThat(printed.getAsJsonObject("model").get("stata").getAsString()).isEqualTo("mixed y x || g: x");
        assertThat(document(path("s.json")).get("logLikelihood")).isEqualTo(printed.get("logLikelihood"));
    }

    @Test
    void scripts_without_a_model_have_nothing_to_save() {
        Run run = Run.of("stata", data, "summarize y", "--save", path("s.json"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("There is no fit to save.");
        Run nowhere = Run.of("stata", data, "mixed y x || g:", "--save", path("no/s.json"));
        assertThat(nowhere.status()).isEqualTo(1);
        assertThat(nowhere.err()).startsWith("--save ").contains("there is no such folder");
        assertThat(nowhere.out()).isEmpty();
    }

    @Test
    void a_language_that_is_not_known_is_refused() throws IOException {
        String fit = save("fit", "mixed y x || g:, nolog");
        Files.writeString(Path.of(fit), Files.readString(Path.of(fit)).replace("\"STATA\"", "\"SAS\""));

        Run run = Run.of("estat", "ic", fit);

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("The saved fit is of a model in the language 'SAS'");
    }

    @Test
    void fits_of_r_formulas_say_what_stata_would_call_them() throws IOException {
        good("fit", data, "y ~ x + factor(race) + (x || g)", "--save", path("r.json"));
        good("fit", data, "y ~ log(x + 1) + (1 | g)", "--save", path("l.json"));

        assertThat(document(path("r.json"))
                        .getAsJsonObject("model")
                        .get("stata")
                        .getAsString())
                .isEqualTo("mixed y x i.race || g: x");
        assertThat(document(path("r.json"))
                        .getAsJsonObject("state")
                        .get("language")
                        .getAsString())
                .isEqualTo("R");
        assertThat(document(path("l.json"))
                        .getAsJsonObject("model")
                        .get("stata")
                        .isJsonNull())
                .isTrue();
    }
}
