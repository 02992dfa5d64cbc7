package henderson.api;

/**
 * The rows of a model by columns: each different column of {@code [Z X y]} once, the constant apart. A pass that sums
 * products of columns reads them without a copy where they lie in memory.
 */
public interface Columns {
    /** The column that is one in every row. */
    int CONSTANT = -1;

    /** Number of different columns, the constant apart. */
    int count();

    /** Which column each column of X is, {@link #CONSTANT} for the constant. Not copied: do not modify. */
    int[] x();

    /** Which column each column of Z of a random term is. Not copied: do not modify. */
    int[] z(int term);

    /** Which column the response is. */
    int y();

    /** Mean of a column over the rows, good to a few digits, or NaN where it is not known without a pass. */
    double mean(int column);

    /** Variance of a column over the rows, good to a few digits, or NaN where it is not known without a pass. */
    double variance(int column);

    /** The rows, from the first; every call starts again and gives the same slices. */
    Iterable<Slice> slices();

    /** Some consecutive rows. Arrays belong to the model and may be reused for the next slice: do not modify. */
    interface Slice {
        /** Number of rows. */
        int rows();

        /** An array that holds a column of these rows, from {@link #from} on. */
        double[] values(int column);

        /** Where a column begins in {@link #values}. */
        int from(int column);

        /** An array that holds the level of these rows in a random term, from {@link #levelFrom} on. */
        int[] level(int term);

        /** Where the levels begin in {@link #level}. */
        int levelFrom(int term);
    }
}
