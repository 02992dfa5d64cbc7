package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
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

/** Robust standard errors through the command line, in both languages, and in what is asked of saved fits. */
class RobustCommandTest {
    @TempDir
    private Path folder;

    private String data;

    /** Pupils in classes in schools; area holds whole schools, moved does not. */
    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(20260318);
        StringBuilder csv = new StringBuilder("y,x,pupil,class,school,area,moved\n");
        int classes = 0;
        for (int s = 0; s < 16; s++) {
            double school = random.nextGaussian();
            for (int c = 0; c < 3; c++, classes++) {
                double effect = school + 0.7 * random.nextGaussian();
                for (int i = 0; i < 4; i++) {
                    double x = random.nextInt(40) / 10.0;
                    double y = 1 + 0.5 * x + effect + (0.5 + x / 2) * random.nextGaussian();
                    csv.append(String.format(
                            Locale.ROOT,
                            "%.4f,%s,%d,%d,%d,%s,%d%n",
                            y,
                            x,
                            classes * 4 + i,
                            classes,
                            s,
                            s % 8 == 0 ? "north" : "a" + s % 8,
                            i % 2));
                }
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

    private static void refuses(String message, String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).contains(message);
        assertThat(run.err()).doesNotContain("Exception");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    private JsonObject json(String... args) {
        return JsonParser.parseString(good(args).out()).getAsJsonObject();
    }

    @Test
    void table_has_the_layout_of_stata() {
        String out = good("stata", data, "mixed y x || school: || class:, vce(robust) nolog")
                .out();

        assertThat(out)
                .startsWith("Mixed-effects regression       ")
                .contains("\nLog pseudolikelihood = ")
                .contains("\n                                (Std. err. adjusted for 16 clusters in school)\n------")
                .contains("\n             |               Robust\n           y | Coefficient  std. err.      z  ")
                .contains("\n                             |               Robust\n"
                        + "  Random-effects parameters  |   Estimate   std. err.     [95% conf. interval]\n")
                .doesNotContain("LR test", " ML ");
    }

    @Test
    void both_languages_give_the_same_numbers() {
        JsonObject r = json("fit", data, "y ~ x + (1 | school/class)", "--robust", "--output", "json");
        JsonObject stata = json("stata", data, "mixed y x || school: || class:, vce(robust)", "--output", "json");

        assertThat(r.get("covarianceType").getAsString()).isEqualTo("CR0");
        assertThat(r.getAsJsonObject("clusters").get("name").getAsString()).isEqualTo("school");
        assertThat(r.getAsJsonObject("clusters").get("count").getAsInt()).isEqualTo(16);
        assertThat(r.getAsJsonObject("tests").get("versusNoRandomEffects").isJsonNull())
                .isTrue();
        JsonArray a = r.getAsJsonArray("fixedEffects");
        JsonArray b = stata.getAsJsonArray("fixedEffects");
        for (int j = 0; j < 2; j++) { // Stata's constant stands last
            assertThat(se(a, j)).isCloseTo(se(b, 1 - j), org.assertj.core.api.Assertions.within(1e-9));
        }
        assertThat(stata.getAsJsonObject("model").get("stata").getAsString())
                .isEqualTo("mixed y x || school: || class:, vce(cluster school)");
        JsonObject plain = json("fit", data, "y ~ x + (1 | school/class)", "--output", "json");
        assertThat(plain.get("covarianceType").getAsString()).isEqualTo("OIM");
        assertThat(plain.has("clusters") && !plain.get("clusters").isJsonNull()).isFalse();
        assertThat(se(a, 1)).isNotEqualTo(se(plain.getAsJsonArray("fixedEffects"), 1));
    }

    private static double se(JsonArray fixed, int j) {
        return fixed.get(j).getAsJsonObject().get("standardError").getAsDouble();
    }

    @Test
    void clusters_may_be_larger_than_groups() {
        String stata = good("stata", data, "mixed y x || class:, vce(cluster sch) nolog")
                .out();
        String r =
                good("fit", data, "y ~ x + (1 | class)", "--robust", "school").out();
        String area =
                good("fit", data, "y ~ x + (1 | school/class)", "--robust=area").out();

        assertThat(stata).contains("(Std. err. adjusted for 16 clusters in school)");
        assertThat(r).contains("(Std. err. adjusted for 16 clusters in school)");
        assertThat(area).contains("(Std. err. adjusted for 8 clusters in area)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "y ~ x + (1 | school) @ moved   @ of school lies in moved ",
                "y ~ x + (1 | school) @ nothing @ is named 'nothing'.",
                "y ~ x + (1 | school/class) @ class @ of school lies in class ",
            })
    void clusters_that_cannot_be_are_refused_before_the_fit(String formula, String clusters, String message) {
        refuses(message, "fit", data, formula, "--robust", clusters);
    }

    @Test
    void reml_is_refused_in_both_languages() {
        refuses(
                "There are no robust standard errors: a restricted likelihood",
                "fit",
                data,
                "y ~ x + (1 | school)",
                "--reml",
                "--robust");
        refuses(
                "robust standard errors need maximum likelihood",
                "stata",
                data,
                "mixed y x || school:, reml vce(robust)");
    }

    @Test
    void crossed_groups_need_clusters_of_their_own() {
        refuses(
                "no grouping factor is: group '",
                "stata",
                data,
                "mixed y x || _all: R.moved || school:, vce(robust) nolog");
        assertThat(good("fit", data, "y ~ x + (1 | school:moved) + (1 | class)", "--robust", "school")
                        .out())
                .contains("16 clusters in school");
    }

    @Test
    void saved_fits_stay_robust_and_are_verified() {
        String robust = path("robust.json");
        String plain = path("plain.json");
        good("fit", data, "y ~ x + (1 | school/class)", "--robust", "area", "--save", robust);
        good("fit", data, "y ~ x + (1 | school/class)", "--save", plain);

        assertThat(good("verify", robust, data).out()).contains("Verified.");
        String lincom = good("lincom", robust, "x", "--output", "json").out();
        assertThat(lincom)
                .isNotEqualTo(good("lincom", plain, "x", "--output", "json").out());
        assertThat(good("test", robust, "x").out())
                .isNotEqualTo(good("test", plain, "x").out());
        assertThat(good("predict", robust, data, "--what", "stdp").out())
                .isNotEqualTo(good("predict", plain, data, "--what", "stdp").out());
        assertThat(good("predict", robust, data, "--what", "fitted").out())
                .isEqualTo(good("predict", plain, data, "--what", "fitted").out());
        assertThat(good("estat", "sd", robust).out()).contains("(Std. err. adjusted for 8 clusters in area)", "Robust");
        assertThat(good("estat", "icc", robust).out())
                .isNotEqualTo(good("estat", "icc", plain).out());
    }

    @Test
    void a_changed_robust_standard_error_is_noticed() throws IOException {
        String robust = path("robust.json");
        good("fit", data, "y ~ x + (1 | school)", "--robust", "--save", robust);
        JsonObject tree =
                JsonParser.parseString(Files.readString(Path.of(robust))).getAsJsonObject();
        JsonArray first = tree.getAsJsonArray("fixedEffectsCovariance").get(1).getAsJsonArray();
        first.set(1, new com.google.gson.JsonPrimitive(first.get(1).getAsDouble() * 1.001));
        Files.writeString(Path.of(robust), tree.toString());

        Run run = Run.of("verify", robust, data);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("standard error of x");
    }

    @Test
    void likelihood_ratio_tests_of_robust_fits_are_refused() {
        String robust = path("robust.json");
        String plain = path("plain.json");
        good("fit", data, "y ~ x + (1 | school/class)", "--robust", "--save", robust);
        good("fit", data, "y ~ x + (1 | school)", "--save", plain);

        refuses("robust has robust standard errors", "lrtest", robust, plain);
        refuses("robust has robust standard errors", "lrtest", plain, robust);
        assertThat(good("lrtest", plain, robust, "--force").out()).contains("LR chi2(1)");
        Run script = Run.of(
                "stata",
                data,
                "mixed y x || school:, nolog",
                "est store a",
                "mixed y x || school: x, vce(r) nolog",
                "lrtest a .");
        assertThat(script.status()).isEqualTo(1);
        assertThat(script.err()).startsWith("the last fit has robust standard errors");
    }
}
