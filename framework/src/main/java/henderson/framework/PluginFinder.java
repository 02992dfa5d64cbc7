package henderson.framework;

import henderson.api.HendersonException;
import henderson.api.plugin.HendersonPlugin;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;

/** Finds plug-ins on the class path and in jars. */
final class PluginFinder {
    private static final String SERVICE = "META-INF/services/" + HendersonPlugin.class.getName();

    private PluginFinder() {}

    static List<HendersonPlugin> find(List<Path> paths) {
        List<URL> jars = new ArrayList<>();
        for (Path path : paths) {
            for (Path jar : jarsOf(path)) {
                jars.add(url(jar));
            }
        }
        ClassLoader parent = Henderson.class.getClassLoader();
        // open as long as the program runs: plug-ins load their classes when they are first used
        ClassLoader loader = jars.isEmpty() ? parent : new URLClassLoader(jars.toArray(URL[]::new), parent);
        return load(loader);
    }

    private static List<HendersonPlugin> load(ClassLoader loader) {
        List<HendersonPlugin> out = new ArrayList<>();
        try {
            ServiceLoader.load(HendersonPlugin.class, loader).forEach(out::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new HendersonException(
                    "A plug-in cannot be loaded: " + e.getMessage() + " ("
                            + cause.getClass().getSimpleName() + ").",
                    "Maybe it was built for another version of Henderson or for a newer Java.",
                    e);
        }
        return out;
    }

    /** The jar itself, or those of a folder. */
    private static List<Path> jarsOf(Path path) {
        if (!Files.exists(path)) {
            throw new HendersonException("There is no plug-in file or folder " + path + ".");
        }
        List<Path> jars =
                Files.isDirectory(path) && !Files.exists(path.resolve(SERVICE)) ? folder(path) : List.of(path);
        if (jars.stream().noneMatch(PluginFinder::offersPlugin)) {
            throw new HendersonException(
                    path + " holds no plug-in: " + SERVICE + " is not in "
                            + (Files.isDirectory(path) ? "any of its jars." : "it."),
                    "Maybe it is a library that a plug-in needs; put both into one folder and name the folder.");
        }
        return jars;
    }

    private static List<Path> folder(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            files.forEach(jars::add);
        } catch (IOException e) {
            throw new HendersonException("The folder " + folder + " cannot be read: " + e.getMessage(), null, e);
        }
        Collections.sort(jars);
        return jars;
    }

    private static boolean offersPlugin(Path path) {
        if (Files.isDirectory(path)) {
            return Files.exists(path.resolve(SERVICE));
        }
        try (JarFile jar = new JarFile(new File(path.toString()))) {
            return jar.getEntry(SERVICE) != null;
        } catch (IOException e) {
            throw new HendersonException(path + " is not a jar: " + e.getMessage(), null, e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toAbsolutePath().toUri().toURL();
        } catch (MalformedURLException e) {
            throw new HendersonException(path + " cannot be a class path entry: " + e.getMessage(), null, e);
        }
    }
}
