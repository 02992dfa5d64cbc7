package henderson.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A covariance structure as it was called, before any kind has looked at it: {@code ar(2, time | mare)}.
 *
 * @param name      the name written
 * @param arguments named arguments, and unnamed ones under "1", "2", …
 * @param positions the columns that give positions
 * @param group     the grouping factor, or null where there is none
 * @param inner     the calls a combinator stands over
 */
public record StructureCall(
        String name,
        Map<String, Object> arguments,
        List<String> positions,
        @Nullable String group,
        List<StructureCall> inner) {
    public StructureCall {
        arguments = Map.copyOf(arguments);
        positions = List.copyOf(positions);
        inner = List.copyOf(inner);
    }

    /** A structure without arguments or positions. */
    public static StructureCall of(String name, @Nullable String group) {
        return new StructureCall(name, Map.of(), List.of(), group, List.of());
    }
}
