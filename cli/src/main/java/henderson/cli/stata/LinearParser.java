package henderson.cli.stata;

import henderson.api.HendersonException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 2*week - _cons + 1} over the names of coefficients, {@code _b[week]} being {@code week}. */
final class LinearParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:_b\\[([^\\]]+)\\]"
            + "|((?:\\d+\\.)?[\\p{L}_]\\w*(?:#(?:c\\.|\\d+\\.)?\\w+)*(?:\\.\\w+)*(?:#(?:c\\.|\\d+\\.)?\\w+)*)"
            + "|(\\d+\\.?\\d*(?:[eE][-+]?\\d+)?|\\.\\d+)|([-+*/()]))");

    /** Weights of the coefficients, and a constant behind them. */
    private record Sum(double[] weights, double constant) {
        boolean isNumber() {
            for (double w : weights) {
                if (w != 0) {
                    return false;
                }
            }
            return true;
        }

        Sum plus(Sum other, double factor) {
            double[] out = weights.clone();
            for (int i = 0; i < out.length; i++) {
                out[i] += factor * other.weights[i];
            }
            return new Sum(out, constant + factor * other.constant);
        }

        Sum times(double factor) {
            return new Sum(new double[weights.length], 0).plus(this, factor);
        }
    }

    private final String text;
    private final List<String> names;
    private int at;
    private int depth;
    private Matcher token;

    private LinearParser(String text, List<String> names) {
        this.text = text.strip();
        this.names = names;
        this.token = TOKEN.matcher(this.text);
        advance();
    }

    /** Weights by coefficient, then the constant. */
    static double[] parse(String text, List<String> names) {
        LinearParser parser = new LinearParser(text, names);
        Sum sum = parser.sum();
        if (parser.more) {
            throw parser.wrong();
        }
        double[] out = java.util.Arrays.copyOf(sum.weights(), names.size() + 1);
        out[names.size()] = sum.constant();
        return out;
    }

    private HendersonException wrong() {
        return new HendersonException(
                "Command: '" + text + "' is no linear combination of coefficients.",
                "Maybe with these: " + String.join(", ", names) + ".");
    }

    private boolean more;

    private void advance() {
        more = token.region(at, text.length()).lookingAt();
        if (!more && at < text.length()) {
            throw wrong();
        }
        at = more ? token.end() : at;
    }

    private char current() {
        return more && token.group(4) != null ? token.group(4).charAt(0) : 0;
    }

    private Sum sum() {
        if (++depth > 50) {
            throw wrong();
        }
        Sum out = product();
        while (current() == '+' || current() == '-') {
            double sign = current() == '+' ? 1 : -1;
            advance();
            out = out.plus(product(), sign);
        }
        depth--;
        return out;
    }

    private Sum product() {
        Sum out = operand();
        while (current() == '*' || current() == '/') {
            boolean divide = current() == '/';
            advance();
            Sum right = operand();
            if (!right.isNumber() && (divide || !out.isNumber())) {
                throw wrong();
            }
            out = divide
                    ? out.times(1 / right.constant())
                    : right.isNumber() ? out.times(right.constant()) : right.times(out.constant());
        }
        return out;
    }

    private Sum operand() {
        if (!more) {
            throw wrong();
        }
        if (current() == '-' || current() == '+') {
            double sign = current() == '+' ? 1 : -1;
            advance();
            return operand().times(sign);
        }
        if (current() == '(') {
            advance();
            Sum inner = sum();
            if (current() != ')') {
                throw wrong();
            }
            advance();
            return inner;
        }
        Sum out = new Sum(new double[names.size()], 0);
        if (token.group(3) != null) {
            out = new Sum(out.weights(), Double.parseDouble(token.group(3)));
        } else if (current() != 0) {
            throw wrong();
        } else {
            out.weights()[index(token.group(1) == null ? token.group(2) : token.group(1))] = 1;
        }
        advance();
        return out;
    }

    private int index(String name) {
        int exact = names.indexOf(name);
        if (exact >= 0) {
            return exact;
        }
        List<String> found = names.stream().filter(n -> n.startsWith(name)).toList();
        if (found.size() != 1) {
            throw new HendersonException(
                    "The fit has " + (found.isEmpty() ? "no coefficient" : found.size() + " coefficients") + " '" + name
                            + "'.",
                    "Maybe one of: " + String.join(", ", found.isEmpty() ? names : found) + ".");
        }
        return names.indexOf(found.get(0));
    }
}
