package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Side;
import henderson.framework.Henderson.Installed;
import henderson.testkit.KnownFits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HendersonTest {
    private static final String STRUCTURE =
            """
            package %1$s;
            import henderson.api.*;
            import java.util.List;
            import org.ejml.data.DMatrixRMaj;
            public final class Mine extends henderson.api.plugin.HendersonPlugin implements CovarianceStructure {
                @Override protected void plugins() { structure(this); }
                @Override public String name() { return "%2$s"; }
                @Override public BoundStructure bind(Arguments a, Positions p) { throw new UnsupportedOperationException(); }
            }
            """;

    @TempDir
    private Path folder;

    private Path structureJar(String packageName, String structureName) {
        return PluginJars.jar(
                folder.resolve(packageName + ".jar"),
                packageName + ".Mine",
                STRUCTURE.formatted(packageName, structureName),
                true);
    }

    @Test
    void class_path_offers_the_built_in_structures() {
        assertThat(Henderson.create().registry().structures(Side.RANDOM).keySet())
                .contains("identity", "independent", "exchangeable", "unstructured", "us", "diag");
    }

    @Test
    void class_path_offers_families_and_links() {
        assertThat(Henderson.create().registry().families().keySet())
                .contains(
                        "binomial",
                        "bernoulli",
                        "poisson",
                        "negative-binomial",
                        "nbinomial",
                        "nb1",
                        "gamma",
                        "ordinal");
        assertThat(Henderson.create().registry().links().keySet())
                .contains("logit", "probit", "cloglog", "log", "sqrt");
    }

    @Test
    void structure_in_a_jar_of_its_own_is_found() {
        Henderson henderson = Henderson.create(List.of(structureJar("mine", "my-structure")));
        assertThat(henderson.registry().structure(Side.RANDOM, "my-structure").getClass())
                .hasToString("class mine.Mine");
        assertThat(henderson.plugins())
                .contains(new Installed("covariance structure", "my-structure", "mine.Mine", "mine.jar"));
    }

    @Test
    void folder_may_hold_plug_ins_and_the_libraries_they_need() {
        structureJar("one", "first");
        structureJar("two", "second");
        PluginJars.jar(folder.resolve("library.jar"), "lib.Helper", "package lib; public class Helper {}", false);
        assertThat(Henderson.create(List.of(folder)).registry().structures(Side.RESIDUAL))
                .containsKeys("first", "second");
    }

    @Test
    void jar_without_a_plug_in_is_named() {
        Path jar = PluginJars.jar(
                folder.resolve("library.jar"), "lib.Helper", "package lib; public class Helper {}", false);
        assertThatThrownBy(() -> Henderson.create(List.of(jar)))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith(jar + " holds no plug-in: META-INF/services/");
    }

    @Test
    void folder_without_jars_is_named() {
        assertThatThrownBy(() -> Henderson.create(List.of(folder)))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith(folder + " holds no plug-in");
    }

    @Test
    void path_that_does_not_exist_is_named() {
        Path missing = folder.resolve("no.jar");
        assertThatThrownBy(() -> Henderson.create(List.of(missing)))
                .isInstanceOf(HendersonException.class)
                .hasMessage("There is no plug-in file or folder " + missing + ".");
    }

    @Test
    void file_that_is_no_jar_is_named() throws Exception {
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertThatThrownBy(() -> Henderson.create(List.of(text)))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith(text + " is not a jar: ");
    }

    @Test
    void plug_in_that_cannot_be_loaded_is_named() {
        Path jar = PluginJars.withService(folder.resolve("broken.jar"), "no.such.Plugin");
        assertThatThrownBy(() -> Henderson.create(List.of(jar)))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("no.such.Plugin");
    }

    @Test
    void name_taken_twice_names_both_classes() {
        List<Path> jars = List.of(structureJar("one", "same"), structureJar("two", "same"));
        assertThatThrownBy(() -> Henderson.create(jars))
                .isInstanceOf(HendersonException.class)
                .hasMessageContainingAll("'same'", "one.Mine", "two.Mine");
    }

    @Test
    void plug_ins_are_listed_by_kind_and_name_with_their_jar() {
        List<Installed> plugins = Henderson.create().plugins();
        assertThat(plugins)
                .filteredOn(p -> p.kind().equals("covariance structure"))
                .extracting(Installed::name)
                .isSorted()
                .contains("unstructured")
                .doesNotHaveDuplicates();
        assertThat(plugins).allSatisfy(p -> assertThat(p.origin()).isNotEmpty());
    }

    @Test
    void unknown_estimator_lists_the_known_ones() {
        Model model = KnownFits.pig().model();
        FitOptions options = FitOptions.DEFAULT.withEstimator("magic");
        assertThatThrownBy(() -> Henderson.create().fit(model, options))
                .isInstanceOf(HendersonException.class)
                .hasMessageContainingAll("No estimator is named 'magic'", "choosy");
    }

    @Test
    void unknown_optimizer_is_refused_before_the_fit() {
        Model model = KnownFits.pig().model();
        FitOptions options = FitOptions.DEFAULT.withEstimator("choosy").withOptimizer("magic");
        assertThatThrownBy(() -> Henderson.create().fit(model, options))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("No optimizer is named 'magic'");
    }

    @Test
    void estimator_that_refuses_gives_its_reason() {
        Model model = KnownFits.sleepstudy().model();
        FitOptions options = FitOptions.DEFAULT.withEstimator("choosy");
        assertThatThrownBy(() -> Henderson.create().fit(model, options))
                .isInstanceOf(HendersonException.class)
                .hasMessage("The estimator 'choosy' cannot fit this model: it likes pigs only.");
    }

    @Test
    void estimator_gets_as_many_threads_as_asked_for() {
        Fit one = Henderson.create().fit(KnownFits.pig().model(), FitOptions.DEFAULT.withEstimator("choosy"));
        Fit three = Henderson.create()
                .fit(
                        KnownFits.pig().model(),
                        FitOptions.DEFAULT.withEstimator("choosy").withThreads(3));
        assertThat(one.evaluations()).isEqualTo(1);
        assertThat(three.evaluations()).isEqualTo(3);
    }

    /** Fits pigs; reports the number of threads as its evaluations. */
    static final class Choosy implements henderson.api.Estimator {
        @Override
        public String name() {
            return "choosy";
        }

        @Override
        public String refusal(Model model, FitOptions options) {
            return model.responseName().equals("weight") ? null : "it likes pigs only";
        }

        @Override
        public Fit fit(Model model, FitOptions options, FitContext context) {
            Fit f = KnownFits.pig();
            return new Fit(
                    model,
                    options,
                    name(),
                    "none",
                    f.logLikelihood(),
                    f.nullLogLikelihood(),
                    f.beta(),
                    f.betaCovariance(),
                    f.sigma2(),
                    f.random(),
                    f.residual(),
                    f.parameters(),
                    f.parameterCovariance(),
                    f.convergence(),
                    f.certificate(),
                    f.history(),
                    context.clusters().threads(),
                    f.effects(),
                    f.notes(),
                    f.seconds());
        }
    }

    /** Brings {@link Choosy}. */
    public static final class ChoosyPlugin extends henderson.api.plugin.HendersonPlugin {
        @Override
        protected void plugins() {
            estimator(new Choosy());
        }
    }
}
