package henderson.data.stata;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words after a comma, each by any beginning that only one known option has: {@code cov(un) reml nolog}. */
final class Options {
    private Options() {}

    /** An option by its whole name, its argument or null, and where it stood. */
    record Given(String name, @Nullable CommandText argument, int at) {}

    static List<Given> parse(CommandText source, List<String> known) {
        List<Given> out = new ArrayList<>();
        int at = source.from();
        while (at < source.to()) {
            char c = source.whole().charAt(at);
            if (Character.isWhitespace(c) || c == ',') {
                at++;
                continue;
            }
            int start = at;
            while (at < source.to() && CommandText.isNameChar(source.whole().charAt(at))) {
                at++;
            }
            if (at == start) {
                throw source.error(at, "expected an option but found '" + c + "'.", null);
            }
            String word = source.whole().substring(start, at);
            CommandText argument = null;
            if (at < source.to() && source.whole().charAt(at) == '(') {
                int close = source.find(")", at + 1);
                if (close < 0) {
                    throw source.error(at, "this parenthesis is never closed.", null);
                }
                argument = source.part(at + 1, close);
                at = close + 1;
            }
            out.add(new Given(choose(source, start, word, known, "option"), argument, start));
        }
        return out;
    }

    /** The one of {@code known} that a word means. */
    static String choose(CommandText source, int at, String word, List<String> known, String what) {
        if (known.contains(word)) {
            return word;
        }
        List<String> found = known.stream().filter(k -> k.startsWith(word)).toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        throw found.isEmpty()
                ? source.error(
                        at,
                        "no " + what + " is named '" + word + "'.",
                        "Maybe one of: " + String.join(", ", known) + ".")
                : source.error(
                        at,
                        "'" + word + "' is short for several: " + String.join(", ", found) + ".",
                        "Maybe write more of it.");
    }
}
