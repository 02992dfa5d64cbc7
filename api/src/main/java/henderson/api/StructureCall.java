package henderson.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** The residual structure as R's language writes it: {@code ar(2, time | mare), by = sex}. */
    @Override
    public String toString() {
        if (inner.size() == 2) {
            boolean nested = inner.get(1).inner().size() == 2;
            return inner.get(0) + " " + name + " " + (nested ? "(" + inner.get(1) + ")" : inner.get(1));
        }
        if (inner.size() == 1) {
            String over = joined(":", positions);
            Object function = arguments.get("function");
            return inner.get(0) + ", " + name + " = " + (function == null ? over : function + "(" + over + ")");
        }
        List<String> parts = new ArrayList<>();
        Map<String, Object> named = new TreeMap<>(arguments);
        for (int k = 1; named.containsKey(Integer.toString(k)); k++) {
            parts.add(written(named.remove(Integer.toString(k))));
        }
        if (group != null) {
            String left = positions.isEmpty() ? "1" : joined(" + ", positions);
            parts.add(left + " | " + joined(":", List.of(group.split(":"))));
        } else if (!positions.isEmpty()) {
            parts.add(joined(" + ", positions));
        }
        named.forEach((key, value) -> parts.add(Expression.quoteName(key) + " = " + written(value)));
        return Expression.quoteName(name) + (parts.isEmpty() ? "" : "(" + String.join(", ", parts) + ")");
    }

    private static String joined(String by, List<String> names) {
        return names.stream().map(Expression::quoteName).collect(Collectors.joining(by));
    }

    private static String written(Object value) {
        if (value instanceof String s) {
            return new Expression.Text(s).toString();
        }
        return value instanceof Boolean b ? new Expression.Flag(b).toString() : value.toString();
    }

    /** A structure without arguments or positions. */
    public static StructureCall of(String name, @Nullable String group) {
        return new StructureCall(name, Map.of(), List.of(), group, List.of());
    }
}
