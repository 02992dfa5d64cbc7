package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Batch;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewRowsTest {
    private static final Registry REGISTRY =
            Registry.ofStructures(new Identity(), new Independent(), new Unstructured());

    private static Table fitted() {
        return Table.builder("fitted")
                .numeric("y", new double[] {1, 2, 4, 3, 5, 9, 7, 8})
                .numeric("x", new double[] {1, 2, 3, 4, 5, 6, 7, 9})
                .categorical("f", List.of("b", "a", "c", "a", "b", "c", "a", "b"))
                .categorical("g", List.of("p", "p", "p", "q", "q", "q", "r", "r"))
                .build();
    }

    private static Model model(String formula) {
        ModelSpec spec = ModelSpec.of(RFormula.parse(formula));
        return Models.build(spec, fitted(), REGISTRY, FitListener.SILENT);
    }

    private static Model rebind(Model model, Table table) {
        return Models.rebind(model.spec(), model.frame(), model.random(), table);
    }

    /** A copy of the only batch's X, row-major, shifts put back. */
    private static double[] x(Model model) {
        Batch batch = model.batches().iterator().next();
        int p = model.fixedNames().size();
        double[] out = new double[batch.rows() * p];
        for (int i = 0; i < out.length; i++) {
            out[i] = batch.x().data[i] + model.fixedShifts()[i % p];
        }
        return out;
    }

    @Test
    void the_same_rows_are_coded_the_same() {
        Model model = model("y ~ poly(x, 2) + f + mean(x | g) + log(x) + (1 + x | g)");

        Model again = rebind(model, fitted());

        assertThat(again.fixedNames()).isEqualTo(model.fixedNames());
        assertThat(x(again)).containsExactly(x(model), within(1e-14)); // columns are shifted by no more than 9
        assertThat(again.batches().iterator().next().level(0)).startsWith(0, 0, 0, 1, 1, 1, 2, 2);
        assertThat(again.batches().iterator().next().row(7)).isEqualTo(8);
    }

    @Test
    void one_row_is_coded_with_the_constants_of_the_fit() {
        Model model = model("y ~ poly(x, 2) + f + center(x | g) + (1 | g)");
        double[] all = x(model);
        int p = model.fixedNames().size();

        Table one = Table.builder("one")
                .numeric("x", new double[] {6})
                .categorical("f", List.of("c"))
                .categorical("g", List.of("q"))
                .build();
        Model row = rebind(model, one);

        assertThat(x(row)).containsExactly(java.util.Arrays.copyOfRange(all, 5 * p, 6 * p), within(1e-14));
        assertThat(row.batches().iterator().next().y()[0]).isNaN();
        assertThat(row.batches().iterator().next().level(0)[0]).isEqualTo(1);
    }

    @Test
    void a_group_that_the_fit_has_not_seen_has_no_level_and_its_own_mean() {
        Model model = model("y ~ mean(x | g) + (1 | g)");
        Table two = Table.builder("two")
                .numeric("x", new double[] {10, 20})
                .categorical("g", List.of("new", "new"))
                .build();

        Model rows = rebind(model, two);

        assertThat(rows.batches().iterator().next().level(0)).startsWith(-1, -1);
        assertThat(x(rows)).containsExactly(1, 15, 1, 15);
    }

    @Test
    void a_factor_level_that_the_fit_has_not_seen_is_named() {
        Model model = model("y ~ f + (1 | g)");
        Table other = Table.builder("other.csv")
                .categorical("f", List.of("a", "z", "e"))
                .categorical("g", List.of("p", "p", "p"))
                .build();

        assertThatThrownBy(() -> rebind(model, other))
                .isInstanceOf(HendersonException.class)
                .hasMessage(
                        "Factor 'f' has levels in 'other.csv' that the fit has not seen: e, z. It has seen a, b, c.");
    }

    @Test
    void a_predictor_that_is_not_there_is_named() {
        Model model = model("y ~ x + (1 | g)");
        Table other = Table.builder("other").categorical("g", List.of("p", "q")).build();

        assertThatThrownBy(() -> rebind(model, other))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith("No column of 'other' is named 'x'");
    }

    @Test
    void rows_without_a_predictor_are_counted() {
        Model model = model("y ~ x + (1 | g)");
        Table other = Table.builder("other")
                .numeric("x", new double[] {1, Double.NaN, 3})
                .categorical("g", List.of("p", "q", "r"))
                .build();

        Model rows = rebind(model, other);

        assertThat(rows.rows()).isEqualTo(2);
        assertThat(rows.report().dropped()).hasSize(1);
        assertThat(rows.batches().iterator().next().row(1)).isEqualTo(3);
    }

    @Test
    void collinear_columns_are_left_out_again() {
        Model model = model("y ~ x + I(2 * x) + f + (1 | g)");

        assertThat(model.frame().kept()).containsExactly(true, true, false, true, true);
        assertThat(rebind(model, fitted()).fixedNames()).isEqualTo(model.fixedNames());
    }

    @Test
    void labels_that_are_numbers_stay_categories() {
        Table table = Table.builder("t")
                .numeric("y", new double[] {1, 3, 2, 5})
                .numeric("f", new double[] {1, 2, 1, 2})
                .categorical("g", List.of("a", "a", "b", "b"))
                .build();
        Model model = Models.build(
                ModelSpec.of(RFormula.parse("y ~ factor(f) + (1 | g)")), table, REGISTRY, FitListener.SILENT);

        Table two = Table.builder("two")
                .numeric("f", new double[] {2})
                .categorical("g", List.of("a"))
                .build();

        assertThat(x(rebind(model, two))).containsExactly(1, 1);
    }
}
