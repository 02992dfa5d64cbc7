package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of X and Z: which, in what order, under what names, with what values. */
class DesignTest {
    private static final int ROWS = 48;

    /** f has levels A, B, C; h has levels p, q; k is 1, 2; all combinations occur. */
    private static Table table() {
        double[] y = new double[ROWS];
        double[] x = new double[ROWS];
        double[] z = new double[ROWS];
        double[] k = new double[ROWS];
        List<String> f = new ArrayList<>();
        List<String> h = new ArrayList<>();
        List<String> g = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            y[i] = Math.sin(i);
            x[i] = i * i % 17 - 5;
            z[i] = Math.cos(3 * i);
            k[i] = 1 + i / 6 % 2;
            f.add(List.of("A", "B", "C").get(i % 3));
            h.add(i / 3 % 2 == 0 ? "p" : "q");
            g.add("g" + i / 12);
        }
        return Table.builder("made")
                .numeric("y", y)
                .numeric("x", x)
                .numeric("z", z)
                .numeric("k", k)
                .numeric("my x", x)
                .categorical("f", f)
                .categorical("h", h)
                .categorical("g", g)
                .build();
    }

    /** Names as the coding of model.matrix has them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "1               > (Intercept)",
                "0               > ''",
                "f               > (Intercept) fB fC",
                "0 + f           > fA fB fC",
                "0 + x + f + h   > x fA fB fC hq",
                "0 + x           > x",
                "f + x + f:x     > (Intercept) fB fC x fB:x fC:x",
                "x + f:x         > (Intercept) x x:fB x:fC",
                "f:x             > (Intercept) fA:x fB:x fC:x",
                "f + f:x         > (Intercept) fB fC fA:x fB:x fC:x",
                "0 + f + f:x     > fA fB fC fA:x fB:x fC:x",
                "f*h             > (Intercept) fB fC hq fB:hq fC:hq",
                "f/h             > (Intercept) fB fC fA:hq fB:hq fC:hq",
                "f + f:h         > (Intercept) fB fC fA:hq fB:hq fC:hq",
                "0 + f:h         > fA:hp fB:hp fC:hp fA:hq fB:hq fC:hq",
                "0 + f*h         > fA fB fC hq fB:hq fC:hq",
                "x:z + x         > (Intercept) x x:z",
                "f:h + x + h + f > (Intercept) x hq fB fC fB:hq fC:hq",
                "x*f - x         > (Intercept) fB fC x:fA x:fB x:fC",
                "factor(k)*x     > (Intercept) factor(k)2 x factor(k)2:x",
                "poly(x, 2)      > (Intercept) poly(x, 2)1 poly(x, 2)2",
                "poly(x, 2):f    > (Intercept) poly(x, 2)1:fA poly(x, 2)2:fA poly(x, 2)1:fB poly(x, 2)2:fB poly(x, 2)1:fC poly(x, 2)2:fC",
                "I(x^2) + log(k) > (Intercept) I(x^2) log(k)",
                "I(x/2*z)        > (Intercept) I(x/2 * z)",
                "`my x` + x:z    > (Intercept) `my x` x:z",
                "mean(x | g)     > (Intercept) mean(x | g)",
            })
    void columns_are_named_and_ordered_as_in_R(String right, String expected) {
        Model model = Built.model(table(), "y ~ " + right.strip());
        List<String> names = new ArrayList<>(model.fixedNames());
        assertThat(String.join(" ", names)).isEqualTo(expected);
        assertThat(model.interceptColumn()).isEqualTo(expected.startsWith("(Intercept)") ? 0 : -1);
    }

    @Test
    void interactions_are_products_of_the_columns_they_name() {
        Table t = table();
        Model model = Built.model(t, "y ~ 0 + f:h:x + poly(z, 2):f");
        double[][] x = Built.x(model);
        double[][] poly = Built.x(Built.model(t, "y ~ 0 + poly(z, 2)"));
        List<String> names = model.fixedNames();
        assertThat(names).contains("fB:hq:x", "fC:poly(z, 2)2").hasSize(12);
        for (int i = 0; i < ROWS; i++) {
            String f = List.of("A", "B", "C").get(i % 3);
            String h = i / 3 % 2 == 0 ? "p" : "q";
            for (int j = 0; j < names.size(); j++) {
                double expected = names.get(j).equals("f" + f + ":h" + h + ":x")
                        ? i * i % 17 - 5
                        : names.get(j).equals("f" + f + ":poly(z, 2)1")
                                ? poly[i][0]
                                : names.get(j).equals("f" + f + ":poly(z, 2)2") ? poly[i][1] : 0;
                assertThat(x[i][j]).as(names.get(j)).isEqualTo(expected);
            }
        }
    }

    /** {@code poly(c(1, 2, 4, 8, 16), 3)}: orthonormal, orthogonal to 1, leading coefficients positive. */
    @Test
    void poly_gives_orthonormal_polynomials_with_positive_leading_coefficient() {
        double[] at = {1, 2, 4, 8, 16};
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 0, 2, 0, 1})
                .numeric("x", at)
                .build();
        double[][] p = Built.x(Built.model(t, "y ~ poly(x, 3)"));
        for (int j = 0; j < 4; j++) {
            for (int k = 0; k < 4; k++) {
                double dot = 0;
                for (double[] row : p) {
                    dot += (j == 0 ? 1 / Math.sqrt(5) : row[j]) * (k == 0 ? 1 / Math.sqrt(5) : row[k]);
                }
                assertThat(dot).isCloseTo(j == k ? 1 : 0, within(1e-14)); // a few units of 1
            }
        }
        for (int i = 0; i < 5; i++) {
            double byHand = (at[i] - 6.2) / Math.sqrt(27.04 + 17.64 + 4.84 + 3.24 + 96.04);
            assertThat(p[i][1]).isCloseTo(byHand, within(1e-15));
        }
        // divided differences of the highest order are leading coefficients
        for (int degree = 1; degree <= 3; degree++) {
            double difference = 0;
            for (int i = 0; i <= degree; i++) {
                double product = 1;
                for (int k = 0; k <= degree; k++) {
                    product *= k == i ? 1 : at[i] - at[k];
                }
                difference += p[i][degree] / product;
            }
            assertThat(difference).isPositive();
        }
    }

    @Test
    void raw_polynomials_are_powers() {
        Table t = table();
        double[][] p = Built.x(Built.model(t, "y ~ poly(x, 3, raw = TRUE)"));
        double[][] powers = Built.x(Built.model(t, "y ~ x + I(x^2) + I(x^3)"));
        assertThat(p).isDeepEqualTo(powers);
    }

    @Test
    void means_of_groups_are_over_the_rows_used() {
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 3, 4, Double.NaN, 6})
                .numeric("x", new double[] {1, 2, 4, 8, 100, Double.NaN})
                .categorical("g", List.of("a", "a", "b", "b", "b", "a"))
                .build();
        double[][] x = Built.x(Built.model(t, "y ~ mean(x | g) + center(x | g)"));
        assertThat(Built.column(x, 1)).containsExactly(1.5, 1.5, 6, 6);
        assertThat(Built.column(x, 2)).containsExactly(-0.5, 0.5, -2, 2);
    }

    @Test
    void functions_are_evaluated_row_by_row() {
        Table t = table();
        double[][] x = Built.x(
                Built.model(t, "y ~ 0 + exp(z) + sqrt(k) + log10(z + 2) + abs(x) + I(-x^2 + 2 * z/k) + I((x - 1)^3)"));
        for (int i = 0; i < ROWS; i++) {
            double xi = i * i % 17 - 5;
            double zi = Math.cos(3 * i);
            double ki = 1 + i / 6 % 2;
            assertThat(x[i])
                    .containsExactly(
                            Math.exp(zi),
                            Math.sqrt(ki),
                            Math.log10(zi + 2),
                            Math.abs(xi),
                            -(xi * xi) + 2 * zi / ki,
                            (xi - 1) * (xi - 1) * (xi - 1));
        }
    }

    @Test
    void columns_of_random_terms_follow_the_same_rules() {
        Model model =
                Built.model(table(), "y ~ x + (1 + x | g) + us(0 + f | g) + (f || g) + diag(0 + x:z | g) + (1 | g:h)");
        assertThat(model.random().get(0).columns()).containsExactly("(Intercept)", "x");
        assertThat(model.random().get(0).structureName()).isEqualTo("unstructured");
        assertThat(model.random().get(1).columns()).containsExactly("fA", "fB", "fC");
        assertThat(model.random().get(1).call().name()).isEqualTo("us");
        assertThat(model.random().get(2).columns()).containsExactly("(Intercept)", "fB", "fC");
        assertThat(model.random().get(2).structureName()).isEqualTo("independent");
        assertThat(model.random().get(3).columns()).containsExactly("x:z");
        assertThat(model.random().get(4).levels())
                .containsExactly("g0:p", "g0:q", "g1:p", "g1:q", "g2:p", "g2:q", "g3:p", "g3:q");
        double[][] z = Built.z(model, 1);
        List<String> combined = Built.levels(model, 4);
        for (int i = 0; i < ROWS; i++) {
            assertThat(z[i]).containsExactly(i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0);
            assertThat(combined.get(i)).isEqualTo("g" + i / 12 + ":" + (i / 3 % 2 == 0 ? "p" : "q"));
        }
    }

    @Test
    void the_declared_base_is_the_level_without_a_column() {
        Model model = Built.model(
                table(), Built.spec("y ~ f + k").withFactors(Map.of("f", List.of("C", "A", "B"), "k", List.of())));
        assertThat(model.fixedNames()).containsExactly("(Intercept)", "fA", "fB", "k2");
        assertThat(model.report().factors().get(0).levels()).containsExactly("C", "A", "B");
    }

    @Test
    void structures_get_their_arguments_and_the_levels_as_positions() {
        Model model = Built.model(table(), "y ~ x + ordered(0 + factor(k) | g, 3) + ordered(x | g)");
        TestStructure.Diagonal first =
                (TestStructure.Diagonal) model.random().get(0).structure();
        assertThat(first.arguments().integer("order")).isEqualTo(3);
        assertThat(first.positions().label(1)).isEqualTo("factor(k)2");
        assertThat(first.positions().integer(1)).isEqualTo(2);
        TestStructure.Diagonal second =
                (TestStructure.Diagonal) model.random().get(1).structure();
        assertThat(second.arguments().integer("order")).isEqualTo(1);
        assertThat(second.positions().label(1)).isEqualTo("x");
    }
}
