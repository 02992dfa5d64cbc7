package henderson.api;

import org.jspecify.annotations.Nullable;

/**
 * Something the user gave cannot be used. The message names the thing, its value and the limit; the advice, when there is
 * one, starts with "Maybe". Programs print both and exit with status 1; a stack trace is never shown.
 */
public class HendersonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String advice;

    /** A message that needs no advice. */
    public HendersonException(String message) {
        this(message, null, null);
    }

    /** A message and a line of advice beginning with "Maybe". */
    public HendersonException(String message, @Nullable String advice) {
        this(message, advice, null);
    }

    /** A message, a line of advice and the cause. */
    public HendersonException(String message, @Nullable String advice, @Nullable Throwable cause) {
        super(message, cause);
        this.advice = advice;
    }

    /** What might help, or null. */
    public @Nullable String advice() {
        return advice;
    }

    /** Message and, on a line of its own, the advice. */
    public String describe() {
        return advice == null ? getMessage() : getMessage() + System.lineSeparator() + advice;
    }
}
