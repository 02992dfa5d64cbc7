package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a Maven and a Java that only note how they were called. */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "dirname",
            "readlink",
            "ls",
            "cksum",
            "tr",
            "find",
            "head",
            "sed",
            "mkdir",
            "cp",
            "mv",
            "rm",
            "touch",
            "date",
            "sleep",
            "ps",
            "cat");

    private static final String MAVEN =
            """
            #!/bin/sh
            echo "$*" >>"$LAUNCHER_TEST/builds"
            [ ! -f "$LAUNCHER_TEST/slow" ] || sleep 1
            if [ -f "$LAUNCHER_TEST/broken" ]; then echo '[ERROR] Fit.java:[1,1] no such thing'; exit 1; fi
            mkdir -p "$LAUNCHER_TEST/the house/cli/target/quick/lib"
            : >"$LAUNCHER_TEST/the house/cli/target/quick/lib/guice.jar"
            : >"$LAUNCHER_TEST/the house/cli/target/quick/henderson-cli-1.jar"
            """;

    private static final String JAVA =
            """
            #!/bin/sh
            case $1 in
                -version) echo 'openjdk version "'"${JAVA_VERSION:-17.0.15}"'" 2025-04-15' >&2; exit 0 ;;
                -XX:DumpLoadedClassList=*) echo "$*" >"${1#*=}"; exit 0 ;;
                -Xshare:dump) cp "${2#*=}" "${3#*=}"; exit 0 ;;
            esac
            for a in "$@"; do echo "<$a>"; done
            exit 3
            """;

    @TempDir
    private Path root;

    private Path house;
    private Path bin;

    private record Result(int status, String out, String err) {}

    @BeforeEach
    void makeHouse() throws IOException {
        house = Files.createDirectories(root.resolve("the house"));
        bin = Files.createDirectories(root.resolve("bin"));
        Path script = Path.of("..", "henderson").toAbsolutePath().normalize();
        Files.copy(script, house.resolve("henderson"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.writeString(house.resolve("pom.xml"), "<project/>");
        Files.createDirectories(house.resolve("api/src/main/java"));
        Files.writeString(house.resolve("api/src/main/java/Fit.java"), "class Fit {}");
        Files.writeString(house.resolve("api/src/main/java/Old.java"), "class Old {}");
        for (String tool : TOOLS) {
            Path real = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                    .map(folder -> Path.of(folder, tool))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("There is no " + tool + "."));
            program(tool, "#!/bin/sh\nexec " + real + " \"$@\"\n");
        }
        program("mvn", MAVEN);
        program("java", JAVA);
        program("javac", "#!/bin/sh\n");
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(bin.resolve(name), text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Process start(Path script, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("LAUNCHER_TEST", root.toString());
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("LC_ALL", "C");
        if (Files.exists(root.resolve("old-java"))) {
            builder.environment().put("JAVA_VERSION", "11.0.2");
        }
        if (Files.exists(root.resolve("new-java"))) {
            builder.environment().put("JAVA_VERSION", "25.0.1");
        }
        builder.redirectOutput(Files.createTempFile(root, "out", "").toFile());
        builder.redirectError(Files.createTempFile(root, "err", "").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        outputs.add(new File[] {
            builder.redirectOutput().file(), builder.redirectError().file()
        });
        return process;
    }

    private final List<File[]> outputs = new ArrayList<>();

    private Result end(Process process, File[] files) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(
                process.exitValue(),
                Files.readString(files[0].toPath(), StandardCharsets.UTF_8),
                Files.readString(files[1].toPath(), StandardCharsets.UTF_8));
    }

    private Result run(Path script, String... args) throws Exception {
        Process process = start(script, args);
        return end(process, outputs.get(outputs.size() - 1));
    }

    private Result run(String... args) throws Exception {
        return run(house.resolve("henderson"), args);
    }

    private List<String> builds() throws IOException {
        Path file = root.resolve("builds");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    @Test
    void first_use_builds_and_says_so_on_stderr_only() throws Exception {
        Result r = run("fit", "my data.csv", "y ~ x + (1 | g)", "");
        assertThat(r.err()).isEqualTo("Building Henderson once (a minute or two) ...\n");
        assertThat(r.out()).endsWith("<henderson.cli.Main>\n<fit>\n<my data.csv>\n<y ~ x + (1 | g)>\n<>\n");
        assertThat(r.status()).isEqualTo(3);
        assertThat(builds())
                .hasSize(1)
                .first()
                .asString()
                .contains("-Pquick", "package")
                .doesNotContain("install");
    }

    @Test
    void java_gets_the_archive_the_jars_and_where_it_is() throws Exception {
        String out = run("plugins").out();
        assertThat(out)
                .contains("<-Dhenderson.home=" + house + ">\n<-Dhenderson.terminal=false>\n<-cp>\n<" + house
                        + "/target/launcher/lib-")
                .contains("<-Xlog:disable>\n<-Xlog:all=error:stderr>\n")
                .doesNotContain("TieredStopAtLevel");
        String archive = out.substring(out.indexOf("SharedArchiveFile=") + 18, out.indexOf(">\n"));
        assertThat(Path.of(archive)).exists();
    }

    @Test
    void newer_java_is_told_that_native_code_may_be_called() throws Exception {
        assertThat(run("plugins").out()).doesNotContain("native-access");
        Files.createFile(root.resolve("new-java"));
        program("java", JAVA + "# another one\n");
        String told = run("plugins").out();
        assertThat(told).contains("<--enable-native-access=ALL-UNNAMED>\n").contains("SharedArchiveFile=");
        assertThat(run("plugins").out()).isEqualTo(told);
    }

    @Test
    void lists_of_classes_are_joined_without_their_numbers() throws Exception {
        program(
                "java",
                JAVA.replace(
                        "echo \"$*\" >\"${1#*=}\"",
                        "printf 'a/B id: 0\\nc/D id: 1 super: 0 source: x.jar\\n@cp e/F 12\\n' >\"${1#*=}\""));
        String out = run("plugins").out();
        String archive = out.substring(out.indexOf("SharedArchiveFile=") + 18, out.indexOf(">\n"));
        assertThat(Files.readAllLines(Path.of(archive)))
                .startsWith("a/B", "@cp e/F 12", "a/B")
                .noneMatch(l -> l.contains("id:"));
    }

    @Test
    void java_that_makes_no_archive_is_asked_once() throws Exception {
        program(
                "java",
                JAVA.replace(
                        "-Xshare:dump) cp \"${2#*=}\" \"${3#*=}\"; exit 0",
                        "-Xshare:dump) echo >>\"$LAUNCHER_TEST/dumps\"; exit 1"));
        for (int i = 0; i < 2; i++) {
            Result r = run("plugins");
            assertThat(r.status()).isEqualTo(3);
            assertThat(r.out()).startsWith("<-Xlog:disable>\n");
        }
        assertThat(Files.readAllLines(root.resolve("dumps"))).hasSize(1);
    }

    @Test
    void second_use_does_not_build() throws Exception {
        run("plugins");
        assertThat(run("plugins").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void newer_source_is_built_again() throws Exception {
        run("plugins");
        Files.setLastModifiedTime(
                house.resolve("api/src/main/java/Fit.java"),
                FileTime.from(Instant.now().plusSeconds(2)));
        run("plugins");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void removed_source_is_built_again() throws Exception {
        run("plugins");
        Files.delete(house.resolve("api/src/main/java/Old.java"));
        run("plugins");
        assertThat(builds()).hasSize(2);
    }

    @Test
    void jars_of_before_stay_for_programs_that_still_run() throws Exception {
        run("plugins");
        Files.setLastModifiedTime(
                house.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(2)));
        run("plugins");
        try (var folders = Files.list(house.resolve("target/launcher"))) {
            assertThat(folders.filter(f -> f.getFileName().toString().startsWith("lib-")))
                    .hasSize(2)
                    .allSatisfy(f -> assertThat(f.resolve("guice.jar")).exists());
        }
    }

    @Test
    void two_at_once_build_once_and_both_start() throws Exception {
        Files.createFile(root.resolve("slow"));
        Process one = start(house.resolve("henderson"), "one");
        Process two = start(house.resolve("henderson"), "two");
        Result first = end(one, outputs.get(0));
        Result second = end(two, outputs.get(1));
        assertThat(builds()).hasSize(1);
        assertThat(first.out()).endsWith("<one>\n");
        assertThat(second.out()).endsWith("<two>\n");
        assertThat(first.err() + second.err())
                .contains("Building Henderson once", "Waiting for another process to build Henderson");
        assertThat(house.resolve("target/launcher/lock")).doesNotExist();
    }

    @Test
    void lock_of_a_process_that_is_gone_is_taken_away() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(house.resolve("target/launcher"));
        Files.writeString(house.resolve("target/launcher/lock"), gone.pid() + "\n");
        assertThat(run("plugins").out()).endsWith("<plugins>\n");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void failing_build_shows_mavens_errors_and_leaves_nothing_behind() throws Exception {
        Files.createFile(root.resolve("broken"));
        Result r = run("plugins");
        assertThat(r.status()).isEqualTo(1);
        assertThat(r.out()).isEmpty();
        assertThat(r.err()).contains("[ERROR] Fit.java:[1,1] no such thing", "Henderson could not be built");
        assertThat(house.resolve("target/launcher")).isEmptyDirectory();
        Files.delete(root.resolve("broken"));
        assertThat(run("plugins").out()).endsWith("<plugins>\n");
    }

    @Test
    void missing_maven_java_and_javac_are_named() throws Exception {
        Files.delete(bin.resolve("mvn"));
        assertThat(run("plugins").err())
                .startsWith("Henderson is built once, and that needs Maven; there is no mvn.\nMaybe ");
        Files.delete(bin.resolve("javac"));
        assertThat(run("plugins").err())
                .startsWith("Henderson is built once, and that needs a JDK; there is no javac.\n");
        Files.delete(bin.resolve("java"));
        Result r = run("plugins");
        assertThat(r.err()).startsWith("Henderson needs Java 17 or newer; there is no java.\n");
        assertThat(r.status()).isEqualTo(1);
    }

    @Test
    void old_java_is_named_with_its_version() throws Exception {
        Files.createFile(root.resolve("old-java"));
        assertThat(run("plugins").err()).startsWith("Henderson needs Java 17 or newer; java is version 11.\n");
        assertThat(builds()).isEmpty();
    }

    @Test
    void symbolic_links_lead_to_the_house() throws Exception {
        Path links = Files.createDirectories(root.resolve("some/links"));
        Files.createSymbolicLink(links.resolve("absolute"), house.resolve("henderson"));
        Files.createSymbolicLink(links.resolve("relative"), Path.of("absolute"));
        assertThat(run(links.resolve("relative"), "plugins").out()).contains("<-Dhenderson.home=" + house + ">");
    }

    @Test
    void class_path_is_printed_for_jshell() throws Exception {
        Result r = run("class-path");
        assertThat(r.status()).isZero();
        assertThat(r.out()).matches("\\Q" + house + "\\E/target/launcher/lib-[0-9-]+/\\*\n");
    }
}
