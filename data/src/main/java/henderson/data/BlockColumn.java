package henderson.data;

import org.jspecify.annotations.Nullable;

/** One column while blocks of it come in the file's order. */
final class BlockColumn {
    private final BlockParser.Kind kind;
    private final Doubles values;
    private final Ints codes;
    private final Dictionary dictionary = new Dictionary();
    private int[] map = new int[64];
    private CategoricalColumn.@Nullable FirstText firstText;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private int fraction;
    private boolean plain = true;

    /** In a file where there is one. */
    BlockColumn(BlockParser.Kind kind, @Nullable Spill spill) {
        this.kind = kind;
        this.values = new Doubles(spill);
        this.codes = new Ints(spill);
    }

    /** Adds rows; {@code before} have come before. */
    void add(BlockParser.Part part, int rows, long before) {
        if (kind == BlockParser.Kind.NUMBERS) {
            values.add(part.numbers, rows);
            min = part.min < min ? part.min : min;
            max = part.max > max ? part.max : max;
            fraction = Math.max(fraction, part.fraction);
            plain &= part.plain;
        } else if (kind == BlockParser.Kind.TEXTS) {
            if (firstText == null && part.textRow >= 0) {
                firstText = new CategoricalColumn.FirstText(before + part.textRow + 1, part.text);
            }
            addCodes(part, rows);
        }
    }

    private void addCodes(BlockParser.Part part, int rows) {
        int levels = part.levels.size();
        if (map.length < levels) {
            map = new int[2 * levels];
        }
        for (int c = 0; c < levels; c++) {
            map[c] = dictionary.code(part.levels.text(c));
        }
        for (int i = 0; i < rows; i++) {
            int c = part.codes[i];
            part.codes[i] = c < 0 ? c : map[c];
        }
        codes.add(part.codes, rows);
    }

    /** Whether {@link #finish()} can make the column; otherwise its decimals must be read digit by digit. */
    boolean complete() {
        return kind != BlockParser.Kind.NUMBERS || decimals() || shift(true) == 0 && shift(false) == 0;
    }

    /** Whether doubles and the number of digits behind the point say every decimal. */
    private boolean decimals() {
        double most = Math.max(Math.abs(min), Math.abs(max));
        return plain && (min > max || most * NumberScanner.POWERS[fraction] < BlockParser.EXACT);
    }

    private double shift(boolean wide) {
        return min <= max ? DecimalShift.choose(min, max, wide) : 0;
    }

    /** The column read, or null for one passed over. */
    @Nullable
    Column finish() {
        return switch (kind) {
            case SKIPPED -> null;
            case TEXTS -> CategoricalColumn.sorted(codes.seal(), dictionary.levels(), firstText);
            case NUMBERS -> {
                double shift = shift(false);
                values.seal();
                NumericColumn column = new NumericColumn(
                        values, shift, shift == 0 ? null : DecimalShift.shifted(values, fraction, shift));
                yield plain && fraction == 0 ? column.whole() : column;
            }
        };
    }
}
