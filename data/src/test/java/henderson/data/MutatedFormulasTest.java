package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.StructureCall;
import henderson.testkit.Mutations;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that can be typed as a formula, filter or residual structure gives more than one clear message. */
class MutatedFormulasTest {
    private static final int TEXTS = 20_000;
    private static final List<String> FORMULAS = List.of(
            "weight ~ week + (1 + week | id)",
            "y ~ x * f + I(x^2) + log(z) + offset(o) + mean(x | g) + (1 | a/b/c)",
            "y ~ 0 + poly(x, 3) + factor(h, base = \"2\") + us(0 + f | g) + (x || a:b)",
            "log(`my y`) ~ center(x | g) + x:f - 1 + cs(0 + f | g, rank = 2, flag = TRUE)",
            "cbind(s, n - s) ~ -1 + sqrt(x) + exp(-x) + id(1 | g) + known(1 | animal, \"A.csv\")");
    private static final List<String> WORDS = List.of(
            "~",
            "|",
            "||",
            "(1 | g)",
            "poly(",
            "I(",
            "log(",
            "mean(",
            "factor(",
            "offset(",
            "1e999",
            "1e-999",
            "0x1",
            "NaN",
            "Inf",
            "TRUE",
            "\"",
            "`",
            "--",
            "^",
            "^-1",
            "^99999999999",
            ":",
            "%in%",
            "/",
            "//",
            "**",
            "(((",
            ")))",
            "us(",
            "=",
            "==",
            "&&",
            "count(",
            "base =",
            ".",
            "..",
            "9999999999999999999999",
            "-",
            "cbind(",
            ",");
    private static final List<String> FILTERS = List.of(
            "nstu > 4", "count(school) > 4 && !(a == \"x y\" || b != 3)", "-x^2 + 3 * (y / 2) <= log(z) && s == \"M\"");
    private static final List<String> RESIDUALS = List.of(
            "ar(2, time | mare)",
            "arma(1, 1, t | id), by = sex",
            "unstructured(visit | id), variances = sex",
            "independent, variances = power(x)",
            "us(visit | id) * cs(item)",
            "unstructured(outcome) * ar(1, visit) | a:b, variances = power(x)",
            "gaussian(x + y, nugget = TRUE), by = a:b, variances = c:d",
            "matern(\"3/2\", `my x` | id)");

    /** The last text's failure must name it. */
    private static int accepted(List<String> seeds, UnaryOperator<String> printedBack) {
        Mutations mutations = new Mutations(7, seeds, WORDS);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = mutations.next();
            try {
                String printed = printedBack.apply(text);
                accepted++;
                assertThat(printedBack.apply(printed)).as("<%s> printed", text).isEqualTo(printed);
            } catch (HendersonException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                fail("<" + text + ">", e);
            }
        }
        return accepted;
    }

    @Test
    void a_mutated_formula_is_parsed_and_printed_back_or_refused() {
        assertThat(accepted(FORMULAS, t -> RFormula.parse(t).toString())).isBetween(TEXTS / 100, TEXTS * 99 / 100);
    }

    @Test
    void what_a_formula_prints_is_the_same_formula() {
        Mutations mutations = new Mutations(8, FORMULAS, WORDS);
        for (int i = 0; i < TEXTS; i++) {
            String text = mutations.next();
            Formula formula;
            try {
                formula = RFormula.parse(text);
            } catch (HendersonException e) {
                continue;
            }
            assertThat(RFormula.parse(formula.toString())).as("<%s>", text).isEqualTo(formula);
        }
    }

    @Test
    void a_mutated_filter_is_parsed_and_printed_back_or_refused() {
        assertThat(accepted(FILTERS, t -> RFormula.parseFilter(t).toString())).isBetween(TEXTS / 100, TEXTS * 99 / 100);
    }

    @Test
    void a_mutated_residual_structure_is_parsed_and_printed_back_or_refused() {
        Mutations mutations = new Mutations(9, RESIDUALS, WORDS);
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = mutations.next();
            try {
                StructureCall call = RFormula.parseResidual(text);
                assertThat(RFormula.parseResidual(call.toString()))
                        .as("<%s>", text)
                        .isEqualTo(call);
                accepted++;
            } catch (HendersonException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                fail("<" + text + ">", e);
            }
        }
        assertThat(accepted).isBetween(TEXTS / 100, TEXTS * 99 / 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-", "!", "log(", "a/", "a:", "a*", "a^", "`", "1 + "})
    void twenty_thousand_times_the_same_is_refused(String piece) {
        String text = "y ~ " + piece.repeat(20_000);
        assertThatThrownBy(() -> RFormula.parse(text)).isInstanceOf(HendersonException.class);
        String filter = piece.repeat(20_000);
        assertThatThrownBy(() -> RFormula.parseFilter(filter)).isInstanceOf(HendersonException.class);
        assertThatThrownBy(() -> RFormula.parseResidual(filter)).isInstanceOf(HendersonException.class);
    }
}
