package henderson.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may see whom: everything points to {@code api}; plug-in modules are seen by nobody. */
class WallsTest {
    /** Package root of each module, with the roots it may use. */
    private static final Map<String, List<String>> SEES = Map.ofEntries(
            Map.entry("api", List.of()),
            Map.entry("linalg", List.of()),
            Map.entry("blas", List.of("linalg")),
            Map.entry("structures", List.of("api")),
            Map.entry("optimizers", List.of("api")),
            Map.entry("equations", List.of("api", "linalg")),
            Map.entry("em", List.of("api", "equations")),
            Map.entry("newton", List.of("api", "linalg", "equations")),
            Map.entry("glmm", List.of("api", "linalg", "equations")),
            Map.entry("data", List.of("api", "linalg")),
            Map.entry("inference", List.of("api", "linalg", "equations")),
            Map.entry("report", List.of("api", "inference")),
            Map.entry("framework", List.of("api", "linalg", "data", "equations", "inference")),
            Map.entry("validation", List.of("api", "data", "inference", "report", "framework")),
            Map.entry("cli", List.of("api", "data", "inference", "report", "framework", "validation")));

    private static final String[] NUMERIC = {
        "henderson.api..",
        "henderson.linalg..",
        "henderson.structures..",
        "henderson.optimizers..",
        "henderson.equations..",
        "henderson.em..",
        "henderson.newton..",
        "henderson.glmm..",
        "henderson.inference.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // on the class path for tests alone
            .withImportOption(location -> !location.contains("testkit"))
            .importPackages("henderson");

    private static String root(JavaClass type) {
        return type.getPackageName().split("\\.")[1];
    }

    static Stream<String> roots() {
        return new TreeSet<>(SEES.keySet()).stream();
    }

    @Test
    void every_module_is_known_here() {
        assertThat(OURS.stream().map(WallsTest::root).distinct()).containsExactlyInAnyOrderElementsOf(SEES.keySet());
    }

    @ParameterizedTest
    @MethodSource("roots")
    void module_sees_only_what_the_design_allows(String root) {
        String[] forbidden = SEES.keySet().stream()
                .filter(other -> !other.equals(root) && !SEES.get(root).contains(other))
                .map(other -> "henderson." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("henderson." + root + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(forbidden))
                .check(OURS);
    }

    @Test
    void modules_form_no_circle() {
        slices().matching("henderson.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void injector_is_made_in_framework_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("henderson.framework..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.google.inject.Guice")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("com.google.inject.Injector")
                .check(OURS);
    }

    @Test
    void guice_stays_at_the_edge() {
        noClasses()
                .that()
                .resideOutsideOfPackages("henderson.framework..", "henderson.api.plugin..")
                .and()
                .haveSimpleNameNotEndingWith("Plugin")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.inject..")
                .check(OURS);
    }

    @Test
    void only_cli_prints_and_ends_the_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage("henderson.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(OURS);
    }

    @Test
    void numeric_modules_do_not_log() {
        noClasses()
                .that()
                .resideInAnyPackage(NUMERIC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "java.lang.System$Logger")
                .check(OURS);
    }
}
