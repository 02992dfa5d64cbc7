package henderson.data.stata;

import henderson.api.StructureCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code residuals(ar 2, t(time) by(sex))}. */
final class ResidualOption {
    static final List<String> STRUCTURES =
            List.of("independent", "exchangeable", "ar", "ma", "unstructured", "banded", "toeplitz", "exponential");

    /** The only ones that do without {@code t()}. */
    private static final List<String> WITHOUT_TIME = List.of("independent", "exchangeable");

    private ResidualOption() {}

    static @Nullable StructureCall parse(
            CommandText source, Options.Given option, Dictionary columns, @Nullable String group) {
        if (option.argument() == null || option.argument().isBlank()) {
            throw source.error(option.at(), "residuals() needs a structure.", known());
        }
        List<CommandText> parts = option.argument().split(",");
        CommandText kind = parts.get(0).strip();
        java.util.regex.Matcher m =
                java.util.regex.Pattern.compile("([a-z]+)\\s*(\\d{0,4})").matcher(kind.text());
        if (!m.matches()) {
            throw source.error(kind.from(), "residuals() needs a structure.", known());
        }
        String name = Options.choose(source, kind.from(), m.group(1), STRUCTURES, "residual structure");
        String time = null;
        String by = null;
        for (CommandText rest : parts.subList(1, parts.size())) {
            for (Options.Given o : Options.parse(rest, List.of("t", "by"))) {
                if (o.argument() == null) {
                    throw source.error(o.at(), o.name() + "() needs a variable.", null);
                }
                CommandText a = o.argument().strip();
                String column = columns.resolve(source, a.from(), a.text());
                time = o.name().equals("t") ? column : time;
                by = o.name().equals("by") ? column : by;
            }
        }
        Map<String, Object> order = m.group(2).isEmpty() ? Map.of() : Map.of("1", Integer.valueOf(m.group(2)));
        boolean plain = name.equals("independent");
        if (time == null && !WITHOUT_TIME.contains(name)) {
            throw source.error(
                    kind.from(),
                    "residuals(" + name + ") needs t(), the variable of time.",
                    "Maybe residuals(" + kind.text() + ", t(time)).");
        }
        if (time != null && plain) {
            throw source.error(kind.from(), "residuals(independent) takes no t().", "Maybe by(variable).");
        }
        if (plain && by == null) {
            return null;
        }
        StructureCall call = new StructureCall(
                name, order, time == null ? List.of() : List.of(time), plain ? null : group, List.of());
        return by == null
                ? call
                : new StructureCall(plain ? "variances" : "by", Map.of(), List.of(by), call.group(), List.of(call));
    }

    private static String known() {
        return "Maybe one of: " + String.join(", ", STRUCTURES) + ".";
    }
}
