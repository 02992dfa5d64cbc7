package henderson.data.stata;

import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a command, {@code from ≤ at < to} of its whole text; messages show the whole with a caret. */
record CommandText(String whole, int from, int to) {
    static CommandText of(String whole) {
        return new CommandText(whole, 0, whole.length());
    }

    String text() {
        return whole.substring(from, to);
    }

    boolean isBlank() {
        return text().isBlank();
    }

    CommandText part(int a, int b) {
        return new CommandText(whole, a, b);
    }

    /** Without blanks at both ends. */
    CommandText strip() {
        int a = from;
        int b = to;
        while (a < b && Character.isWhitespace(whole.charAt(a))) {
            a++;
        }
        while (b > a && Character.isWhitespace(whole.charAt(b - 1))) {
            b--;
        }
        return part(a, b);
    }

    HendersonException error(int at, String message, @Nullable String advice) {
        String line = whole.replaceAll("[\\r\\n\\t]", " ");
        int caret = Math.max(0, Math.min(at, line.length()));
        String newline = System.lineSeparator();
        return new HendersonException(
                "Command: " + message + newline + "  " + line + newline + "  " + " ".repeat(caret) + "^", advice);
    }

    /** Where a separator stands outside quotes, parentheses and brackets, at or after {@code start}; −1 if nowhere. */
    int find(String separator, int start) {
        int depth = 0;
        char quote = 0;
        for (int i = start; i < to; i++) {
            char c = whole.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"') {
                quote = c;
            } else if (depth == 0 && whole.startsWith(separator, i) && i + separator.length() <= to) {
                return i;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ')' || c == ']') {
                if (--depth < 0) {
                    throw error(i, "'" + c + "' closes nothing.", null);
                }
            }
        }
        if (quote != 0 || depth > 0) {
            throw error(to, quote != 0 ? "a quote is never closed." : "a parenthesis is never closed.", null);
        }
        return -1;
    }

    /** The parts between separators. */
    List<CommandText> split(String separator) {
        List<CommandText> out = new ArrayList<>();
        int start = from;
        for (int at = find(separator, start); at >= 0; at = find(separator, start)) {
            out.add(part(start, at));
            start = at + separator.length();
        }
        out.add(part(start, to));
        return out;
    }

    /** Where a word stands alone outside parentheses and quotes; −1 if nowhere. */
    int findWord(String word) {
        for (int at = find(word, from); at >= 0; at = find(word, at + 1)) {
            boolean begins = at == from || !isNameChar(whole.charAt(at - 1)) && whole.charAt(at - 1) != '.';
            int end = at + word.length();
            boolean ends = end == to || Character.isWhitespace(whole.charAt(end)) || whole.charAt(end) == '(';
            if (begins && ends) {
                return at;
            }
        }
        return -1;
    }

    static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
