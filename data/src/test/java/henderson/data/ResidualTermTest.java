package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Positions;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which residual group a row is in, and where it stands there. */
class ResidualTermTest {
    private static final double NONE = Double.NaN;

    /** Rows of three groups, out of order, with gaps. */
    private static Table visits() {
        return Table.builder("visits")
                .numeric("y", new double[] {1, 3, 2, 5, 4, 7, 6})
                .numeric("x", new double[] {0.5, 0.25, 0.5, 1, 2, 4, 3})
                .numeric("t", new double[] {10, 2, 5, 2, 10, 5, 7})
                .numeric("half", new double[] {1.5, 0, 1, 0, 1.5, 1, -2})
                .numeric("same", new double[] {3, 3, 3, 3, 3, 3, 3})
                .numeric("gap", new double[] {1, 2, NONE, 1, 2, 3, 1})
                .categorical("visit", List.of("b", "a", "c", "a", "b", "c", "b"))
                .categorical("id", List.of("q", "q", "q", "p", "p", "p", "r"))
                .categorical("sex", List.of("M", "M", "M", "F", "F", "F", "M"))
                .categorical("arm", List.of("u", "v", "u", "v", "u", "v", "v"))
                .build();
    }

    private static ModelSpec spec(String residual) {
        return spec("y ~ 1", residual);
    }

    private static ModelSpec spec(String formula, String residual) {
        return new ModelSpec(
                RFormula.parse(formula),
                RFormula.parseResidual(residual),
                null,
                null,
                null,
                Map.of(),
                java.util.Set.of(),
                "gaussian",
                null);
    }

    private static Model model(String residual) {
        return Built.model(visits(), spec(residual));
    }

    private static List<String> groups(Model model) {
        List<String> out = new ArrayList<>();
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                out.add(model.residual().levels().get(b.residualGroup()[i]));
            }
        }
        return out;
    }

    private static List<Integer> at(Model model) {
        List<Integer> out = new ArrayList<>();
        if (model.residual() == null) {
            return out;
        }
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++) {
                out.add(b.residualAt()[i]);
            }
        }
        return out;
    }

    private static Positions positions(Term term) {
        return term.structure() instanceof TestStructure.Diagonal d
                ? d.positions()
                : ((TestStructure.Combined) term.structure()).positions();
    }

    private static void refused(String residual, String... parts) {
        assertThatThrownBy(() -> model(residual))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.getMessage() + " " + e.advice())
                        .contains(parts));
    }

    @Test
    void whole_times_are_sorted_and_keep_their_gaps() {
        Model model = model("whole(2, t | id)");
        Term term = model.residual();
        assertThat(term.group()).isEqualTo("id");
        assertThat(term.levels()).containsExactly("p", "q", "r");
        assertThat(term.columns()).containsExactly("2", "5", "7", "10");
        assertThat(term.structureName()).isEqualTo("whole");
        assertThat(positions(term).integer(3)).isEqualTo(10);
        assertThat(((TestStructure.Diagonal) term.structure()).arguments().integer("order"))
                .isEqualTo(2);
        assertThat(groups(model)).containsExactly("q", "q", "q", "p", "p", "p", "r");
        assertThat(at(model)).containsExactly(3, 0, 1, 0, 3, 1, 2);
    }

    @Test
    void real_times_are_sorted() {
        Model model = model("real(half | id)");
        assertThat(model.residual().columns()).containsExactly("-2", "0", "1", "1.5");
        assertThat(positions(model.residual()).real(3)).isEqualTo(1.5);
        assertThat(at(model)).containsExactly(3, 1, 2, 1, 3, 2, 0);
    }

    @Test
    void labels_are_those_of_the_factor_in_its_order() {
        Model model = model("labelled(visit | id)");
        assertThat(model.residual().columns()).containsExactly("a", "b", "c");
        assertThat(at(model)).containsExactly(1, 0, 2, 0, 1, 2, 1);
        Model declared = Built.model(
                visits(), spec("labelled(visit | id)").withFactors(Map.of("visit", List.of("c", "b", "a"))));
        assertThat(declared.residual().columns()).containsExactly("c", "b", "a");
        assertThat(at(declared)).containsExactly(1, 2, 0, 2, 1, 0, 1);
        assertThat(model("labelled(t | id)").residual().columns()).containsExactly("2", "5", "7", "10");
        assertThat(model("labelled(arm:sex | id:visit)").residual().columns())
                .containsExactly("u:F", "u:M", "v:F", "v:M");
    }

    @Test
    void places_are_distinct_tuples() {
        Model model = model("places(t + x | id)");
        Positions places = positions(model.residual());
        assertThat(places.axes()).isEqualTo(2);
        assertThat(model.residual().columns())
                .containsExactly("2,0.25", "2,1", "5,0.5", "5,4", "7,3", "10,0.5", "10,2");
        assertThat(at(model)).containsExactly(5, 0, 2, 1, 6, 3, 4);
        assertThat(places.coordinate(3, 0)).isEqualTo(5);
        assertThat(places.coordinate(3, 1)).isEqualTo(4);
        assertThat(positions(model("places(half | id)").residual()).axes()).isEqualTo(1);
    }

    @Test
    void without_positions_rows_are_numbered_within_their_group() {
        Model model = model("exchangeable(1 | id)");
        assertThat(model.residual().columns()).containsExactly("1", "2", "3");
        assertThat(at(model)).containsExactly(0, 1, 2, 0, 1, 2, 0);
        assertThat(at(model("exchangeable(same | id)"))).isEqualTo(at(model));
    }

    @Test
    void without_a_group_all_rows_are_one() {
        Table t = Table.builder("t")
                .numeric("y", new double[] {1, 3, 2})
                .numeric("t", new double[] {4, 1, 2})
                .build();
        Model model = Built.model(t, spec("whole(t)"));
        assertThat(model.residual().levels()).hasSize(1);
        assertThat(at(model)).containsExactly(2, 0, 1);
        assertThat(groups(model)).containsExactly("_all", "_all", "_all");
        assertThat(model.report().groups()).isEmpty();
    }

    @Test
    void without_group_and_positions_each_row_is_a_group() {
        Model model =
                Built.model(visits(), spec("independent, variances = sex").withWhere(RFormula.parseFilter("y > 1")));
        assertThat(model.residual().levels()).containsExactly("2", "3", "4", "5", "6", "7");
        assertThat(groups(model)).containsExactly("2", "3", "4", "5", "6", "7");
        assertThat(at(model)).containsExactly(1, 1, 0, 0, 0, 1);
        Positions pairs = positions(model.residual());
        assertThat(pairs.levels()).containsExactly("F", "M");
        assertThat(pairs.first(1)).isEqualTo(1);
        assertThat(pairs.second(1)).isZero();
        assertThat(at(model("independent, by = arm"))).containsExactly(0, 1, 0, 1, 0, 1, 1);
    }

    @Test
    void the_response_is_no_place_and_no_scale() {
        for (String residual : List.of("independent, variances = power(y)", "whole(y | id)", "whole(t | y)")) {
            refused(residual, "looks at the response 'y'", "Maybe a predictor");
        }
    }

    @Test
    void plain_independent_residuals_are_no_term() {
        assertThat(model("independent").residual()).isNull();
        assertThat(model("identity(1 | id)").residual()).isNull();
        assertThatThrownBy(
                        () -> model("independent").batches().iterator().next().residualAt())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void pairs_are_those_that_occur_in_the_order_of_the_inner_place() {
        Model model = model("whole(t | id), variances = sex");
        Positions pairs = positions(model.residual());
        assertThat(pairs.levels()).containsExactly("F", "M");
        int[] first = new int[pairs.size()];
        int[] second = new int[pairs.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = pairs.first(i);
            second[i] = pairs.second(i);
        }
        assertThat(second).containsExactly(0, 0, 1, 1, 2, 3, 3);
        assertThat(first).containsExactly(0, 1, 0, 1, 1, 0, 1);
        assertThat(at(model)).containsExactly(6, 1, 3, 0, 5, 2, 4);
        assertThat(model.residual().columns()).containsExactly("2", "2", "5", "5", "7", "10", "10");
        assertThat(positions(model("whole(t | id), variances = sex:arm").residual())
                        .levels())
                .containsExactly("F:u", "F:v", "M:u", "M:v");
    }

    @Test
    void a_variance_function_has_the_values_of_its_covariate() {
        Model model = model("whole(t | id), variances = power(x)");
        Positions pairs = positions(model.residual());
        assertThat(pairs.levels()).isEmpty();
        List<Double> values = new ArrayList<>();
        for (int i : at(model)) {
            values.add(pairs.real(i));
        }
        assertThat(values).containsExactly(0.5, 0.25, 0.5, 1.0, 2.0, 4.0, 3.0);
        assertThat(((TestStructure.Combined) model.residual().structure())
                        .arguments()
                        .choice("function"))
                .isEqualTo("power");
    }

    @Test
    void separate_parameters_stand_outside_separate_variances() {
        Model model = model("whole(t | id), variances = visit, by = sex");
        assertThat(model.residual().call().name()).isEqualTo("by");
        TestStructure.Combined by = (TestStructure.Combined) model.residual().structure();
        TestStructure.Combined variances = (TestStructure.Combined) by.inner().get(0);
        assertThat(by.positions().levels()).containsExactly("F", "M");
        assertThat(variances.positions().levels()).containsExactly("a", "b", "c");
        assertThat(by.inner()).hasSize(2);
        for (int i = 0; i < by.positions().size(); i++) {
            TestStructure.Combined of =
                    (TestStructure.Combined) by.inner().get(by.positions().first(i));
            assertThat(by.positions().second(i)).isBetween(0, of.positions().size() - 1);
        }
    }

    @Test
    void each_level_of_by_has_the_places_of_its_own_rows() {
        Model model = model("whole(t | id), by = sex");
        Term term = model.residual();
        TestStructure.Combined by = (TestStructure.Combined) term.structure();
        assertThat(by.inner()).hasSize(2);
        Positions women = ((TestStructure.Diagonal) by.inner().get(0)).positions();
        Positions men = ((TestStructure.Diagonal) by.inner().get(1)).positions();
        assertThat(List.of(women.label(0), women.label(1), women.label(2))).containsExactly("2", "5", "10");
        assertThat(men.size()).isEqualTo(4);
        double[] t = {10, 2, 5, 2, 10, 5, 7};
        List<Integer> at = at(model);
        for (int i = 0; i < t.length; i++) {
            int level = by.positions().first(at.get(i));
            Positions inner = ((TestStructure.Diagonal) by.inner().get(level)).positions();
            assertThat((double) inner.integer(by.positions().second(at.get(i)))).isEqualTo(t[i]);
            assertThat(term.columns().get(at.get(i))).isEqualTo(Integer.toString((int) t[i]));
        }
        refused("labelled(arm | id:arm:t), by = arm", "In the rows with 'arm' = u: Column 'arm' is u");
    }

    @Test
    void products_pair_the_places_of_their_factors() {
        for (String text :
                List.of("labelled(visit) * whole(1, t) | arm:id", "exchangeable(visit | arm:id) * whole(t)")) {
            Model model = model(text);
            Positions pairs = positions(model.residual());
            TestStructure.Combined product =
                    (TestStructure.Combined) model.residual().structure();
            Positions visit = ((TestStructure.Diagonal) product.inner().get(0)).positions();
            Positions time = ((TestStructure.Diagonal) product.inner().get(1)).positions();
            assertThat(model.residual().group()).isEqualTo("arm:id");
            assertThat(model.residual().columns()).contains("b:10", "a:2").doesNotContain("a:10");
            for (int i = 0; i < pairs.size(); i++) {
                assertThat(visit.label(pairs.first(i)) + ":" + time.label(pairs.second(i)))
                        .isEqualTo(pairs.label(i));
            }
        }
    }

    @Test
    void rows_without_a_place_are_missing_and_counted() {
        Model model = model("whole(gap | id)");
        assertThat(model.rows()).isEqualTo(6);
        assertThat(model.report().dropped()).singleElement().satisfies(d -> {
            assertThat(d.reason()).isEqualTo("missing");
            assertThat(d.variable()).isEqualTo("gap");
            assertThat(d.count()).isEqualTo(1);
        });
        assertThat(at(model)).containsExactly(0, 1, 0, 1, 2, 0);
    }

    @Test
    void the_group_of_residuals_is_reported_where_there_is_no_other() {
        assertThat(model("whole(t | id)").report().groups()).singleElement().satisfies(g -> {
            assertThat(g.name()).isEqualTo("id");
            assertThat(g.count()).isEqualTo(3);
        });
        assertThat(Built.model(visits(), spec("y ~ (1 | sex)", "whole(t | id)"))
                        .report()
                        .groups())
                .singleElement()
                .satisfies(g -> assertThat(g.name()).isEqualTo("sex"));
    }

    @Test
    void what_does_not_suit_a_structure_is_told_with_column_row_and_value() {
        refused("whole(1, half | id)", "'half', row 1: 1.5 is not whole", "'whole'", "real");
        refused("whole(visit | id)", "'visit'", "holds texts", "needs numbers");
        refused("whole(1 | id)", "'whole' needs a variable", "whole(time | id)");
        refused("whole(t + x | id)", "one variable of places, not 2", "'t', 'x'");
        refused("whole(same | id:t)", "'same' is 3 in all 7 rows", "at least 2 values");
        refused("whole(q | id)", "'q'");
        refused("whole(t | q)", "'q'");
        refused("whole(t | id), by = q", "'q'");
        refused("nothing(t | id)", "'nothing'", "Known: ");
        refused("whole(t | id, z = 1)", "'whole' takes no argument 'z'");
        refused("exchangeable", "'exchangeable' correlates the rows of a group", "exchangeable(1 | group)");
        refused("exchangeable(1 | id) * whole(t)", "'exchangeable' needs a variable", "factor of the product");
        assertThatThrownBy(() -> Built.model(visits(), spec("whole(1 | id)").withLanguage(Language.STATA)))
                .isInstanceOfSatisfying(
                        HendersonException.class, e -> assertThat(e.advice()).contains("residuals(whole, t(time))"));
    }

    @Test
    void two_rows_at_one_place_are_told_with_their_group() {
        refused("whole(t | arm)", "Group 'v' of 'arm' has two rows at t = 2 (rows 2 and 4)");
        refused("whole(t)", "Two rows stand at t = 2 (rows 2 and 4)", "whole(t | group)");
        refused("labelled(visit | sex), by = sex", "Group 'M' of 'sex'", "visit = b (rows 1 and 7)");
        refused("labelled(sex) * whole(same | arm)", "'same' is 3");
        refused("labelled(sex | sex) * labelled(arm)", "two rows", "sex:arm = M:u (rows 1 and 3)");
        assertThat(model("coincident(t | arm)").rows()).isEqualTo(7);
    }

    @Test
    void rows_at_one_place_have_positions_of_their_own_where_the_kind_allows_it() {
        Positions positions = positions(model("coincident(t | arm)"));
        Positions different = positions(model("places(t | id)"));
        assertThat(positions.size()).isGreaterThan(different.size());
        Set<String> labels = new HashSet<>();
        for (int i = 0; i < positions.size(); i++) {
            assertThat(labels.add(positions.label(i))).isTrue();
            assertThat(i == 0 || positions.coordinate(i, 0) >= positions.coordinate(i - 1, 0))
                    .isTrue();
        }
        Set<List<Integer>> rows = new HashSet<>();
        for (Batch batch : model("coincident(t | arm)").batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                assertThat(rows.add(List.of(batch.residualGroup()[i], batch.residualAt()[i])))
                        .isTrue();
            }
        }
    }

    private static Positions positions(Model model) {
        return ((TestStructure.Diagonal) model.residual().structure()).positions();
    }

    @Test
    void what_separates_groups_is_the_same_within_each() {
        refused(
                "whole(t | id), by = arm",
                "Group 'q' of 'id' has both u and v of 'arm' (rows 1 and 2)",
                "variances = arm");
        refused("whole(t | id), variances = same", "'same' is 3 in all rows used", "variances = same");
        refused("whole(t | id), by = same", "'by = same' needs at least 2");
        refused("whole(t | id), variances = power(visit)", "'visit'", "texts", "power(visit)");
        refused("whole(t | id), variances = cube(x)", "'function'", "cube", "power");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whole(2, t | id)",
                "real(half | id), variances = sex",
                "labelled(visit | id), by = sex",
                "labelled(arm:sex | id:visit)",
                "places(t + x | id)",
                "exchangeable(visit | id), variances = visit",
                "independent, variances = sex:arm",
                "independent, variances = power(x), by = arm",
                "independent(1 | id), by = sex",
                "exchangeable(1 | id), by = sex",
                "whole(t | id), variances = exp(t), by = sex",
                "labelled(visit) * whole(1, t) | arm:id",
                "labelled(visit | id) * exchangeable(t), variances = arm",
            })
    void rows_of_the_same_data_and_of_the_frame_stand_where_they_stood(String residual) {
        ModelSpec spec = spec(residual).withWhere(RFormula.parseFilter("y != 5"));
        if (residual.contains("by") && residual.contains("id")) {
            spec = spec(residual);
        }
        Model model = Built.model(visits(), spec.withFactors(Map.of("arm", List.of("v", "u"))));
        Term term = model.residual();
        Model again = Models.rebind(model.spec(), model.frame(), model.random(), term, visits());
        assertThat(at(again)).isEqualTo(at(model));
        assertThat(groups(again)).isEqualTo(groups(model));
        assertThat(again.report().levelsDropped()).isEmpty();
        Term saved = Models.residual(model.spec(), model.frame(), TestStructure.registry());
        assertThat(saved.columns()).isEqualTo(List.copyOf(term.columns()));
        assertThat(saved.group()).isEqualTo(term.group());
        assertThat(saved.structureName()).isEqualTo(term.structureName());
        TestStructure.samePositions(saved.structure(), term.structure());
    }

    @Test
    void rows_of_other_data_have_groups_of_their_own_and_places_of_the_fit() {
        Model model = model("whole(t | id)");
        Table other = Table.builder("other")
                .numeric("t", new double[] {5, 3, 10, NONE})
                .categorical("id", List.of("new", "p", "p", "p"))
                .build();
        Model rows = Models.rebind(model.spec(), model.frame(), model.random(), model.residual(), other);
        assertThat(rows.rows()).isEqualTo(4);
        assertThat(rows.residual().levels()).containsExactly("new", "p");
        assertThat(at(rows)).containsExactly(1, -1, 3, -1);
        Batch batch = rows.batches().iterator().next();
        assertThat(java.util.Arrays.copyOf(batch.residualGroup(), 4)).containsExactly(0, 1, 1, -1);
        assertThat(rows.report().levelsDropped()).singleElement().satisfies(d -> {
            assertThat(d.factor()).isEqualTo("t");
            assertThat(d.levels()).containsExactly("3");
        });
        Table without = Table.builder("other").numeric("t", new double[] {5}).build();
        assertThat(Models.rebind(model.spec(), model.frame(), model.random(), model.residual(), without)
                        .residual())
                .isNull();
        assertThat(Models.residual(spec("independent"), model("independent").frame(), TestStructure.registry()))
                .isNull();
    }

    private static String leaf(Random r, String group) {
        List<String> columns = List.of("t", "x", "half", "visit", "id", "sex", "arm", "gap", "same", "q", "_n");
        List<String> kinds =
                List.of("whole", "real", "labelled", "places", "coincident", "exchangeable", "independent", "nothing");
        StringBuilder out = new StringBuilder(kinds.get(r.nextInt(r.nextInt(4) == 0 ? 8 : 7))).append('(');
        out.append(r.nextInt(6) == 0 ? "2, " : "").append(columns.get(r.nextInt(columns.size())));
        while (r.nextInt(4) == 0) {
            out.append(r.nextBoolean() ? " + " : ":").append(columns.get(r.nextInt(columns.size())));
        }
        return out.append(group).append(')').toString();
    }

    private static String asked(Random r) {
        List<String> groups = List.of("", " | id", " | id", " | arm:id", " | sex", " | _all", " | id:visit", " | gap");
        String group = groups.get(r.nextInt(groups.size()));
        StringBuilder out = new StringBuilder(r.nextInt(8) == 0 ? "independent" : leaf(r, group));
        out.append(r.nextInt(4) == 0 ? " * " + leaf(r, "") : "");
        List<String> over = List.of("sex", "arm", "visit", "sex:arm", "power(x)", "exp(t)", "cube(x)", "gap", "same");
        out.append(r.nextInt(3) == 0 ? ", variances = " + over.get(r.nextInt(9)) : "");
        return out.append(r.nextInt(3) == 0 ? ", by = " + over.get(r.nextInt(9)) : "")
                .toString();
    }

    @Test
    void whatever_is_asked_gives_a_model_or_one_message() {
        int built = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            String text = asked(new Random(seed));
            try {
                Model model = model(text);
                Model again = Models.rebind(model.spec(), model.frame(), model.random(), model.residual(), visits());
                List<Integer> known = new ArrayList<>(at(again));
                known.removeIf(p -> p < 0); // rows without a place are kept
                assertThat(places(model, known)).as("<%s>", text).isEqualTo(places(model, at(model)));
                built++;
            } catch (HendersonException e) {
                assertThat(e.getMessage()).isNotBlank();
            } catch (RuntimeException | StackOverflowError e) {
                org.assertj.core.api.Assertions.fail("<" + text + ">", e);
            }
        }
        assertThat(built).isBetween(500, 9_500);
    }

    /** Rows that stand at one place take turns there; which row takes which depends on the rows around it. */
    private static List<String> places(Model model, List<Integer> at) {
        return at.stream()
                .map(p -> model.residual() == null
                        ? ""
                        : model.residual().columns().get(p).replaceAll(" \\(\\d+\\)$", ""))
                .toList();
    }

    @Test
    void groups_and_places_are_those_of_a_naive_count_in_many_rows() {
        Random random = new Random(3);
        int n = 10_000;
        double[] y = random.doubles(n).toArray();
        double[] time = new double[n];
        double[] id = new double[n];
        for (int i = 0; i < n; i++) {
            id[i] = i % 700;
            time[i] = i / 700 * 3 - 6;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            swap(time, i, j);
            swap(id, i, j);
        }
        Table table = Table.builder("t")
                .numeric("y", y)
                .numeric("time", time)
                .numeric("id", id)
                .build();
        Model model = Built.model(table, spec("y ~ 1", "whole(time | id)").withWhere(RFormula.parseFilter("id != 5")));
        int row = 0;
        for (Batch b : model.batches()) {
            for (int i = 0; i < b.rows(); i++, row++) {
                int from = (int) b.row(i) - 1;
                assertThat(model.residual().levels().get(b.residualGroup()[i]))
                        .isEqualTo(Integer.toString((int) id[from]));
                assertThat(positions(model.residual()).integer(b.residualAt()[i]))
                        .isEqualTo((int) time[from]);
            }
        }
        assertThat(row).isEqualTo((int) model.rows());
    }

    private static void swap(double[] a, int i, int j) {
        double x = a[i];
        a[i] = a[j];
        a[j] = x;
    }
}
