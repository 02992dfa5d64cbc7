package henderson.validation;

import henderson.api.HendersonException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where cases and data lie: beside the checkout, and for files that may not be copied, in a folder of the user's. */
final class DataFolders {
    private final Path cases;
    private final List<Path> data;

    private DataFolders(Path cases, List<Path> data) {
        this.cases = cases;
        this.data = data;
    }

    /**
     * Finds the folders.
     *
     * @param home      folder that holds {@code validation/cases}; null: the nearest one from {@code from} upwards
     * @param reference folder with further data, itself or in its folder {@code data}; null: none
     * @param from      where the search starts
     * @throws HendersonException where there are no cases, or {@code reference} is no folder
     */
    static DataFolders find(@Nullable Path home, @Nullable Path reference, Path from) {
        Path top = home == null ? nearest(from) : home;
        Path validation = top.resolve("validation");
        if (!Files.isDirectory(validation.resolve("cases"))) {
            throw new HendersonException(
                    "There is no folder " + validation.resolve("cases") + ".",
                    "Maybe this is no checkout of Henderson: -Dhenderson.home=DIR says where one is.");
        }
        List<Path> data = new ArrayList<>();
        data.add(validation.resolve("data"));
        if (reference != null) {
            if (!Files.isDirectory(reference)) {
                throw new HendersonException(
                        "The reference folder " + reference + " does not exist.",
                        "Maybe --reference or $HENDERSON_REFERENCE is misspelt.");
            }
            data.add(reference.resolve("data"));
            data.add(reference);
        }
        return new DataFolders(validation.resolve("cases"), data);
    }

    private static Path nearest(Path from) {
        for (Path at = from.toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("validation").resolve("cases"))) {
                return at;
            }
        }
        return from;
    }

    /** The folder of case files. */
    Path cases() {
        return cases;
    }

    /** A data file by name, or null where none of the folders has it. */
    @Nullable
    Path data(String name) {
        for (Path folder : data) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }
}
