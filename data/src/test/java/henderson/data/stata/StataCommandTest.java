package henderson.data.stata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.data.RFormula;
import henderson.data.Table;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StataCommandTest {
    private static final Table TABLE = Table.builder("made here")
            .numeric("y", new double[] {1, 2, 3, 4})
            .numeric("x", new double[] {1, 2, 3, 5})
            .numeric("z1", new double[] {1, 2, 3, 5})
            .numeric("z2", new double[] {1, 2, 3, 5})
            .numeric("race", new double[] {1, 2, 3, 1})
            .numeric("ln_wage", new double[] {1, 2, 3, 1})
            .numeric("g", new double[] {1, 1, 2, 2})
            .numeric("h", new double[] {1, 1, 2, 2})
            .categorical("sex", Arrays.asList("F", "M", "F", "M"))
            .build();

    private static StataCommand parse(String command) {
        return StataCommand.parse(command, TABLE);
    }

    @Test
    void vce_names_the_clusters() {
        assertThat(parse("mixed y x || g:").clusters()).isNull();
        assertThat(parse("mixed y x || g:, vce(oim)").clusters()).isNull();
        assertThat(parse("mixed y x || g:, vce(robust)").clusters()).isEmpty();
        assertThat(parse("mixed y x || g:, vce(r) mle").clusters()).isEmpty();
        assertThat(parse("mixed y x || g:, vce(cl h)").clusters()).containsExactly("h");
        assertThat(parse("mixed y x, vce( cluster  ln_w ) || g:").clusters()).containsExactly("ln_wage");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "mixed y x                                @ y ~ 1 + x",
                "mixed y x, noconstant                    @ y ~ 0 + x",
                "mixed y x || g:                          @ y ~ 1 + x + independent(1 | g)",
                "xtmixed y x || g: x                      @ y ~ 1 + x + independent(1 + x | g)",
                "mixed y || g: x, cov(un) nocons          @ y ~ 1 + unstructured(0 + x | g)",
                "mixed y || g: x, cov(ex)                 @ y ~ 1 + exchangeable(1 + x | g)",
                "mixed y || g: || h: x                    @ y ~ 1 + independent(1 | g) + independent(1 + x | g:h)",
                "mixed y || g: x, noc || g: z1, noc cov(id) @ y ~ 1 + independent(0 + x | g) + identity(0 + z1 | g)",
                "mixed y || _all: R.g || h:               @ y ~ 1 + identity(1 | _all:g) + independent(1 | h)",
                "mixed y || g: R.h                        @ y ~ 1 + identity(1 | g:h)",
                "mixed y i.race                           @ y ~ 1 + factor(race)",
                "mixed y ib2.race#c.x                     @ y ~ 1 + factor(race, base = 2):x",
                "mixed y ib(last).race ibn.g              @ y ~ 1 + factor(race, base = last) + factor(g, base = none)",
                "mixed y race##sex                        @ y ~ 1 + factor(race) + factor(sex) + factor(race):factor(sex)",
                "mixed y c.x##i.race                      @ y ~ 1 + x + factor(race) + x:factor(race)",
                "mixed y x#race                           @ y ~ 1 + factor(x):factor(race)",
                "mixed y race##g                          @ y ~ 1 + factor(race) + factor(g) + factor(race):factor(g)",
                "mixed y (race x##g)                      @ y ~ 1 + race + factor(x) + factor(g) + factor(x):factor(g)",
                "mixed y c.(x##z1)                        @ y ~ 1 + x + z1 + x:z1",
                "mixed y c.x##c.x                         @ y ~ 1 + x + I(x^2)",
                "mixed y 2.race                           @ y ~ 1 + I(race == 2)",
                "mixed y i.(race g)                       @ y ~ 1 + factor(race) + factor(g)",
                "mixed y c.x#(i.race i.g)                 @ y ~ 1 + x:factor(race) + x:factor(g)",
                "mixed y z*                               @ y ~ 1 + z1 + z2",
                "mixed y x-z2                             @ y ~ 1 + x + z1 + z2",
                "mixed ln_w i.sex                         @ ln_wage ~ 1 + factor(sex)",
                "mixed y i.race ib3.race#c.x              @ y ~ 1 + factor(race, base = 3) + factor(race, base = 3):x",
            })
    void commands_are_formulas(String command, String formula) {
        StataCommand c = parse(command);
        assertThat(c.spec().formula().toString()).isEqualTo(formula);
        assertThat(c.spec().language()).isEqualTo(Language.STATA);
        assertThat(RFormula.parse(formula))
                .as("a saved fit reads this")
                .isEqualTo(c.spec().formula());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "mixed y if x > 4 & !(z1==2)   @ x > 4 && !(z1 == 2)",
                "mixed y if x < . | mi(z1)     @ !is.na(x) || is.na(z1)",
                "mixed y in 2/3                @ _n >= 2 && _n <= 3",
                "mixed y in -2/l               @ _n >= 3 && _n <= 4",
                "mixed y x if ln(x)>.5 in f/3  @ _n >= 1 && _n <= 3 && log(x) > .5",
                "mixed y || g: if x > 1        @ x > 1",
            })
    void conditions_and_ranges_are_filters(String command, String filter) {
        assertThat(String.valueOf(parse(command).spec().where())).isEqualTo(filter);
    }

    @Test
    void options_of_the_whole_command_stand_in_the_last_equation() {
        StataCommand c = parse("xtmixed y x || g: x, cov(un) reml nolog iter(7) tol(1e-5) level(90) var nogr nohe");
        assertThat(c.criterion()).isEqualTo(Criterion.REML);
        assertThat(c.iterations()).isEqualTo(7);
        assertThat(c.tolerance()).isEqualTo(1e-5);
        assertThat(c.reporting())
                .isEqualTo(new StataCommand.Reporting(90.0, false, false, false, false, true, true, true));
    }

    @Test
    void xtmixed_shows_standard_deviations_and_mixed_variances() {
        assertThat(parse("xtmixed y || g:").reporting().deviations()).isTrue();
        assertThat(parse("mixed y || g:").reporting().deviations()).isFalse();
        assertThat(parse("mixed y || g:, stddev").reporting().deviations()).isTrue();
    }

    @Test
    void a_structure_for_a_single_effect_is_noted() {
        assertThat(parse("mixed y || g:, cov(un)").notes())
                .singleElement()
                .asString()
                .contains("equation of g");
    }

    @Test
    void em_alone_takes_the_limit_of_its_iterations() {
        StataCommand c = parse("mixed y || g:, emonly emiterate(50)");
        assertThat(c.emOnly()).isTrue();
        assertThat(c.iterations()).isEqualTo(50);
        assertThat(c.notes()).isEmpty();
    }

    @Test
    void residual_structures_are_those_of_the_other_language() {
        StataCommand c = parse("mixed y || g: || h:, residuals(ar 2, t(x) by(sex))");
        assertThat(c.spec().residual()).isEqualTo(henderson.data.RFormula.parseResidual("ar(2, x | g:h), by = sex"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            value = {
                "regres y x                  @ 0  @ no command",
                "mixed                       @ 5  @ response is missing",
                "mixed q x                   @ 6  @ no variable is named 'q'",
                "mixed y z                   @ 8  @ short for several variables: z1, z2",
                "mixed y sex                 @ 8  @ holds texts",
                "mixed sex x                 @ 6  @ holds texts",
                "mixed y y                   @ 0  @ also a predictor",
                "mixed y x || g              @ 13 @ an equation of random effects",
                "mixed y x || g: , foo       @ 18 @ no option is named 'foo'",
                "mixed y x || g: , em        @ 18 @ short for several",
                "mixed y x || g: , cov(abc)  @ 22 @ no covariance structure",
                "mixed y x || g: , cov(i)    @ 22 @ short for several",
                "mixed y x || g: , vce(jackknife) @ 22 @ no vce is named 'jackknife'",
                "mixed y x || g: , vce()     @ 18 @ vce() is not complete",
                "mixed y x || g: , vce(cl)   @ 18 @ vce() is not complete",
                "mixed y x || g: , vce(r h)  @ 18 @ vce() is not complete",
                "mixed y x || g: , vce(cl q) @ 25 @ no variable is named 'q'",
                "mixed y x || g: , reml vce(robust) @ 23 @ robust standard errors need maximum likelihood",
                "mixed y x || g: , vce(cluster h) reml @ 18 @ robust standard errors need maximum likelihood",
                "mixed y x || g: , dfmethod(kroger) @ 18 @ dfmethod is not supported",
                "mixed y x || g: , reml mle  @ 23 @ exclude each other",
                "mixed y x || g: , level(5)  @ 24 @ level() cannot be '5'",
                "mixed y x || g: || _all: R.h @ 19 @ stands before",
                "mixed y x || _all: x        @ 19 @ one group",
                "mixed y L.x                 @ 8  @ operator",
                "mixed y x#                  @ 10 @ expected a variable",
                "mixed y (x                  @ 10 @ never closed",
                "mixed y x)                  @ 9  @ closes nothing",
                "mixed y if x >              @ 14 @ found the end",
                "mixed y if foo(x)           @ 11 @ no function",
                "mixed y in 3/9              @ 11 @ not in the data",
                "mixed y [pw = x]            @ 9  @ pweight is not supported",
                "mixed y ib2.race ib3.race   @ 17 @ two bases",
                "mixed y || g:, res(ex)      @ 19 @ short for several: exchangeable, exponential",
                "mixed y || g:, res(ar 2)    @ 19 @ residuals(ar) needs t()",
                "mixed y || g:, res(ind, t(x)) @ 19 @ takes no t()",
                "mixed y || g:, res(ar, t(q)) @ 25 @ no variable is named 'q'",
                "mixed y || g:, res(ar 1 2, t(x)) @ 19 @ residuals() needs a structure",
            })
    void mistakes_are_pointed_at(String command, int caret, String message) {
        assertThatThrownBy(() -> parse(command))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(List.of(e.getMessage().split("\\R")).get(2))
                        .isEqualTo("  " + " ".repeat(caret) + "^"));
    }

    @Test
    void names_alone_are_enough_to_read_a_command() {
        assertThat(StataCommand.parse("mixed wei week || id:", List.of("id", "week", "weight"))
                        .spec()
                        .formula())
                .hasToString("weight ~ 1 + week + independent(1 | id)");
    }
}
