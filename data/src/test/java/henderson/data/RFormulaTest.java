package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Expression;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.api.StructureCall;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RFormulaTest {
    /** Labels as {@code attr(terms(…), "term.labels")} has them, terms in the order written. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "x                     > y ~ 1 + x",
                "x + z                 > y ~ 1 + x + z",
                "0 + x                 > y ~ 0 + x",
                "x - 1                 > y ~ 0 + x",
                "-1 + x                > y ~ 0 + x",
                "x + 0 + 1             > y ~ 1 + x",
                "1                     > y ~ 1",
                "+x                    > y ~ 1 + x",
                "a*b                   > y ~ 1 + a + b + a:b",
                "a:b + a + b           > y ~ 1 + a:b + a + b",
                "b + b:a               > y ~ 1 + b + b:a",
                "a + b + b:a           > y ~ 1 + a + b + a:b",
                "a*b*c                 > y ~ 1 + a + b + a:b + c + a:c + b:c + a:b:c",
                "a*b*c - a:b:c         > y ~ 1 + a + b + a:b + c + a:c + b:c",
                "a*b*c - a:b:c - a     > y ~ 1 + a:b + a:c + b:c + b + c",
                "x*f - x               > y ~ 1 + x:f + f",
                "z/b*a                 > y ~ 1 + z + z:b + a + z:a + z:b:a",
                "(a + b + c)^2         > y ~ 1 + a + b + c + a:b + a:c + b:c",
                "(a + b)**2            > y ~ 1 + a + b + a:b",
                "a/b                   > y ~ 1 + a + a:b",
                "a/b/c                 > y ~ 1 + a + a:b + a:b:c",
                "(a + b)/c             > y ~ 1 + a + b + a:b:c",
                "a:(b + c)             > y ~ 1 + a:b + a:c",
                "a + a                 > y ~ 1 + a",
                "a:a                   > y ~ 1 + a",
                "x + I(x^2) + log(x)   > y ~ 1 + x + I(x^2) + log(x)",
                "poly(x, 2)*g          > y ~ 1 + poly(x, 2) + g + poly(x, 2):g",
                "poly(x,3,raw=TRUE)    > y ~ 1 + poly(x, 3, raw = TRUE)",
                "factor(k):x           > y ~ 1 + factor(k):x",
                "offset(log(t)) + x    > y ~ 1 + x + offset(log(t))",
                "mean(x|g)+center(x|g) > y ~ 1 + mean(x | g) + center(x | g)",
                "mean(log(x) | a:b)    > y ~ 1 + mean(log(x) | a:b)",
                "`my x` + total.fruits > y ~ 1 + `my x` + total.fruits",
                "(1 | g)               > y ~ 1 + unstructured(1 | g)",
                "(x | g)               > y ~ 1 + unstructured(1 + x | g)",
                "(0 + x | g)           > y ~ 1 + unstructured(0 + x | g)",
                "(x || g)              > y ~ 1 + independent(1 + x | g)",
                "(1 | a/b/c)           > y ~ 1 + unstructured(1 | a) + unstructured(1 | a:b) + unstructured(1 | a:b:c)",
                "(x | a:b)             > y ~ 1 + unstructured(1 + x | a:b)",
                "(1 | factor(a)/b)     > y ~ 1 + unstructured(1 | a) + unstructured(1 | a:b)",
                "(1|a) + (1|b) + x     > y ~ 1 + x + unstructured(1 | a) + unstructured(1 | b)",
                "us(0 + M | w)         > y ~ 1 + us(0 + M | w)",
                "cs(x*z | a/b)         > y ~ 1 + cs(1 + x + z + x:z | a) + cs(1 + x + z + x:z | a:b)",
                "ar(0 + v | g, 2, w = -0.5, s = TRUE, t = word) > y ~ 1 + ar(0 + v | g, 2, s = TRUE, t = \"word\", w = -0.5)",
            })
    void terms_are_expanded_in_the_order_written_with_variables_in_R_order(String right, String expected) {
        assertThat(RFormula.parse("y ~ " + right)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"log(y)", "y/10", "sqrt(y + 1)", "cbind(dead, n - dead)", "`the y`"})
    void the_response_may_be_an_expression(String response) {
        assertThat(RFormula.parse(response + " ~ x")).hasToString(response + " ~ 1 + x");
    }

    @Test
    void arguments_of_structures_keep_their_types() {
        Formula.RandomTerm term = RFormula.parse("y ~ ar(0 + v | g, 2, w = -0.5, s = TRUE, t = word)")
                .random()
                .get(0);
        assertThat(term.structure()).isEqualTo("ar");
        assertThat(term.arguments()).isEqualTo(Map.of("1", 2, "w", -0.5, "s", true, "t", "word"));
        assertThat(term.grouping()).containsExactly("g");
    }

    /** Formula, tilde, then what stands under the caret and words of the message. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '$',
            value = {
                "y ~ x + (1 | g         @ 14 @ expected ')' but found the end",
                "y ~ x + + (1 | g))     @ 17 @ found ')'",
                "y x + 1                @ 2  @ expected '~' but found 'x'",
                "~ x                    @ 0  @ the response is missing",
                "y ~                    @ 3  @ found the end",
                "y ~ x ~ z              @ 6  @ a second '~'",
                "y ~ x ? z              @ 6  @ the character '?'",
                "y ~ x & z              @ 6  @ the character '&'",
                "y ~ 2x                 @ 5  @ a number runs into 'x'",
                "y ~ x + 3              @ 8  @ the only numbers that can be terms",
                "y ~ 1 | g              @ 6  @ stand in parentheses",
                "y ~ x * (1 | g)        @ 11 @ part of a product",
                "y ~ logg(x)            @ 4  @ no function is named 'logg'",
                "y ~ log(x, 2)          @ 4  @ takes one argument, not 2",
                "y ~ x + poly(x)        @ 8  @ a whole degree from 1 to 20",
                "y ~ poly(x, 2.5)       @ 4  @ a whole degree from 1 to 20",
                "y ~ log(factor(x))     @ 8  @ factor() cannot stand here",
                "y ~ log(offset(x))     @ 8  @ offset() cannot stand here",
                "y ~ factor(x + 1)      @ 4  @ takes one variable",
                "y ~ mean(x)            @ 4  @ needs a group",
                "y ~ x == 2             @ 6  @ '==' cannot join terms",
                "y ~ (1 | a + b)        @ 11 @ a grouping factor is",
                "y ~ (0 | g)            @ 7  @ without columns",
                "y ~ us(x || g)         @ 4  @ a structure is named",
                "y ~ us(x | g, q = 1, q = 2) @ 21 @ 'q' is given twice",
                "y ~ us(x | g, q = 1, 2)     @ 21 @ without a name follows",
                "y ~ us(x | g, q = 1 + 2)    @ 20 @ an argument of a structure is",
                "y ~ x^x                @ 5  @ the power of terms is a whole number",
                "y ~ `x                 @ 4  @ never closed",
                "y ~ `` + x             @ 4  @ is empty",
                "y ~ 'x'                @ 4  @ cannot be a term",
                "cbind(a) ~ x           @ 0  @ successes and failures",
                "7 ~ x                  @ 0  @ the response must be a variable",
                "y ~ x + y              @ 0  @ also a predictor",
                "y ~ x x                @ 6  @ an operator or the end but found 'x'",
                "y ~ log(x | g)         @ 10 @ '|' cannot stand",
            })
    void errors_point_at_the_character(String text, int caret, String words) {
        assertThatThrownBy(() -> RFormula.parse(text))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(words)
                .satisfies(e -> {
                    String[] lines = e.getMessage().split("\\R");
                    assertThat(lines[1]).isEqualTo("  " + text);
                    assertThat(lines[2]).isEqualTo("  " + " ".repeat(caret) + "^");
                });
    }

    @Test
    void deep_nesting_is_refused_and_not_a_stack_overflow() {
        String text = "y ~ " + "(".repeat(100_000) + "x";
        assertThatThrownBy(() -> RFormula.parse(text)).hasMessageContaining("levels of parentheses");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void printed_formulas_parse_back_to_equal_ones(int seed) {
        Random random = new Random(seed);
        for (int size = 1; size <= 400; size++) {
            String text = FormulaDraw.formula(random, 1 + size / 40);
            Formula formula = RFormula.parse(text);
            assertThat(RFormula.parse(formula.toString())).as(text).isEqualTo(formula);
            assertThat(RFormula.parse(ModelSpec.of(formula).toString())).isEqualTo(formula);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4})
    void printed_filters_parse_back_to_equal_ones(int seed) {
        Random random = new Random(seed);
        for (int size = 1; size <= 400; size++) {
            Expression filter = FormulaDraw.filter(random, 1 + size / 80);
            assertThat(RFormula.parseFilter(filter.toString()))
                    .as(filter.toString())
                    .isEqualTo(filter);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void garbage_is_refused_in_one_clear_message(int seed) {
        Random random = new Random(seed);
        String alphabet = "yx1+-*/:^|()~,.`'\" =<!&gpoly#é";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int k = random.nextInt(24); k >= 0; k--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                Formula formula = RFormula.parse(text.toString());
                assertThat(RFormula.parse(formula.toString())).isEqualTo(formula);
            } catch (HendersonException e) {
                assertThat(e).hasMessageContaining("^");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '$',
            value = {
                "x > 4 &              @ 6  @ the character '&'",
                "x > 4 | y < 2        @ 6  @ '|' cannot stand in an expression",
                "x = 4                @ 2  @ found '='",
                "x > (4               @ 6  @ expected ')'",
                "count(x + 1) > 2     @ 0  @ count() takes one variable",
                "counts(x) > 2        @ 0  @ no function is named 'counts'",
                "mean(x | g) > 2      @ 0  @ no function is named 'mean'",
            })
    void errors_of_filters_point_at_the_character(String text, int caret, String words) {
        assertThatThrownBy(() -> RFormula.parseFilter(text))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(words)
                .hasMessageEndingWith("\n  " + " ".repeat(caret) + "^");
    }

    @Test
    void residual_structures_become_trees() {
        StructureCall ar = new StructureCall("ar", Map.of("1", 2), List.of("time"), "mare", List.of());
        assertThat(RFormula.parseResidual("ar(2, time | mare)")).isEqualTo(ar);
        assertThat(RFormula.parseResidual("arma(1, 1, t | id)"))
                .isEqualTo(new StructureCall("arma", Map.of("1", 1, "2", 1), List.of("t"), "id", List.of()));
        assertThat(RFormula.parseResidual("exchangeable(1 | id)")).isEqualTo(StructureCall.of("exchangeable", "id"));
        assertThat(RFormula.parseResidual("exponential(x + y | a:b)"))
                .isEqualTo(new StructureCall("exponential", Map.of(), List.of("x", "y"), "a:b", List.of()));
        assertThat(RFormula.parseResidual("independent")).isEqualTo(StructureCall.of("independent", null));
        assertThat(RFormula.parseResidual("independent, variances = sex"))
                .isEqualTo(new StructureCall(
                        "variances", Map.of(), List.of("sex"), null, List.of(StructureCall.of("independent", null))));
        StructureCall variances = new StructureCall("variances", Map.of(), List.of("v"), "mare", List.of(ar));
        assertThat(RFormula.parseResidual("ar(2, time | mare), by = sex, variances = v"))
                .isEqualTo(new StructureCall("by", Map.of(), List.of("sex"), "mare", List.of(variances)));
        assertThat(RFormula.parseResidual("independent, variances = power(x)").arguments())
                .isEqualTo(Map.of("function", "power"));
        assertThat(RFormula.parseResidual("us(visit | id) * ar(1, t | id)"))
                .isEqualTo(new StructureCall(
                        "*",
                        Map.of(),
                        List.of(),
                        "id",
                        List.of(
                                new StructureCall("us", Map.of(), List.of("visit"), "id", List.of()),
                                new StructureCall("ar", Map.of("1", 1), List.of("t"), "id", List.of()))));
    }

    @Test
    void a_group_may_follow_a_structure_or_be_absent() {
        StructureCall product = RFormula.parseResidual("us(visit | id) * ar(1, t | id)");
        assertThat(RFormula.parseResidual("us(visit) * ar(1, t) | id")).isEqualTo(product);
        assertThat(RFormula.parseResidual("us(visit) * ar(1, t | id)")).isEqualTo(product);
        assertThat(RFormula.parseResidual("ar(2, time) | a:b")).isEqualTo(RFormula.parseResidual("ar(2, time | a:b)"));
        assertThat(RFormula.parseResidual("ar(2, time)"))
                .isEqualTo(new StructureCall("ar", Map.of("1", 2), List.of("time"), null, List.of()));
        assertThat(RFormula.parseResidual("gaussian(x + y, nugget = TRUE)"))
                .isEqualTo(new StructureCall("gaussian", Map.of("nugget", true), List.of("x", "y"), null, List.of()));
        assertThat(RFormula.parseResidual("us(a:b | g), variances = c:d, by = e:f"))
                .isEqualTo(new StructureCall(
                        "by",
                        Map.of(),
                        List.of("e", "f"),
                        "g",
                        List.of(new StructureCall(
                                "variances",
                                Map.of(),
                                List.of("c", "d"),
                                "g",
                                List.of(new StructureCall("us", Map.of(), List.of("a", "b"), "g", List.of()))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ar(2, time | mare)",
                "arma(1, 1, t | a:b), variances = power(x), by = sex",
                "independent, variances = sex:region",
                "unstructured(outcome | id) * ar(1, visit | id), variances = exp(`my x`)",
                "matern(\"3/2\", x + y, nugget = TRUE)",
                "cs(1 | g) * (us(a | g) * ar(b | g))",
            })
    void a_residual_structure_prints_itself(String text) {
        assertThat(RFormula.parseResidual(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '$',
            value = {
                "ar(1, t | id), foo = x          @ 15 @ each once",
                "ar(1, t | id), by = x, by = z   @ 23 @ each once",
                "ar(1, t | id) x                 @ 14 @ an operator or the end",
                "ar(1, 2 | id)                   @ 6  @ expected a variable",
                "3                               @ 0  @ expected a residual structure",
                "us(a | g) * ar(1, b | h)        @ 10 @ two groups, 'h' and 'g'",
                "ar(1, t | id) | g               @ 14 @ two groups, 'id' and 'g'",
                "ar(1, t | id), by = power(x)    @ 20 @ a grouping factor",
            })
    void errors_of_residual_structures_point_at_the_character(String text, int caret, String words) {
        assertThatThrownBy(() -> RFormula.parseResidual(text))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(words)
                .hasMessageEndingWith("\n  " + " ".repeat(caret) + "^");
    }
}
