package henderson.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a structure's call, checked against what the structure declares. */
public final class Arguments {
    private static final Arguments NONE = new Arguments(Map.of());

    private final Map<String, Object> values;

    private Arguments(Map<String, Object> values) {
        this.values = values;
    }

    /** No arguments. */
    public static Arguments none() {
        return NONE;
    }

    /**
     * Checks a call against a declaration. Unnamed arguments (keys "1", "2", …) fill the declared ones in order.
     *
     * @throws HendersonException for an argument that is unknown, missing or of the wrong type; the message names it
     */
    public static Arguments of(String structure, List<ArgumentSpec> declared, Map<String, Object> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> rest = flagsNamed(declared, given);
        int ordinal = 0;
        for (ArgumentSpec spec : declared) {
            ordinal++;
            Object value = rest.remove(spec.name());
            if (value == null) {
                value = rest.remove(Integer.toString(ordinal));
            }
            if (value == null) {
                value = spec.byDefault();
            }
            if (value == null) {
                throw new HendersonException(
                        "Structure '" + structure + "' needs the argument '" + spec.name() + "'.",
                        "Maybe write " + structure + "(…, " + spec.name() + " = …).");
            }
            values.put(spec.name(), check(structure, spec, value));
        }
        if (!rest.isEmpty()) {
            List<String> known = new ArrayList<>();
            declared.forEach(s -> known.add(s.name()));
            String name = rest.keySet().iterator().next();
            throw new HendersonException(
                    "Structure '" + structure + "' takes no argument '" + name + "' (value " + rest.get(name) + ").",
                    "Maybe " + (known.isEmpty() ? "it takes none." : "one of: " + String.join(", ", known) + "."));
        }
        return new Arguments(values);
    }

    /** An unnamed word that is the name of a flag sets it: {@code gaussian(time | id, nugget)}. */
    private static Map<String, Object> flagsNamed(List<ArgumentSpec> declared, Map<String, Object> given) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Map.Entry<String, Object> argument : given.entrySet()) {
            boolean unnamed = Character.isDigit(argument.getKey().charAt(0));
            boolean flag = unnamed
                    && declared.stream()
                            .anyMatch(s -> s.type() == ArgumentSpec.Type.FLAG
                                    && s.name().equals(argument.getValue()));
            out.put(flag ? (String) argument.getValue() : argument.getKey(), flag ? Boolean.TRUE : argument.getValue());
        }
        return out;
    }

    private static Object check(String structure, ArgumentSpec spec, Object value) {
        boolean right =
                switch (spec.type()) {
                    case INTEGER -> value instanceof Number n && n.doubleValue() == Math.rint(n.doubleValue());
                    case REAL -> value instanceof Number;
                    case FLAG -> value instanceof Boolean;
                    case CHOICE -> value instanceof String s && spec.choices().contains(s);
                    case MATRIX -> true;
                };
        if (!right) {
            String limit = spec.type() == ArgumentSpec.Type.CHOICE
                    ? "one of " + String.join(", ", spec.choices())
                    : "a value of kind " + spec.type().name().toLowerCase(java.util.Locale.ROOT);
            throw new HendersonException("Argument '" + spec.name() + "' of structure '" + structure + "' is '" + value
                    + "'; it takes " + limit + ".");
        }
        return value;
    }

    /** A whole-number argument. */
    public int integer(String name) {
        return ((Number) get(name)).intValue();
    }

    /** A real argument. */
    public double real(String name) {
        return ((Number) get(name)).doubleValue();
    }

    /** A flag. */
    public boolean flag(String name) {
        return (Boolean) get(name);
    }

    /** A choice. */
    public String choice(String name) {
        return (String) get(name);
    }

    private Object get(String name) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Argument '" + name + "' was not declared.");
        }
        return value;
    }

    /** All values by name, for reports. */
    public Map<String, Object> asMap() {
        return Map.copyOf(values);
    }
}
