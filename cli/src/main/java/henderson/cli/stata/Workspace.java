package henderson.cli.stata;

import henderson.api.HendersonException;
import henderson.data.Table;
import henderson.inference.Summary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands share: the data, the fit of the last model, stored fits, and where to print. */
final class Workspace {
    private PrintStream out;
    private final Map<String, Fitted> stored = new LinkedHashMap<>();
    private Table table;
    private @Nullable Fitted current;

    Workspace(Table table, PrintStream out) {
        this.table = table;
        this.out = out;
    }

    PrintStream out() {
        return out;
    }

    void out(PrintStream changed) {
        out = changed;
    }

    Table table() {
        return table;
    }

    void table(Table changed) {
        table = changed;
    }

    void fitted(Fitted fit) {
        current = fit;
    }

    /** The fit of the last model. */
    Fitted current() {
        if (current == null) {
            throw new HendersonException("There is no fit yet.", "Maybe a command mixed should come first.");
        }
        return current;
    }

    @Nullable
    Summary last() {
        return current == null ? null : current.summary();
    }

    void store(String name) {
        stored.put(name, current());
    }

    /** A stored fit; {@code .} is the last one. */
    Fitted stored(String name) {
        if (name.equals(".")) {
            return current();
        }
        Fitted found = stored.get(name);
        if (found == null) {
            throw new HendersonException(
                    "No fit is stored as '" + name + "'.",
                    stored.isEmpty()
                            ? "Maybe estimates store " + name + " after its model."
                            : "Maybe one of: " + String.join(", ", stored.keySet()) + ".");
        }
        return found;
    }
}
