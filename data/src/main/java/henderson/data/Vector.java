package henderson.data;

/** Numbers by row: a column, or an expression of columns. Immutable; NaN is missing. */
interface Vector {
    /** {@code out[i] ← value at rows[i]}, {@code i < count}; {@code rows} ascending. */
    void fill(int[] rows, int count, double[] out, Scratch scratch);
}
