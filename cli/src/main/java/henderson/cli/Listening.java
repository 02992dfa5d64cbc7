package henderson.cli;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Optimizer;
import henderson.cli.stata.Watch;
import henderson.report.IterationLog;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** What is shown while a fit goes on: a log if asked for, otherwise on a terminal a progress line for long fits. */
final class Listening implements Watch {
    private final FitListener listener;
    private final @Nullable ProgressLine progress;

    private Listening(FitListener listener, @Nullable ProgressLine progress) {
        this.listener = listener;
        this.progress = progress;
    }

    static Listening of(@Nullable PrintStream log, Criterion criterion) {
        if (log != null) {
            return new Listening(new Log(log, criterion), null);
        }
        if (Boolean.getBoolean("henderson.terminal")) {
            ProgressLine line = new ProgressLine();
            return new Listening(line, line);
        }
        return new Listening(FitListener.SILENT, null);
    }

    @Override
    public FitListener listener() {
        return listener;
    }

    @Override
    public void close() {
        if (progress != null) {
            progress.close();
        }
    }

    /** Stages, iterations and notes, one line each. */
    private static final class Log implements FitListener {
        private final PrintStream out;
        private final Criterion criterion;

        private Log(PrintStream out, Criterion criterion) {
            this.out = out;
            this.criterion = criterion;
        }

        @Override
        public void stage(String name) {
            out.println(Character.toUpperCase(name.charAt(0)) + name.substring(1) + " ...");
        }

        @Override
        public void step(Optimizer.Step step) {
            out.println(IterationLog.line(step, criterion));
        }

        @Override
        public void note(String text) {
            out.println("  " + text);
        }
    }
}
