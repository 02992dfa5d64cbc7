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
 * @param replicates of a parametric bootstrap behind the fit, 0 for a fit alone
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
        int replicates,
        List<Peer> peers,
        List<Bar> bars) {

    /** A fit. */
    static Workload fit(String name, String title, DataFile data, ModelText model, List<Peer> peers, Bar... bars) {
        return new Workload(name, title, data, model, "fit", List.of(), 0, peers, List.of(bars));
    }

    /** By a command alone: what it does has no place in the library's door. */
    Workload byCommand(String command, String... arguments) {
        return new Workload(name, title, data, model, command, List.of(arguments), 0, peers, bars);
    }

    /** A bootstrap of the fit. */
    Workload bootstrap(int number) {
        List<String> arguments = List.of("--replicates", Integer.toString(number), "--seed", "1");
        return new Workload(name, title, data, model, "bootstrap", arguments, number, peers, bars);
    }

    /** Whether the library's door has it, so that it can be timed in a warm process. */
    boolean inProcess() {
        return verb.equals("fit") && extra.isEmpty() || replicates > 0;
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
