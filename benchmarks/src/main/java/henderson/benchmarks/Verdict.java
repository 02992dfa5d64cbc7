package henderson.benchmarks;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What came of a bar.
 *
 * @param workload its name
 * @param title    its title
 * @param bar      the goal
 * @param own      Henderson's seconds, or MiB; NaN where not measured
 * @param other    what it is compared with; NaN where not measured
 * @param value    ratio or size that the bar is about; NaN where not measured
 * @param least    whether the value is a least value, the peer having been stopped
 * @param outcome  whether it is reached
 * @param remark   why it is not known, or what else there is to say; empty otherwise
 */
record Verdict(
        String workload,
        String title,
        Bar bar,
        double own,
        double other,
        double value,
        boolean least,
        Outcome outcome,
        String remark) {

    /** Whether a bar is reached. */
    enum Outcome {
        REACHED,
        MISSED,
        UNKNOWN
    }

    /** What a log-likelihood may be short of a peer's, relative: peers stop about here. */
    private static final double SHORT = 1e-7;

    static Verdict of(Results results, Workload workload, Bar bar) {
        return switch (bar.kind()) {
            case WARM -> ratio(results, workload, bar, Mode.WARM);
            case COLD -> ratio(results, workload, bar, Mode.COLD);
            case READING ->
                size(results, workload, bar, seconds(results.of(workload, OwnRuns.PROGRAM, Mode.READING, 1), false));
            case MEMORY -> size(results, workload, bar, Double.NaN);
        };
    }

    /** How far the bar is missed: 2 means twice too slow. */
    double shortBy() {
        return bar.kind().least() ? bar.value() / value : value / bar.value();
    }

    /** In words. */
    String text() {
        String words =
                switch (outcome) {
                    case REACHED -> "reached";
                    case MISSED -> "missed: " + Numbers.ratio(shortBy()) + " short";
                    case UNKNOWN -> "not measured";
                };
        return remark.isEmpty() ? words : words + " (" + remark + ")";
    }

    private static Verdict ratio(Results results, Workload workload, Bar bar, Mode mode) {
        boolean cpu = mode == Mode.WARM;
        Measurement own = results.of(workload, OwnRuns.PROGRAM, mode, 1);
        boolean command = cpu && !workload.inProcess();
        if (command) {
            own = results.of(workload, OwnRuns.PROGRAM, Mode.COLD, 1);
        }
        Measurement peer = results.of(workload, bar.peer(), mode, 1);
        boolean least = peer != null && peer.status() == Status.STOPPED;
        double ownSeconds = seconds(own, cpu);
        double peerSeconds = seconds(peer, cpu && !least);
        double value = peerSeconds / ownSeconds;
        if (Double.isNaN(value)) {
            return new Verdict(
                    workload.name(),
                    workload.title(),
                    bar,
                    ownSeconds,
                    peerSeconds,
                    value,
                    false,
                    Outcome.UNKNOWN,
                    missing(own, peer, bar));
        }
        String inferior = inferior(results, workload, bar);
        String remark = inferior.isEmpty() && command ? "Henderson as a command" : inferior;
        boolean reached = value >= bar.value() && inferior.isEmpty();
        Outcome outcome = reached ? Outcome.REACHED : least ? Outcome.UNKNOWN : Outcome.MISSED;
        return new Verdict(
                workload.name(), workload.title(), bar, ownSeconds, peerSeconds, value, least, outcome, remark);
    }

    private static Verdict size(Results results, Workload workload, Bar bar, double reading) {
        Measurement own = results.of(workload, OwnRuns.PROGRAM, Mode.COLD, 1);
        boolean memory = bar.kind() == Bar.Kind.MEMORY;
        double size = own == null ? Double.NaN : memory ? own.largestPeak() : seconds(own, false);
        double value = memory ? size : size / reading;
        Outcome outcome =
                Double.isNaN(value) ? Outcome.UNKNOWN : value <= bar.value() ? Outcome.REACHED : Outcome.MISSED;
        String remark = Double.isNaN(value) && own != null ? own.remark() : "";
        return new Verdict(workload.name(), workload.title(), bar, size, reading, value, false, outcome, remark);
    }

    private static double seconds(@Nullable Measurement m, boolean cpu) {
        return m == null ? Double.NaN : cpu ? m.medianCpu() : m.medianElapsed();
    }

    private static String missing(@Nullable Measurement own, @Nullable Measurement peer, Bar bar) {
        if (own != null && own.status() != Status.MEASURED) {
            return own.status() == Status.NOT_OFFERED ? "not offered" : "Henderson: " + word(own.status());
        }
        if (own == null) {
            return "";
        }
        return peer == null ? bar.peer() + " was not run" : bar.peer() + ": " + word(peer.status());
    }

    static String word(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** What to say where the peer found a better fit; empty otherwise. */
    private static String inferior(Results results, Workload workload, Bar bar) {
        Measurement own = results.of(workload, OwnRuns.PROGRAM, Mode.WARM, 1);
        Measurement peer = results.of(workload, bar.peer(), Mode.WARM, 1);
        if (own == null || peer == null) {
            return "";
        }
        double gap = peer.logLikelihood() - own.logLikelihood();
        return gap > SHORT * Math.abs(peer.logLikelihood())
                ? String.format(Locale.ROOT, "log-likelihood %.4g below that of %s", gap, bar.peer())
                : "";
    }
}
