package henderson.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument a structure declares.
 *
 * @param name       how it is written
 * @param type       what it takes
 * @param choices    the values of a choice; empty otherwise
 * @param byDefault  value when it is left out, or null when it must be given
 */
public record ArgumentSpec(String name, Type type, List<String> choices, @Nullable Object byDefault) {
    /** What an argument takes. */
    public enum Type {
        INTEGER,
        REAL,
        FLAG,
        CHOICE,
        MATRIX
    }

    public ArgumentSpec {
        choices = List.copyOf(choices);
    }
}
