package henderson.data;

import org.jspecify.annotations.Nullable;

/** Reads the fields of one column: numeric until the first text, categorical from there on, nothing lost in between. */
final class ColumnReader {
    private final NumberScanner scanner = new NumberScanner();
    private final @Nullable Spill spill;
    private @Nullable NumericBuilder numeric;
    private @Nullable Dictionary dictionary;
    private @Nullable Ints codes;
    private CategoricalColumn.@Nullable FirstText firstText;

    /** In a file where there is one. */
    ColumnReader(@Nullable Spill spill) {
        this.spill = spill;
        this.numeric = new NumericBuilder(spill);
    }

    /** Adds a field; false when a numeric column was to turn categorical and {@code mustBeNumeric}. */
    boolean add(char[] b, int offset, int length, boolean quoted, boolean mustBeNumeric) {
        int from = offset;
        int to = offset + length;
        while (!quoted && from < to && b[from] <= ' ') {
            from++;
        }
        while (!quoted && from < to && b[to - 1] <= ' ') {
            to--;
        }
        NumericBuilder n = numeric;
        if (n == null) {
            addText(b, from, to);
        } else if (Numbers.isMissing(b, from, to)) {
            n.addMissing();
        } else if (scanner.scan(b, from, to)) {
            n.add(scanner, b, from, to);
        } else if (mustBeNumeric) {
            return false;
        } else {
            turn(n, new String(b, from, to - from));
            addText(b, from, to);
        }
        return true;
    }

    private void addText(char[] b, int from, int to) {
        Ints c = java.util.Objects.requireNonNull(codes);
        Dictionary d = java.util.Objects.requireNonNull(dictionary);
        c.add(Numbers.isMissing(b, from, to) ? CategoricalColumn.MISSING : d.code(b, from, to - from));
    }

    private void turn(NumericBuilder before, String text) {
        Dictionary d = new Dictionary();
        Ints c = new Ints(spill);
        before.values();
        NumericBuilder.Cursor cursor = before.new Cursor();
        for (int i = 0; i < before.size(); i++) {
            c.add(cursor.next() ? d.code(cursor.text()) : CategoricalColumn.MISSING);
        }
        firstText = new CategoricalColumn.FirstText(before.size() + 1L, text);
        dictionary = d;
        codes = c;
        numeric = null;
    }

    /** The column read. */
    Column finish() {
        if (numeric != null) {
            NumericColumn out = DecimalShift.apply(numeric);
            numeric = null;
            return out;
        }
        Ints c = java.util.Objects.requireNonNull(codes);
        return CategoricalColumn.sorted(
                c.seal(), java.util.Objects.requireNonNull(dictionary).levels(), firstText);
    }
}
