package henderson.framework;

import henderson.api.plugin.HendersonPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles one class and puts it into a jar, as a third party would. */
final class PluginJars {
    private static final String SERVICE = "META-INF/services/" + HendersonPlugin.class.getName();

    private PluginJars() {}

    /** A jar of one class, registered as a plug-in or not. */
    static Path jar(Path jar, String className, String source, boolean service) {
        try {
            Path classes = Files.createTempDirectory(jar.getParent(), "classes");
            compile(classes, className, source);
            String entry = className.replace('.', '/') + ".class";
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                put(out, entry, Files.readAllBytes(classes.resolve(entry)));
                if (service) {
                    put(out, SERVICE, className.getBytes(StandardCharsets.UTF_8));
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A jar that names a plug-in class it does not have. */
    static Path withService(Path jar, String className) {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            put(out, SERVICE, className.getBytes(StandardCharsets.UTF_8));
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        ((OutputStream) out).write(bytes);
        out.closeEntry();
    }

    private static void compile(Path classes, String className, String source) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
            List<String> options = List.of("--class-path", System.getProperty("java.class.path"));
            if (!javac.getTask(null, files, null, options, null, List.of(file)).call()) {
                throw new IllegalStateException("The plug-in does not compile.");
            }
        }
    }
}
