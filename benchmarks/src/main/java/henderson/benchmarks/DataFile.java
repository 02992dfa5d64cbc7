package henderson.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A CSV file that workloads are timed on.
 *
 * @param name   without its extension
 * @param writer what makes it
 */
record DataFile(String name, Writer writer) {
    /** Makes a file: the same bytes each time. */
    @FunctionalInterface
    interface Writer {
        /**
         * @param file  to be written
         * @param scale factor on the number of groups; data that is as it is leaves it alone
         */
        void write(Path file, double scale) throws IOException;
    }

    /** A file of the project, as it is. */
    static DataFile ofProject(String name, Path home) {
        Path source = home.resolve("validation/data/" + name + ".csv");
        return new DataFile(name, (file, scale) -> Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING));
    }

    /** Where it stands in a folder. */
    Path path(Path folder, double scale) {
        return folder.resolve(name + (scale == 1 ? "" : "-x" + scale) + ".csv");
    }

    /** Writes it unless it is there. */
    Path in(Path folder, double scale) throws IOException {
        Path file = path(folder, scale);
        if (!Files.exists(file)) {
            Files.createDirectories(folder);
            Path part = folder.resolve(file.getFileName() + ".part");
            writer.write(part, scale);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return file;
    }
}
