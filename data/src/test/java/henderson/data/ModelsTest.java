package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Batch;
import henderson.api.DataReport;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rows a model has, what becomes of the others, and what is refused. */
class ModelsTest {
    private static final double NA = Double.NaN;

    private static Table small() {
        return Table.builder("small")
                .numeric("y", new double[] {1, 2, NA, 4, 5, 7, 6, 8})
                .numeric("x", new double[] {1, NA, 3, 5, 4, 2, 9, 7})
                .numeric("w", new double[] {1, 1, 1, 0, 2, 3, 0.5, NA})
                .categorical("g", Arrays.asList("a", "a", "b", "b", "c", "c", null, "a"))
                .categorical("sex", List.of("M", "F", "M", "F", "M", "F", "M", "X"))
                .build();
    }

    @Test
    void rows_leave_for_their_first_reason_and_are_counted() {
        ModelSpec spec = Built.spec("y ~ x + sex + (1 | g)")
                .withWeights("w")
                .withFactors(Map.of("sex", List.of("M", "F")))
                .withWhere(RFormula.parseFilter("x != 4"));
        Table t = Table.builder("small")
                .numeric("y", new double[] {1, 2, NA, 4, 5, 7, 6, 8, 3, 5, 2, 9})
                .numeric("x", new double[] {1, NA, 3, 5, 4, 2, 9, 7, 8, 6, 10, 11})
                .numeric("w", new double[] {1, 1, 1, 0, 2, 3, 0.5, 1, NA, 1, 1, 1})
                .categorical("g", Arrays.asList("a", "a", "b", "b", "c", "b", null, "a", "a", "a", "b", "b"))
                .categorical("sex", List.of("M", "F", "M", "F", "M", "F", "M", "X", "F", "M", "M", "F"))
                .build();
        Model model = Built.model(t, spec);
        DataReport report = model.report();
        assertThat(report.dropped())
                .containsExactlyInAnyOrder(
                        new DataReport.Dropped("where", "x != 4", 1),
                        new DataReport.Dropped("missing", "x", 1),
                        new DataReport.Dropped("missing", "y", 1),
                        new DataReport.Dropped("zero weight", "w", 1),
                        new DataReport.Dropped("missing", "g", 1),
                        new DataReport.Dropped("undeclared level", "sex", 1),
                        new DataReport.Dropped("missing", "w", 1));
        assertThat(report.rows()).isEqualTo(12);
        assertThat(report.rowsUsed()).isEqualTo(5).isEqualTo(model.rows());
        assertThat(report.dropped().stream()
                        .mapToLong(DataReport.Dropped::count)
                        .sum())
                .isEqualTo(report.rows() - report.rowsUsed());
        assertThat(Built.y(model)).containsExactly(1, 7, 5, 2, 9);
        Batch first = model.batches().iterator().next();
        assertThat(first.rows()).isEqualTo(5);
        assertThat(Arrays.copyOf(first.weights(), 5)).containsExactly(1, 3, 1, 1, 1);
        assertThat(report.levelsDropped()).containsExactly(new DataReport.LevelsDropped("g", List.of("c")));
        assertThat(report.groups()).containsExactly(new DataReport.Group("g", 2, 2, 2.5, 3));
        assertThat(report.factors()).containsExactly(new DataReport.Factor("sex", List.of("M", "F")));
        assertThat(report.source()).isEqualTo("small");
    }

    /** Filters against the rows of {@link #small()} they keep. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '$',
            value = {
                "x > 4                          @ 3 6 7",
                "x >= 4 && y < 7                @ 3 4 6",
                "x < 2 || y == 8                @ 0 7",
                "!(x < 5)                       @ 3 6 7",
                "x < 5 || y == 2                @ 0 1 2 4 5",
                "sex == \"M\"                   @ 0 2 4 6",
                "sex != 'M' && g == 'a'         @ 1 7",
                "count(g) > 2                   @ 0 1 7",
                "count(g) == 2                  @ 2 3 4 5",
                "count(sex) > 3 && x/2 + 1 < 3  @ 0 2",
                "sqrt(x)^2 > 8.5                @ 6",
                "-x < -8                        @ 6",
                "TRUE                           @ 0 1 2 3 4 5 6 7",
                "g == sex                       @ ",
                "g != sex                       @ 0 1 2 3 4 5 7",
                "x == '9'                       @ 6",
                "log(x - 4) > 0                 @ 6 7",
                "x != x                         @ ",
            })
    void filters_keep_the_rows_where_they_are_true(String filter, String rows) {
        Table t = Table.builder("small")
                .numeric("row", new double[] {0, 1, 2, 3, 4, 5, 6, 7})
                .numeric("y", new double[] {1, 2, NA, 4, 5, 7, 6, 8})
                .numeric("x", new double[] {1, NA, 3, 5, 4, 2, 9, 7})
                .categorical("g", Arrays.asList("a", "a", "b", "b", "c", "c", null, "a"))
                .categorical("sex", List.of("M", "F", "M", "F", "M", "F", "M", "X"))
                .build();
        Variables variables = new Variables(t, Built.spec("row ~ 1"));
        Vector truth = new Evaluator(variables, null, Constants.collected()).vector(RFormula.parseFilter(filter));
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7};
        double[] out = new double[Rows.BATCH];
        truth.fill(all, 8, out, new Scratch());
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            if (out[i] == 1) {
                kept.add(Integer.toString(i));
            }
        }
        assertThat(String.join(" ", kept)).isEqualTo(rows == null ? "" : rows);
    }

    @Test
    void factors_with_numbers_for_levels_compare_as_numbers() {
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 3, 5})
                .numeric("k", new double[] {1, 8, 10, 9})
                .build();
        ModelSpec spec =
                Built.spec("y ~ 1").withFactors(Map.of("k", List.of())).withWhere(RFormula.parseFilter("k >= 8"));
        assertThat(Built.y(Built.model(t, spec))).containsExactly(2, 3, 5);
    }

    @Test
    void results_that_are_not_numbers_make_a_row_missing() {
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 3, 5, 4})
                .numeric("x", new double[] {1, -2, 3, 4, 7})
                .build();
        Model model = Built.model(t, "y ~ log(x)");
        assertThat(model.report().dropped()).containsExactly(new DataReport.Dropped("missing", "log(x)", 1));
    }

    @Test
    void columns_and_response_go_without_their_shift_when_there_is_a_constant() {
        double[] year = {1970, 1971, 1972, 1973, 1974, 1975};
        double[] y = {1000000.25, 1000001.5, 1000000.75, 1000000.5, 1000001, 1000002.5};
        Table t = Table.builder("made")
                .numeric("y", y)
                .numeric("year", year)
                .numeric("x", new double[] {1, 0, 2, 5, 1, 4})
                .categorical("g", List.of("a", "b", "a", "b", "a", "b"))
                .build();
        Model with = Built.model(t, "y ~ x + year + year:x + I(year) - I(year) + (1 + year | g) + offset(year)");
        double yShift = with.responseShift();
        double[] shifts = with.fixedShifts();
        assertThat(with.fixedNames()).containsExactly("(Intercept)", "x", "year", "x:year");
        assertThat(yShift).isEqualTo(1e6);
        assertThat(shifts).containsExactly(0, 0, 1970, 0);
        double[][] x = Built.x(with);
        double[][] z = Built.z(with, 0);
        for (int i = 0; i < 6; i++) {
            assertThat(Built.y(with)[i]).isEqualTo(y[i] - 1e6);
            assertThat(x[i][2]).isEqualTo(year[i] - 1970);
            assertThat(x[i][3]).isEqualTo(year[i] * x[i][1]);
            assertThat(z[i][1]).isEqualTo(year[i]);
        }
        assertThat(with.batches().iterator().next().offset()[3]).isEqualTo(1973);
        Model without = Built.model(t, "y ~ 0 + year");
        assertThat(without.responseShift()).isZero();
        assertThat(without.fixedShifts()).containsExactly(0);
        assertThat(Built.y(without)).containsExactly(y);
        assertThat(Built.column(Built.x(without), 0)).containsExactly(year);
        assertThat(Built.model(t, "log(y) ~ year").responseShift()).isZero();
    }

    @Test
    void every_pass_gives_the_same_batches_of_4096_rows() {
        int n = 10_000;
        Random random = new Random(1);
        double[] y = random.doubles(n).toArray();
        double[] keep = new double[n];
        List<String> g = new ArrayList<>();
        List<Double> expected = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            keep[i] = i % 10 == 3 || i > 5000 && i < 5300 ? 0 : 1;
            g.add("g" + random.nextInt(50));
            if (keep[i] == 1) {
                expected.add(y[i]);
            }
        }
        Table t = Table.builder("made")
                .numeric("y", y)
                .numeric("keep", keep)
                .categorical("g", g)
                .build();
        Model model = Built.model(t, Built.spec("y ~ I(y^2) + (1 | g)").withWhere(RFormula.parseFilter("keep == 1")));
        for (int pass = 0; pass < 2; pass++) {
            List<Double> got = new ArrayList<>();
            Iterator<Batch> batches = model.batches().iterator();
            while (batches.hasNext()) {
                Batch b = batches.next();
                assertThat(b.rows()).isEqualTo(Math.min(4096, expected.size() - got.size()));
                for (int i = 0; i < b.rows(); i++) {
                    got.add(b.y()[i]);
                    assertThat(b.x().get(i, 1)).isEqualTo(b.y()[i] * b.y()[i]);
                }
            }
            assertThat(got).isEqualTo(expected);
            assertThatThrownBy(batches::next).isInstanceOf(java.util.NoSuchElementException.class);
        }
    }

    @Test
    void frequency_weights_count_rows_more_than_once() {
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 3})
                .numeric("n", new double[] {2, 1, 4})
                .categorical("g", List.of("a", "b", "a"))
                .build();
        Model model = Built.model(t, Built.spec("y ~ (1 | g)").withFrequencyWeights("n"));
        assertThat(Arrays.copyOf(model.batches().iterator().next().frequencies(), 3))
                .containsExactly(2, 1, 4);
        assertThat(model.batches().iterator().next().weights()).isNull();
        assertThat(model.rows()).isEqualTo(3);
    }

    @Test
    void numbers_that_are_not_whole_are_noted_when_they_group() {
        List<String> notes = new ArrayList<>();
        FitListener listener = new FitListener() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        Table t = Table.builder("made")
                .numeric("y", new double[] {1, 2, 3, 5})
                .numeric("g", new double[] {0.5, 0.5, 2, 2})
                .build();
        Models.build(Built.spec("y ~ (1 | g)"), t, TestStructure.registry(), listener);
        assertThat(notes).singleElement().asString().contains("'g'", "row 1: 0.5");
    }

    private static ModelSpec residual(String call) {
        return new ModelSpec(
                RFormula.parse("y ~ x"),
                RFormula.parseResidual(call),
                null,
                null,
                null,
                Map.of(),
                Set.of(),
                "gaussian",
                null);
    }

    private static void refused(ModelSpec spec, Table table, String... parts) {
        assertThatThrownBy(() -> Built.model(table, spec))
                .isInstanceOf(HendersonException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void unknown_variables_are_refused_with_near_names() {
        assertThatThrownBy(() -> Built.model(small(), "y ~ Sexx"))
                .isInstanceOfSatisfying(
                        HendersonException.class, e -> assertThat(e.advice()).contains("'sex'"))
                .hasMessageContaining("No column of 'small' is named 'Sexx'");
        refused(Built.spec("q ~ x"), small(), "'q'");
        refused(Built.spec("y ~ (1 | q)"), small(), "'q'");
        refused(Built.spec("y ~ x").withWeights("q"), small(), "'q'");
        refused(Built.spec("y ~ x").withWhere(RFormula.parseFilter("q > 1")), small(), "'q'");
        refused(Built.spec("y ~ x").withFactors(Map.of("q", List.of())), small(), "'q'");
        refused(Built.spec("y ~ x").withNumeric(Set.of("q")), small(), "'q'");
    }

    @Test
    void what_a_linear_model_cannot_do_is_refused_by_name() {
        Table t = small();
        refused(Built.spec("y ~ nested(1 | g)"), t, "'nested'", "Known: ", "independent");
        refused(Built.spec("y ~ us(1 | g, q = 2)"), t, "'unstructured' takes no argument 'q'");
        refused(Built.spec("sex ~ x"), t, "'sex'", "categorical", "F, M, X");
        refused(Built.spec("y ~ log(sex)"), t, "'sex'", "categorical");
        refused(Built.spec("y ~ x").withNumeric(Set.of("g")), t, "'g'", "a, b, c");
        refused(Built.spec("cbind(y, x) ~ 1"), t, "cbind(y, x)");
        refused(residual("ar(1, x | g)"), t, "'ar'", "Known: ");
        refused(residual("nested(1 | g)"), t, "'nested'", "Known: ");
        assertThat(Built.model(t, residual("independent")).residual()).isNull();
        assertThat(Built.model(t, residual("id(1 | g)")).residual()).isNull();
        refused(
                new ModelSpec(RFormula.parse("y ~ x"), null, null, null, null, Map.of(), Set.of(), "poisson", null),
                t,
                "'poisson'");
        refused(Built.spec("y ~ poly(x, 2) + poly(w, 6)"), t, "poly(w, 6)", "distinct values");
        refused(
                Built.spec("y ~ x").withWhere(RFormula.parseFilter("sex > 1")),
                t,
                "'sex > 1'",
                "order of a categorical");
    }

    @Test
    void data_that_cannot_say_anything_are_refused() {
        Table t = small();
        refused(
                Built.spec("y ~ (1 | g)").withWhere(RFormula.parseFilter("g == 'a'")),
                t,
                "Grouping factor 'g' has 1 level ('a')");
        refused(Built.spec("y ~ sex").withWhere(RFormula.parseFilter("sex == 'M'")), t, "Factor 'sex' has 1 level");
        refused(
                Built.spec("y ~ x").withWhere(RFormula.parseFilter("x > 100")),
                t,
                "All 8 rows of 'small' are dropped",
                "where 'x > 100' 7",
                "missing 'x' 1");
        refused(Built.spec("y ~ x").withWhere(RFormula.parseFilter("y == 4")), t, "'y' is 4 in all 1 rows used");
        refused(
                Built.spec("y ~ x*w + I(x^2) + sex").withWhere(RFormula.parseFilter("w > 0")),
                t,
                "fixed effects",
                "rows");
        refused(Built.spec("y ~ (1 + x | g)"), t, "'unstructured(1 + x | g)' has 6 random effects", "5 rows");
        refused(Built.spec("y ~ x").withWeights("y2"), negative(), "row 2", "'y2'", "weight -3 is negative");
        refused(Built.spec("y ~ x").withFrequencyWeights("y2"), negative(), "row 1", "0.5", "positive whole number");
        refused(Built.spec("y ~ x"), infinite("x"), "row 2", "column 'x'", "Infinity");
        refused(Built.spec("y ~ log(x)"), zero(), "row 2", "'log(x)'", "-Infinity");
        refused(Built.spec("y ~ (1 | x)"), infinite("x"), "row 2", "'x'", "infinite");
    }

    private static Table negative() {
        return Table.builder("made")
                .numeric("y", new double[] {1, 2, 4})
                .numeric("x", new double[] {1, 0, 4})
                .numeric("y2", new double[] {0.5, -3, 1})
                .build();
    }

    private static Table infinite(String column) {
        return Table.builder("made")
                .numeric("y", new double[] {1, 2, 4})
                .numeric(column, new double[] {1, Double.POSITIVE_INFINITY, 4})
                .build();
    }

    private static Table zero() {
        return Table.builder("made")
                .numeric("y", new double[] {1, 2, 4, 4})
                .numeric("x", new double[] {1, 0, 4, 2})
                .build();
    }

    @Test
    void infinite_values_do_no_harm_in_rows_and_columns_not_used() {
        Table t = infinite("x");
        assertThat(Built.model(t, "y ~ 1").rows()).isEqualTo(3);
        assertThat(Built.model(t, Built.spec("y ~ 1 + offset(x)").withWhere(RFormula.parseFilter("x < 100")))
                        .rows())
                .isEqualTo(2);
    }

    @Test
    void a_model_prints_its_formula_rows_and_source() {
        assertThat(Built.model(small(), "y ~ x + (1 | sex)"))
                .hasToString("y ~ 1 + x + unstructured(1 | sex), 6 rows of small");
        assertThat(Built.model(small(), "`y` ~ x").responseName()).isEqualTo("y");
        assertThat(Built.model(small(), "log(y) ~ x").responseName()).isEqualTo("log(y)");
        assertThat(Built.y(Built.model(small(), "log(y) ~ x"))[1]).isCloseTo(Math.log(4), within(0.0));
    }

    @Test
    void a_text_among_numbers_is_shown_where_numbers_are_needed(@TempDir Path folder) throws IOException {
        StringBuilder text = new StringBuilder("y,x,typo\n");
        for (int i = 0; i < 2000; i++) {
            text.append(i * 7 % 11)
                    .append(',')
                    .append(i)
                    .append(',')
                    .append(i == 1500 ? "oops" : i)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        Table t = Table.read(file, ReadOptions.DEFAULT, FitListener.SILENT);
        refused(Built.spec("typo ~ x"), t, "'typo'", "t.csv", "row 1501 holds 'oops'");
        assertThatThrownBy(() -> Built.model(t, "y ~ typo"))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.advice())
                        .contains("'typo'", "2000 levels", "row 1501 holds 'oops'"))
                .hasMessageContaining("2000 fixed effects and 2000 rows");
    }

    @Test
    void reading_and_going_through_rows_allocate_little_beside_the_columns(@TempDir Path folder) throws IOException {
        int n = 200_000;
        StringBuilder text = new StringBuilder("y,x,id,sex\n");
        for (int i = 0; i < n; i++) {
            text.append(i * 7919L % 10007 / 8.0)
                    .append(',')
                    .append(i % 1000 / 16.0)
                    .append(',')
                    .append(i / 10);
            text.append(i % 2 == 0 ? ",M\n" : ",F\n");
        }
        Path file = Files.writeString(folder.resolve("t.csv"), text);
        long start = allocated();
        Table t = Table.read(file, ReadOptions.DEFAULT, FitListener.SILENT);
        long columns = n * (3L * Double.BYTES + Integer.BYTES);
        // forms of decimals (2 bytes), codes, buffers and the head of the file
        assertThat(allocated() - start).isLessThan(2 * columns + (12L << 20));
        Model model = Built.model(t, "y ~ x*sex + I(x^2) + (1 + x | id)");
        for (Batch b : model.batches()) {
            assertThat(b.rows()).isPositive();
        }
        start = allocated();
        double sum = 0;
        for (Batch b : model.batches()) {
            sum += b.x().get(0, 1) + b.z(0).get(0, 1) + b.level(0)[0];
        }
        assertThat(sum).isPositive();
        assertThat(allocated() - start).isLessThan(1L << 20); // buffers of one batch, whatever the rows
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
