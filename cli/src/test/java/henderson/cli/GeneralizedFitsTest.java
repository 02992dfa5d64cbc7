package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes after a fit with a family: tables, documents, saved fits, predictions, diagnostics, robust errors. */
class GeneralizedFitsTest {
    private static final String CASES = Path.of("..", "validation", "data").toString();

    @TempDir
    private Path folder;

    private String data;

    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(20261128);
        StringBuilder csv = new StringBuilder("y,won,n,k,t,o,x,year,sex,g,h,e\n");
        for (int g = 0; g < 30; g++) {
            double effect = 0.8 * random.nextGaussian();
            for (int i = 0; i < 8; i++) {
                double x = random.nextInt(41) / 10.0 - 2;
                double p = 1 / (1 + Math.exp(0.3 - 0.7 * x - effect));
                int n = 1 + random.nextInt(6);
                int won = 0;
                for (int j = 0; j < n; j++) {
                    won += random.nextDouble() < p ? 1 : 0;
                }
                int k = 0;
                double mean = Math.exp(0.4 + 0.3 * x + effect) * -Math.log(1 - random.nextDouble());
                for (double q = random.nextDouble(); q > Math.exp(-mean); q *= random.nextDouble()) {
                    k++;
                }
                double latent = 0.7 * x + effect + Math.log(1 / random.nextDouble() - 1);
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%d,%.4f,%d,%s,%s,%s,%d,%d,%s%n",
                        random.nextDouble() < p ? 1 : 0,
                        won,
                        n,
                        k,
                        0.01 + mean,
                        latent < -1 ? 1 : latent < 1 ? 2 : 3,
                        x,
                        2000 + x,
                        i % 2 == 0 ? "F" : "M",
                        g,
                        g / 6,
                        1 + random.nextInt(9) / 2.0));
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

    private String save(String name, String formula, String... options) {
        List<String> args = new ArrayList<>(List.of("fit", data, formula));
        args.addAll(List.of(options));
        args.addAll(List.of("--save", path(name)));
        good(args.toArray(String[]::new));
        return path(name);
    }

    private static JsonObject json(Run run) {
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }

    private static List<double[]> numbers(Run run) {
        return run.out()
                .lines()
                .skip(1)
                .map(line -> {
                    String[] parts = line.split(",", -1);
                    double[] out = new double[parts.length];
                    for (int i = 0; i < out.length; i++) {
                        out[i] = parts[i].isEmpty() ? Double.NaN : Double.parseDouble(parts[i]);
                    }
                    return out;
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "y ~ x + sex + (1 | g); --family binomial",
                "y ~ x + (x | g); --family binomial --link probit --integration agq --points 5",
                "won/n ~ x + (1 | h/g); --family binomial --integration mvaghermite",
                "cbind(won, k) ~ x + (1 | g) + (1 | sex); --family binomial",
                "k ~ x + offset(x) + (1 | g); --family poisson --exposure e",
                "k ~ x + (1 | g); --family negative-binomial",
                "k ~ x + (1 | g); --family nb1 --integration agq",
                "t ~ x + (1 | g); --family gamma --link log",
                "o ~ x + sex + (1 | g); --family ordinal --integration agq",
                "y ~ x; --family binomial",
                "y ~ year + (1 | g); --family binomial --robust",
            })
    void a_saved_fit_is_verified_and_summarized_alike(String formula, String options) throws IOException {
        String file = save("fit.json", formula, options.strip().split(" "));
        Run verified = good("verify", file, data);
        assertThat(verified.out()).startsWith("All ").endsWith("Verified.\n");
        assertThat(good("estat", "sd", file).out()).contains("Certificate: ");
        JsonObject ic = json(good("estat", "ic", file, "--output", "json"));
        JsonObject document =
                JsonParser.parseString(Files.readString(Path.of(file))).getAsJsonObject();
        assertThat(ic.get("aic").getAsDouble()).isEqualTo(document.get("aic").getAsDouble());
        int own = document.getAsJsonArray("auxiliary").size();
        int fixed = document.getAsJsonArray("fixedEffects").size();
        int random = document.getAsJsonObject("varianceParameters")
                        .getAsJsonArray("names")
                        .size()
                - own;
        assertThat(document.get("parameterCount").getAsInt()).isEqualTo(fixed + random + own);
        assertThat(document.get("residual").isJsonNull()).isTrue();
        assertThat(document.getAsJsonObject("model").get("residual").isJsonNull())
                .isTrue();
    }

    @Test
    void a_changed_number_is_found() throws IOException {
        String file = save("fit.json", "k ~ x + (1 | g)", "--family", "poisson");
        String text = Files.readString(Path.of(file));
        JsonObject document = JsonParser.parseString(text).getAsJsonObject();
        document.addProperty("logLikelihood", document.get("logLikelihood").getAsDouble() + 1e-3);
        Files.writeString(Path.of(file), document.toString());
        Run run = Run.of("verify", file, data);
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("log likelihood: saved ").endsWith("Not verified.\n");
    }

    @Test
    void a_column_far_from_zero_has_the_same_slope_and_its_own_constant() {
        JsonArray near = json(good("fit", data, "y ~ x + (1 | g)", "--family", "binomial", "--output", "json"))
                .getAsJsonArray("fixedEffects");
        JsonArray far = json(good("fit", data, "y ~ year + (1 | g)", "--family", "binomial", "--output", "json"))
                .getAsJsonArray("fixedEffects");
        double slope = number(near, 1, "estimate");
        assertThat(number(far, 1, "estimate")).isCloseTo(slope, within(1e-7));
        assertThat(number(far, 1, "standardError")).isCloseTo(number(near, 1, "standardError"), within(1e-7));
        assertThat(number(far, 0, "estimate")).isCloseTo(number(near, 0, "estimate") - 2000 * slope, within(1e-4));
        assertThat(number(far, 0, "standardError"))
                .isCloseTo(2000 * number(near, 1, "standardError"), within(0.01 * number(far, 0, "standardError")));
    }

    private static double number(JsonArray effects, int i, String name) {
        return effects.get(i).getAsJsonObject().get(name).getAsDouble();
    }

    @Test
    void table_heads_with_family_and_integration_and_has_no_residual() {
        String table = good("fit", data, "won/n ~ x + (1 | g)", "--family", "binomial", "--integration", "agq")
                .out();
        assertThat(table)
                .startsWith("Mixed-effects logistic regression               Number of obs     =        240\n"
                        + "Binomial variable: n\n"
                        + "Group variable: g                               Number of groups  =         30\n")
                .contains("\nIntegration method: agq                         Integration pts.  =          7\n")
                .contains("\ng               |\nvar((Intercept))|  ")
                .contains("\nLR test vs. logistic model: chibar2(01) = ")
                .contains("\nIntegration error: log likelihood ")
                .doesNotContain("Residual");
        assertThat(good("fit", data, "k ~ x + (1 | g)", "--family", "negative-binomial", "--exposure", "e")
                        .out())
                .startsWith("Mixed-effects nbinomial regression ")
                .contains("\nOverdispersion: mean\n")
                .contains("\nIntegration method: laplace\n")
                .contains("\n         log(e) |          1  (exposure)\n")
                .contains("\n       /lnalpha |  ")
                .contains("\nLR test vs. nbinomial model: ");
        assertThat(good("fit", data, "t ~ x + (1 | g)", "--family", "gamma", "--link", "log")
                        .out())
                .startsWith("Mixed-effects GLM ")
                .contains("\nFamily: Gamma\nLink:   Log\n");
    }

    @Test
    void ratios_are_exponentiated_with_their_intervals() {
        String[] fit = {"fit", data, "y ~ x + (1 | g)", "--family", "binomial"};
        JsonArray effects = json(good("fit", data, "y ~ x + (1 | g)", "--family", "binomial", "--output", "json"))
                .getAsJsonArray("fixedEffects");
        String table =
                good(fit[0], fit[1], fit[2], fit[3], fit[4], "--odds-ratio").out();
        String row = table.lines().filter(l -> l.contains("  x |")).findFirst().orElseThrow();
        String[] shown = row.substring(row.indexOf('|') + 1).strip().split("\\s+");
        double b = number(effects, 1, "estimate");
        double se = number(effects, 1, "standardError");
        assertThat(Double.parseDouble(shown[0])).isCloseTo(Math.exp(b), within(1e-6));
        assertThat(Double.parseDouble(shown[1])).isCloseTo(Math.exp(b) * se, within(1e-6));
        assertThat(Double.parseDouble(shown[2])).isCloseTo(b / se, within(0.005));
        assertThat(Double.parseDouble(shown[4])).isCloseTo(Math.exp(number(effects, 1, "lower")), within(1e-6));
        assertThat(Double.parseDouble(shown[5])).isCloseTo(Math.exp(number(effects, 1, "upper")), within(1e-6));
        assertThat(table)
                .contains(" | Odds ratio   Std. err. ")
                .contains("\nNote: Estimates are transformed only in the first equation to odds ratios.\n"
                        + "Note: (Intercept) estimates baseline odds (conditional on zero random effects).\nLR test");
        assertThat(good("fit", data, "k ~ x + (1 | g)", "--family", "poisson", "--irr")
                        .out())
                .contains(" |        IRR   Std. err. ")
                .contains(" to incidence-rate ratios.\n");
    }

    @Test
    void ratios_of_another_family_are_refused() {
        Run odds = Run.of("fit", data, "k ~ x + (1 | g)", "--family", "poisson", "--odds-ratio");
        assertThat(odds.status()).isEqualTo(1);
        assertThat(odds.err())
                .isEqualTo(
                        "--odds-ratio shows odds ratios, which the logit link gives; this model has the family 'poisson'"
                                + " with the link 'log'.\nMaybe --family binomial.\n");
        Run rates = Run.of("fit", data, "t ~ x + (1 | g)", "--irr");
        assertThat(rates.err()).startsWith("--irr shows rate ratios, which counts with the log link give; ");
    }

    @Test
    void means_follow_from_the_linear_predictor_and_residuals_from_means() {
        String file = save("fit.json", "won/n ~ x + (1 | g)", "--family", "binomial", "--integration", "agq");
        String what = "xb,eta,mu,pr,residuals,pearson,deviance,reffects";
        List<double[]> rows = numbers(good("predict", file, data, "--what", what));
        List<String> lines = dataLines();
        for (int i = 0; i < rows.size(); i++) {
            double[] v = rows.get(i);
            String[] cells = lines.get(i).split(",");
            double won = Double.parseDouble(cells[1]);
            double n = Double.parseDouble(cells[2]);
            assertThat(v[2]).isCloseTo(v[1] + v[8], within(1e-12));
            double p = 1 / (1 + Math.exp(-v[2]));
            assertThat(v[4]).isCloseTo(p, within(1e-13));
            assertThat(v[3]).isCloseTo(n * p, within(1e-12));
            assertThat(v[5]).isCloseTo(won - n * p, within(1e-12));
            assertThat(v[6]).isCloseTo((won - n * p) / Math.sqrt(n * p * (1 - p)), within(1e-11));
            double half = term(won, n * p) + term(n - won, n * (1 - p));
            assertThat(v[7]).isCloseTo(Math.copySign(Math.sqrt(2 * half), won - n * p), within(1e-6));
        }
    }

    private static double term(double y, double mu) {
        return y == 0 ? mu : y * Math.log(y / mu) - y + mu;
    }

    private List<String> dataLines() {
        try {
            return Files.readAllLines(Path.of(data)).stream().skip(1).toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_mean_of_predictions_depends_on_what_stands_for_the_effects() {
        String file = save("fit.json", "y ~ x + (1 | g)", "--family", "binomial", "--integration", "agq");
        List<double[]> fixed = numbers(good("predict", file, data, "--what", "pr,xb", "--fixed-only"));
        List<double[]> marginal = numbers(good("predict", file, data, "--marginal"));
        double variance = JsonParser.parseString(read(file))
                .getAsJsonObject()
                .getAsJsonArray("randomEffects")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("covariance")
                .get(0)
                .getAsJsonArray()
                .get(0)
                .getAsDouble();
        for (int i = 0; i < fixed.size(); i += 17) {
            double eta = fixed.get(i)[2];
            assertThat(fixed.get(i)[1]).isCloseTo(1 / (1 + Math.exp(-eta)), within(1e-13));
            double sum = 0;
            for (double u = -8; u < 8; u += 1e-3) {
                sum += 1e-3
                        * Math.exp(-u * u / 2)
                        / Math.sqrt(2 * Math.PI)
                        / (1 + Math.exp(-eta - Math.sqrt(variance) * u));
            }
            assertThat(marginal.get(i)[1]).isCloseTo(sum, within(1e-10));
        }
        Run refused = Run.of("predict", file, data, "--what", "pearson", "--marginal");
        assertThat(refused.err())
                .startsWith("'pearson' is about a mean at some random effects, and cannot be marginal.");
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void modes_and_means_have_errors_and_both_are_near_each_other() {
        String file = save("fit.json", "y ~ x + (1 | g)", "--family", "binomial");
        List<double[]> modes = numbers(good("predict", file, data, "--what", "reffects,reses"));
        List<double[]> means = numbers(good("predict", file, data, "--what", "reffects,reses", "--effects", "means"));
        double most = 0;
        for (int i = 0; i < modes.size(); i++) {
            most = Math.max(most, Math.abs(modes.get(i)[1] - means.get(i)[1]));
            assertThat(means.get(i)[1]).isCloseTo(modes.get(i)[1], within(0.1));
            assertThat(means.get(i)[2]).isCloseTo(modes.get(i)[2], within(0.1));
        }
        assertThat(most).isGreaterThan(1e-3);
    }

    @Test
    void new_rows_need_no_response_and_unseen_levels_have_no_effect() throws IOException {
        String file = save("fit.json", "o ~ x + sex + (1 | g)", "--family", "ordinal", "--integration", "agq");
        Path other = Files.writeString(folder.resolve("new.csv"), "x,sex,g\n0.5,F,3\n0.5,F,999\n-1,M,4\n");
        Run run = Run.of("predict", file, other.toString(), "--what", "pr,eta,xb,reffects");
        assertThat(run.status()).isZero();
        assertThat(run.err()).isEqualTo("1 rows have levels of g that the fit has not seen; their effects are zero.\n");
        assertThat(run.out()).startsWith("row,pr(1),pr(2),pr(3),eta,xb,reffects(g:(Intercept))\n");
        List<double[]> rows = numbers(run);
        for (double[] v : rows) {
            assertThat(v[1] + v[2] + v[3]).isCloseTo(1, within(1e-13));
        }
        assertThat(rows.get(1)[4]).isEqualTo(rows.get(1)[5]);
        assertThat(rows.get(1)[6]).isZero();
        String poisson = save("k.json", "k ~ x + (1 | g)", "--family", "poisson");
        List<double[]> means =
                numbers(Run.of("predict", poisson, other.toString(), "--what", "mu,pearson", "--fixed-only"));
        assertThat(means.get(0)[1]).isPositive();
        assertThat(means.get(0)[2]).isNaN();
    }

    @Test
    void rows_of_the_fit_are_predicted_alike_from_other_data() throws IOException {
        String file = save("fit.json", "won/n ~ x + sex + (1 | g)", "--family", "binomial");
        Path other = folder.resolve("same.csv");
        Files.writeString(other, Files.readString(Path.of(data)) + "1,1,1,1,1,1,0,0,F,0,0,1\n");
        List<double[]> own = numbers(good("predict", file, data, "--what", "mu,deviance,anscombe"));
        List<double[]> again = numbers(good("predict", file, other.toString(), "--what", "mu,deviance,anscombe"));
        assertThat(again).hasSize(own.size() + 1);
        for (int i = 0; i < own.size(); i++) {
            assertThat(again.get(i)).containsExactly(own.get(i), within(1e-12));
        }
    }

    @Test
    void likelihood_ratio_tests_know_families_links_and_rules() {
        String small = save("small.json", "y ~ x + (1 | g)", "--family", "binomial");
        String large = save("large.json", "y ~ x + sex + (1 | g)", "--family", "binomial");
        assertThat(good("lrtest", small, large).out()).contains("LR chi2(1) = ");
        String probit = save("probit.json", "y ~ x + sex + (1 | g)", "--family", "binomial", "--link", "probit");
        assertThat(Run.of("lrtest", small, probit).err())
                .isEqualTo("small and probit have different links: logit and probit.\n");
        String fine = save("fine.json", "y ~ x + sex + (1 | g)", "--family", "binomial", "--integration", "agq");
        assertThat(Run.of("lrtest", small, fine).err())
                .startsWith("small and fine are integrated differently: laplace, 1 points and agq, 7 points; ");
        assertThat(good("lrtest", small, fine, "--force").out()).contains("LR chi2(1) = ");
    }

    @Test
    void intraclass_correlations_take_the_latent_variance() {
        String file = save("fit.json", "y ~ x + (1 | g)", "--family", "binomial");
        JsonObject icc = json(good("estat", "icc", file, "--output", "json"));
        double variance = JsonParser.parseString(read(file))
                .getAsJsonObject()
                .getAsJsonObject("varianceParameters")
                .getAsJsonArray("estimates")
                .get(0)
                .getAsDouble();
        double rho = icc.getAsJsonArray("levels")
                .get(0)
                .getAsJsonObject()
                .get("estimate")
                .getAsDouble();
        assertThat(rho).isCloseTo(variance / (variance + Math.PI * Math.PI / 3), within(1e-13));
        String counts = save("k.json", "k ~ x + (1 | g)", "--family", "poisson");
        assertThat(Run.of("estat", "icc", counts).err())
                .startsWith(
                        "Intraclass correlations need a residual variance, and the family 'poisson' with the link 'log'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--effects means", "--fixed-only", "--marginal"})
    void binary_diagnostics_follow_from_the_predictions(String kind) {
        String file = save("fit.json", "y ~ x + (1 | g)", "--family", "binomial", "--integration", "agq");
        List<String> args = new ArrayList<>(kind.isEmpty() ? List.of() : List.of(kind.split(" ")));
        List<double[]> p = numbers(run(args, "predict", file, data, "--what", "pr"));
        List<String> lines = dataLines();
        double hits = 0;
        double area = 0;
        double pairs = 0;
        for (int i = 0; i < p.size(); i++) {
            boolean one = lines.get(i).startsWith("1");
            hits += (p.get(i)[1] >= 0.4) == one ? 1 : 0;
            for (int j = 0; j < p.size(); j++) {
                if (one && lines.get(j).startsWith("0")) {
                    area += p.get(i)[1] > p.get(j)[1] ? 1 : p.get(i)[1] == p.get(j)[1] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        JsonObject table =
                json(run(args, "estat", "classification", file, data, "--cutoff", "0.4", "--output", "json"));
        assertThat(table.get("correct").getAsDouble()).isCloseTo(hits / p.size(), within(1e-14));
        JsonObject roc = json(run(args, "estat", "lroc", file, data, "--output", "json"));
        assertThat(roc.get("area").getAsDouble()).isCloseTo(area / pairs, within(1e-12));
        assertThat(roc.get("standardError").getAsDouble()).isBetween(0.01, 0.1);
        JsonObject gof = json(run(args, "estat", "gof", file, data, "--groups", "8", "--output", "json"));
        assertThat(gof.getAsJsonArray("groups")).hasSizeBetween(4, 8);
        assertThat(run(args, "estat", "gof", file, data).out()).contains("Hosmer-Lemeshow chi2(");
    }

    private static Run run(List<String> more, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(more);
        return good(all.toArray(String[]::new));
    }

    @Test
    void diagnostics_of_other_responses_are_refused() {
        String file = save("k.json", "k ~ x + (1 | g)", "--family", "poisson");
        assertThat(Run.of("estat", "lroc", file, data).err()).startsWith("'pr' is the probability of a success");
        assertThat(Run.of("estat", "lroc", file).err()).startsWith("estat lroc needs the data beside the fit");
    }

    /** Joint score sandwich of R's agq-engine, CR0: reference cases contraception, cbpp and epil. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cbpp.csv; cbind(incidence, noninc) ~ period + (1 | herd); --family binomial --factor period=1,2,3,4"
                        + " --integration agq --points 25; 0.286268314236083 0.454576096204705 0.513498477359322 0.362009212323247",
                "contraception.csv; usen ~ urban + age + livch + (1 | district); --family binomial --factor urban=N,Y --factor"
                        + " livch=0,1,2,3+ --integration laplace; 0.189042647741611 0.1652635501076 0.00712446940108231"
                        + " 0.192994414132925 0.166203118493976 0.201864852472631",
                "epil.csv; y ~ lbaseR * trt + lageR + V4 + (1 | subject); --family poisson --factor trt=placebo,progabide"
                        + " --integration agq --points 25; 0.216905702816658 0.110825373911428 0.397195452805008"
                        + " 0.299268725253225 0.0651407537527159 0.198881800830042",
            })
    void robust_standard_errors_are_those_of_the_reference(
            String file, String formula, String options, String expected) {
        List<String> args = new ArrayList<>(List.of("fit", Path.of(CASES, file).toString(), formula));
        args.addAll(List.of(options.strip().split(" ")));
        args.addAll(List.of("--robust", "--output", "json"));
        JsonArray effects = json(good(args.toArray(String[]::new))).getAsJsonArray("fixedEffects");
        String[] numbers = expected.strip().split(" ");
        assertThat(effects).hasSize(numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            double se = Double.parseDouble(numbers[i]);
            assertThat(number(effects, i, "standardError")).isCloseTo(se, within(1e-8 * se));
        }
    }

    @Test
    void robust_errors_of_crossed_factors_are_refused_with_the_reason() {
        Run run = Run.of("fit", data, "y ~ x + (1 | g) + (1 | sex)", "--family", "binomial", "--robust");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("Robust standard errors need clusters in which all groups are nested");
    }

    @Test
    void without_random_effects_each_row_is_a_cluster() {
        JsonObject own = json(good("fit", data, "y ~ x", "--family", "binomial", "--robust", "--output", "json"));
        assertThat(own.getAsJsonObject("clusters").get("count").getAsInt()).isEqualTo(240);
        JsonArray effects = own.getAsJsonArray("fixedEffects");
        double[] b = {number(effects, 0, "estimate"), number(effects, 1, "estimate")};
        double[][] bread = new double[2][2];
        double[][] meat = new double[2][2];
        for (String line : dataLines()) {
            String[] cells = line.split(",");
            double[] x = {1, Double.parseDouble(cells[6])};
            double p = 1 / (1 + Math.exp(-b[0] - b[1] * x[1]));
            double e = Double.parseDouble(cells[0]) - p;
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    bread[j][k] += p * (1 - p) * x[j] * x[k];
                    meat[j][k] += e * e * x[j] * x[k];
                }
            }
        }
        double det = bread[0][0] * bread[1][1] - bread[0][1] * bread[1][0];
        double[] row = {-bread[1][0] / det, bread[0][0] / det}; // of the inverse
        double variance = 0;
        for (int j = 0; j < 2; j++) {
            for (int k = 0; k < 2; k++) {
                variance += row[j] * meat[j][k] * row[k];
            }
        }
        assertThat(number(effects, 1, "standardError")).isCloseTo(Math.sqrt(variance), within(1e-9));
    }
}
