package henderson.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.cli.Main;
import henderson.framework.Henderson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The jars that were just built in the folders here, each a project of its own, loaded by the command line. */
class ThirdPartyJarsTest {
    private static final Path STRUCTURE = jar("fading-structure");
    private static final Path OPTIMIZER = jar("levenberg-optimizer");
    private static final Path ESTIMATOR = jar("grid-estimator");
    private static final String MACHINES = "../validation/data/machines.csv";
    private static final String PIG = "../validation/data/pig.csv";
    private static final String FORMULA = "score ~ Machine + fading(0 + Machine | Worker)";

    private static Path jar(String project) {
        return Path.of("target", "built", project, "target", project + ".jar");
    }

    /** What one run printed; nothing on stderr, and the status 0. */
    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                args,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonObject fit(String... args) {
        List<String> all = new ArrayList<>(List.of("fit"));
        all.addAll(Arrays.asList(args));
        all.addAll(List.of("--output", "json"));
        return JsonParser.parseString(run(all.toArray(String[]::new))).getAsJsonObject();
    }

    @Test
    void plugins_lists_each_jar_with_what_it_brings() {
        assertThat(run("plugins", "--plugins", STRUCTURE + ":" + OPTIMIZER, "--plugins", ESTIMATOR.toString()))
                .containsPattern(
                        "covariance structure +fading +org\\.example\\.fading\\.Fading +fading-structure\\.jar")
                .containsPattern("optimizer +levenberg +org\\.example\\.levenberg\\.Levenberg +levenberg-optimizer")
                .containsPattern("estimator +grid +org\\.example\\.grid\\.Grid +grid-estimator\\.jar");
    }

    @ParameterizedTest
    @CsvSource({"--ml", "--reml"})
    void structure_works_at_once_with_standard_errors_intervals_and_json(String criterion) {
        JsonObject fit = fit(MACHINES, FORMULA, criterion, "--plugins", STRUCTURE.toString());
        assertThat(fit.getAsJsonObject("convergence").get("status").getAsString())
                .isEqualTo("converged");
        JsonObject block = fit.getAsJsonArray("randomEffects").get(0).getAsJsonObject();
        assertThat(block.get("structure").getAsString()).isEqualTo("fading");
        List<String> names = new ArrayList<>();
        for (JsonElement e : block.getAsJsonArray("parameters")) {
            JsonObject p = e.getAsJsonObject();
            names.add(p.get("name").getAsString());
            assertThat(p.get("standardError").getAsDouble()).isPositive();
            assertThat(p.get("lower").getAsDouble())
                    .isLessThan(p.get("estimate").getAsDouble());
            assertThat(p.get("upper").getAsDouble())
                    .isGreaterThan(p.get("estimate").getAsDouble());
        }
        assertThat(names).containsExactly("var(MachineA MachineB MachineC)", "rho");
        assertThat(fit.getAsJsonObject("model").get("formula").getAsString()).contains("fading(");
    }

    @Test
    void its_covariance_is_a_variance_and_a_correlation_that_fades() {
        JsonObject block = fit(MACHINES, FORMULA, "--plugins", STRUCTURE.toString())
                .getAsJsonArray("randomEffects")
                .get(0)
                .getAsJsonObject();
        double variance = estimate(block, 0);
        double rho = estimate(block, 1);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double entry = block.getAsJsonArray("covariance")
                        .get(i)
                        .getAsJsonArray()
                        .get(j)
                        .getAsDouble();
                // rounding of a product, and of σ² taken out and put back
                assertThat(entry).isCloseTo(variance * Math.pow(rho, Math.abs(i - j)), within(1e-12 * variance));
            }
        }
    }

    private static double estimate(JsonObject block, int k) {
        return block.getAsJsonArray("parameters")
                .get(k)
                .getAsJsonObject()
                .get("estimate")
                .getAsDouble();
    }

    /** Between a model that it contains and one that contains it. */
    @ParameterizedTest
    @EnumSource(Criterion.class)
    void its_likelihood_lies_between_those_of_identity_and_unstructured(Criterion criterion) {
        String option = criterion == Criterion.ML ? "--ml" : "--reml";
        double fading = logLikelihood(FORMULA, option);
        assertThat(fading).isGreaterThan(logLikelihood(FORMULA.replace("fading", "id"), option));
        assertThat(fading).isLessThan(logLikelihood(FORMULA.replace("fading", "us"), option));
    }

    private static double logLikelihood(String formula, String option) {
        return fit(MACHINES, formula, option, "--plugins", STRUCTURE.toString())
                .get("logLikelihood")
                .getAsDouble();
    }

    /** Whatever estimators are installed: those that take the model agree. */
    @ParameterizedTest
    @EnumSource(Criterion.class)
    void every_estimator_that_takes_it_finds_the_same_optimum(Criterion criterion) {
        Henderson henderson = Henderson.create(List.of(STRUCTURE, ESTIMATOR));
        Model model = henderson.model(henderson.parse(FORMULA), henderson.read(Path.of(MACHINES)));
        List<String> took = new ArrayList<>();
        double newton = henderson
                .fit(model, FitOptions.DEFAULT.withCriterion(criterion))
                .logLikelihood();
        henderson.registry().estimators().values().forEach(e -> {
            FitOptions options = FitOptions.DEFAULT
                    .withCriterion(criterion)
                    .withEstimator(e.name())
                    .withIterations(5_000);
            if (e.refusal(model, options) == null) {
                took.add(e.name());
                Fit fit = henderson.fit(model, options);
                assertThat(fit.convergence().certified())
                        .as("%s %s", e.name(), fit.convergence())
                        .isTrue();
                // the promise of agreement: 1e-7 + 1e-12 |log likelihood|
                assertThat(fit.logLikelihood()).as(e.name()).isCloseTo(newton, within(1.2e-7));
            }
        });
        assertThat(took).contains("newton").doesNotContain("grid");
    }

    @Test
    void optimizer_of_a_jar_finds_the_same_optimum() {
        JsonObject own = fit(MACHINES, FORMULA.replace("fading", "us"));
        JsonObject theirs = fit(
                MACHINES,
                FORMULA.replace("fading", "us"),
                "--optimizer",
                "levenberg",
                "--plugins",
                OPTIMIZER.toString());
        assertThat(theirs.getAsJsonObject("model").get("optimizer").getAsString())
                .isEqualTo("levenberg");
        // both at a decrement of 1e-12
        assertThat(theirs.get("logLikelihood").getAsDouble())
                .isCloseTo(own.get("logLikelihood").getAsDouble(), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"--ml", "--reml"})
    void estimator_of_a_jar_prints_the_same_table(String criterion) {
        String formula = "weight ~ week + (1 | id)";
        String[] own = run("fit", PIG, formula, criterion).split("Certificate");
        String[] theirs = run("fit", PIG, formula, criterion, "--estimator", "grid", "--plugins", ESTIMATOR.toString())
                .split("Certificate");
        assertThat(theirs[0]).isEqualTo(own[0]);
        assertThat(theirs[1]).contains("Hessian positive definite (1 of 1), nothing on the boundary");
    }

    @Test
    void estimator_of_a_jar_ends_on_the_boundary_as_the_built_in_one_does() {
        JsonObject fit = fit(
                "../validation/data/dyestuff2.csv",
                "Yield ~ 1 + (1 | Batch)",
                "--estimator",
                "grid",
                "--plugins",
                ESTIMATOR.toString());
        assertThat(fit.getAsJsonObject("convergence").get("status").getAsString())
                .isEqualTo("boundary");
    }

    @Test
    void estimator_of_a_jar_refuses_a_model_by_its_own_words() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] args = {
            "fit", PIG, "weight ~ week + (week | id)", "--estimator", "grid", "--plugins", ESTIMATOR.toString()
        };
        int status = Main.run(args, new PrintStream(new ByteArrayOutputStream()), new PrintStream(err));
        assertThat(status).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("The estimator 'grid' cannot fit this model: it fits one variance,");
    }
}
