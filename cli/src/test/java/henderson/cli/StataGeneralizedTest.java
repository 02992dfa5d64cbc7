package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

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

/** Stata's commands for generalized models, and what follows them in a script. */
class StataGeneralizedTest {
    @TempDir
    private Path folder;

    private String data;

    @BeforeEach
    void makeData() throws IOException {
        Random random = new Random(7);
        StringBuilder csv = new StringBuilder("y,k,o,x,race,g,h,e\n");
        for (int g = 0; g < 24; g++) {
            double effect = 0.9 * random.nextGaussian();
            for (int i = 0; i < 7; i++) {
                double x = random.nextInt(31) / 10.0;
                double eta = -1 + 0.6 * x + effect;
                int k = 0;
                for (double q = random.nextDouble(); q > Math.exp(-Math.exp(eta)); q *= random.nextDouble()) {
                    k++;
                }
                double latent = eta + Math.log(1 / random.nextDouble() - 1);
                csv.append(String.format(
                        Locale.ROOT,
                        "%d,%d,%d,%s,%d,%d,%d,%d%n",
                        latent > 0 ? 1 : 0,
                        k,
                        latent < -1 ? 1 : latent < 1 ? 2 : 3,
                        x,
                        1 + random.nextInt(3),
                        g,
                        g / 4,
                        1 + random.nextInt(5)));
            }
        }
        data = Files.writeString(folder.resolve("data.csv"), csv).toString();
    }

    private static String good(String... args) {
        Run run = Run.of(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        return run.out();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "melogit y x || g:; Mixed-effects logistic regression; logistic",
                "meprobit y x || g:; Mixed-effects probit regression; probit",
                "mecloglog y x || g:; Mixed-effects cloglog regression; cloglog",
                "mepoisson k x, exposure(e) || g:; Mixed-effects Poisson regression; Poisson",
                "menbreg k x || g:; Mixed-effects nbinomial regression; nbinomial",
                "meologit o x || g:; Mixed-effects ologit regression; ologit",
                "meoprobit o x || g:; Mixed-effects oprobit regression; oprobit",
                "meglm y x || g:, family(bernoulli); Mixed-effects GLM; logistic",
            })
    void each_command_has_its_title_and_its_smaller_model(String command, String title, String model) {
        String out = good("stata", data, command + (command.endsWith(":") ? ", nolog" : " nolog"));
        assertThat(out)
                .startsWith(title)
                .contains("\nIntegration method: mvaghermite                 Integration pts.  =          7\n")
                .contains("\nLR test vs. " + model + " model: chibar2(01) = ")
                .contains("\n   var(_cons)|   ")
                .doesNotContain("Residual");
        assertThat(out.contains("\nFamily: Bernoulli\nLink:   Logit\n")).isEqualTo(command.startsWith("meglm"));
        assertThat(out.contains("\n       /cut1 |  ")).isEqualTo(command.startsWith("meo"));
        assertThat(out.contains("\n       ln(e) |          1  (exposure)\n")).isEqualTo(command.startsWith("mepoi"));
    }

    @Test
    void nested_levels_are_headed_by_their_path_and_covariances_are_tested() {
        String nested = good("stata", data, "melogit y x || h: || g:, nolog");
        assertThat(nested).contains("\nh            |\n   var(_cons)|").contains("\nh>g          |\n   var(_cons)|");
        String slopes = good("stata", data, "mepoisson k x || g: x, cov(un) intpoints(5) nolog irr");
        assertThat(slopes).containsPattern("\ng +\\|\n +var\\(x\\)\\| +\\S+ +\\S+ {20,}\\S+ +\\S+\n");
        assertThat(slopes).containsPattern("\n +cov\\(x,_cons\\)\\| +\\S+ +\\S+ +-?\\S+ +[01]\\.\\d{3} +\\S+ +\\S+\n");
        assertThat(slopes).contains(" |        IRR   Std. err. ").contains("Integration pts.  =          5\n");
    }

    @Test
    void older_commands_keep_variance_components_in_a_table_of_their_own() {
        assertThat(good("stata", data, "meqrlogit y x || g:, nolog"))
                .contains("\n  Random-effects parameters  |   Estimate ")
                .contains("\ng: Identity                  |\n                  var(_cons) | ")
                .contains("\nIntegration points =   7                        Wald chi2(1)      =")
                .doesNotContain("Integration method")
                .doesNotContain("Residual");
        assertThat(good("stata", data, "meqrlogit y x || g:, laplace nolog"))
                .contains("\nIntegration points =   1 ")
                .contains("\nNote: Log-likelihood calculations are based on the Laplacian approximation.\n");
        assertThat(good("stata", data, "xtmelogit y x || g:, nolog")).contains("                   sd(_cons) | ");
    }

    @Test
    void a_script_goes_on_after_a_fit() {
        String out = good(
                "stata",
                data,
                "melogit y x || g:, nolog\nestimates store small\npredict p\npredict b, reffects reses(s)\npredict m,"
                        + " reffects ebmodes\npredict f if x > 1, pr conditional(fixedonly)\npredict a, mu marginal\npredict d,"
                        + " anscombe\nsummarize p b s m f a d\nestat icc\nestat ic\nestat sd\nestat recovariance\nestat"
                        + " classification, cutoff(.4)\nestat gof, group(5) table\nlroc, nograph\nquietly melogit y x i.race"
                        + " || g:\nlrtest small\ntestparm i.race\nlincom x - 2.race");
        assertThat(out)
                .contains("(posterior means of random effects)\n")
                .contains("Classification of y (conditional(ebmeans))\n")
                .contains("Classified + if predicted Pr(D) >= .4\n")
                .contains("          Number of groups =         5\n")
                .contains("Area under ROC curve     =    0.")
                .contains("LR chi2(2) = ")
                .contains("chi2(  2) = ");
    }

    @Test
    void ordered_outcomes_are_predicted_one_by_one() {
        String out = good(
                "stata",
                data,
                "meologit o x || g:, nolog\npredict p*\npredict q, outcome(2)\npredict r, pr outcome(#2)\ngenerate d = p1 + p2 +"
                        + " p3 - 1\ngenerate off = abs(q - p2) + abs(q - r)\nsummarize d off");
        assertThat(out).containsPattern("\n +off \\| +168 +0 +0 +0 +0\n");
        assertThat(Run.of("stata", data, "meologit o x || g:, nolog\npredict q, outcome(9)")
                        .err())
                .startsWith("Command: outcome() cannot be '9'.");
    }

    @Test
    void saved_fits_of_commands_are_verified() {
        String file = folder.resolve("fit.json").toString();
        good("stata", data, "melogit y x i.race || h: || g:, vce(robust)", "--save", file);
        assertThat(good("verify", file, data)).endsWith("Verified.\n");
        assertThat(good("predict", file, data, "--what", "mu,reffects", "--effects", "means"))
                .startsWith("row,mu,");
    }

    private static Path bangladesh() {
        String folder = System.getenv("HENDERSON_REFERENCE");
        assumeThat(folder).isNotNull();
        Path file = Path.of(folder, "data", "bangladesh.csv");
        assumeThat(file).exists();
        return file;
    }

    /** Printed by Stata 18 at grodri.github.io/multilevel/bangladesh, whose iterations end 1e-6 from the optimum. */
    @ParameterizedTest
    @CsvSource({
        "10, -.3855997",
        "24, -.4655188",
        "55, -.3224564",
        "59, -.4066908",
        "3, .2077022",
        "26, .0169653",
        "33, -.0822259",
        "37, .3139492",
        "38, -.1938299",
        "42, .2049814",
        "49, -.192383",
    })
    void posterior_means_are_those_that_stata_printed(int district, double printed) {
        String out = good(
                "stata",
                bangladesh().toString(),
                "melogit c_use i.urban age i.children || district:, nolog\npredict re, reffects\nsummarize re if district == "
                        + district);
        String row = out.lines()
                .filter(l -> l.startsWith("          re |"))
                .findFirst()
                .orElseThrow();
        double mean =
                Double.parseDouble(row.substring(row.indexOf('|') + 1).strip().split("\\s+")[1]);
        assertThat(mean).isCloseTo(printed, within(1e-5 * Math.sqrt(0.2156)));
    }

    @Test
    void the_table_of_contraceptive_use_is_stata_s() {
        assertThat(good(
                        "stata",
                        bangladesh().toString(),
                        "melogit c_use urban age child1 child2 child3 || district:, nolog"))
                .startsWith(
                        """
                        Mixed-effects logistic regression               Number of obs     =      1,934
                        Group variable: district                        Number of groups  =         60

                                                                        Obs per group:
                                                                                      min =          2
                                                                                      avg =       32.2
                                                                                      max =        118

                        Integration method: mvaghermite                 Integration pts.  =          7

                                                                        Wald chi2(5)      =     109.60
                        Log likelihood = -1206.8322                     Prob > chi2       =     0.0000

                        ------------------------------------------------------------------------------
                               c_use | Coefficient  Std. err.      z    P>|z|     [95% conf. interval]
                        -------------+----------------------------------------------------------------
                               urban |   .7322764   .1194857     6.13   0.000     .4980887    .9664641
                        """)
                .contains(
                        """
                        -------------+----------------------------------------------------------------
                        district     |
                           var(_cons)|   .2156185   .0733234                      .1107199    .4199003
                        ------------------------------------------------------------------------------
                        LR test vs. logistic model: chibar2(01) = 43.39       Prob >= chibar2 = 0.0000
                        """);
    }
}
