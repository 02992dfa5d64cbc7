package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of a file: nearest doubles, texts that come back, decimals that lose no digit. */
class DecimalsTest {
    private static NumericBuilder read(List<String> texts) {
        NumericBuilder out = new NumericBuilder();
        NumberScanner scanner = new NumberScanner();
        for (String t : texts) {
            char[] b = ("<" + t + ">").toCharArray();
            assertThat(scanner.scan(b, 1, t.length() + 1)).as(t).isTrue();
            out.add(scanner, b, 1, t.length() + 1);
        }
        out.values();
        return out;
    }

    private static void requireExact(NumericColumn column, List<String> texts) {
        BigDecimal shift = new BigDecimal(column.shift());
        int[] rows = new int[1];
        double[] v = new double[1];
        for (int i = 0; i < texts.size(); i++) {
            rows[0] = i;
            column.gatherShifted(rows, 1, v);
            BigDecimal decimal = new BigDecimal(texts.get(i));
            assertThat(v[0]).as(texts.get(i)).isEqualTo(decimal.subtract(shift).doubleValue());
            assertThat(column.value(i)).isEqualTo(decimal.doubleValue());
        }
    }

    /** A number text of random shape. */
    private static String draw(Random random) {
        StringBuilder out = new StringBuilder(List.of("", "", "", "-", "+").get(random.nextInt(5)));
        out.append("0".repeat(random.nextInt(8) == 0 ? random.nextInt(4) : 0));
        int digits = 1 + random.nextInt(22);
        int point = random.nextInt(3) == 0 ? -1 : random.nextInt(digits + 1);
        for (int i = 0; i < digits; i++) {
            out.append(i == point ? "." : "").append(random.nextInt(10));
        }
        if (random.nextInt(3) == 0) {
            out.append(random.nextBoolean() ? 'e' : 'E')
                    .append(List.of("", "+", "-").get(random.nextInt(3)))
                    .append("0".repeat(random.nextInt(3)))
                    .append(random.nextInt(random.nextInt(4) == 0 ? 400 : 20));
        }
        return out.toString();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3})
    void any_number_text_gives_the_nearest_double_and_comes_back_as_written(int seed) {
        Random random = new Random(seed);
        List<String> texts = java.util.stream.Stream.generate(() -> draw(random))
                .limit(30_000)
                .toList();
        NumericBuilder column = read(texts);
        NumericBuilder.Cursor cursor = column.new Cursor();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(column.values().get(i)).isEqualTo(Double.parseDouble(texts.get(i)));
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.text()).isEqualTo(texts.get(i));
        }
    }

    @Test
    void shortest_texts_of_doubles_come_back_too() {
        Random random = new Random(7);
        List<String> texts = random.doubles(50_000)
                .mapToObj(u -> Double.toString(u * Math.pow(10, random.nextInt(20) - 10)))
                .toList();
        NumericBuilder.Cursor cursor = read(texts).new Cursor();
        for (String t : texts) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.text()).isEqualTo(t);
        }
    }

    @Test
    void leading_digits_that_are_the_same_for_all_are_kept_apart() {
        List<String> texts = List.of("1000000000000.4", "1000000000000.3", "1000000000000.5", "1000000000000.9");
        NumericColumn column = DecimalShift.apply(read(texts));
        assertThat(column.shift()).isEqualTo(1e12);
        double[] v = new double[4];
        column.gatherShifted(new int[] {0, 1, 2, 3}, 4, v);
        assertThat(v).containsExactly(0.4, 0.3, 0.5, 0.9);
    }

    @Test
    void shifts_are_exact_for_negative_tiny_huge_and_long_numbers() {
        for (List<String> texts : List.of(
                List.of("-1000000.4", "-1000000.30", "-1000000.6"),
                List.of("107.8681568", "107.8681465", "107.8681572"),
                List.of("1.00000000000000000012", "1.00000000000000000034", "1.0000000000000000005"),
                List.of("123456789012345678.1", "123456789012345678.7", "123456789012345679"),
                List.of("1.2345678e-200", "1.2345679e-200"),
                List.of("1.2345678e200", "1.2345679e200"),
                List.of("5e22", "50000000000000000000001"),
                List.of("196.3052", "196.1240", "196.1890"),
                List.of("1970", "1986", "1975.5"))) {
            NumericColumn column = DecimalShift.apply(read(texts));
            assertThat(column.shift()).as(texts.toString()).isNotZero();
            requireExact(column, texts);
        }
    }

    @Test
    void columns_of_wide_range_and_constant_ones_have_no_shift() {
        for (List<String> texts : List.of(
                List.of("1", "2", "3"),
                List.of("-1000", "1000"),
                List.of("5", "5", "5"),
                List.of("0", "0"),
                List.of("1e308", "1.0000001e308"),
                List.of("100", "Inf"))) {
            assertThat(DecimalShift.apply(read(texts)).shift()).isZero();
        }
    }

    @Test
    void columns_made_in_memory_are_shifted_exactly() {
        NumericColumn column = NumericColumn.of(1000000.4, 1000000.3, Double.NaN, 1000000.5);
        assertThat(column.shift()).isEqualTo(1e6);
        double[] v = new double[4];
        column.gatherShifted(new int[] {0, 1, 2, 3}, 4, v);
        assertThat(v).containsExactly(1000000.4 - 1e6, 1000000.3 - 1e6, Double.NaN, 1000000.5 - 1e6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nist_smls04",
                "nist_smls05",
                "nist_smls06",
                "nist_smls07",
                "nist_smls08",
                "nist_smls09",
                "nist_atmwtag",
                "nist_sirstv"
            })
    void no_digit_of_the_nist_data_is_lost(String name) throws IOException {
        Path file = Reference.folder().resolve("data").resolve(name + ".csv");
        List<String> texts = Files.readAllLines(file).stream()
                .skip(1)
                .map(l -> l.split(",")[1])
                .toList();
        NumericColumn column = (NumericColumn) Reference.table(name).get("y");
        assertThat(column.shift()).isNotZero();
        assertThat(Math.abs(column.shift() - column.value(0))).isLessThan(2);
        requireExact(column, texts);
    }

    @Test
    void the_shortest_text_gives_the_double_back() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            double x = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(x) && !Double.isInfinite(x)) {
                assertThat(Double.parseDouble(Numbers.shortest(x))).isEqualTo(x);
            }
        }
        assertThat(Numbers.shortest(308)).isEqualTo("308");
        assertThat(Numbers.shortest(0.2)).isEqualTo("0.2");
        assertThat(Numbers.shortest(0.3)).isEqualTo("0.3");
        assertThat(Numbers.shortest(2e-44)).isEqualTo("2E-44");
        assertThat(Numbers.shortest(1e16)).isEqualTo("10000000000000000");
        assertThat(Numbers.shortest(-1.5e30)).isEqualTo("-1.5E+30");
    }
}
