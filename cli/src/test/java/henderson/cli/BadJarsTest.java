package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plug-in jars that bring nothing, that bring what is there already, or that were built against another version. */
class BadJarsTest {
    private static final String SERVICE = "META-INF/services/henderson.api.plugin.HendersonPlugin";
    private static final String PIG = "../validation/data/pig.csv";
    private static final String FORMULA = "weight ~ week + (1 | id)";

    /** A plug-in with one optimizer, whose {@code minimize} does what is put in. */
    private static final String OPTIMIZER =
            """
            package theirs;
            import henderson.api.*;
            public final class Theirs extends henderson.api.plugin.HendersonPlugin implements Optimizer {
                @Override protected void plugins() { %s }
                @Override public String name() { return "%s"; }
                @Override public Optimum minimize(Objective f, double[] start, Limits l,
                        java.util.function.Consumer<Step> s) { %s }
            }
            """;

    @TempDir
    private Path folder;

    private static String refused(String... args) {
        Run run = Run.of(args);
        assertThat(run.status()).as(run.err()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).doesNotContain("\tat ");
        assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
        return run.err();
    }

    private Path classes(String classPath, Map<String, String> sources) throws IOException {
        Path classes = Files.createTempDirectory(folder, "classes");
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        List<JavaFileObject> files = new ArrayList<>();
        sources.forEach((name, source) -> files.add(
                new SimpleJavaFileObject(
                        URI.create("string:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                }));
        try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            manager.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            assertThat(javac.getTask(null, manager, null, List.of("--class-path", classPath), null, files)
                            .call())
                    .isTrue();
        }
        return classes;
    }

    /** A jar of the classes of package {@code theirs}, registered under {@code theirs.Theirs}. */
    private Path jar(Path classes) throws IOException {
        Path jar = folder.resolve("theirs.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes.resolve("theirs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(out, classes.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
            put(out, SERVICE, "theirs.Theirs".getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
        out.closeEntry();
    }

    private Path jar(Map<String, String> sources) throws IOException {
        return jar(classes(System.getProperty("java.class.path"), sources));
    }

    /** A jar compiled against a class of the API as another version might have had it. */
    private Path jarForAnotherApi(String apiClass, String apiSource, String theirs) throws IOException {
        Path other = classes(System.getProperty("java.class.path"), Map.of(apiClass, apiSource));
        String classPath = other + System.getProperty("path.separator") + System.getProperty("java.class.path");
        return jar(classes(classPath, Map.of("theirs.Theirs", theirs)));
    }

    @Test
    void jar_without_a_plug_in_is_named() throws IOException {
        Path jar = folder.resolve("library.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, "readme.txt", new byte[] {1});
        }
        assertThat(refused("plugins", "--plugins", jar.toString()))
                .startsWith(jar + " holds no plug-in: " + SERVICE + " is not in it.")
                .contains("Maybe it is a library that a plug-in needs");
    }

    @Test
    void empty_list_of_plug_ins_is_no_plug_in() throws IOException {
        Path jar = folder.resolve("empty.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, SERVICE, "# nothing yet\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refused("fit", PIG, FORMULA, "--plugins", jar.toString()))
                .startsWith(jar + " holds no plug-in: " + SERVICE + " names no class.");
    }

    @Test
    void text_that_is_called_a_jar_is_named() throws IOException {
        Path jar = Files.writeString(folder.resolve("text.jar"), "not a jar");
        assertThat(refused("plugins", "--plugins", jar.toString())).startsWith(jar + " is not a jar: ");
    }

    @Test
    void name_already_taken_names_both_classes() throws IOException {
        Path jar = jar(Map.of(
                "theirs.Theirs", OPTIMIZER.formatted("optimizer(this);", "trust-region-newton", "return null;")));
        assertThat(refused("fit", PIG, FORMULA, "--plugins", jar.toString()))
                .startsWith("Two plug-ins register the optimizer 'trust-region-newton': ")
                .contains("henderson.optimizers.TrustRegionNewton", "theirs.Theirs");
    }

    @Test
    void same_jar_under_two_names_is_refused_naming_the_class() throws IOException {
        Path jar = jar(Map.of("theirs.Theirs", OPTIMIZER.formatted("optimizer(this);", "theirs", "return null;")));
        Path copy = Files.copy(jar, folder.resolve("copy.jar"));
        Run run = Run.of("plugins", "--plugins", jar.toString(), "--plugins", copy.toString());
        // one class loader: the second copy is never loaded
        assertThat(run.status()).isZero();
        assertThat(run.out()).containsOnlyOnce("theirs.Theirs");
    }

    @Test
    void verb_of_another_version_is_one_message() throws IOException {
        String other = Files.readString(Path.of("../api/src/main/java/henderson/api/plugin/HendersonPlugin.java"))
                .replace(
                        "/** Registers a combinator",
                        "protected final void sorcery(Object o) {} /** Registers a combinator");
        Path jar = jarForAnotherApi(
                "henderson.api.plugin.HendersonPlugin",
                other,
                OPTIMIZER.formatted("sorcery(this);", "theirs", "return null;"));
        assertThat(refused("fit", PIG, FORMULA, "--plugins", jar.toString()))
                .contains("theirs.Theirs", "sorcery")
                .contains("Maybe it was built for another version of Henderson");
    }

    @Test
    void super_class_that_is_gone_is_one_message() throws IOException {
        Path jar = jarForAnotherApi(
                "henderson.api.Gone",
                "package henderson.api; public interface Gone {}",
                OPTIMIZER
                        .formatted("optimizer(this);", "theirs", "return null;")
                        .replace("implements Optimizer", "implements Optimizer, Gone"));
        assertThat(refused("plugins", "--plugins", jar.toString()))
                .contains("henderson/api/Gone")
                .contains("Maybe it was built for another version of Henderson");
    }

    @Test
    void method_that_is_gone_is_one_message_though_it_shows_only_in_the_fit() throws IOException {
        Path jar = jarForAnotherApi(
                "henderson.api.Gone",
                "package henderson.api; public interface Gone { static Optimizer.Optimum no() { return null; } }",
                OPTIMIZER.formatted("optimizer(this);", "theirs", "return Gone.no();"));
        assertThat(refused("fit", PIG, FORMULA, "--optimizer", "theirs", "--plugins", jar.toString()))
                .contains("henderson/api/Gone", "theirs.jar")
                .contains("Maybe it was built for another version of Henderson");
    }

    @Test
    void method_of_the_interface_that_is_missing_is_one_message() throws IOException {
        String older = Files.readString(Path.of("../api/src/main/java/henderson/api/Optimizer.java"))
                .replaceFirst("Optimum minimize\\(", "Optimum minimise(");
        Path jar = jarForAnotherApi(
                "henderson.api.Optimizer",
                older,
                OPTIMIZER
                        .formatted("optimizer(this);", "theirs", "return null;")
                        .replace("minimize", "minimise"));
        assertThat(refused("fit", PIG, FORMULA, "--optimizer", "theirs", "--plugins", jar.toString()))
                .contains("minimize", "theirs.jar")
                .contains("Maybe it was built for another version of Henderson");
    }

    @Test
    void plug_in_that_throws_when_it_registers_is_one_message() throws IOException {
        Path jar = jar(Map.of(
                "theirs.Theirs",
                OPTIMIZER.formatted("throw new IllegalStateException(\"no licence\");", "theirs", "return null;")));
        assertThat(refused("plugins", "--plugins", jar.toString())).contains("theirs.Theirs", "no licence");
    }

    @Test
    void plug_in_without_a_public_constructor_is_one_message() throws IOException {
        Path jar = jar(Map.of(
                "theirs.Theirs",
                OPTIMIZER
                        .formatted("optimizer(this);", "theirs", "return null;")
                        .replace(
                                "@Override protected void plugins",
                                "Theirs(int i) {} @Override protected void plugins")));
        assertThat(refused("plugins", "--plugins", jar.toString())).contains("theirs.Theirs");
    }

    @Test
    void jar_of_a_newer_java_is_one_message() throws IOException {
        Path classes = classes(
                System.getProperty("java.class.path"),
                Map.of("theirs.Theirs", OPTIMIZER.formatted("optimizer(this);", "theirs", "return null;")));
        Path file = classes.resolve("theirs/Theirs.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = 120; // class file version of a Java to come
        Files.write(file, bytes);
        assertThat(refused("plugins", "--plugins", jar(classes).toString()))
                .contains("UnsupportedClassVersionError")
                .contains("or for a newer Java");
    }
}
