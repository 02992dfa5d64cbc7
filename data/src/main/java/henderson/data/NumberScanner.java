package henderson.data;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/**
 * Reads one number from characters: {@code [+-] digits [. digits] [e [+-] digits]} or an infinity, and nothing else (the
 * parsers of libraries also take {@code 1d} and {@code 0x1p3}). Besides the double it keeps what is needed to write the
 * same text again: the digits as a whole number, and a {@link #form}.
 *
 * <p>One object scans many numbers; its fields hold the last one.
 */
final class NumberScanner {
    /** The form of {@code 17}: no sign, no superfluous zero, no point, no exponent. */
    static final long WHOLE = form(false, 0, -1, 0);

    static final int MOST_DIGITS = 18;
    static final double[] POWERS = new double[309];

    static {
        for (int k = 0; k < POWERS.length; k++) {
            POWERS[k] = Double.parseDouble("1e" + k);
        }
    }

    double value;
    /** All digits, without sign and point, as a whole number; 0 when there are more than {@link #MOST_DIGITS}. */
    long mantissa;
    /** {@code |value| = mantissa · 10^exponent}. */
    int exponent;
    /** How the text looks, or −1 when the text cannot be had back from mantissa and form. */
    long form;

    private int significant;
    private int fraction;
    private int written;
    private int power;
    private long style;

    /** Whether characters {@code from … to − 1} are a number; if so the fields are set. */
    boolean scan(char[] b, int from, int to) {
        if (from == to) {
            return false;
        }
        boolean negative = b[from] == '-';
        boolean plus = b[from] == '+';
        int start = negative || plus ? from + 1 : from;
        int i = digits(b, start, to);
        if (written == 0) {
            return infinity(b, start, to, negative);
        }
        if (i < to && (b[i] == 'e' || b[i] == 'E')) {
            i = exponent(b, i, to);
        }
        if (i != to) {
            return false;
        }
        exponent = power - Math.max(fraction, 0);
        boolean whole = significant <= MOST_DIGITS;
        value = whole && mantissa <= 1L << 53 && Math.abs(exponent) <= 22
                ? exact()
                : JavaDoubleParser.parseDouble(b, start, to - start);
        int shown = significant - Math.max(fraction, 0);
        int zeros = written - Math.max(fraction, 0) - Math.max(shown, 1);
        boolean plain = whole && fraction <= MOST_DIGITS && zeros <= 30 && style >= 0 && value < Double.MAX_VALUE;
        form = plain ? form(plus, zeros, fraction, style) : -1;
        value = negative ? -value : value;
        return true;
    }

    /** Both operands are doubles without error, so that the quotient or product is the nearest double. */
    private double exact() {
        return exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
    }

    private int digits(char[] b, int start, int to) {
        mantissa = 0;
        significant = 0;
        fraction = -1;
        written = 0;
        power = 0;
        style = 0;
        int i = start;
        for (; i < to; i++) {
            int d = b[i] - '0';
            if (d >= 0 && d <= 9) {
                if (significant > 0 || d > 0) {
                    mantissa = significant < MOST_DIGITS ? 10 * mantissa + d : 0;
                    significant++;
                }
                written++;
                fraction += fraction >= 0 ? 1 : 0;
            } else if (b[i] == '.' && fraction < 0) {
                fraction = 0;
            } else {
                break;
            }
        }
        return i;
    }

    private int exponent(char[] b, int at, int to) {
        int i = at + 1;
        int sign = i < to && b[i] == '+' ? 1 : i < to && b[i] == '-' ? 2 : 0;
        i += sign > 0 ? 1 : 0;
        int first = i;
        int p = 0;
        for (; i < to && b[i] >= '0' && b[i] <= '9'; i++) {
            p = Math.min(100_000, 10 * p + b[i] - '0');
        }
        if (i == first) {
            return at;
        }
        power = sign == 2 ? -p : p;
        int length = i - first;
        style = p < 1024 && length < 8 ? 1 | (b[at] == 'E' ? 2 : 0) | sign << 2 | length << 4 | p << 7 : -1;
        return i;
    }

    private boolean infinity(char[] b, int start, int to, boolean negative) {
        int n = to - start;
        if (n != 3 && n != 8) {
            return false;
        }
        String word = "infinity";
        for (int i = 0; i < n; i++) {
            if (Character.toLowerCase(b[start + i]) != word.charAt(i)) {
                return false;
            }
        }
        value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        form = -1;
        return true;
    }

    private static long form(boolean plus, int zeros, int fraction, long style) {
        return (plus ? 1 : 0) | (long) (zeros + 1) << 1 | (long) (fraction + 1) << 6 | style << 11;
    }

    /** The power of ten of a form: {@code |value| = mantissa · 10^exponent}. */
    static int exponent(long form) {
        long style = form >>> 11;
        int p = (int) (style >>> 7);
        return ((style >>> 2 & 3) == 2 ? -p : p) - Math.max(fraction(form), 0);
    }

    private static int fraction(long form) {
        return (int) (form >>> 6 & 31) - 1;
    }

    /** The text that was scanned. */
    static String text(boolean negative, long mantissa, long form) {
        int fraction = fraction(form);
        int zeros = (int) (form >>> 1 & 31) - 1;
        StringBuilder out = new StringBuilder(Long.toString(mantissa));
        if (mantissa == 0) {
            out.setLength(0);
        }
        while (out.length() < Math.max(fraction, 0)) {
            out.insert(0, '0');
        }
        int point = out.length() - Math.max(fraction, 0);
        out.insert(0, "0".repeat(zeros + (point == 0 ? 1 : 0)));
        point += zeros + (point == 0 ? 1 : 0);
        if (fraction >= 0) {
            out.insert(point, '.');
        }
        out.insert(0, negative ? "-" : (form & 1) == 1 ? "+" : "");
        long style = form >>> 11;
        if ((style & 1) == 1) {
            out.append((style & 2) == 2 ? 'E' : 'e').append(new String[] {"", "+", "-"}[(int) (style >>> 2 & 3)]);
            String digits = Long.toString(style >>> 7);
            int length = (int) (style >>> 4 & 7);
            out.append("0".repeat(Math.max(0, length - digits.length()))).append(digits);
        }
        return out.toString();
    }
}
