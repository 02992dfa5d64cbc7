package henderson.framework;

import henderson.api.HendersonException;
import henderson.api.plugin.HendersonPlugin;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Finds plug-ins on the class path and in jars. */
final class PluginFinder {
    private static final String SERVICE = "META-INF/services/" + HendersonPlugin.class.getName();

    /** Name of the class loader of third-party jars. */
    static final String LOADER = "plug-ins";

    /**
     * File that lists the plug-ins of a class path which does not change, or null. To look through a class path opens every
     * jar of it, and that takes longer than a small fit.
     */
    private static final @Nullable String LIST = System.getProperty("henderson.plugins.list");

    private PluginFinder() {}

    static List<HendersonPlugin> find(List<Path> paths) {
        List<URL> jars = new ArrayList<>();
        for (Path path : paths) {
            for (Path jar : jarsOf(path)) {
                jars.add(url(jar));
            }
        }
        ClassLoader parent = Henderson.class.getClassLoader();
        if (jars.isEmpty() && LIST != null) {
            return listed(Path.of(LIST));
        }
        // open as long as the program runs: plug-ins load their classes when they are first used
        ClassLoader loader = jars.isEmpty() ? parent : new URLClassLoader(LOADER, jars.toArray(URL[]::new), parent);
        return load(loader);
    }

    /** The plug-ins of a list; where there is none, those of the class path, and the list for the next time. */
    static List<HendersonPlugin> listed(Path list) {
        List<HendersonPlugin> out = new ArrayList<>();
        try {
            for (String name : Files.readAllLines(list)) {
                out.add((HendersonPlugin)
                        Class.forName(name).getDeclaredConstructor().newInstance());
            }
            return out;
        } catch (IOException | ReflectiveOperationException | LinkageError | ClassCastException e) {
            out = load(Henderson.class.getClassLoader());
            write(list, out);
            return out;
        }
    }

    private static void write(Path list, List<HendersonPlugin> plugins) {
        try {
            Path part = Files.createTempFile(list.toAbsolutePath().getParent(), "plugins", ".part");
            Files.write(part, plugins.stream().map(p -> p.getClass().getName()).toList());
            Files.move(part, list, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // then the class path is looked through the next time too
        }
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
                    OtherVersions.ADVICE,
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
        for (Path jar : jars) {
            if (offersPlugin(jar) && namesNoClass(jar)) {
                throw new HendersonException(
                        jar + " holds no plug-in: " + SERVICE + " names no class.",
                        "Maybe the line with the name of the plug-in's class is missing.");
            }
        }
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

    /** Whether the list of plug-in classes has only comments. */
    private static boolean namesNoClass(Path path) {
        if (Files.isDirectory(path)) {
            return false;
        }
        try (JarFile jar = new JarFile(path.toFile())) {
            String names = new String(jar.getInputStream(jar.getEntry(SERVICE)).readAllBytes(), StandardCharsets.UTF_8);
            return names.lines().map(line -> line.replaceAll("#.*", "")).allMatch(String::isBlank);
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
