package henderson.data;

import henderson.api.Expression;
import henderson.api.HendersonException;
import henderson.data.Lexer.Kind;
import henderson.data.Lexer.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operators by precedence climbing; remembers where each expression stood, for messages. */
final class Parser {
    private static final Set<String> OPERATORS =
            Set.of("|", "||", "&&", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", ":", "^");
    private static final int DEEPEST = 200;

    private final Source source;
    private final List<Token> tokens;
    private final Map<Expression, Integer> places = new IdentityHashMap<>();
    private final Set<Expression> inParentheses = Collections.newSetFromMap(new IdentityHashMap<>());
    private int next;
    private int depth;

    Parser(Source source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    Token peek() {
        return tokens.get(next);
    }

    boolean accept(String symbol) {
        boolean found = peek().is(symbol);
        next += found ? 1 : 0;
        return found;
    }

    void expect(String symbol, @Nullable String advice) {
        if (!accept(symbol)) {
            throw error(peek().at(), "expected '" + symbol + "' but found " + peek().shown() + ".", advice);
        }
    }

    void expectEnd() {
        if (peek().kind() != Kind.END) {
            throw error(peek().at(), "expected an operator or the end but found " + peek().shown() + ".", null);
        }
    }

    HendersonException error(int at, String message, @Nullable String advice) {
        return source.error(at, message, advice);
    }

    HendersonException error(Expression e, String message, @Nullable String advice) {
        return error(place(e), message, advice);
    }

    /** Where an expression stood. */
    int place(Expression e) {
        return places.getOrDefault(e, 0);
    }

    /** An expression whose operators bind at least as tightly as {@code level}. */
    Expression expression(int level) {
        if (++depth > DEEPEST) {
            throw error(peek().at(), "more than " + DEEPEST + " levels of parentheses.", null);
        }
        Expression left = operand();
        while (peek().kind() == Kind.SYMBOL && OPERATORS.contains(peek().text())) {
            Token operator = peek();
            int binds = Expression.precedence(operator.text());
            if (binds < level) {
                break;
            }
            next++;
            Expression right = expression(operator.text().equals("^") ? binds : binds + 1);
            left = placed(new Expression.Binary(operator.text(), left, right), operator.at());
        }
        depth--;
        return left;
    }

    /** Whether an expression stood in parentheses of its own. */
    boolean inParentheses(Expression e) {
        return inParentheses.contains(e);
    }

    private Expression operand() {
        Token t = peek();
        next++;
        switch (t.kind()) {
            case NUMBER:
                return placed(new Expression.Number(Double.parseDouble(t.text()), t.text()), t.at());
            case TEXT:
                return placed(new Expression.Text(t.text()), t.at());
            case NAME:
                return named(t);
            case SYMBOL:
                if (t.is("(")) {
                    Expression inner = expression(1);
                    expect(")", null);
                    inParentheses.add(inner);
                    return inner;
                }
                if (t.is("+")) {
                    return expression(Expression.precedence("*"));
                }
                if (t.is("-")) {
                    return placed(new Expression.Unary("-", expression(Expression.precedence(":"))), t.at());
                }
                if (t.is("!")) {
                    return placed(new Expression.Unary("!", expression(Expression.precedence(":"))), t.at());
                }
                break;
            default:
                break;
        }
        throw error(t.at(), "expected a variable, a number or '(' but found " + t.shown() + ".", null);
    }

    private Expression named(Token t) {
        if (!t.quoted() && accept("(")) {
            return placed(new Expression.Call(t.text(), arguments()), t.at());
        }
        if (!t.quoted() && (t.text().equals("TRUE") || t.text().equals("FALSE"))) {
            return placed(new Expression.Flag(t.text().equals("TRUE")), t.at());
        }
        return placed(new Expression.Name(t.text()), t.at());
    }

    private List<Expression> arguments() {
        List<Expression> out = new ArrayList<>();
        if (accept(")")) {
            return out;
        }
        do {
            out.add(argument());
        } while (accept(","));
        expect(")", "Maybe a parenthesis is not closed.");
        return out;
    }

    /** An expression, or {@code name = expression}. */
    Expression argument() {
        Token t = peek();
        if (t.kind() == Kind.NAME && tokens.get(next + 1).is("=")) {
            next += 2;
            return placed(new Expression.Named(t.text(), expression(1)), t.at());
        }
        return expression(1);
    }

    private Expression placed(Expression e, int at) {
        places.put(e, at);
        return e;
    }
}
