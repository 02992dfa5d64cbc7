package henderson.cli.stata;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a script holds, it ends with a result or one message. */
class SessionFuzzTest {
    private static final List<String> PIECES = List.of(
            "estimates store ",
            "lrtest ",
            "estat ",
            "recov",
            "icc",
            "ic",
            "sd",
            "group",
            "test ",
            "testparm ",
            "lincom ",
            "predict ",
            "gen ",
            "egen ",
            "drop ",
            "summarize ",
            "correlate ",
            "statsby ",
            "quietly ",
            "bysort g: ",
            "x",
            "y",
            "g",
            "_cons",
            "_b[x]",
            "a",
            "b*",
            " = ",
            "=",
            "2*",
            "/0",
            "+",
            "(",
            ")",
            ",",
            " cov",
            " by(g)",
            " level(90)",
            " level(x)",
            " fitted",
            " reffects",
            " reses(s*)",
            "count(x)",
            "mean(",
            ": regress y x",
            " if x > 2",
            " if ",
            " ",
            ";",
            "//",
            "/*",
            "*",
            "\"",
            "1",
            ".5",
            "#",
            "i.",
            "\n",
            "mixed y x || g:, nolog");

    private static final class Silent implements Watch {
        @Override
        public FitListener listener() {
            return FitListener.SILENT;
        }

        @Override
        public void close() {}
    }

    private static Watch silent(boolean log, Criterion criterion) {
        return new Silent();
    }

    private static Table table() {
        double[] y = new double[24];
        double[] x = new double[24];
        double[] g = new double[24];
        for (int i = 0; i < 24; i++) {
            g[i] = i % 4;
            x[i] = i / 4;
            y[i] = x[i] + (i * 7 % 5) + g[i];
        }
        return Table.builder("made here")
                .numeric("y", y)
                .numeric("x", x)
                .numeric("g", g)
                .build();
    }

    @Test
    void any_script_ends_with_a_result_or_one_message() {
        Henderson henderson = Henderson.create();
        for (int seed = 0; seed < 1500; seed++) {
            Random r = new Random(seed);
            StringBuilder text = new StringBuilder("qui mixed y x || g:, nolog\n");
            for (int k = 1 + seed % 9; k > 0; k--) {
                text.append(PIECES.get(r.nextInt(PIECES.size())));
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
            String told;
            try {
                new Session(henderson, table(), FitOptions.DEFAULT, SessionFuzzTest::silent, stream)
                        .run(text.toString(), true);
                told = out.toString(StandardCharsets.UTF_8);
            } catch (HendersonException e) {
                told = e.describe();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + text, e);
            }
            assertThat(told).as("seed %d: %s", seed, text).isNotBlank();
        }
    }
}
