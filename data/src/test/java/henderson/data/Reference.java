package henderson.data;

import static org.assertj.core.api.Assumptions.assumeThat;

import henderson.api.FitListener;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The folder of reference data, which is not part of the project: tests that need it are skipped without it. */
final class Reference {
    private Reference() {}

    static Path folder() {
        @Nullable String property = System.getProperty("henderson.reference");
        @Nullable String path = property == null ? System.getenv("HENDERSON_REFERENCE") : property;
        assumeThat(path)
                .as("HENDERSON_REFERENCE names the folder of reference data")
                .isNotNull();
        return Path.of(path);
    }

    static Table table(String name) {
        return Table.read(folder().resolve("data").resolve(name + ".csv"), ReadOptions.DEFAULT, FitListener.SILENT);
    }
}
