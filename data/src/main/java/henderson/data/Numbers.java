package henderson.data;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Numbers as files and levels write them. */
final class Numbers {
    /** Order of texts by code point, which is not that of {@link String#compareTo} beyond the basic plane. */
    static final Comparator<String> CODE_POINTS = Numbers::compareCodePoints;

    private Numbers() {}

    private static int compareCodePoints(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length()) {
            int p = a.codePointAt(i);
            int q = b.codePointAt(i);
            if (p != q) {
                return Integer.compare(p, q);
            }
            i += Character.charCount(p);
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Whether a field has no value: empty, {@code NA}, {@code .} or {@code NaN}. */
    static boolean isMissing(char[] b, int from, int to) {
        return switch (to - from) {
            case 0 -> true;
            case 1 -> b[from] == '.';
            case 2 -> b[from] == 'N' && b[from + 1] == 'A';
            case 3 ->
                (b[from] == 'N' || b[from] == 'n') && b[from + 1] == 'a' && (b[from + 2] == 'N' || b[from + 2] == 'n');
            default -> false;
        };
    }

    static boolean isMissing(String text) {
        return text.length() <= 3 && isMissing(text.toCharArray(), 0, text.length());
    }

    /** The number a text is, or NaN. */
    static double parse(String text) {
        NumberScanner scanner = new NumberScanner();
        return scanner.scan(text.toCharArray(), 0, text.length()) ? scanner.value : Double.NaN;
    }

    /** The numbers that texts are, or null when one of them is none. */
    static double @Nullable [] allNumbers(List<String> texts) {
        double[] out = new double[texts.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = parse(texts.get(i));
            if (Double.isNaN(out[i])) {
                return null;
            }
        }
        return out;
    }

    /** The shortest decimal text that gives the double back, without exponent where that is readable. */
    static String shortest(double x) {
        if (x == Math.rint(x) && Math.abs(x) < 1e15) {
            return Long.toString((long) x);
        }
        if (Double.isInfinite(x) || Double.isNaN(x)) {
            return Double.toString(x);
        }
        BigDecimal exact = new BigDecimal(x);
        BigDecimal text = exact;
        for (int digits = 15; digits <= 17; digits++) {
            text = exact.round(new MathContext(digits));
            if (text.doubleValue() == x) {
                break;
            }
        }
        text = text.stripTrailingZeros();
        int exponent = text.precision() - text.scale() - 1;
        return exponent >= -7 && exponent <= 20 ? text.toPlainString() : text.toString();
    }
}
