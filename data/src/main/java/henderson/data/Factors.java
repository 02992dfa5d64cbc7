package henderson.data;

/** Makes categorical columns of others. */
final class Factors {
    private Factors() {}

    /** The column itself, or the levels of a numeric one: its distinct values, ascending, in their shortest text. */
    static CategoricalColumn of(Column column) {
        return column instanceof CategoricalColumn c ? c : ((NumericColumn) column).levels();
    }

    /** The same of a column of numbers, made anew. */
    static CategoricalColumn ofNumbers(NumericColumn column) {
        NumberCodes codes = new NumberCodes(column.spill());
        Doubles values = column.values();
        for (int from = 0; from < values.size(); from += Doubles.CHUNK) {
            codes.add(values.chunk(from >>> Doubles.BITS), Math.min(Doubles.CHUNK, values.size() - from));
        }
        return codes.finish();
    }
}
