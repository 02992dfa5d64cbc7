package henderson.cli;

import henderson.api.HendersonException;
import java.util.Map;

/** Commands and options that are known by name and do something this version cannot do: refused, never ignored. */
final class Refused {
    private static final Map<String, String> COMMANDS = Map.ofEntries(
            Map.entry("simulate", "draw data from a model"), Map.entry("study", "run a simulation study"));

    private static final Map<String, String> OPTIONS = Map.of("--ddf", "give small-sample degrees of freedom");

    private Refused() {}

    /** @throws HendersonException for a command, or an option of {@code fit}, that this version refuses */
    static void check(String[] args) {
        String command = args.length == 0 ? "" : args[0];
        if (COMMANDS.containsKey(command)) {
            throw refusal("henderson " + command, COMMANDS.get(command));
        }
        if (!command.equals("fit")) {
            return;
        }
        for (int i = 1; i < args.length && !args[i].equals("--"); i++) {
            int equals = args[i].indexOf('=');
            String option = equals < 0 ? args[i] : args[i].substring(0, equals);
            if (OPTIONS.containsKey(option)) {
                throw refusal(option, OPTIONS.get(option));
            }
        }
    }

    /** What {@code name} would do, and that it cannot be done here. */
    static HendersonException refusal(String name, String purpose) {
        return new HendersonException(name + " would " + purpose + "; this version of Henderson does not have it.");
    }
}
