package henderson.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to time.
 *
 * @param name  on the command line
 * @param title in tables
 * @param data  what it is fitted to
 * @param model what is fitted
 * @param verb  command of Henderson
 * @param extra further arguments of the command
 * @param peers that do the same
 * @param bars  goals
 */
record Workload(
        String name,
        String title,
        DataFile data,
        ModelText model,
        String verb,
        List<String> extra,
        List<Peer> peers,
        List<Bar> bars) {

    /** A fit. */
    static Workload fit(String name, String title, DataFile data, ModelText model, List<Peer> peers, Bar... bars) {
        return new Workload(name, title, data, model, "fit", List.of(), peers, List.of(bars));
    }

    /** By a command alone: what it does has no place in the library's door. */
    Workload byCommand(String command, String... arguments) {
        return new Workload(name, title, data, model, command, List.of(arguments), peers, bars);
    }

    /** Whether it is one fit, which can be timed in a warm process. */
    boolean inProcess() {
        return verb.equals("fit") && extra.isEmpty();
    }

    /** Whether a bar needs the time of reading alone. */
    boolean needsReading() {
        return bars.stream().anyMatch(bar -> bar.kind() == Bar.Kind.READING);
    }

    /** The arguments of the command. */
    List<String> arguments(Path file) {
        List<String> all = new ArrayList<>(List.of(verb, file.toString()));
        all.addAll(model.arguments());
        all.addAll(extra);
        return all;
    }
}
