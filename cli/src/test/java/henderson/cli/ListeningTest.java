package henderson.cli;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Optimizer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ListeningTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private static void tell(FitListener listener) {
        listener.stage("optimization");
        listener.step(new Optimizer.Step(0, 2029.8535871565252, 0.25, 1));
        listener.note("var(id:week) went to zero");
        listener.progress(3, 10);
    }

    @Test
    void log_looks_like_statas() {
        try (Listening listening = Listening.of(stream, Criterion.ML)) {
            tell(listening.listener());
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        """
                Optimization ...
                Iteration 0:  Log likelihood = -1014.9268
                  var(id:week) went to zero
                """);
    }

    @Test
    void log_names_the_restricted_likelihood() {
        try (Listening listening = Listening.of(stream, Criterion.REML)) {
            tell(listening.listener());
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("Iteration 0:  Log restricted-likelihood = -1014.9268\n");
    }

    @Test
    void without_a_log_and_a_terminal_nothing_is_heard() {
        try (Listening listening = Listening.of(null, Criterion.ML)) {
            assertThat(listening.listener()).isSameAs(FitListener.SILENT);
        }
    }

    @Test
    void progress_line_is_patient() {
        try (ProgressLine line = new ProgressLine(stream, Long.MAX_VALUE)) {
            tell(line);
        }
        assertThat(bytes.size()).isZero();
    }

    @Test
    void progress_line_shows_stage_and_iteration_and_clears_itself() {
        try (ProgressLine line = new ProgressLine(stream, -1)) {
            tell(line);
        }
        String shown = bytes.toString(StandardCharsets.UTF_8);
        assertThat(shown)
                .contains("\roptimization")
                .endsWith("\r" + " ".repeat(79) + "\r")
                .doesNotContain("\n");
        assertThat(shown.split("\r"))
                .allSatisfy(part -> assertThat(part.length()).isLessThanOrEqualTo(80));
    }
}
