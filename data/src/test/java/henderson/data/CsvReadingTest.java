package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvReadingTest {
    @TempDir
    Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("d.csv"), bytes);
    }

    private Table read(String text) throws IOException {
        return read(text, ReadOptions.DEFAULT);
    }

    private Table read(String text, ReadOptions options) throws IOException {
        return Table.read(file(text.getBytes(StandardCharsets.UTF_8)), options, FitListener.SILENT);
    }

    private static double number(Table t, String column, int row) {
        return ((NumericColumn) t.get(column)).value(row);
    }

    private static List<String> texts(Table t, String column) {
        CategoricalColumn c = (CategoricalColumn) t.get(column);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < c.size(); i++) {
            out.add(c.code(i) < 0 ? "<" + c.code(i) + ">" : c.levels().get(c.code(i)));
        }
        return out;
    }

    @Test
    void columns_are_numeric_or_categorical_by_their_content() throws IOException {
        Table t = read("x,g,id\n1.5,a,1\n-2,b,2\n1e3,a,10\n");
        assertThat(t.names()).containsExactly("x", "g", "id");
        assertThat(t.rows()).isEqualTo(3);
        assertThat(t.column("x")).isEqualTo(new ColumnInfo("x", ColumnInfo.Type.NUMERIC, 0, -2, 1000, List.of(), 0));
        assertThat(t.column("g").type()).isEqualTo(ColumnInfo.Type.CATEGORICAL);
        assertThat(t.column("g").levels()).containsExactly("a", "b");
        assertThat(number(t, "id", 2)).isEqualTo(10);
    }

    @Test
    void empty_NA_point_and_NaN_are_missing_in_both_kinds_of_column() throws IOException {
        Table t = read("x,g\n1,a\n,\nNA,NA\n.,.\nNaN,NaN\n\"\",\"NA\"\n");
        assertThat(t.column("x").missing()).isEqualTo(5);
        assertThat(t.column("g").missing()).isEqualTo(5);
        assertThat(t.column("g").levels()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "1f", "0x1p3", "1L", "1_000", "--1", "1e", "e5", "1.2.3", "٣", "infinite", "1,5"})
    void what_only_some_parser_takes_for_a_number_is_text(String text) throws IOException {
        Table t = read("x,y\n\"" + text + "\",1\n2,1\n");
        assertThat(texts(t, "x")).containsExactly(text, "2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a;b;c\n1;x, y;3\n",
                "a\tb\tc\n1\tx, y\t3\n",
                "a,b,c\n1,\"x, y\",3\n",
                "\"a\";\"b,b,b\";c\n1;x, y;3"
            })
    void the_separator_is_seen_in_the_header_outside_quotes(String text) throws IOException {
        Table t = read(text);
        assertThat(t.names()).hasSize(3);
        assertThat(texts(t, t.names().get(1))).containsExactly("x, y");
        assertThat(number(t, "c", 0)).isEqualTo(3);
    }

    @Test
    void quotes_line_ends_and_blank_lines_are_understood() throws IOException {
        Table t = read("\n\"my x\",g\r\n1,\"say \"\"hi\"\"\"\r\n\r\n 2 ,\"two\nlines\"\r\n3,last");
        assertThat(t.names()).containsExactly("my x", "g");
        assertThat(texts(t, "g")).containsExactly("say \"hi\"", "two\nlines", "last");
        assertThat(number(t, "my x", 1)).isEqualTo(2);
    }

    @Test
    void a_byte_order_mark_is_not_part_of_the_first_name() throws IOException {
        assertThat(read("\uFEFFx,y\n1,2\n").names()).containsExactly("x", "y");
        byte[] wide = "\uFEFFx,é\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        assertThat(Table.read(file(wide), ReadOptions.DEFAULT, FitListener.SILENT)
                        .names())
                .containsExactly("x", "é");
    }

    @Test
    void a_column_without_name_is_named_by_its_number() throws IOException {
        assertThat(read("\"\",x\n1,2\n").names()).containsExactly("V1", "x");
    }

    @Test
    void the_digest_is_sha_256_of_the_bytes() throws IOException {
        assertThat(read("x\n1\n").digest()).isEqualTo(sha("x\n1\n"));
    }

    private static String sha(String text) {
        try {
            byte[] d = java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return java.util.HexFormat.of().formatHex(d);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void numbers_become_texts_exactly_as_written_when_a_text_turns_up_late() throws IOException {
        List<String> fields = List.of(
                "1",
                "01",
                "1.0",
                "1.",
                ".5",
                "0.50",
                "-0",
                "+7",
                "1e5",
                "1E+05",
                "1e-05",
                "123456789012345678",
                "0.1234567890123456789012",
                "12345678901234567890",
                "1.7976931348623157e308",
                "9007199254740993",
                "0.30000000000000004",
                "2.2250738585072014E-308",
                "4.9e-324",
                "Inf",
                "1e999",
                "-1e-999",
                "000",
                "0.000",
                "99999999999999.9999",
                "3.141592653589793",
                "-12.75");
        StringBuilder text = new StringBuilder("x,y\n");
        fields.forEach(f -> text.append(f).append(",1\n"));
        text.append("oops,1\n");
        List<String> expected = new ArrayList<>(fields);
        expected.add("oops");
        assertThat(texts(read(text.toString()), "x")).isEqualTo(expected);
    }

    @Test
    void a_column_may_turn_categorical_after_many_rows() throws IOException {
        int rows = 150_000;
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < rows; i++) {
            text.append(i % 7 == 0 ? "" : i % 1000 / 8.0)
                    .append(i % 3 == 0 ? "" : "0")
                    .append(",1\n");
        }
        text.append("late,2\n");
        List<String> got = texts(read(text.toString()), "x");
        for (int i = 0; i < rows; i++) {
            String written = (i % 7 == 0 ? "" : i % 1000 / 8.0) + (i % 3 == 0 ? "" : "0");
            assertThat(got.get(i)).isEqualTo(written.isEmpty() ? "<-1>" : written);
        }
        assertThat(got.get(rows)).isEqualTo("late");
    }

    @Test
    void levels_are_in_numeric_order_when_all_are_numbers_and_by_code_point_otherwise() throws IOException {
        Table t = read(
                "n,s,u\n10,10,\uD83D\uDE00\n9,9,\uFF5E\n308,b,z\n", new ReadOptions(Map.of("n", List.of()), Set.of()));
        assertThat(t.column("n").levels()).containsExactly("9", "10", "308");
        assertThat(t.column("s").levels()).containsExactly("10", "9", "b");
        assertThat(t.column("u").levels()).containsExactly("z", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void levels_of_numbers_are_written_in_their_shortest_text() throws IOException {
        Table t = read(
                "n\n1.0\n0.20\n1e2\n-0\n0.1000000000000000055\n1e-9\n",
                new ReadOptions(Map.of("n", List.of()), Set.of()));
        assertThat(t.column("n").levels()).containsExactly("0", "1E-9", "0.1", "0.2", "1", "100");
    }

    @Test
    void declared_levels_come_in_their_order_and_other_values_are_undeclared() throws IOException {
        Table t = read(
                "sex,k\nM,1\nF,2.0\nX,3\n,1\n",
                new ReadOptions(Map.of("sex", List.of("M", "F"), "k", List.of("2", "1")), Set.of()));
        assertThat(t.column("sex").levels()).containsExactly("M", "F");
        assertThat(texts(t, "sex")).containsExactly("M", "F", "<-2>", "<-1>");
        assertThat(texts(t, "k")).containsExactly("1", "2", "<-2>", "1");
    }

    private void refused(String text, String... parts) throws IOException {
        refused(text, ReadOptions.DEFAULT, parts);
    }

    private void refused(String text, ReadOptions options, String... parts) throws IOException {
        Path file = file(text.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Table.read(file, options, FitListener.SILENT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContainingAll(parts)
                .hasMessageContaining("d.csv");
    }

    @Test
    void unreadable_files_are_refused_with_their_name() throws IOException {
        Path absent = folder.resolve("absent.csv");
        assertThatThrownBy(() -> Table.read(absent, ReadOptions.DEFAULT, FitListener.SILENT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("absent.csv' does not exist");
        assertThatThrownBy(() -> Table.read(folder, ReadOptions.DEFAULT, FitListener.SILENT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("is a folder");
        refused("", "is empty");
        refused("\uFEFF", "is empty");
        refused("\n\n", "is empty");
        refused("x,y\n", "a header and no rows");
        refused("1,2.5\n3,4\n", "no header", "1, 2.5");
    }

    @Test
    void ragged_rows_are_refused_with_row_and_line() throws IOException {
        refused("x,y\n1,2\n\n3\n", "row 2 (line 4)", "1 field; the header has 2");
        refused("x,y\n\"a\nb\",2\n3,4,5\n", "row 2 (line 4)", "3 fields; the header has 2");
    }

    @Test
    void an_unclosed_quote_is_refused_where_it_opens() throws IOException {
        refused("x,y\n1,2\n3,\"4\n5,6\n7,8\n", "row 2 (line 3)", "a quote is opened and never closed");
    }

    @Test
    void a_name_twice_is_refused() throws IOException {
        refused("x,y, x \n1,2,3\n", "columns 1 and 3", "'x'");
    }

    @Test
    void text_in_a_numeric_column_is_refused_with_its_place() throws IOException {
        refused(
                "x,y\n1,2\n3,four\n",
                new ReadOptions(Map.of(), Set.of("y")),
                "row 2 (line 3)",
                "column 'y'",
                "'four' is not a number");
    }

    @Test
    void options_for_columns_that_are_not_there_are_refused_with_near_names() throws IOException {
        Path file = file("weight,sex\n1,a\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() ->
                        Table.read(file, new ReadOptions(Map.of("Sexx", List.of()), Set.of()), FitListener.SILENT))
                .isInstanceOfSatisfying(
                        HendersonException.class, e -> assertThat(e.advice()).contains("'sex'"))
                .hasMessageContaining("'Sexx' (--factor)");
    }

    @Test
    void bytes_that_are_not_text_are_refused() throws IOException {
        Path file = file(new byte[] {'x', '\n', 'a', (byte) 0xE9, '\n'});
        assertThatThrownBy(() -> Table.read(file, ReadOptions.DEFAULT, FitListener.SILENT))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void a_column_declared_twice_or_with_a_level_twice_is_refused() {
        assertThatThrownBy(() -> new ReadOptions(Map.of("x", List.of()), Set.of("x")))
                .hasMessageContaining("both a factor and numeric");
        assertThatThrownBy(() -> new ReadOptions(Map.of("x", List.of("a", "b", "a")), Set.of()))
                .hasMessageContaining("level 'a' twice");
    }

    @Test
    void progress_is_told_on_long_files() throws IOException {
        List<Long> heard = new ArrayList<>();
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 1_000_000; i++) {
            text.append("1234.5,1\n");
        }
        Path file = file(text.toString().getBytes(StandardCharsets.UTF_8));
        Table.read(file, ReadOptions.DEFAULT, new FitListener() {
            @Override
            public void progress(long done, long total) {
                assertThat(done).isLessThanOrEqualTo(total);
                heard.add(done);
            }
        });
        assertThat(heard).isSorted().hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void tables_made_in_memory_have_the_same_kinds_of_column() {
        Table t = Table.builder("made")
                .numeric("x", new double[] {1, Double.NaN, 3})
                .categorical("g", java.util.Arrays.asList("b", null, "a"))
                .build();
        assertThat(t.column("x").missing()).isEqualTo(1);
        assertThat(t.column("g").levels()).containsExactly("a", "b");
        assertThat(t.digest()).isEmpty();
        assertThat(t.source()).isEqualTo("made");
        assertThatThrownBy(
                        () -> Table.builder("made").numeric("x", new double[2]).numeric("y", new double[3]))
                .hasMessageContaining("'y' has 3 values; the columns before it have 2");
        assertThatThrownBy(() -> t.column("y")).hasMessageContaining("No column of 'made' is named 'y'");
    }
}
