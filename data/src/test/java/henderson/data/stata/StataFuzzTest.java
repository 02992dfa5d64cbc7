package henderson.data.stata;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.HendersonException;
import henderson.data.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is typed gives a command or one message that points into it. */
class StataFuzzTest {
    private static final List<String> PIECES = List.of(
            "mixed",
            "xtmixed",
            "melogit",
            "mepoisson",
            "meglm",
            "menbreg",
            "meqrlogit",
            "intmethod(lap)",
            "intp(",
            "intpoints(7)",
            "binomial(",
            "binomial(x)",
            "exposure(x)",
            "offset(",
            "family(bin",
            "family(nb mean)",
            "link(",
            "disp(c)",
            "laplace",
            " or",
            " irr",
            " ",
            " ",
            " ",
            "y",
            "x",
            "x1",
            "sex",
            "g",
            "_all",
            ":",
            "||",
            "|",
            "|| g:",
            ",",
            "(",
            ")",
            "[",
            "]",
            "\"",
            "#",
            "##",
            "i.",
            "c.",
            "ib2.",
            "ibn.",
            "ib(",
            "R.",
            "2.",
            ".",
            "*",
            "?",
            "-",
            "+",
            "/",
            "^",
            "==",
            "<",
            "&",
            "!",
            "~",
            " if ",
            " in ",
            "1/2",
            "-1/l",
            "1e5",
            "3",
            "cov(un)",
            "cov(",
            "nolog",
            "reml",
            "level(",
            "iter(3)",
            "residuals(ar 1, t(x))",
            "residuals(",
            "residuals(toep 2, t(x) by(sex))",
            "residuals(ind, by(g))",
            "ar2",
            "un,",
            "t(x)",
            "by(sex)",
            "[fw=x]",
            "missing(",
            "ln(",
            "_n",
            "\n",
            "\u00e9",
            "\uD83D",
            "\0",
            "L.");

    private static final List<String> STARTS = List.of(
            "mixed y ",
            "mixed y ",
            "melogit y x, ",
            "mepoisson y ",
            "meglm y x || g:, ",
            "menbreg y || g: x, ",
            "meqrlogit y x || g:, ");

    private static final Table TABLE = Table.builder("made here")
            .numeric("y", new double[] {1, 2})
            .numeric("x", new double[] {1, 2})
            .numeric("x1", new double[] {1, 2})
            .numeric("g", new double[] {1, 2})
            .categorical("sex", Arrays.asList("F", "M"))
            .build();

    @Test
    void any_text_is_a_command_or_a_mistake() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random r = new Random(seed);
            StringBuilder text = new StringBuilder(r.nextInt(10) == 0 ? "" : STARTS.get(r.nextInt(STARTS.size())));
            for (int k = 1 + seed % 25; k > 0; k--) {
                text.append(PIECES.get(r.nextInt(PIECES.size())));
            }
            assertThat(told(text.toString())).as("seed %d: %s", seed, text).isNotEmpty();
        }
    }

    @Test
    void expressions_too() {
        for (int seed = 0; seed < 20_000; seed++) {
            Random r = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int k = 1 + seed % 12; k > 0; k--) {
                text.append(PIECES.get(r.nextInt(PIECES.size())));
            }
            String message;
            try {
                message = StataWords.expression(TABLE, text.toString()).toString();
            } catch (HendersonException e) {
                message = e.getMessage();
            }
            assertThat(message).as("seed %d: %s", seed, text).isNotEmpty();
        }
    }

    @Test
    void deep_nesting_is_told() {
        assertThat(told("mixed y if " + "(".repeat(100_000) + "x" + ")".repeat(100_000)))
                .contains("levels of parentheses");
        assertThat(told("mixed y if " + "-".repeat(100_000) + "x")).contains("levels of parentheses");
        assertThat(told("mixed y " + "(".repeat(100_000) + "x" + ")".repeat(100_000)))
                .contains("levels of parentheses");
        assertThat(told("mixed y " + "(x x1 g sex)##".repeat(8) + "x")).contains("more than");
    }

    private static String told(String command) {
        try {
            return StataCommand.parse(command, TABLE).spec().toString();
        } catch (HendersonException e) {
            return e.getMessage();
        }
    }
}
