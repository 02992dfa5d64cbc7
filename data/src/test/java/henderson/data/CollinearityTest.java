package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.DataReport.ColumnDropped;
import henderson.api.Model;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CollinearityTest {
    private static final int ROWS = 600;

    private static Table table() {
        Random random = new Random(5);
        double[] y = random.doubles(ROWS).toArray();
        double[] a = random.doubles(ROWS).toArray();
        double[] b = random.doubles(ROWS).toArray();
        double[] sum = new double[ROWS];
        double[] near = new double[ROWS];
        double[] huge = new double[ROWS];
        double[] constant = new double[ROWS];
        List<String> f = new ArrayList<>();
        List<String> nested = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            sum[i] = 2 * a[i] - b[i] + 7;
            near[i] = a[i] + 1e-7 * y[i];
            huge[i] = 1e8 * a[i];
            constant[i] = 0.1;
            f.add("ABC".substring(i % 3, i % 3 + 1));
            nested.add("ABCDEF".substring(i % 6, i % 6 + 1));
        }
        return Table.builder("made")
                .numeric("y", y)
                .numeric("a", a)
                .numeric("b", b)
                .numeric("sum", sum)
                .numeric("near", near)
                .numeric("huge", huge)
                .numeric("constant", constant)
                .categorical("f", f)
                .categorical("nested", nested)
                .build();
    }

    private static void dropped(String formula, String... expected) {
        Model model = Built.model(table(), formula);
        assertThat(model.report().columnsDropped())
                .extracting(ColumnDropped::toString)
                .isEqualTo(Arrays.stream(expected)
                        .map(e -> new ColumnDropped(e.split(": ", 2)[0], e.split(": ", 2)[1]).toString())
                        .toList());
        double[][] x = Built.x(model);
        assertThat(x[0]).hasSize(model.fixedNames().size());
        for (ColumnDropped c : model.report().columnsDropped()) {
            assertThat(model.fixedNames()).doesNotContain(c.name());
        }
    }

    @Test
    void columns_that_are_combinations_of_columns_before_them_are_left_out_with_their_reason() {
        dropped("y ~ a + b + sum", "sum: a combination of a, b");
        dropped("y ~ a + huge + b", "huge: a combination of a");
        dropped("y ~ sum + a + b", "b: a combination of sum, a");
        dropped("y ~ a + constant", "constant: constant in the rows used");
        dropped("y ~ 0 + a + b + constant + sum", "sum: a combination of a, b, constant");
        dropped("y ~ a + I(a - a) + b", "I(a - a): zero in every row used");
        dropped(
                "y ~ a + huge + b + sum + I(3 * b)",
                "huge: a combination of a",
                "sum: a combination of a, b",
                "I(3 * b): a combination of b");
        dropped("y ~ f + nested", "nestedE: a combination of fB, nestedB", "nestedF: a combination of fC, nestedC");
        dropped("y ~ poly(a, 2) + a", "a: a combination of poly(a, 2)1");
    }

    @Test
    void columns_that_are_nearly_combinations_stay() {
        dropped("y ~ a + near + b");
        dropped("y ~ a + b + I(1e9 + b*a)");
    }

    @Test
    void a_column_after_a_dropped_one_is_judged_by_the_kept_ones_alone() {
        Model model = Built.model(table(), "y ~ a + huge + near + sum + b");
        assertThat(model.fixedNames()).containsExactly("(Intercept)", "a", "near", "sum");
    }

    @Test
    void cells_without_rows_are_reported() {
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 4, 3, 7, 5, 8, 9})
                .categorical("f", List.of("a", "a", "a", "b", "b", "b", "a", "b"))
                .categorical("h", List.of("p", "q", "p", "p", "p", "p", "q", "p"))
                .build();
        Model model = Built.model(t, "y ~ f*h");
        assertThat(model.fixedNames()).containsExactly("(Intercept)", "fb", "hq");
        assertThat(model.report().columnsDropped())
                .containsExactly(new ColumnDropped("fb:hq", "zero in every row used"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30})
    void the_triangular_factor_has_the_cross_products_of_the_rows(int p) {
        Random random = new Random(p);
        int n = 1000;
        double[] center = new double[p];
        double[] scale = new double[p];
        Arrays.fill(scale, 0.5);
        TriangularFactor factor = new TriangularFactor(p);
        double[][] gram = new double[p][p];
        for (int r = 0; r < n; r++) {
            double[] row = random.doubles(p, -1, 1).toArray();
            row[p - 1] = r % 2 == 0 ? 0 : row[p - 1];
            for (int i = 0; i < p; i++) {
                for (int j = 0; j < p; j++) {
                    gram[i][j] += row[i] * row[j] / 4;
                }
            }
            factor.add(row, 0, center, scale);
        }
        double[][] r = factor.factor();
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                double sum = 0;
                for (int k = 0; k <= Math.min(i, j); k++) {
                    sum += r[i][k] * r[j][k];
                }
                assertThat(sum).isCloseTo(gram[i][j], within(1e-12 * n)); // rounding of a sum of n
            }
        }
    }
}
