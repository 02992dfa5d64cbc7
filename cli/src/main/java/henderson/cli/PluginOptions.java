package henderson.cli;

import henderson.api.HendersonException;
import henderson.framework.Henderson;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Where plug-ins are looked for: {@code --plugins}, {@code $HENDERSON_PLUGINS}, {@code plugins/} beside the launcher. */
final class PluginOptions {
    private static final String NAME = "--plugins";
    private static final String HELP = "Jar with a plug-in, or folder of such jars; may be repeated.";

    @Option(names = NAME, paramLabel = "PATH", description = HELP)
    private final List<String> paths = new ArrayList<>();

    /** Declares the option by a call, not by an annotation. */
    static void declare(CommandSpec spec) {
        spec.addOption(DataOptions.list(NAME, "PATH", HELP));
    }

    /** What was given to it. */
    void take(ParseResult parsed) {
        paths.addAll(parsed.matchedOptionValue(NAME, List.<String>of()));
    }

    Henderson henderson() {
        List<Path> all = new ArrayList<>();
        paths.forEach(p -> split(p, all));
        String environment = System.getenv("HENDERSON_PLUGINS");
        if (environment != null) {
            split(environment, all);
        }
        String home = System.getProperty("henderson.home");
        if (home != null && hasJars(Path.of(home, "plugins"))) {
            all.add(Path.of(home, "plugins"));
        }
        return Henderson.create(all);
    }

    private static void split(String paths, List<Path> into) {
        for (String p : paths.split(File.pathSeparator)) {
            if (!p.isBlank()) {
                into.add(Path.of(p));
            }
        }
    }

    private static boolean hasJars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            return jars.iterator().hasNext();
        } catch (IOException e) {
            throw new HendersonException("The folder " + folder + " cannot be read: " + e.getMessage(), null, e);
        }
    }
}
