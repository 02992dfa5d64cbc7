package henderson.data;

import org.jspecify.annotations.Nullable;

/**
 * A column as it is, or without its decimal shift.
 *
 * @param shifted whether the shift is taken off; false where there is none
 */
record ColumnVector(NumericColumn column, boolean shifted) implements Vector {

    static ColumnVector of(NumericColumn column, boolean shifted) {
        return new ColumnVector(column, shifted && column.shiftedValues() != column.values());
    }

    // written out: what a record makes of itself is put together at run time, which tells in a short program
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ColumnVector c && c.column == column && c.shifted == shifted;
    }

    @Override
    public int hashCode() {
        return column.hashCode();
    }

    @Override
    public void fill(int[] rows, int count, double[] out, Scratch scratch) {
        if (shifted) {
            column.gatherShifted(rows, count, out);
        } else {
            column.gather(rows, count, out);
        }
    }

    /** Where its values lie, or null where they are differences. */
    @Nullable
    Doubles direct() {
        return shifted ? column.shiftedValues() : column.values();
    }

    /** Mean over all rows of the table, to a few digits. */
    double mean() {
        return column.facts().mean() + (shifted ? 0 : column.shift());
    }

    /** Variance over all rows of the table, to a few digits. */
    double variance() {
        return column.facts().variance();
    }

    /** Largest magnitude in all rows of the table. */
    double largest() {
        double off = shifted ? column.shift() : 0;
        NumericColumn.Facts facts = column.facts();
        return Math.max(Math.abs(facts.min() - off), Math.abs(facts.max() - off));
    }
}
