package henderson.data.stata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.data.RFormula;
import henderson.data.Table;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands for generalized models: what each stands for, and what it is printed as. */
class GeneralizedCommandsTest {
    private static final Table TABLE = Table.builder("made here")
            .numeric("y", new double[] {1, 0})
            .numeric("x", new double[] {1, 2})
            .numeric("z", new double[] {1, 2})
            .numeric("g", new double[] {1, 2})
            .numeric("h", new double[] {1, 2})
            .numeric("n", new double[] {3, 2})
            .numeric("expected", new double[] {3, 2})
            .categorical("said", List.of("no", "yes"))
            .build();

    private static StataCommand parse(String command) {
        return StataCommand.parse(command, TABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "melogit y x || g:#binomial#logit#mvaghermite#7",
                "meprobit y x || g:, intp(15)#binomial#probit#mvaghermite#15",
                "mecloglog y x || g:, intmethod(gh)#binomial#cloglog#ghermite#7",
                "meologit y x || g:, intmethod(mcaghermite)#ordinal#logit#agq#7",
                "meoprobit y x || g:#ordinal#probit#mvaghermite#7",
                "mepoisson y x || g:, intmethod(laplace)#poisson#log#laplace#0",
                "menbreg y x || g:#negative-binomial#log#mvaghermite#7",
                "menbreg y x || g:, dispersion(constant)#nb1#log#mvaghermite#7",
                "menbreg y x, disp(mean) || g:#negative-binomial#log#mvaghermite#7",
                "meglm y x || g:, family(poisson)#poisson##mvaghermite#7",
                "meglm y x || g:, family(bernoulli) link(probit)#binomial#probit#mvaghermite#7",
                "meglm y x || g:, family(nbinomial constant)#nb1##mvaghermite#7",
                "meglm y x || g:, fam(gamma) link(log)#gamma#log#mvaghermite#7",
                "meglm y x || g:#gaussian###0",
                "meglm y x || g:, link(identity)#gaussian###0",
                "meglm y x || g:, link(log)#gaussian#log#mvaghermite#7",
                "meqrlogit y x || g: x, cov(un)#binomial#logit#agq#7",
                "meqrpoisson y x || g: x, intpoints(5 5)#poisson#log#agq#5",
                "xtmelogit y x || g:, laplace#binomial#logit#laplace#0",
                "xtmepoisson y x || g:, var#poisson#log#agq#7",
                "melogit y x || _all: R.h || g:#binomial#logit#laplace#0",
                "melogit y x#binomial#logit##0",
                "mixed y x || g:#gaussian###0"
            })
    void a_command_stands_for_family_link_and_integration(
            String command, String family, String link, String integration, int points) {
        StataCommand c = parse(command);
        assertThat(c.spec().family()).isEqualTo(family);
        assertThat(c.spec().link()).isEqualTo(link);
        assertThat(c.integration()).isEqualTo(integration);
        assertThat(c.points()).isEqualTo(points);
        assertThat(c.spec().language()).isEqualTo(Language.STATA);
    }

    @Test
    void trials_stand_under_the_response_and_offsets_beside_the_predictors() {
        assertThat(parse("melogit y x, binomial(n) || g:").spec().formula())
                .hasToString("y/n ~ 1 + x + independent(1 | g)");
        assertThat(parse("meglm y x || g:, family(binomial 10)")
                        .spec()
                        .formula()
                        .response())
                .hasToString("y/10");
        assertThat(parse("mepoisson y x, exposure(expec) || g:")
                        .spec()
                        .formula()
                        .offsets())
                .extracting(Object::toString)
                .containsExactly("log(expected)");
        assertThat(parse("melogit y x || g:, offset(z)").spec().formula().offsets())
                .extracting(Object::toString)
                .containsExactly("z");
    }

    @Test
    void ratios_are_asked_for_and_deviations_shown_by_the_oldest_commands() {
        assertThat(parse("melogit y x || g: z, cov(un) intmethod(laplace) intpoints(15) or")
                        .exponentiated())
                .isTrue();
        assertThat(parse("mepoisson y x, exposure(n) irr || g: || h:").exponentiated())
                .isTrue();
        assertThat(parse("melogit y x || g:").exponentiated()).isFalse();
        assertThat(parse("xtmelogit y x || g:").reporting().deviations()).isTrue();
        assertThat(parse("xtmelogit y x || g:, var").reporting().deviations()).isFalse();
        assertThat(parse("meqrlogit y x || g:").reporting().deviations()).isFalse();
    }

    @Test
    void what_changes_nothing_is_noted() {
        assertThat(parse("melogit y x || g:, intmethod(laplace) intpoints(15)").notes())
                .containsExactly("intpoints() changes nothing: Laplace's approximation has no points");
        assertThat(parse("melogit y x || _all: R.h || g:").notes())
                .containsExactly("crossed random effects are integrated by Laplace's approximation");
        assertThat(parse("melogit y x || g:, startvalues(iv) dnumerical nolog").notes())
                .hasSize(2);
    }

    @Test
    void a_response_of_texts_is_left_to_the_family() {
        assertThat(parse("melogit said x || g:").spec().formula().response()).hasToString("said");
        assertThatThrownBy(() -> parse("mixed said x || g:")).hasMessageContaining("holds texts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "melogit y x || g:, reml#no option is named 'reml'",
                "melogit y x || g:, irr#no option is named 'irr'",
                "mepoisson y x || g:, or#no option is named 'or'",
                "mepoisson y x || g:, binomial(n)#no option is named 'binomial'",
                "meoprobit y x || g:, or#no option is named 'or'",
                "melogit y x || g:, exposure(n)#no option is named 'exposure'",
                "melogit y x || g:, laplace#no option is named 'laplace'",
                "meqrlogit y x || g:, intmethod(laplace)#no option is named 'intmethod'",
                "melogit y x || g:, vce(opg)#no vce is named 'opg'",
                "melogit y x || g:, constraints(1)#constraints is not supported by this version",
                "melogit y x || g:, from(b)#from is not supported by this version",
                "melogit y x || g:, cov(fixed(m))#no covariance structure is named 'fixed(m)'",
                "melogit y x || g: [pweight = n]#pweight is not supported",
                "melogit y x || g:, intpoints(0)#intpoints() cannot be '0'",
                "melogit y x || g:, intpoints(x)#intpoints() cannot be 'x'",
                "meqrlogit y x || g:, intpoints(5 7)#intpoints() cannot be '5 7'",
                "melogit y x || g:, intmethod(exact)#no method is named 'exact'",
                "melogit y x || g:, intmethod(m)#'m' is short for several: mcaghermite, mvaghermite",
                "melogit y x || g:, binomial(0)#trials are a variable or a positive whole number",
                "melogit y x || g:, binomial()#binomial() needs an argument",
                "melogit y x || g:, offset(z x)#offset() takes one variable",
                "melogit y x || g:, offset(q)#no variable is named 'q'",
                "meglm y x || g:, family(weibull)#no family is named 'weibull'",
                "meglm y x || g:, family(poisson 3)#the family poisson takes nothing more",
                "meglm y x || g:, family(poisson) or#or needs the link logit; the family poisson has another one",
                "meglm y x, or || g:, family(bernoulli) link(probit)#or needs the link logit; the link here is probit",
                "meglm y x || g:, irr family(gamma)#irr needs the link log; the family gamma has another one",
                "meglm y x || g:, link(cauchit)#no link is named 'cauchit'",
                "menbreg y x || g:, dispersion(other)#no dispersion is named 'other'",
                "mixed y x || g:, intpoints(3)#no option is named 'intpoints'",
                "mixed y x, offset(z) || g:#offset is not supported by this version",
                "mestreg y x || g:#no command for a model is named 'mestreg'"
            })
    void what_a_command_does_not_have_is_refused_by_name(String command, String message) {
        assertThatThrownBy(() -> parse(command))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "melogit y x || g: z, covariance(unstructured)",
                "melogit y x || g:, binomial(n)",
                "melogit y || g:, binomial(10) offset(z)",
                "meprobit y x if z > 1 || g: || h:",
                "mecloglog y i.x, noconstant || g:",
                "meologit y x || g:",
                "meoprobit y x [fweight = n] || g:",
                "mepoisson y x || g:, exposure(expected)",
                "mepoisson y x || _all: R.h || g:, exposure(expected) offset(z)",
                "menbreg y x || g:",
                "menbreg y x || g:, dispersion(constant) exposure(n)",
                "meglm y x || g:, family(poisson)",
                "meglm y x || g:, family(binomial n) link(log)",
                "meglm y x || g:, family(gamma) link(log)",
                "meglm y x || g:, family(gaussian) link(log) offset(z)",
                "meglm y x || g:, family(nbinomial constant)"
            })
    void a_command_is_printed_as_it_was_written(String command) {
        assertThat(StataPrinter.print(parse(command).spec())).isEqualTo(command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meqrlogit y x || g: z, covariance(unstructured) binomial(n)",
                "xtmepoisson y x, exposure(n) || g:",
                "meglm y x || g:, family(bernoulli) link(cloglog)",
                "meglm y x || g:, family(nbinomial mean) link(log)",
                "meglm y x || g:, family(gaussian) link(identity)"
            })
    void other_words_for_a_model_are_printed_as_the_same_model(String command) {
        StataCommand c = parse(command);
        assertThat(parse(StataPrinter.print(c.spec())).spec()).isEqualTo(c.spec());
    }

    @Test
    void formulas_with_trials_and_offsets_read_back() {
        for (String formula : List.of(
                "y/n ~ x + offset(log(expected)) + (1 | g)",
                "cbind(y, n) ~ x + (1 + x | g)",
                "y ~ x + offset(z) + (1 | g)")) {
            assertThat(RFormula.parse(RFormula.parse(formula).toString())).isEqualTo(RFormula.parse(formula));
        }
        assertThat(RFormula.parse(parse("melogit y x || g:, binomial(n) offset(z)")
                        .spec()
                        .formula()
                        .toString()))
                .isEqualTo(RFormula.parse("y/n ~ x + offset(z) + independent(1 | g)"));
    }

    @Test
    void what_stata_has_no_words_for_is_told() {
        for (String formula : List.of("cbind(y, n) ~ x + (1 | g)", "y/(n + 1) ~ x + (1 | g)")) {
            henderson.api.ModelSpec spec = henderson.api.ModelSpec.of(RFormula.parse(formula))
                    .withFamily("binomial")
                    .withLink("logit");
            assertThatThrownBy(() -> StataPrinter.print(spec))
                    .isInstanceOf(HendersonException.class)
                    .hasMessageContaining("no words for");
        }
        henderson.api.ModelSpec inverse = henderson.api.ModelSpec.of(RFormula.parse("y ~ x + (1 | g)"))
                .withFamily("gamma")
                .withLink("inverse");
        assertThatThrownBy(() -> StataPrinter.print(inverse)).hasMessageContaining("no words for the link inverse");
    }
}
