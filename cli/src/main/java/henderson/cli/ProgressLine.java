package henderson.cli;

import henderson.api.FitListener;
import henderson.api.Optimizer;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** One line on the terminal's stderr that appears when a fit has taken two seconds, and disappears with it. */
final class ProgressLine implements FitListener, AutoCloseable {
    private static final long PATIENCE = 2_000_000_000L;
    /** A width of its own: otherwise native code is loaded to ask the terminal for one. */
    private static final int WIDTH = 80;

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
        String value =
                String.format(Locale.ROOT, "iteration %d, log likelihood %.4f", step.iteration(), -step.value() / 2);
        show(value, 0, 0);
    }

    private void show(String message, long done, long total) {
        if (bar == null && System.nanoTime() - start > patience) {
            bar = new ProgressBarBuilder()
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
                    .setUpdateIntervalMillis(200)
                    .clearDisplayOnFinish()
                    .build();
        }
        if (bar != null) {
            bar.setExtraMessage(message.isEmpty() ? stage : stage + ": " + message);
            bar.maxHint(total == 0 ? -1 : total);
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
