package henderson.cli;

import henderson.api.FitListener;
import henderson.api.Optimizer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** One line on the terminal's stderr that appears when a fit has taken two seconds, and disappears with it. */
final class ProgressLine implements FitListener, AutoCloseable {
    private static final long PATIENCE = 2_000_000_000L;
    /** Fixed: otherwise native code is loaded to ask the terminal for its width. */
    private static final int WIDTH = 79;

    private final PrintStream terminal;
    private final long patience;
    private final long start = System.nanoTime();
    private String stage = "";
    private @Nullable ProgressBar bar;

    /** On the terminal behind stderr, after two seconds. */
    ProgressLine() {
        this(System.err, PATIENCE);
    }

    /** On a terminal of choice, after some nanoseconds. */
    ProgressLine(PrintStream terminal, long patience) {
        this.terminal = terminal;
        this.patience = patience;
    }

    @Override
    public void stage(String name) {
        stage = name;
        show("", 0, 0);
    }

    @Override
    public void progress(long done, long total) {
        show("", done, total);
    }

    @Override
    public void step(Optimizer.Step step) {
        show(
                String.format(Locale.ROOT, ", iteration %d, log likelihood %.4f", step.iteration(), -step.value() / 2),
                0,
                0);
    }

    private void show(String more, long done, long total) {
        long elapsed = System.nanoTime() - start;
        if (bar == null && elapsed > patience) {
            bar = new ProgressBarBuilder()
                    .setConsumer(new Line(terminal))
                    .setRenderer(ProgressLine::render)
                    .startsFrom(0, Duration.ofNanos(elapsed))
                    .setUpdateIntervalMillis(200)
                    .build();
        }
        if (bar != null) {
            bar.setExtraMessage(stage + more);
            bar.maxHint(total == 0 ? -1 : total);
            bar.stepTo(done);
        }
    }

    /** {@code reading pig.csv 45 %  3 s}: what, how much of it where that is known, how long. */
    static String render(ProgressState state, int width) {
        String percent = state.getMax() > 0
                ? String.format(Locale.ROOT, " %d %%", 100 * state.getCurrent() / state.getMax())
                : "";
        String line = state.getExtraMessage() + percent + "  "
                + state.getTotalElapsed().toSeconds() + " s";
        return line.length() > width ? line.substring(0, width) : line;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            new Line(terminal).clear();
        }
    }

    /** Writes over itself, and leaves nothing behind (the library's own consumer leaves an empty line). */
    private record Line(PrintStream terminal) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String text) {
            terminal.print('\r' + text + " ".repeat(Math.max(0, WIDTH - text.length())));
            terminal.flush();
        }

        @Override
        public void clear() {
            accept("");
            terminal.print('\r');
            terminal.flush();
        }

        @Override
        public void close() {}
    }
}
