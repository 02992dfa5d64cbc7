package henderson.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one block into columns. It knows files that are as they should be: the right number of fields in
 * every record, quotes around whole fields only, UTF-8. Of any other it says so, and {@link CsvFile} reads it field by
 * field, to word the error or to find that it is none.
 */
final class BlockParser {
    /** What becomes of a column. */
    enum Kind {
        SKIPPED,
        NUMBERS,
        TEXTS
    }

    /** Whole numbers below are the same after a product and a quotient with a power of ten. */
    static final long EXACT = 1_000_000_000_000_000L;

    /** One column of a block. */
    static final class Part {
        Kind kind;
        double[] numbers = new double[0];
        int[] codes = new int[0];
        final ByteLevels levels = new ByteLevels();
        /** Row of the first text among numbers, counted from 0 within the block, or −1. */
        int textRow;

        String text = "";
        double min;
        double max;
        /** Most digits behind a decimal point. */
        int fraction;
        /** Whether no number has more than 15 digits, or an exponent. */
        boolean plain;

        Part(Kind kind) {
            this.kind = kind;
        }

        private void clear() {
            levels.clear();
            textRow = -1;
            min = Double.POSITIVE_INFINITY;
            max = Double.NEGATIVE_INFINITY;
            fraction = 0;
            plain = true;
        }

        private void require(int rows) {
            if (kind == Kind.NUMBERS && numbers.length < rows) {
                numbers = Arrays.copyOf(numbers, rows);
            } else if (kind == Kind.TEXTS && codes.length < rows) {
                codes = Arrays.copyOf(codes, rows);
            }
        }

        private void number(int row, double v) {
            numbers[row] = v;
            min = v < min ? v : min;
            max = v > max ? v : max;
        }
    }

    final CsvBlocks.Block block = new CsvBlocks.Block();
    /** Read columns, and those passed over, in the file's order. */
    final Part[] parts;
    /** Rows of the block. */
    int rows;

    private final byte separator;
    private final NumberScanner scanner = new NumberScanner();
    private char[] chars = new char[64];
    private byte[] unquoted = new byte[64];
    private int capacity;
    /** Where the text of the last field is. */
    private byte[] field = unquoted;

    private int from;
    private int to;
    private @Nullable CharsetDecoder decoder;

    BlockParser(Kind[] kinds, byte separator) {
        this.separator = separator;
        this.parts = new Part[kinds.length];
        Arrays.setAll(parts, i -> new Part(kinds[i]));
    }

    /** Reads the block from byte {@code begin} on; false when it is not as it should be. */
    boolean parse(int begin) {
        rows = 0;
        for (Part part : parts) {
            part.clear();
        }
        if (block.wide && !decodes()) {
            return false;
        }
        byte[] b = block.bytes;
        int at = begin;
        while (at < block.length) {
            if (b[at] == '\n' || b[at] == '\r') {
                at++; // an empty line, or the second half of a line's end
                continue;
            }
            if (rows == capacity) {
                capacity = Math.max(1 << 10, 2 * capacity);
                for (Part part : parts) {
                    part.require(capacity);
                }
            }
            at = record(b, at);
            if (at < 0) {
                return false;
            }
            rows++;
        }
        return true;
    }

    /** Behind the record's last field, or −1. */
    private int record(byte[] b, int begin) {
        int at = begin;
        int last = parts.length - 1;
        for (int k = 0; k <= last; k++) {
            Part part = parts[k];
            int end = part.kind == Kind.NUMBERS ? plain(b, at, part) : -1;
            if (end < 0) {
                end = field(b, at);
                if (end < 0) {
                    return -1;
                }
                store(part);
            }
            if (k < last ? b[end] != separator : b[end] != '\n' && b[end] != '\r') {
                return -1;
            }
            at = end + 1;
        }
        return at;
    }

    /** A field {@code [-] digits [. digits]}, which most are: where it ends, or −1 where it is none. */
    private int plain(byte[] b, int begin, Part part) {
        int i = begin;
        boolean negative = b[i] == '-';
        i += negative ? 1 : 0;
        int start = i;
        long mantissa = 0;
        int digit = b[i] - '0';
        while (digit >= 0 && digit <= 9) {
            mantissa = 10 * mantissa + digit;
            digit = b[++i] - '0';
        }
        int digits = i - start;
        int fraction = 0;
        if (b[i] == '.') {
            int point = ++i;
            digit = b[i] - '0';
            while (digit >= 0 && digit <= 9) {
                mantissa = 10 * mantissa + digit;
                digit = b[++i] - '0';
            }
            fraction = i - point;
            digits += fraction;
        }
        byte stop = b[i];
        if (digits == 0 || digits > 18 || mantissa >= EXACT || stop != separator && stop != '\n' && stop != '\r') {
            return -1;
        }
        // both are doubles without error: the nearest double
        double value = fraction == 0 ? mantissa : mantissa / NumberScanner.POWERS[fraction];
        part.fraction = Math.max(part.fraction, fraction);
        part.number(rows, negative ? -value : value);
        return i;
    }

    /** Finds a field and its text: where it ends, or −1. */
    private int field(byte[] b, int begin) {
        if (b[begin] == '"') {
            return quoted(b, begin + 1);
        }
        int i = begin;
        while (b[i] != separator && b[i] != '\n' && b[i] != '\r') {
            if (b[i] == '"') {
                return -1;
            }
            i++;
        }
        field = b;
        from = begin;
        to = i;
        while (from < to && b[from] >= 0 && b[from] <= ' ') {
            from++;
        }
        while (from < to && b[to - 1] >= 0 && b[to - 1] <= ' ') {
            to--;
        }
        return i;
    }

    private int quoted(byte[] b, int begin) {
        int end = block.length;
        int length = 0;
        int i = begin;
        field = b;
        from = begin;
        while (i < end && (b[i] != '"' || b[i + 1] == '"')) {
            if (b[i] == '"') {
                length = copy(b, i + 1, length);
                from = i + 2;
                i++;
            }
            i++;
        }
        if (i >= end) {
            return -1;
        }
        to = i;
        if (length > 0) {
            length = copy(b, i, length);
            field = unquoted;
            from = 0;
            to = length;
        }
        return i + 1;
    }

    /** Takes the bytes from {@link #from} into the text without quotes. */
    private int copy(byte[] b, int end, int length) {
        int more = end - from;
        if (length + more > unquoted.length) {
            unquoted = Arrays.copyOf(unquoted, 2 * (length + more));
        }
        System.arraycopy(b, from, unquoted, length, more);
        return length + more;
    }

    private void store(Part part) {
        if (part.kind == Kind.SKIPPED) {
            return;
        }
        boolean looked = to - from <= 3 || part.textRow < 0;
        int n = looked ? widen() : 0;
        boolean missing = to - from <= 3 && Numbers.isMissing(chars, 0, n);
        boolean number = !missing && part.textRow < 0 && scanner.scan(chars, 0, n);
        if (!missing && !number && part.textRow < 0) {
            part.textRow = rows;
            part.text = new String(field, from, to - from, StandardCharsets.UTF_8);
        }
        if (part.kind == Kind.TEXTS) {
            part.codes[rows] = missing ? CategoricalColumn.MISSING : part.levels.code(field, from, to);
        } else if (number) {
            boolean plain = scanner.form >= 0 && scanner.form >>> 11 == 0 && scanner.mantissa < EXACT;
            part.plain &= plain;
            part.fraction = plain ? Math.max(part.fraction, -NumberScanner.exponent(scanner.form)) : part.fraction;
            part.number(rows, scanner.value);
        } else {
            part.numbers[rows] = Double.NaN;
        }
    }

    /** The field as characters; how many they are. */
    private int widen() {
        int n = to - from;
        if (chars.length < n) {
            chars = new char[2 * n];
        }
        for (int i = 0; i < n; i++) {
            chars[i] = (char) field[from + i];
            if (field[from + i] < 0) {
                String text = new String(field, from, n, StandardCharsets.UTF_8);
                text.getChars(0, text.length(), chars, 0);
                return text.length();
            }
        }
        return n;
    }

    /** Whether the bytes are UTF-8. */
    private boolean decodes() {
        if (decoder == null) {
            decoder = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT);
        }
        decoder.reset();
        ByteBuffer in = ByteBuffer.wrap(block.bytes, 0, block.length);
        CharBuffer out = CharBuffer.allocate(1 << 13);
        while (true) {
            var result = decoder.decode(in, out, true);
            if (result.isError()) {
                return false;
            }
            if (result.isUnderflow()) {
                return true;
            }
            out.clear();
        }
    }
}
