package henderson.blas;

import henderson.linalg.DenseBackendProvider.Declined;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where to look for OpenBLAS. Another BLAS under its general name may be the reference one, which is slower than Java. */
final class Library {
    private Library() {}

    /** Names or paths to try in turn. */
    static List<String> candidates(String asked) {
        if (!asked.isEmpty()) {
            return List.of(asked);
        }
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return List.of(
                    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
                    "/usr/local/opt/openblas/lib/libopenblas.dylib",
                    "libopenblas.dylib");
        }
        return system.contains("win") ? List.of("libopenblas.dll") : List.of("libopenblas.so.0", "libopenblas.so");
    }

    static boolean isPath(String library) {
        return library.indexOf('/') >= 0 || library.indexOf('\\') >= 0;
    }

    /** @throws Declined where a path is given and nothing is there */
    static void requireThere(String library) {
        if (isPath(library) && !Files.isRegularFile(Path.of(library))) {
            throw new Declined("there is no file " + library);
        }
    }
}
