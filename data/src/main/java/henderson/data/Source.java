package henderson.data;

import henderson.api.HendersonException;
import org.jspecify.annotations.Nullable;

/** A text being parsed, and the messages that point into it. */
record Source(String what, String text) {
    /** An error at a character, with a caret under it. */
    HendersonException error(int at, String message, @Nullable String advice) {
        String line = text.replaceAll("[\\r\\n\\t]", " ");
        int caret = Math.min(at, line.length());
        return new HendersonException(
                what + ": " + message + System.lineSeparator() + "  " + line + System.lineSeparator() + "  "
                        + " ".repeat(caret) + "^",
                advice);
    }
}
