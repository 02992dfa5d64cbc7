package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on saved fits, through the command line. */
class SavedFitsTest {
    private static final String PIG =
            Path.of("..", "validation", "data", "pig.csv").toString();

    @TempDir
    private Path folder;

    private String data;

    /** Twelve groups of six rows in four regions. */
    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(20260103);
        StringBuilder csv = new StringBuilder("y,x,g,region,sex,w\n");
        for (int g = 0; g < 12; g++) {
            double effect = 2 * random.nextGaussian();
            for (int i = 0; i < 6; i++) {
                double x = random.nextInt(20) / 4.0;
                double y = 10 + 3 * x + effect + random.nextGaussian();
                csv.append(String.format(
                        Locale.ROOT,
                        "%.4f,%s,g%02d,r%d,%s,%d\n",
                        y,
                        g == 3 && i < 2 ? "" : x,
                        g,
                        g / 3,
                        (g + i) % 2 == 0 ? "M" : "F",
                        1 + i % 3));
            }
        }
        data = Files.writeString(folder.resolve("data.csv"), csv).toString();
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private String save(String name, String file, String formula, String... more) {
        String saved = path(name + ".json");
        String[] args = new String[more.length + 5];
        System.arraycopy(new String[] {"fit", file, formula, "--save", saved}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return saved;
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
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void likelihood_ratio_of_the_pigs_is_as_printed_by_stata() {
        String a = save("randint", PIG, "weight ~ week + (1 | id)");
        String b = save("randslope", PIG, "weight ~ week + (week || id)");

        assertThat(good("lrtest", b, a).out())
                .startsWith("Likelihood-ratio test\nAssumption: randint nested within randslope\n\n"
                        + " LR chi2(1) = 291.78\nProb > chi2 = 0.0000\n");
        JsonObject json = JsonParser.parseString(
                        good("lrtest", a, b, "--output", "json").out())
                .getAsJsonObject();
        assertThat(json.get("df").getAsInt()).isOne();
        assertThat(json.get("smaller").getAsString()).isEqualTo("randint");
    }

    @Test
    void likelihood_ratio_refuses_what_cannot_be_compared() {
        String ml = save("ml", data, "y ~ x + (1 | g)");
        String reml = save("reml", data, "y ~ x + (1 | g)", "--reml");
        String fewer = save("fewer", data, "y ~ x + sex + (1 | g)", "--where", "x > 1");
        String other = save("other", data, "y ~ sex + (1 | g) + (1 | region)", "--where", "x >= 0");

        refuses("ml and reml have different criteria: ML and REML.", "lrtest", ml, reml);
        refuses("ml and fewer are fits of different rows: 70 and ", "lrtest", ml, fewer);
        refuses("ml is not nested in other: it has the fixed effect x", "lrtest", ml, other);
        assertThat(Run.of("lrtest", ml, other, "--force").out()).contains("LR chi2(1) = ");
    }

    @Test
    void a_saved_fit_is_verified_against_its_data() {
        String saved = save("fit", data, "y ~ x + sex + (1 + x | region/g)", "--reml", "--weights", "w");

        assertThat(good("verify", saved, data).out()).contains("All ", " numbers agree", "\nVerified.\n");
        JsonObject json = JsonParser.parseString(
                        good("verify", saved, data, "--output", "json").out())
                .getAsJsonObject();
        assertThat(json.get("verified").getAsBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'y ~ poly(x, 2) + mean(x | g) + (1 | g)', --ml",
        "'log(y) ~ 0 + sex + offset(x) + (1 | region) + (1 | g)', --reml",
        "'y ~ 1 + (1 | region) + id(0 + sex | g)', --ml",
    })
    void models_of_all_kinds_are_verified(String formula, String criterion) {
        String saved = save("fit", data, formula, criterion, "--where", "w < 3 && x > 0", "--factor", "sex=M,F");

        assertThat(good("verify", saved, data).out()).endsWith("\nVerified.\n");
    }

    @Test
    void changed_data_are_noticed_by_digest_and_by_number() throws IOException {
        String saved = save("fit", data, "y ~ x + (1 | g)");
        String other = path("changed.csv");
        Files.writeString(Path.of(other), Files.readString(Path.of(data)).replace("g07", "g08"));

        Run run = Run.of("verify", saved, other);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out())
                .startsWith("The data are not those of the fit: the digest of " + other)
                .contains(" numbers do not agree", "log likelihood: saved ", "\nNot verified.\n");
    }

    @Test
    void a_changed_number_is_noticed() throws IOException {
        String saved = save("fit", data, "y ~ x + (1 | g)");
        String text = Files.readString(Path.of(saved));
        JsonObject json = JsonParser.parseString(text).getAsJsonObject();
        JsonObject x = json.getAsJsonArray("fixedEffects").get(1).getAsJsonObject();
        x.addProperty("estimate", x.get("estimate").getAsDouble() * 1.0001);
        Files.writeString(Path.of(saved), json.toString());

        Run run = Run.of("verify", saved, data);

        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("1 of ", " do not agree", "\n  x: saved ", "\nNot verified.\n");
    }

    @Test
    void predictions_add_up() {
        String saved = save("fit", data, "y ~ x + sex + (1 + x | g)");

        Run run = Run.of("predict", saved, data, "--what", "xb,stdp,fitted,reffects,reses,residuals,rstandard");
        List<String> lines = run.out().lines().toList();

        assertThat(run.err()).startsWith("2 rows of " + data + " are not predicted: missing x.");
        assertThat(lines).hasSize(71);
        assertThat(lines.get(0))
                .isEqualTo("row,xb,stdp,fitted,reffects(g:(Intercept)),reffects(g:x),reses(g:(Intercept)),reses(g:x)"
                        + ",residuals,rstandard");
        double[] row = java.util.Arrays.stream(lines.get(5).split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double sigma = JsonParser.parseString(
                        good("estat", "sd", saved, "--output", "json").out())
                .getAsJsonObject()
                .getAsJsonArray("residual")
                .get(0)
                .getAsJsonObject()
                .get("estimate")
                .getAsDouble();
        assertThat(row[0]).isEqualTo(5);
        assertThat(row[8] / row[9]).isCloseTo(sigma, org.assertj.core.data.Percentage.withPercentage(1e-10));
        assertThat(row[2]).isPositive();
        assertThat(row[6]).isPositive();
    }

    @Test
    void new_levels_get_zero_effects_and_are_counted() throws IOException {
        String saved = save("fit", data, "y ~ x + sex + (1 | g)");
        String fresh = path("new.csv");
        Files.writeString(Path.of(fresh), "g,x,sex\ng01,2,F\nnew,2,F\n,2,M\n");

        Run run = Run.of("predict", saved, fresh, "--what", "xb,fitted,reses", "--output", path("out.csv"));

        assertThat(run.status()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("1 rows have levels of g that the fit has not seen; their effects are zero.")
                .contains("1 rows of ", " are not predicted: missing g.");
        List<String> lines = Files.readAllLines(Path.of(path("out.csv")));
        String[] known = lines.get(1).split(",");
        String[] unknown = lines.get(2).split(",");
        assertThat(lines).hasSize(3);
        assertThat(unknown[1]).isEqualTo(known[1]).isEqualTo(unknown[2]);
        assertThat(known[2]).isNotEqualTo(known[1]);
        assertThat(Double.parseDouble(unknown[3])).isGreaterThan(Double.parseDouble(known[3]));
    }

    @Test
    void an_unseen_factor_level_is_named() throws IOException {
        String saved = save("fit", data, "y ~ x + sex + (1 | g)");
        String fresh = path("new.csv");
        Files.writeString(Path.of(fresh), "g,x,sex\ng01,2,F\ng02,2,D\n");

        refuses("Factor 'sex' has levels in '" + fresh + "' that the fit has not seen: D.", "predict", saved, fresh);
    }

    @Test
    void without_effects_only_the_fixed_part_can_be_predicted() {
        String saved = save("fit", data, "y ~ x + (1 | g)", "--no-effects");

        Run run = Run.of("predict", saved, data, "--what", "xb,stdp");

        assertThat(run.out()).startsWith("row,xb,stdp\n");
        assertThat(run.err()).doesNotContain("not seen");
        refuses("saved without its predicted random effects", "predict", saved, data);
        assertThat(good("verify", saved, data).out()).endsWith("\nVerified.\n");
    }

    @Test
    void intraclass_correlations_of_nested_levels() {
        String saved = save(
                "prod",
                Path.of("..", "validation", "data", "productivity.csv").toString(),
                "gsp ~ private + emp + hwy + water + other + unemp + (1 | region) + (1 | state)");

        String text = good("estat", "icc", saved).out();

        // by arithmetic from the printed variances .0014506, .0062757, .0013461: .1599, .8516
        assertThat(text).containsPattern(" region \\|  +\\.1598").containsPattern(" state\\|region \\|  +\\.8516");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ic", "icc", "sd", "group", "recovariance", "r2", "vcov"})
    void every_question_is_answered_in_text_and_json(String what) {
        String saved = save("fit", data, "y ~ x + (1 + x | g)");

        assertThat(good("estat", what, saved).out()).isNotBlank().endsWith("\n");
        assertThat(JsonParser.parseString(
                                good("estat", what, saved, "--output", "json").out())
                        .getAsJsonObject()
                        .size())
                .isPositive();
    }

    @Test
    void information_criteria_count_as_stata_does() {
        String saved = save("pig", PIG, "weight ~ week + (1 | id)");

        JsonObject ic = JsonParser.parseString(
                        good("estat", "ic", saved, "--output", "json").out())
                .getAsJsonObject();

        double deviance = -2 * ic.get("logLikelihood").getAsDouble();
        assertThat(ic.get("observations").getAsInt()).isEqualTo(432);
        assertThat(ic.get("parameters").getAsInt()).isEqualTo(4);
        assertThat(ic.get("aic").getAsDouble()).isEqualTo(deviance + 8);
        assertThat(ic.get("bic").getAsDouble()).isEqualTo(deviance + 4 * Math.log(432));
    }

    @Test
    void crossed_factors_have_no_intraclass_correlation() {
        String saved = save("crossed", data, "y ~ x + (1 | g) + (1 | sex)");

        refuses("The grouping factors are crossed", "estat", "icc", saved);
    }

    @Test
    void reduction_of_variances_compares_two_fits() {
        String null0 = save("null", PIG, "weight ~ 1 + (1 | id)");
        String week = save("week", PIG, "weight ~ week + (1 | id)");

        assertThat(good("estat", "r2", week, "--versus", null0).out())
                .startsWith("Proportional reduction of variance from null to week\n")
                .containsPattern("Residual \\|  ");
    }

    @Test
    void groups_are_fitted_by_least_squares() {
        JsonObject json = JsonParser.parseString(
                        good("groups", data, "y ~ x | g", "--output", "json").out())
                .getAsJsonObject();
        String text = good("groups", data, "y ~ x | g", "--each").out();

        assertThat(json.getAsJsonArray("levels")).hasSize(12);
        assertThat(json.getAsJsonObject("within")
                        .getAsJsonArray("coefficients")
                        .get(0)
                        .isJsonNull())
                .isTrue();
        assertThat(text)
                .startsWith("Least squares in each of 12 levels of g: y ~ x | g\n")
                .contains("Covariance of the coefficients over 12 levels", "         g11 |          6");
    }

    @Test
    void groups_need_a_group() {
        refuses("does not say what the groups are", "groups", data, "y ~ x");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "{}                              # its schema is null",
                "{\"schema\": \"henderson.fit/1\"} # but not what is needed to go on from it",
                "{\"schema\": \"henderson.fit/1\", \"state\": {}} # is not a saved fit",
                "[1, 2                           # is not a saved fit",
                "nonsense                        # is not a saved fit",
            })
    void a_file_that_is_no_saved_fit_is_refused(String text, String message) throws IOException {
        String file = path("bad.json");
        Files.writeString(Path.of(file), text);

        refuses(message, "estat", "ic", file);
    }

    @Test
    void a_result_printed_as_json_is_not_enough() throws IOException {
        String file = path("printed.json");
        Files.writeString(
                Path.of(file),
                good("fit", data, "y ~ x + (1 | g)", "--output", "json").out());

        refuses("--save keeps everything", "verify", file, data);
    }

    @Test
    void a_missing_file_and_an_unknown_question_are_named() {
        refuses("There is no file " + path("none.json"), "estat", "ic", path("none.json"));
        String saved = save("fit", data, "y ~ x + (1 | g)");
        refuses("There is no estat icx.", "estat", "icx", saved);
        refuses("'xbb' cannot be predicted.", "predict", saved, data, "--what", "xbb");
    }

    @Test
    void data_without_a_variable_of_the_model_cannot_verify_it() throws IOException {
        String saved = save("fit", data, "y ~ x + (1 | g)");
        String other = path("other.csv");
        Files.writeString(Path.of(other), "y,g\n1,a\n2,b\n");

        refuses("is named 'x'", "verify", saved, other);
    }
}
