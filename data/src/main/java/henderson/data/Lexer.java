package henderson.data;

import java.util.ArrayList;
import java.util.List;

/** Cuts a formula or filter into tokens. */
final class Lexer {
    /** Kinds of token. */
    enum Kind {
        NUMBER,
        NAME,
        TEXT,
        SYMBOL,
        END
    }

    /** A token: {@code text} is unquoted for names and texts; {@code quoted} says a name stood between backquotes. */
    record Token(Kind kind, String text, int at, boolean quoted) {
        boolean is(String symbol) {
            return kind == Kind.SYMBOL && text.equals(symbol);
        }

        String shown() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    private static final List<String> SYMBOLS = List.of(
            "==", "!=", "<=", ">=", "&&", "||", "**", "~", "+", "-", "*", "/", "^", "(", ")", ",", ":", "|", "=", "<",
            ">", "!");

    private final Source source;
    private final String text;
    private final List<Token> out = new ArrayList<>();

    private Lexer(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Token> tokens(Source source) {
        Lexer lexer = new Lexer(source);
        int at = 0;
        while (at < lexer.text.length()) {
            at = Character.isWhitespace(lexer.text.charAt(at)) ? at + 1 : lexer.token(at);
        }
        lexer.out.add(new Token(Kind.END, "", lexer.text.length(), false));
        return lexer.out;
    }

    private int token(int at) {
        char c = text.charAt(at);
        if (digit(at) || c == '.' && digit(at + 1)) {
            return number(at);
        }
        if (Character.isLetter(c) || c == '.' || c == '_') {
            return name(at);
        }
        if (c == '`' || c == '"' || c == '\'') {
            return quoted(at, c);
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                out.add(new Token(Kind.SYMBOL, symbol.equals("**") ? "^" : symbol, at, false));
                return at + symbol.length();
            }
        }
        throw source.error(at, "the character '" + c + "' has no meaning here.", hint(c));
    }

    private static String hint(char c) {
        return c == '&' ? "Maybe write &&." : "Maybe a name with such a character needs backquotes: `a name`.";
    }

    private boolean digit(int at) {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private int digits(int from) {
        int at = from;
        while (digit(at)) {
            at++;
        }
        return at;
    }

    private int number(int from) {
        int at = digits(from);
        if (at < text.length() && text.charAt(at) == '.') {
            at = digits(at + 1);
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            if (digit(at + 1 + sign)) {
                at = digits(at + 1 + sign);
            }
        }
        if (at < text.length() && (Character.isLetter(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
            throw source.error(
                    at,
                    "a number runs into '" + text.charAt(at) + "'.",
                    "Maybe a name that starts so needs backquotes.");
        }
        String digits = text.substring(from, at);
        if (Double.isInfinite(Double.parseDouble(digits))) {
            throw source.error(from, "the number " + digits + " is too large; the largest is 1.8e308.", null);
        }
        out.add(new Token(Kind.NUMBER, digits, from, false));
        return at;
    }

    private int name(int from) {
        int at = from;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        out.add(new Token(Kind.NAME, text.substring(from, at), from, false));
        return at;
    }

    private int quoted(int from, char quote) {
        StringBuilder content = new StringBuilder();
        for (int at = from + 1; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == quote) {
                if (quote == '`' && content.isEmpty()) {
                    throw source.error(from, "a name between backquotes is empty.", null);
                }
                out.add(new Token(quote == '`' ? Kind.NAME : Kind.TEXT, content.toString(), from, true));
                return at + 1;
            }
            boolean escape = c == '\\' && quote != '`' && at + 1 < text.length();
            content.append(escape ? text.charAt(++at) : c);
        }
        throw source.error(from, "the quote " + quote + " is never closed.", null);
    }
}
