package henderson.data.stata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StataPrinterTest {
    private static final List<String> NAMES = List.of("y", "x", "z", "race", "sex", "a", "b", "c", "d", "n");

    private static ModelSpec parse(String command) {
        return StataCommand.parse(command, NAMES).spec();
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_printed_reads_back_to_the_same_model(long seed) {
        String command = command(new Random(seed));
        ModelSpec spec = parse(command);
        String printed = StataPrinter.print(spec);
        assertThat(parse(printed)).as(command + " -> " + printed).isEqualTo(spec);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_formula_printed_in_the_other_language_reads_back_to_the_same_formula(long seed) {
        ModelSpec spec = parse(command(new Random(seed)));
        assertThat(RFormula.parse(spec.toString())).isEqualTo(spec.formula());
        if (spec.where() != null) {
            assertThat(RFormula.parseFilter(spec.where().toString())).isEqualTo(spec.where());
        }
    }

    /** Longer with larger seeds. */
    private static String command(Random r) {
        StringBuilder out = new StringBuilder("mixed y");
        List<String> terms = List.of("x", "z", "i.race", "ib2.race#c.x", "c.x##i.sex", "c.x##c.x", "3.sex", "ibn.d");
        for (int k = r.nextInt(4); k > 0; k--) {
            out.append(' ').append(terms.get(r.nextInt(terms.size())));
        }
        List<String> filters =
                List.of("x > 4", "x < . & z != 2", "!(x == 1 | z >= -3)", "_n <= 5", "ln(x+1)/2 < 3-(z-1)");
        if (r.nextBoolean()) {
            out.append(" if ").append(filters.get(r.nextInt(filters.size())));
        }
        out.append(r.nextInt(4) == 0 ? " [fweight = n]" : "").append(r.nextInt(4) == 0 ? ", nocons" : "");
        out.append(r.nextInt(3) == 0 ? " || _all: R.d" : "").append(r.nextInt(4) == 0 ? " || _all: R.c" : "");
        List<String> groups = new ArrayList<>(List.of("a", "b"));
        List<String> structures = List.of("", ", cov(un)", ", cov(ex)", ", cov(id)", ", nocons", ", cov(un) nocons");
        while (!groups.isEmpty() && r.nextInt(4) > 0) {
            String group = r.nextInt(4) == 0 ? groups.get(0) : groups.remove(0);
            out.append(" || ").append(group).append(':');
            if (r.nextInt(3) > 0) {
                out.append(r.nextBoolean() ? " x" : " x z").append(structures.get(r.nextInt(structures.size())));
            } else if (r.nextInt(3) == 0) {
                out.append(" R.c");
            }
        }
        List<String> residuals = List.of(
                "",
                "",
                ", residuals(ar 2, t(z))",
                ", res(ar1, t(z) by(sex))",
                ", res(exc)",
                ", residuals(un, t(z))",
                ", resid(toep, t(z))",
                ", res(ind, by(sex))",
                ", residuals(exp, t(x))");
        boolean equations = out.indexOf("||") > 0;
        String residual = residuals.get(r.nextInt(residuals.size()));
        boolean comma = equations ? out.indexOf(",", out.lastIndexOf("||")) > 0 : out.indexOf(",") > 0;
        return out + (comma && !residual.isEmpty() ? residual.substring(1) : residual);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "y ~ x + (1 | a) + (1 | b)           @ mixed y x || _all: R.a || b:, covariance(unstructured)",
                "y ~ x + (1 + x || a/b)              @ mixed y x || a: x || b: x",
                "y ~ 0 + factor(race):x + (0 + x | a) @ mixed y i.race#c.x, noconstant || a: x, covariance(unstructured) noconstant",
                "y ~ poly(x, 2)                      @ none",
                "log(y) ~ x                          @ none",
                "y ~ x + (1 | a) + (x | b)           @ mixed y x || _all: R.a || b: x, covariance(unstructured)",
                "y ~ x + (x | a) + (x | b)           @ none",
                "y ~ x + us(1 | a, by = sex)         @ none",
                "y ~ x + known(1 | a, 3) + (1 | b)   @ none",
                "y ~ x + ar(1 | a) + (1 | b)         @ none",
            })
    void formulas_are_commands_where_there_are_words_for_them(String formula, String command) {
        ModelSpec spec = ModelSpec.of(RFormula.parse(formula));
        if (command.equals("none")) {
            assertThatThrownBy(() -> StataPrinter.print(spec))
                    .isInstanceOf(HendersonException.class)
                    .hasMessageContaining("no words for");
        } else {
            assertThat(StataPrinter.print(spec)).isEqualTo(command);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "mixed y || a:, residuals(ar 2, t(x) by(sex))        @ ar(2, x | a), by = sex",
                "mixed y || a:, residuals(ar2, t(x))                 @ ar(2, x | a)",
                "mixed y || a:, residuals(ar, t(x))                  @ ar(x | a)",
                "mixed y || a: || b:, res(ma 1, t(x))                @ ma(1, x | a:b)",
                "mixed y || a:, noconstant residuals(un, t(x))       @ unstructured(x | a)",
                "mixed y || a: || b:, nocons resid(ba 2, t(x))       @ banded(2, x | a:b)",
                "mixed y || a:, residuals(banded, t(x))              @ banded(x | a)",
                "mixed y || a:, residuals(toep 3, t(x) by(sex))      @ toeplitz(3, x | a), by = sex",
                "mixed y || a:, residuals(exc)                       @ exchangeable(1 | a)",
                "mixed y || a:, residuals(exchangeable, by(b))       @ exchangeable(1 | a), by = b",
                "mixed y || a:, residuals(exchangeable, t(x))        @ exchangeable(x | a)",
                "mixed y || a:, residuals(exp, t(x))                 @ exponential(x | a)",
                "mixed y || a:, residuals(ind, by(sex))              @ independent, variances = sex",
                "mixed y x || _all: R.c || a:, residuals(ar, t(x))   @ ar(x | a)",
                "mixed y x || _all: R.c, residuals(ar, t(x))         @ ar(x)",
                "mixed y x, residuals(ar, t(x))                      @ ar(x)",
            })
    void residual_structures_are_read_and_printed_in_both_languages(String command, String residual) {
        ModelSpec spec = parse(command);
        assertThat(spec.residual()).isEqualTo(RFormula.parseResidual(residual));
        assertThat(spec.residual()).hasToString(residual);
        assertThat(parse(StataPrinter.print(spec))).isEqualTo(spec);
    }

    @Test
    void empty_equations_give_the_group_of_residuals() {
        StataCommand command = StataCommand.parse("mixed y x || a:, noconstant residuals(un, t(z))", NAMES);
        assertThat(command.spec().formula().random()).isEmpty();
        assertThat(command.notes()).isEmpty();
        assertThat(StataPrinter.print(command.spec()))
                .isEqualTo("mixed y x || a:, noconstant residuals(unstructured, t(z))");
        assertThat(StataCommand.parse("mixed y x || a:, noconstant", NAMES).notes())
                .singleElement()
                .asString()
                .contains("linear regression");
        ModelSpec finer =
                ModelSpec.of(RFormula.parse("y ~ x + (1 | a)")).withResidual(RFormula.parseResidual("ar(1, z | a:b)"));
        assertThat(StataPrinter.print(finer))
                .isEqualTo("mixed y x || a:, covariance(unstructured) || b:, noconstant residuals(ar 1, t(z))");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar(1, z | c)",
                "ar(1, z)",
                "ar(1, z | a), variances = sex",
                "ar(1, z | a), by = sex:b",
                "independent, variances = power(x)",
                "us(z | a) * ar(1, x | a)",
                "gaussian(x + z | a)",
                "arma(1, 1, z | a)",
                "ar(1, z | a), variances = z, by = sex",
            })
    void residual_structures_without_words_are_refused(String residual) {
        ModelSpec spec = ModelSpec.of(RFormula.parse("y ~ x + (1 | a)")).withResidual(RFormula.parseResidual(residual));
        assertThatThrownBy(() -> StataPrinter.print(spec))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("no words for");
    }

    @Test
    void the_criterion_and_the_residuals_follow_the_last_equation() {
        ModelSpec spec = parse("mixed y x || a:, residuals(ar 2, t(z))");
        assertThat(StataPrinter.print(spec, Criterion.REML)).isEqualTo("mixed y x || a:, reml residuals(ar 2, t(z))");
        assertThat(parse(StataPrinter.print(spec))).isEqualTo(spec);
        assertThat(spec.language()).isEqualTo(Language.STATA);
    }
}
