package henderson.data;

import java.util.List;

/**
 * What is known of a column.
 *
 * @param name    as in the header
 * @param type    numeric or categorical
 * @param missing number of rows without a value; a value that is not a declared level counts
 * @param min     smallest value, NaN for a categorical column or one without values
 * @param max     largest value, NaN likewise
 * @param levels  levels in order, base first; empty for a numeric column
 * @param shift   decimal shift: what is kept apart so that no digit of the file is lost; 0 for most columns
 */
public record ColumnInfo(
        String name, Type type, long missing, double min, double max, List<String> levels, double shift) {
    /** The two kinds of column. */
    public enum Type {
        NUMERIC,
        CATEGORICAL
    }

    public ColumnInfo {
        levels = List.copyOf(levels);
    }
}
