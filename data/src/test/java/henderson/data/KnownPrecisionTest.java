package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.LevelPrecision;
import henderson.api.Model;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Known matrices among levels, read from files and turned into precisions. */
class KnownPrecisionTest {
    @TempDir
    private Path folder;

    private SymmetricMatrix read(String text) throws IOException {
        Files.writeString(folder.resolve("K.csv"), text);
        return KnownFile.read("K.csv", folder.resolve("data.csv").toString());
    }

    private static DMatrixRMaj dense(int n, int[] rows, int[] columns, double[] values) {
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int k = 0; k < values.length; k++) {
            out.set(rows[k], columns[k], values[k]);
            out.set(columns[k], rows[k], values[k]);
        }
        return out;
    }

    private static DMatrixRMaj dense(KnownPrecision.Known known) {
        LevelPrecision p = known.precision();
        return dense(known.levels().size(), p.rows(), p.columns(), p.values());
    }

    private static DMatrixRMaj dense(SymmetricMatrix m) {
        return dense(m.size(), m.rows(), m.columns(), m.values());
    }

    private void refused(String text, String... parts) {
        assertThatThrownBy(() -> KnownPrecision.of("animal", List.of("a", "b"), "K.csv", read(text), false))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.getMessage() + " " + e.advice())
                        .contains(parts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",a,b,c\na,2,0.5,0\nb,0.5,1,0\nc,0,0,3\n",
                "\"\";\"a\";\"b\";\"c\"\n\"c\";0;0;3\n\"a\";2;0.5;0\n\"b\";0.5;1;0\n",
                "a,b,c\na,2,0.5,0\nb,0.5,1,0\nc,0,0,3\n",
                "id,a,b,c\na,2,,\nb,0.5,1,\nc,0,0,3\n",
                "row,column,value\na,a,2\nb,a,0.5\nb,b,1\nc,c,3\n",
                "a\ta\t2\na\tb\t0.5\nb\ta\t0.5\nb\tb\t1\n\nc\tc\t3",
            })
    void all_ways_to_write_a_matrix_are_read(String text) throws IOException {
        SymmetricMatrix m = read(text);
        assertThat(m.labels()).containsExactly("a", "b", "c");
        assertThat(dense(m).data).containsExactly(2, 0.5, 0, 0.5, 1, 0, 0, 0, 3);
    }

    @Test
    void two_labels_are_told_from_lines_of_three_fields() throws IOException {
        assertThat(dense(read(",1,2\n1,1,0.5\n2,0.5,1\n")).data).containsExactly(1, 0.5, 0.5, 1);
        assertThat(dense(read("x,1,2\n1,1,0.5\n2,0.5,1\n")).data).containsExactly(1, 0.5, 0.5, 1);
        assertThat(dense(read("1,1,1\n1,2,0.5\n2,2,1\n")).data).containsExactly(1, 0.5, 0.5, 1);
        assertThat(dense(read(",a\na,4\n")).data).containsExactly(4);
    }

    @Test
    void what_is_wrong_with_a_file_is_told_with_its_line() {
        refused(",a,b\na,1,0.5\nb,0.4,1\n", "not symmetric", "'b', 'a' is 0.4", "'a', 'b' is 0.5");
        refused("a,a,1\na,b,0.5\nb,a,0.4\nb,b,1\n", "not symmetric", "0.4", "0.5");
        refused(",a,a\na,1,0.5\na,0.5,1\n", "two columns are labelled 'a'");
        refused(",a,b,c\na,1,0,0\na,0,1,0\nc,0,0,1\n", "line 3", "second row is labelled 'a'");
        refused("a,a,1\nb,b,1\nb,a,0.1\nb,a,0.1\n", "line 4", "given twice");
        refused(",a,b,c\na,1,x,0\nb,0,1,0\nc,0,0,1\n", "line 2", "'x' is not a number");
        refused("a,a,1\nb,b,one\n", "line 2", "'one' is not a number");
        refused("a,a,1\nb,b\n", "line 2", "2 fields");
        refused("a,a,1\nb,a,0.1\nb,,1\n", "line 3", "label is empty");
        refused("a,a,1\nb,a,0.1\n", "no value for 'b' and 'b'", "diagonal");
        refused(",a,b,c\na,1,0,0\nb,0,1\nc,0,0,1\n", "line 3", "3 fields; 4 are expected");
        refused(",a,b,c\na,1,0,0\nb,0,1,0\n", "no row of 'c'");
        refused(",a,b,c\na,1,0,\nb,0,1,0\nc,,0,1\n", "no value for 'c' and 'a'");
        refused(",a,b,c\na,1,0,0\nq,0,1,0\nc,0,0,1\n", "line 3", "'q' is no label");
        refused("hello\nworld\n", "neither a square table", "line 2 begins with 'world'");
        refused("a,a,1\n", "1 lines");
        refused("\"a,a,1\n", "cannot be read as a table");
        assertThatThrownBy(() -> KnownFile.read("none.csv", "data.csv"))
                .hasMessageContaining("'none.csv' is no file in");
        assertThatThrownBy(() -> KnownFile.read("a\0b", "data.csv")).isInstanceOf(HendersonException.class);
    }

    @Test
    void a_matrix_that_is_no_covariance_is_told_with_the_level() {
        refused(",a,b\na,1,1\nb,1,1\n", "not positive definite", "level 'b'", "with 'a', 1, is not below 1");
        refused(",a,b\na,1,0\nb,0,-2\n", "level 'b'", "diagonal entry is -2");
        refused(",a,b,c\na,1,0.9,0.1\nb,0.9,1,0.9\nc,0.1,0.9,1\n", "not positive definite", "level 'c'");
        for (boolean inverse : new boolean[] {true, false}) {
            assertThatThrownBy(() -> KnownPrecision.of(
                            "g",
                            List.of("a", "b", "c"),
                            "K.csv",
                            read("a,a,2\nb,b,2\nc,c,1\nc,a,1\nc,b,1\n"), // c is half of a + b
                            inverse))
                    .hasMessageContaining("not positive definite: it fails at level 'c'");
        }
    }

    @Test
    void levels_that_are_not_covered_are_named() {
        refused("a,a,1\nc,c,1\n", "1 of the 2 levels of 'animal' are not in 'K.csv': b", "first there is 'a'");
    }

    @Test
    void levels_come_first_and_labels_without_rows_after_them() throws IOException {
        SymmetricMatrix m = read(",x,b,y,a\nx,2,0.5,0,0\nb,0.5,1,0,0\ny,0,0,3,0.25\na,0,0,0.25,4\n");
        KnownPrecision.Known known = KnownPrecision.of("g", List.of("a", "b"), "K.csv", m, false);
        assertThat(known.levels()).containsExactly("a", "b", "x", "y");
        DMatrixRMaj k =
                new DMatrixRMaj(new double[][] {{4, 0, 0, 0.25}, {0, 1, 0.5, 0}, {0, 0.5, 2, 0}, {0.25, 0, 0, 3}});
        DMatrixRMaj product = new DMatrixRMaj(4, 4);
        CommonOps_DDRM.mult(k, dense(known), product);
        assertThat(product.data).containsExactly(CommonOps_DDRM.identity(4).data, within(1e-15)); // a few ulps
        assertThat(known.precision().logDeterminant())
                .isCloseTo(-Math.log(1.75 * (12 - 0.0625)), within(1e-15)); // 4 ulps of the sum
        assertThat(known.precision().values()).hasSize(6); // blocks stay apart
    }

    @Test
    void labels_may_be_other_texts_of_the_same_numbers() throws IOException {
        SymmetricMatrix m = read(",007,8.0,9\n007,1,0,0\n8.0,0,2,0\n9,0,0,4\n");
        KnownPrecision.Known known = KnownPrecision.of("g", List.of("7", "8"), "K.csv", m, true);
        assertThat(known.levels()).containsExactly("7", "8", "9");
        assertThat(known.precision().logDeterminant()).isEqualTo(Math.log(8));
    }

    /** Parents of each animal, −1 for none, older ones first. */
    private static int[][] pedigree(Random random, int n) {
        int[][] out = new int[n][];
        for (int i = 0; i < n; i++) {
            int a = i < 3 || random.nextInt(6) == 0 ? -1 : random.nextInt(i);
            int b = i < 3 || random.nextInt(6) == 0 ? -1 : random.nextInt(i);
            out[i] = new int[] {a, a == b ? -1 : b};
        }
        return out;
    }

    /** The relationship matrix, by the tabular method. */
    private static double[][] relationship(int[][] parents) {
        int n = parents.length;
        double[][] a = new double[n][n];
        for (int i = 0; i < n; i++) {
            int s = parents[i][0];
            int d = parents[i][1];
            for (int j = 0; j < i; j++) {
                a[i][j] = (s < 0 ? 0 : a[j][s] / 2) + (d < 0 ? 0 : a[j][d] / 2);
                a[j][i] = a[i][j];
            }
            a[i][i] = 1 + (s < 0 || d < 0 ? 0 : a[s][d] / 2);
        }
        return a;
    }

    /** Its inverse, by Henderson's rules, which need no inversion. */
    private static double[][] inverse(int[][] parents, double[][] a) {
        int n = parents.length;
        double[][] out = new double[n][n];
        for (int i = 0; i < n; i++) {
            double variance = a[i][i];
            List<Integer> who = new ArrayList<>(List.of(i));
            List<Double> share = new ArrayList<>(List.of(1.0));
            for (int p : parents[i]) {
                if (p >= 0) {
                    who.add(p);
                    share.add(-0.5);
                    variance -= a[i][p] / 2;
                }
            }
            for (int r = 0; r < who.size(); r++) {
                for (int c = 0; c < who.size(); c++) {
                    out[who.get(r)][who.get(c)] += share.get(r) * share.get(c) / variance;
                }
            }
        }
        return out;
    }

    private static String table(double[][] m) {
        StringBuilder out = new StringBuilder();
        for (int j = 0; j < m.length; j++) {
            out.append(",a").append(j);
        }
        for (int i = 0; i < m.length; i++) {
            out.append("\na").append(i);
            for (double x : m[i]) {
                out.append(',').append(x);
            }
        }
        return out.append('\n').toString();
    }

    private static String triplets(double[][] m) {
        StringBuilder out = new StringBuilder("row,column,value\n");
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j <= i; j++) {
                if (m[i][j] != 0) {
                    out.append(String.format(Locale.ROOT, "a%d,a%d,%s%n", j, i, m[i][j]));
                }
            }
        }
        return out.toString();
    }

    @Test
    void a_pedigree_and_its_inverse_by_rules_give_the_same_precision() throws IOException {
        Random random = new Random(11);
        for (int size = 4; size <= 160; size = 3 * size / 2) {
            int[][] parents = pedigree(random, size);
            double[][] a = relationship(parents);
            double[][] rules = inverse(parents, a);
            List<String> levels = new ArrayList<>();
            for (int i = size - 1; i >= size / 3; i -= 2) {
                levels.add("a" + i);
            }
            KnownPrecision.Known inverted = KnownPrecision.of("g", levels, "K.csv", read(table(a)), false);
            KnownPrecision.Known given = KnownPrecision.of("g", levels, "K.csv", read(triplets(rules)), true);
            assertThat(inverted.levels().subList(0, levels.size())).isEqualTo(levels);
            // relative to the size and conditioning of A, below 1e4
            double tolerance = 1e-10 * size;
            for (int i = 0; i < size; i += size > 50 ? 11 : 1) {
                for (int j = 0; j < size; j++) {
                    int r = index(inverted.levels().get(i));
                    int c = index(inverted.levels().get(j));
                    assertThat(dense(inverted).get(i, j)).as("size %d", size).isCloseTo(rules[r][c], within(tolerance));
                    assertThat(dense(given)
                                    .get(
                                            given.levels().indexOf("a" + r),
                                            given.levels().indexOf("a" + c)))
                            .isEqualTo(rules[r][c]);
                }
            }
            assertThat(given.precision().logDeterminant())
                    .isCloseTo(inverted.precision().logDeterminant(), within(tolerance));
            assertThat(given.precision().logDeterminant())
                    .isCloseTo(-Math.log(CommonOps_DDRM.det(new DMatrixRMaj(a))), within(tolerance));
            long entries = 0;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    entries += Math.abs(rules[i][j]) > 1e-12 ? 1 : 0;
                }
            }
            assertThat(inverted.precision().values().length).isEqualTo((int) entries); // as sparse as by rules
        }
    }

    private static int index(String label) {
        return Integer.parseInt(label.substring(1));
    }

    private Table animals() throws IOException {
        Files.writeString(folder.resolve("d.csv"), "y,x,animal\n1,2,a0\n3,1,a2\n2,5,a3\n5,3,a4\n4,2,a5\n3,3,a4\n");
        int[][] parents = {{-1, -1}, {-1, -1}, {0, 1}, {0, 2}, {2, 1}, {3, 4}, {3, 2}, {6, 5}};
        Files.writeString(folder.resolve("A.csv"), table(relationship(parents)));
        Files.writeString(folder.resolve("Ainv.csv"), triplets(inverse(parents, relationship(parents))));
        return Table.read(folder.resolve("d.csv"), ReadOptions.DEFAULT, FitListener.SILENT);
    }

    @Test
    void a_known_term_has_a_precision_and_more_levels_than_rows() throws IOException {
        Model model = Built.model(animals(), "y ~ x + known(1 | animal, \"A.csv\")");
        Term term = model.random().get(0);
        assertThat(term.levels()).containsExactly("a0", "a2", "a3", "a4", "a5", "a1", "a6", "a7");
        assertThat(term.structureName()).isEqualTo("unstructured");
        assertThat(term.call().name()).isEqualTo("known");
        assertThat(term.precision()).isNotNull();
        assertThat(Built.levels(model, 0)).containsExactly("a0", "a2", "a3", "a4", "a5", "a4");
        Model inverse =
                Built.model(animals(), "y ~ known(1 + x | animal, \"Ainv.csv\", inverse = true, structure = diag)");
        Term other = inverse.random().get(0);
        assertThat(other.structureName()).isEqualTo("independent");
        assertThat(other.columns()).containsExactly("(Intercept)", "x");
        assertThat(other.precision().logDeterminant())
                .isCloseTo(term.precision().logDeterminant(), within(1e-12)); // eight pivots
        assertThat(model.report().groups().get(0).count()).isEqualTo(5);
    }

    @Test
    void known_takes_the_words_of_other_structures() throws IOException {
        Model model = Built.model(animals(), "y ~ known(1 | animal, \"A.csv\", structure = ordered, order = 2)");
        assertThat(model.random().get(0).call())
                .isEqualTo(new StructureCall(
                        "known",
                        Map.of("1", "A.csv"),
                        List.of(),
                        "animal",
                        List.of(new StructureCall("ordered", Map.of("order", 2), List.of(), "animal", List.of()))));
        assertThatThrownBy(() -> Built.model(animals(), "y ~ known(1 | animal)"))
                .hasMessageContaining("'known' needs the argument 'matrix'");
        assertThatThrownBy(() -> Built.model(animals(), "y ~ known(1 | animal, \"A.csv\", structure = nothing)"))
                .hasMessageContaining("'nothing'");
        assertThatThrownBy(() -> Built.model(animals(), "y ~ known(1 | animal, \"B.csv\")"))
                .hasMessageContaining("'B.csv' is no file in " + folder);
        assertThatThrownBy(() -> Built.model(animals(), "y ~ known(1 | animal, \"A.csv\", z = 1)"))
                .hasMessageContaining("takes no argument 'z'");
    }
}
