package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.FitListener;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Positions;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures of random effects that want places, and what may stand around them. */
class RandomCallsTest {
    private static Table visits() {
        List<String> id = new ArrayList<>();
        List<String> sex = new ArrayList<>();
        List<String> letter = new ArrayList<>();
        double[] y = new double[24];
        double[] x = new double[24];
        double[] visit = new double[24];
        double[] half = new double[24];
        for (int i = 0; i < 24; i++) {
            id.add("abcdef".substring(i / 4, i / 4 + 1));
            sex.add(i / 4 % 3 == 0 ? "M" : "F");
            letter.add("pqrs".substring(i % 4, i % 4 + 1));
            y[i] = i * 7 % 11;
            x[i] = i * 5 % 13;
            visit[i] = i % 4 == 3 ? 10 : i % 4;
            half[i] = visit[i] / 2;
        }
        return Table.builder("visits")
                .numeric("y", y)
                .numeric("x", x)
                .numeric("visit", visit)
                .numeric("half", half)
                .categorical("id", id)
                .categorical("sex", sex)
                .categorical("letter", letter)
                .build();
    }

    private static Model model(String formula) {
        return Built.model(visits(), formula);
    }

    private static Positions positions(Term term) {
        return term.structure() instanceof TestStructure.Diagonal d
                ? d.positions()
                : ((TestStructure.Combined) term.structure()).positions();
    }

    private static void refused(String formula, String... parts) {
        assertThatThrownBy(() -> model(formula))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.getMessage() + " " + e.advice())
                        .contains(parts));
    }

    @Test
    void dummies_stand_at_their_levels() {
        Positions whole =
                positions(model("y ~ whole(0 + factor(visit) | id)").random().get(0));
        assertThat(List.of(whole.integer(0), whole.integer(1), whole.integer(3)))
                .containsExactly(0, 1, 10);
        Positions real =
                positions(model("y ~ real(0 + factor(half) | id)").random().get(0));
        assertThat(List.of(real.real(0), real.real(1), real.real(3))).containsExactly(0.0, 0.5, 5.0);
        Positions cells = positions(model("y ~ places(0 + factor(visit):factor(half) | id)")
                .random()
                .get(0));
        assertThat(cells.axes()).isEqualTo(2);
        assertThat(cells.size()).isEqualTo(16);
        assertThat(cells.label(6)).isEqualTo("factor(visit)2:factor(half)0.5");
        assertThat(List.of(cells.coordinate(6, 0), cells.coordinate(6, 1))).containsExactly(2.0, 0.5);
    }

    @Test
    void one_level_is_enough_where_columns_have_places() {
        Table table = visits();
        Model model = Built.model(table, "y ~ real(0 + factor(half) | _all)");
        assertThat(model.random().get(0).levels()).hasSize(1);
        refused("y ~ (1 | _all)", "'_all' has 1 level");
    }

    @Test
    void columns_without_places_are_refused_with_a_way_out() {
        refused("y ~ whole(0 + visit | id)", "'whole' needs a number for each column", "whole(0 + factor(visit) | id)");
        refused("y ~ real(1 | id)", "'real' needs a number", "real(0 + factor(time) | id)");
        refused("y ~ whole(0 + factor(visit):factor(half) | id)", "are not the levels of one factor");
        assertThatThrownBy(() -> positions(
                                model("y ~ whole(0 + letter | id)").random().get(0))
                        .integer(1))
                .hasMessageContaining("Level 'q' of column 'letterq' is not a number");
    }

    @Test
    void variances_may_be_by_level_of_the_columns_own_factor() {
        Term term = model("y ~ whole(0 + factor(visit) | id, variances = visit)")
                .random()
                .get(0);
        Positions pairs = positions(term);
        assertThat(pairs.levels()).containsExactly("0", "1", "2", "10");
        assertThat(pairs.first(3)).isEqualTo(3);
        assertThat(pairs.second(3)).isEqualTo(3);
        assertThat(term.columns()).hasSize(4);
        assertThat(term.structureName()).isEqualTo("whole");
        assertThat(term.call()).hasToString("whole(1 | id), variances = visit");
        Positions power = positions(model("y ~ whole(0 + factor(visit) | id, variances = power(visit))")
                .random()
                .get(0));
        assertThat(power.real(3)).isEqualTo(10);
        refused("y ~ whole(0 + factor(visit) | id, variances = power(x))", "variances = power(x)", "not a function");
    }

    @Test
    void separate_parameters_give_each_column_once_for_every_level() {
        Model model = model("y ~ us(1 + x | id, by = sex)");
        Term term = model.random().get(0);
        assertThat(term.columns()).containsExactly("F:(Intercept)", "M:(Intercept)", "F:x", "M:x");
        Positions pairs = positions(term);
        assertThat(pairs.levels()).containsExactly("F", "M");
        assertThat(List.of(pairs.first(2), pairs.first(3))).containsExactly(0, 1);
        assertThat(List.of(pairs.second(2), pairs.second(3))).containsExactly(1, 1);
        TestStructure.Combined by = (TestStructure.Combined) term.structure();
        assertThat(((TestStructure.Diagonal) by.inner().get(0)).positions().size())
                .isEqualTo(2);
        double[][] z = Built.z(model, 0);
        double[][] plain = Built.z(model("y ~ us(1 + x | id)"), 0);
        for (int i = 0; i < z.length; i++) {
            int m = i / 4 % 3 == 0 ? 1 : 0;
            assertThat(z[i][m]).isEqualTo(1);
            assertThat(z[i][1 - m]).isZero();
            assertThat(z[i][2 + m]).isEqualTo(plain[i][1]);
            assertThat(z[i][3 - m]).isZero();
        }
    }

    @Test
    void words_may_stand_together() {
        Model model = model("y ~ us(1 | id, variances = sex, by = sex)");
        assertThat(model.random().get(0).columns())
                .containsExactly("F:F:(Intercept)", "M:F:(Intercept)", "F:M:(Intercept)", "M:M:(Intercept)");
        assertThat(model.random().get(0).call().name()).isEqualTo("by");
        Model both = model("y ~ whole(0 + factor(visit) | id, variances = visit, by = sex)");
        assertThat(both.random().get(0).columns()).hasSize(8);
        Positions pairs = positions(both.random().get(0));
        assertThat(List.of(pairs.first(7), pairs.second(7))).containsExactly(1, 3);
    }

    @Test
    void a_factor_that_varies_within_a_group_is_refused() {
        refused("y ~ us(1 | id, by = letter)", "Level 'a' of 'id' has both p and q of 'letter' (rows 1 and 2)");
        refused("y ~ us(1 | id, by = q)", "'q'");
        refused("y ~ us(1 | id, by = 3)", "Argument 'by'", "a grouping factor");
        refused("y ~ us(1 | id, variances = power(x + 1))", "expected a variable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y ~ us(1 + x | g, by = sex)",
                "y ~ ar(0 + visit | g, 2, variances = a:b, by = `my sex`)",
                "y ~ ar(0 + visit | g, variances = power(x), rank = 3)",
                "y ~ known(1 + x | animal, \"A.csv\", inverse = true, structure = us)",
            })
    void formulas_print_back_to_equal_ones(String text) {
        Formula formula = RFormula.parse(text);
        assertThat(RFormula.parse(formula.toString())).isEqualTo(formula);
    }

    @Test
    void rows_of_other_data_are_coded_in_the_levels_of_the_fit() {
        Model model = model("y ~ us(1 + x | id, by = sex)");
        Table other = Table.builder("other")
                .numeric("x", new double[] {3, 4})
                .categorical("id", List.of("b", "a"))
                .categorical("sex", List.of("F", "M"))
                .build();
        Model rows = Models.rebind(model.spec(), model.frame(), model.random(), other);
        assertThat(Built.z(rows, 0)).isEqualTo(new double[][] {{1, 0, 3, 0}, {0, 1, 0, 4}});
        Table unseen = Table.builder("other")
                .numeric("x", new double[] {3})
                .categorical("id", List.of("b"))
                .categorical("sex", List.of("X"))
                .build();
        assertThatThrownBy(() -> Models.rebind(model.spec(), model.frame(), model.random(), unseen))
                .hasMessageContaining("Factor 'sex' has levels in 'other' that the fit has not seen: X");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "y ~ visit + whole(0 + factor(visit) | id, variances = visit, by = sex)",
                "y ~ visit + us(1 + x + letter | sex, by = sex)",
                "y ~ letter + us(0 + letter | sex) + real(0 + factor(half) | _all)",
                "y ~ us(1 + I(x^2) + visit | id:sex, variances = sex) + (1 | sex)",
                "y ~ places(0 + factor(visit):factor(half) | id) + (poly(x, 2) || sex)",
            })
    void terms_are_bound_again_from_what_a_frame_remembers(String formula) {
        Model model = model(formula);
        List<Term> again = Models.random(model.spec(), model.frame(), TestStructure.registry());
        assertThat(again).hasSameSizeAs(model.random());
        for (int t = 0; t < again.size(); t++) {
            Term before = model.random().get(t);
            Term after = again.get(t);
            assertThat(after.columns()).isEqualTo(before.columns());
            assertThat(after.call()).isEqualTo(before.call());
            TestStructure.samePositions(after.structure(), before.structure());
        }
    }

    private static String asked(Random r) {
        List<String> kinds = List.of("us", "diag", "whole", "real", "labelled", "places", "nothing");
        List<String> columns = List.of(
                "1",
                "x",
                "1 + x",
                "0 + factor(visit)",
                "0 + factor(half)",
                "0 + letter",
                "0 + factor(visit):factor(half)",
                "0 + visit",
                "x + letter",
                "0 + sex:letter",
                "poly(x, 2)",
                "q");
        List<String> groups = List.of("id", "id", "sex", "id:sex", "_all", "letter", "visit");
        List<String> over = List.of("sex", "visit", "half", "letter", "sex:id", "power(visit)", "exp(x)", "id", "q");
        boolean known = r.nextInt(10) == 0;
        String kind = kinds.get(r.nextInt(kinds.size()));
        StringBuilder out = new StringBuilder(known ? "known" : kind)
                .append('(')
                .append(columns.get(r.nextInt(columns.size())))
                .append(" | ")
                .append(groups.get(r.nextInt(groups.size())));
        out.append(known ? ", \"A.csv\", structure = " + kind : "");
        out.append(r.nextInt(3) == 0 ? ", variances = " + over.get(r.nextInt(9)) : "");
        out.append(r.nextInt(3) == 0 ? ", by = " + over.get(r.nextInt(9)) : "");
        return out.append(r.nextInt(8) == 0 ? ", order = 2)" : ")").toString();
    }

    @Test
    void whatever_is_asked_gives_a_model_or_one_message() {
        int built = 0;
        Table table = visits();
        for (int seed = 0; seed < 10_000; seed++) {
            String text = "y ~ " + (seed % 3 == 0 ? "visit + " : "x + ") + asked(new Random(seed));
            try {
                Model model = Built.model(table, text);
                built++;
                List<Term> again = Models.random(model.spec(), model.frame(), TestStructure.registry());
                for (int t = 0; t < again.size(); t++) {
                    assertThat(again.get(t).columns())
                            .as("<%s>", text)
                            .isEqualTo(model.random().get(t).columns());
                }
            } catch (HendersonException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                org.assertj.core.api.Assertions.fail("<" + text + ">", e);
            }
        }
        assertThat(built).isBetween(500, 9_500);
    }

    @Test
    void rows_without_a_level_are_missing() {
        Table table = Table.builder("t")
                .numeric("y", new double[] {1, 2, 4, 3, 5, 9})
                .categorical("g", List.of("a", "a", "b", "b", "c", "c"))
                .categorical("sex", java.util.Arrays.asList("M", "M", "F", "F", "F", null))
                .build();
        Model model = Models.build(
                Built.spec("y ~ us(1 | g, by = sex)"), table, TestStructure.registry(), FitListener.SILENT);
        assertThat(model.rows()).isEqualTo(5);
        assertThat(model.report().dropped().get(0).variable()).isEqualTo("sex");
    }
}
