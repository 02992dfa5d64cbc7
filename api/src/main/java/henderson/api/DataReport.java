package henderson.api;

import java.util.List;

/**
 * What became of the rows, columns and levels of a data set on the way into a model.
 *
 * @param source         file name, or a word for data made in memory
 * @param digest         SHA-256 of the file's bytes, hexadecimal, or empty
 * @param rows           rows read
 * @param rowsUsed       rows in the model
 * @param dropped        why rows were left out; the counts sum to {@code rows − rowsUsed}
 * @param columnsDropped collinear columns of X
 * @param levelsDropped  declared or found levels that no used row has
 * @param factors        categorical variables of the model with the levels used, base first
 * @param groups         grouping factors of the model
 */
public record DataReport(
        String source,
        String digest,
        long rows,
        long rowsUsed,
        List<Dropped> dropped,
        List<ColumnDropped> columnsDropped,
        List<LevelsDropped> levelsDropped,
        List<Factor> factors,
        List<Group> groups) {

    /** Rows left out: {@code reason} is {@code missing}, {@code where}, {@code undeclared level} or {@code zero weight}. */
    public record Dropped(String reason, String variable, long count) {}

    /** A column of X that is a combination of columns before it. */
    public record ColumnDropped(String name, String reason) {}

    /** Levels of a factor that no used row has; of rows of other data, places of residuals that the fit has not seen. */
    public record LevelsDropped(String factor, List<String> levels) {}

    /** A categorical variable. */
    public record Factor(String name, List<String> levels) {}

    /** A grouping factor, with the number of its levels and the rows they have. */
    public record Group(String name, int count, long min, double mean, long max) {}
}
