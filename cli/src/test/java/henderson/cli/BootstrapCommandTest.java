package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
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

/** {@code henderson bootstrap} from data and from saved fits. */
class BootstrapCommandTest {
    @TempDir
    private Path folder;

    private String data;

    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(5);
        StringBuilder csv = new StringBuilder("y,x,t,g,k,n\n");
        for (int g = 0; g < 10; g++) {
            double effect = random.nextGaussian();
            double e = random.nextGaussian();
            for (int t = 1; t <= 6; t++) {
                e = 0.5 * e + random.nextGaussian();
                double x = random.nextInt(9) / 4.0;
                double p = 1 / (1 + Math.exp(0.5 - 0.4 * x - effect));
                csv.append(String.format(Locale.ROOT, "%.4f,%s,%d,g%d,%d,8\n", 3 + x + effect + e, x, t, g, (int)
                        random.doubles(8).filter(u -> u < p).count()));
            }
        }
        data = Files.writeString(folder.resolve("data.csv"), csv).toString();
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
        assertThat(run.status()).isEqualTo(Main.BAD_INPUT);
        assertThat(run.out()).isEmpty();
    }

    private static JsonObject quantity(String json, String name) {
        for (JsonElement q : JsonParser.parseString(json).getAsJsonObject().getAsJsonArray("quantities")) {
            if (q.getAsJsonObject().get("name").getAsString().equals(name)) {
                return q.getAsJsonObject();
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void a_linear_model_is_bootstrapped_and_its_replicates_are_written() throws IOException {
        String file = folder.resolve("replicates.csv").toString();
        Run run = good("bootstrap", data, "y ~ x + (1 | g)", "--reml", "--replicates", "60", "--save-replicates", file);
        assertThat(run.out())
                .contains("Criterion:   REML, log-likelihood")
                .contains("Drawn:       sufficient statistics\n")
                .contains("Seed:        1\n")
                .containsPattern("Replicates:  60 \\(\\d+ on a boundary, 0 failed\\)")
                .contains("var((Intercept)) |")
                .doesNotContain("sd(");
        List<String> lines = Files.readAllLines(Path.of(file));
        assertThat(lines).hasSize(61);
        assertThat(lines.get(0))
                .isEqualTo("replicate,ending,(Intercept),x,var(g:(Intercept)),var(Residual),logLikelihood");
        assertThat(lines.get(1)).startsWith("1,").hasSizeGreaterThan(60);
        assertThat(good(
                                "bootstrap",
                                data,
                                "y ~ x + (1 | g)",
                                "--reml",
                                "--replicates",
                                "60",
                                "--metric",
                                "sd",
                                "--threads",
                                "2",
                                "--interval",
                                "basic")
                        .out())
                .contains("sd(Residual) |")
                .contains("[Basic, 95 %]")
                .doesNotContain("var(");
    }

    @Test
    void residuals_in_time_are_bootstrapped() {
        String json = good(
                        "bootstrap",
                        data,
                        "y ~ x + (1 | g)",
                        "--residual",
                        "ar(1, t | g)",
                        "--replicates",
                        "60",
                        "--output",
                        "json",
                        "--seed",
                        "9")
                .out();
        JsonObject all = JsonParser.parseString(json).getAsJsonObject();
        assertThat(all.get("schema").getAsString()).isEqualTo("henderson.bootstrap/1");
        assertThat(all.get("seed").getAsLong()).isEqualTo(9);
        assertThat(all.get("drawn").getAsString()).isEqualTo("rows");
        JsonObject x = quantity(json, "x");
        double hessian = x.get("hessianStandardError").getAsDouble();
        assertThat(x.get("standardError").getAsDouble()).isCloseTo(hessian, within(0.5 * hessian));
        assertThat(quantity(json, "rho").get("kind").getAsString()).isEqualTo("other");
    }

    @Test
    void a_saved_generalized_fit_is_bootstrapped_as_its_model_is() {
        String fit = folder.resolve("fit.json").toString();
        good("fit", data, "cbind(k, n - k) ~ x + (1 | g)", "--family", "binomial", "--save", fit);
        String saved = good("bootstrap", fit, data, "--replicates", "30", "--output", "json")
                .out();
        String direct = good(
                        "bootstrap",
                        data,
                        "cbind(k, n - k) ~ x + (1 | g)",
                        "--family",
                        "binomial",
                        "--replicates",
                        "30",
                        "--output",
                        "json",
                        "--threads",
                        "2")
                .out();
        assertThat(quantity(saved, "x").get("standardError").getAsDouble())
                .isCloseTo(quantity(direct, "x").get("standardError").getAsDouble(), within(1e-9));
        assertThat(quantity(saved, "sd(g:(Intercept))").get("group").getAsString())
                .isEqualTo("g");
    }

    @Test
    void a_saved_linear_fit_gives_the_replicates_of_its_model() {
        String fit = folder.resolve("fit.json").toString();
        good("fit", data, "y ~ x + (1 | g)", "--reml", "--save", fit);
        String saved = good("bootstrap", fit, data, "--replicates", "30").out();
        assertThat(saved)
                .isEqualTo(good("bootstrap", data, "y ~ x + (1 | g)", "--reml", "--replicates", "30")
                        .out());
    }

    @Test
    void what_cannot_be_done_is_refused_by_name() throws IOException {
        String fit = folder.resolve("fit.json").toString();
        good("fit", data, "y ~ x + (1 | g)", "--save", fit);
        refuses("--reml is for a model to be fitted", "bootstrap", fit, data, "--reml");
        refuses("--factor is for a model to be fitted", "bootstrap", fit, data, "--factor", "g");
        refuses("--interval bca would", "bootstrap", fit, data, "--interval", "bca");
        refuses("--interval is t;", "bootstrap", fit, data, "--interval", "t");
        refuses("The number of replicates is 1;", "bootstrap", fit, data, "--replicates", "1");
        refuses("--save-replicates", "bootstrap", fit, data, "--save-replicates", folder + "/none/r.csv");
        String other = Files.writeString(
                        folder.resolve("other.csv"), Files.readString(Path.of(data)) + "1,1,1,g1,1,8\n")
                .toString();
        refuses("The data are not those of the fit", "bootstrap", fit, other);
    }
}
