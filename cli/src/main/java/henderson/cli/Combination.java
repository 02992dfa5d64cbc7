package henderson.cli;

import henderson.api.HendersonException;
import java.util.List;

/**
 * A linear combination of coefficients as it is written: {@code 2*week - x1:x2 + 3}. Names are those of the table, so that
 * they may hold any sign; where several begin alike, the longest counts.
 *
 * @param weights  one for each coefficient
 * @param constant added
 */
record Combination(double[] weights, double constant) {

    /** {@code left = right} as {@code left − right}; without an equals sign, the text alone. */
    static Combination hypothesis(String text, List<String> names) {
        int equals = text.lastIndexOf('=');
        if (equals < 0) {
            return of(text, names);
        }
        Combination left = of(text.substring(0, equals), names);
        Combination right = of(text.substring(equals + 1), names);
        double[] weights = left.weights();
        for (int j = 0; j < weights.length; j++) {
            weights[j] -= right.weights()[j];
        }
        return new Combination(weights, left.constant() - right.constant());
    }

    static Combination of(String text, List<String> names) {
        double[] weights = new double[names.size()];
        double constant = 0;
        int at = blank(text, 0);
        boolean first = true;
        while (at < text.length() || first) {
            double sign = 1;
            boolean signed = at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-');
            if (signed) {
                sign = text.charAt(at) == '-' ? -1 : 1;
                at = blank(text, at + 1);
            } else if (!first) {
                throw mistake(text, at, "a + or - is missing", names);
            }
            first = false;
            int name = name(text, at, names);
            if (name < 0) {
                int end = number(text, at);
                if (end == at) {
                    throw mistake(text, at, "there is no coefficient", names);
                }
                sign *= Double.parseDouble(text.substring(at, end));
                at = blank(text, end);
                if (at < text.length() && text.charAt(at) == '*') {
                    at = blank(text, at + 1);
                    name = name(text, at, names);
                    if (name < 0) {
                        throw mistake(text, at, "there is no coefficient", names);
                    }
                }
            }
            if (name < 0) {
                constant += sign;
            } else {
                weights[name] += sign;
                at = blank(text, at + names.get(name).length());
            }
        }
        return new Combination(weights, constant);
    }

    private static int blank(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The longest name that stands there and does not go on; −1 for none. */
    private static int name(String text, int at, List<String> names) {
        int best = -1;
        for (int j = 0; j < names.size(); j++) {
            String n = names.get(j);
            int end = at + n.length();
            boolean ends = end >= text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
            if (text.startsWith(n, at)
                    && ends
                    && (best < 0 || n.length() > names.get(best).length())) {
                best = j;
            }
        }
        return best;
    }

    /** The end of the digits, with a point among them. */
    private static int number(String text, int from) {
        int at = from;
        int digits = 0;
        int points = 0;
        while (at < text.length() && (Character.digit(text.charAt(at), 10) >= 0 || text.charAt(at) == '.')) {
            digits += text.charAt(at) == '.' ? 0 : 1;
            points += text.charAt(at) == '.' ? 1 : 0;
            at++;
        }
        return digits > 0 && points <= 1 ? at : from;
    }

    private static HendersonException mistake(String text, int at, String what, List<String> names) {
        return new HendersonException(
                "In '" + text.strip() + "', " + what + " at '"
                        + text.substring(at).strip() + "'.",
                "Maybe one of: " + String.join(", ", names) + ".");
    }
}
