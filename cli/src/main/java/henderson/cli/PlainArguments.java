package henderson.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arguments written plainly: two without a name, and options that are known, given once and have their value. */
final class PlainArguments implements Given {
    private final Map<String, Object> options = new HashMap<>();
    private final List<String> positionals = new ArrayList<>();

    private PlainArguments() {}

    /**
     * Reads the arguments behind the command.
     *
     * @return null where they are not plain, or wrong
     */
    static @Nullable PlainArguments of(String[] args) {
        PlainArguments out = new PlainArguments();
        int i = 1;
        while (i < args.length) {
            i = args[i].startsWith("-") ? out.option(args, i) : out.positional(args, i);
            if (i < 0) {
                return null;
            }
        }
        return out.positionals.size() == 2 ? out : null;
    }

    private int positional(String[] args, int i) {
        positionals.add(args[i]);
        return args[i].isEmpty() ? -1 : i + 1;
    }

    /** Index behind an option and its value, or −1. */
    private int option(String[] args, int i) {
        int equals = args[i].indexOf('=');
        String name = equals < 0 ? args[i] : args[i].substring(0, equals);
        FitArguments.Argument argument = null;
        for (FitArguments.Argument a : FitArguments.ALL) {
            argument = a.name().equals(name) ? a : argument;
        }
        if (argument == null) {
            return -1;
        }
        FitArguments.Kind kind = argument.kind();
        boolean alone = kind == FitArguments.Kind.FLAG
                || kind == FitArguments.Kind.OPTIONAL && equals < 0 && i + 1 == args.length;
        if (alone) {
            return equals < 0 && put(name, "", kind) ? i + 1 : -1;
        }
        boolean next = equals < 0 && i + 1 < args.length && kind != FitArguments.Kind.OPTIONAL;
        if (equals < 0 && !next) {
            return -1;
        }
        String value = next ? args[i + 1] : args[i].substring(equals + 1);
        if (value.isEmpty() || value.startsWith("-") || value.startsWith("\"")) {
            return -1;
        }
        return put(name, value, kind) ? i + (next ? 2 : 1) : -1;
    }

    @SuppressWarnings("unchecked")
    private boolean put(String name, String text, FitArguments.Kind kind) {
        if (kind == FitArguments.Kind.LIST) {
            ((List<String>) options.computeIfAbsent(name, n -> new ArrayList<String>())).add(text);
            return true;
        }
        Object value = text;
        try {
            if (kind == FitArguments.Kind.WHOLE) {
                value = Integer.parseInt(text);
                if (!value.toString().equals(text)) {
                    return false;
                }
            } else if (kind == FitArguments.Kind.NUMBER) {
                value = Double.valueOf(text);
            }
        } catch (NumberFormatException e) {
            return false;
        }
        return options.put(name, value) == null;
    }

    @Override
    public boolean has(String name) {
        return options.containsKey(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T value(String name, T otherwise) {
        Object value = options.get(name);
        return value == null ? otherwise : (T) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<String> values(String name) {
        return (List<String>) options.getOrDefault(name, List.of());
    }

    @Override
    public String positional(int index) {
        return positionals.get(index);
    }
}
