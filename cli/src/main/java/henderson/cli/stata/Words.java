package henderson.cli.stata;

import henderson.api.HendersonException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A command other than a model, cut into its parts: {@code body if condition, options}.
 *
 * @param whole   the command
 * @param body    what stands after its first word, before {@code if} and the comma
 * @param filter  what stands after {@code if}, or null
 * @param options words after the comma, such as {@code by(g)}
 */
record Words(String whole, String body, @Nullable String filter, List<String> options) {
    private static final Pattern OPTION = Pattern.compile("\\s*,?\\s*(\\w+(?:\\([^()]*\\))?)");
    private static final Pattern IF = Pattern.compile("(^|\\s)if[\\s(]");

    static Words of(String command) {
        int comma = comma(command);
        String left = comma < 0 ? command : command.substring(0, comma);
        List<String> options = new ArrayList<>();
        String right = comma < 0 ? "" : command.substring(comma + 1).strip();
        Matcher m = OPTION.matcher(right);
        int at = 0;
        while (at < right.length() && m.region(at, right.length()).lookingAt()) {
            options.add(m.group(1));
            at = m.end();
        }
        if (!right.substring(at).isBlank()) {
            throw new HendersonException(
                    "Command: '" + right.substring(at).strip() + "' is no option in '" + command + "'.");
        }
        Matcher condition = IF.matcher(left);
        boolean filtered = condition.find();
        String body = (filtered ? left.substring(0, condition.start()) : left).strip();
        String filter = filtered
                ? left.substring(condition.start()).strip().substring(2).strip()
                : null;
        int space = 0;
        while (space < body.length() && (Character.isLetterOrDigit(body.charAt(space)) || body.charAt(space) == '_')) {
            space++;
        }
        return new Words(command, body.substring(space).strip(), filter, options);
    }

    private static int comma(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (c == ',' && depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** Words of the body. */
    List<String> names() {
        return body.isBlank() ? List.of() : List.of(body.split("\\s+"));
    }

    /** The argument of an option, or null; any beginning of its name of {@code least} letters will do. */
    @Nullable
    String argument(String option, int least) {
        for (String o : options) {
            int open = o.indexOf('(');
            String name = open < 0 ? o : o.substring(0, open);
            if (name.length() >= least && option.startsWith(name)) {
                return open < 0 ? "" : o.substring(open + 1, o.length() - 1).strip();
            }
        }
        return null;
    }

    boolean has(String option, int least) {
        return argument(option, least) != null;
    }

    /** The number an option gives, or another where it is not given. */
    double number(String option, double otherwise) {
        String text = argument(option, 1);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}(\\.\\d*)?")) {
            throw new HendersonException("Command: " + option + "() cannot be '" + text + "'.");
        }
        return Double.parseDouble(text);
    }

    /** The decimal number an option gives, or another where it is not given. */
    double decimal(String option, int least, double otherwise) {
        String text = argument(option, least);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("\\d*\\.?\\d{1,9}")) {
            throw new HendersonException("Command: " + option + "() cannot be '" + text + "'.");
        }
        return Double.parseDouble(text);
    }

    /** Refuses options beyond those known. */
    void allow(String... known) {
        for (String o : options) {
            String name = o.contains("(") ? o.substring(0, o.indexOf('(')) : o;
            boolean found = false;
            for (String k : known) {
                found |= k.startsWith(name);
            }
            if (!found) {
                throw new HendersonException(
                        "Command: '" + whole + "' has the option " + o + ", which is not supported.",
                        known.length == 0
                                ? "It takes no option here."
                                : "Supported: " + String.join(", ", known) + ".");
            }
        }
    }
}
