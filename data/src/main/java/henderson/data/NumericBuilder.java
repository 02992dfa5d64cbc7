package henderson.data;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A numeric column while it is read. It can still say every text exactly as written (the column may turn out to be
 * categorical at row 5,000,000) and every decimal exactly (for the decimal shift), at the price of little beside the
 * double: a form when the number is not plainly whole, and a difference when it has more digits than a double holds.
 *
 * <p>With {@code v} the double and {@code k} the power of ten of the form, the digits are {@code rint(v / 10ᵏ) + δ}; the
 * quotient is wrong by a few units of its last place at most, and δ, stored where it is not zero, corrects it. What does
 * not fit (19 digits and more, infinities) is kept as text.
 */
final class NumericBuilder {
    private static final int VERBATIM = 0xFFFF;

    private final Doubles values;
    /** By chunk: index of the form of each row, or null while all are {@link NumberScanner#WHOLE}. */
    private final List<char @Nullable []> forms = new ArrayList<>();
    /** By chunk: δ of each row, or null while all are zero. */
    private final List<short @Nullable []> deltas = new ArrayList<>();

    private long[] formKeys = {NumberScanner.WHOLE};
    private int formCount = 1;
    private int lastForm;
    private final ByteArrayOutputStream verbatim = new ByteArrayOutputStream();
    private boolean wide;

    NumericBuilder() {
        this(null);
    }

    /** In a file where there is one. */
    NumericBuilder(@Nullable Spill spill) {
        this.values = new Doubles(spill);
    }

    int size() {
        return values.size();
    }

    void addMissing() {
        slot();
        values.add(Double.NaN);
    }

    /** Adds the number just scanned; the buffer still holds its text. */
    void add(NumberScanner s, char[] b, int from, int to) {
        int row = slot();
        values.add(s.value);
        if (s.form == NumberScanner.WHOLE && s.mantissa <= 1L << 53) {
            return;
        }
        int chunk = row >>> Doubles.BITS;
        long delta = s.form < 0 ? Long.MAX_VALUE : s.mantissa - base(s.value, s.exponent);
        int form = Math.abs(delta) <= Short.MAX_VALUE ? formIndex(s.form) : VERBATIM;
        char[] f = forms.get(chunk);
        if (f == null) {
            f = new char[Doubles.CHUNK];
            forms.set(chunk, f);
        }
        f[row & Doubles.MASK] = (char) form;
        if (form == VERBATIM) {
            for (int i = from; i < to; i++) {
                verbatim.write(b[i]);
            }
            verbatim.write('\n');
            wide = true;
        } else if (delta != 0) {
            short[] d = deltas.get(chunk);
            if (d == null) {
                d = new short[Doubles.CHUNK];
                deltas.set(chunk, d);
            }
            d[row & Doubles.MASK] = (short) delta;
            wide = true;
        }
    }

    private int slot() {
        int row = values.size();
        if ((row & Doubles.MASK) == 0) {
            forms.add(null);
            deltas.add(null);
        }
        return row;
    }

    /** The digits of {@code v = digits · 10^exponent} as far as a product of doubles can say. */
    private static long base(double v, int exponent) {
        double x = Math.abs(v);
        if (exponent > 308 || exponent < -308) {
            return Long.MIN_VALUE / 2;
        }
        return (long)
                Math.rint(exponent <= 0 ? x * NumberScanner.POWERS[-exponent] : x / NumberScanner.POWERS[exponent]);
    }

    private int formIndex(long form) {
        if (formKeys[lastForm] == form) {
            return lastForm;
        }
        for (int i = 0; i < formCount; i++) {
            if (formKeys[i] == form) {
                lastForm = i;
                return i;
            }
        }
        if (formCount == 4096) {
            return VERBATIM;
        }
        if (formCount == formKeys.length) {
            formKeys = Arrays.copyOf(formKeys, 2 * formCount);
        }
        formKeys[formCount] = form;
        lastForm = formCount;
        return formCount++;
    }

    /** Whether some number had more digits than its double. */
    boolean wide() {
        return wide;
    }

    Doubles values() {
        return values.seal();
    }

    /** The numbers in order of rows, as text or as decimals; {@link #values()} must have been called. */
    final class Cursor {
        private final byte[] texts = verbatim.toByteArray();
        private int at;
        private int row = -1;
        private int form;

        long mantissa;
        int exponent;

        /** Goes to the next row; false when it has no value. */
        boolean next() {
            row++;
            double v = values.get(row);
            if (Double.isNaN(v)) {
                return false;
            }
            char[] f = forms.get(row >>> Doubles.BITS);
            form = f == null ? 0 : f[row & Doubles.MASK];
            if (form != VERBATIM) {
                short[] d = deltas.get(row >>> Doubles.BITS);
                exponent = NumberScanner.exponent(formKeys[form]);
                mantissa = base(v, exponent) + (d == null ? 0 : d[row & Doubles.MASK]);
            }
            return true;
        }

        /** Whether {@link #mantissa} and {@link #exponent} hold the absolute value of this row. */
        boolean isDecimal() {
            return form != VERBATIM;
        }

        private String rest() {
            int end = at;
            while (texts[end] != '\n') {
                end++;
            }
            String out = new String(texts, at, end - at, StandardCharsets.US_ASCII);
            at = end + 1;
            return out;
        }

        /** Text of this row as written; once per row. */
        String text() {
            boolean negative = Double.doubleToRawLongBits(values.get(row)) < 0;
            return isDecimal() ? NumberScanner.text(negative, mantissa, formKeys[form]) : rest();
        }

        /** Value of this row exactly; once per row; not for infinities. */
        BigDecimal decimal() {
            if (!isDecimal()) {
                return new BigDecimal(rest());
            }
            BigDecimal x = BigDecimal.valueOf(mantissa, -exponent);
            return values.get(row) < 0 ? x.negate() : x;
        }
    }
}
