package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.testkit.Mutations;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two roads to every table: block by block on threads, and field by field. */
class BlockReadingTest {
    private static final int[] BLOCKS = {24, 100, 1 << 20};

    @TempDir
    private Path folder;

    /** All that is in a table, or what is said instead. */
    private static String read(Path file, ReadOptions options, int block) {
        try {
            return contents(new CsvFile(file, options, FitListener.SILENT, block).read());
        } catch (HendersonException e) {
            return e.describe();
        }
    }

    private static String contents(Table t) {
        StringBuilder out = new StringBuilder(t.toString() + t.digest() + "\n");
        for (String name : t.names()) {
            if (t.get(name) instanceof NumericColumn c) {
                double[] v = new double[c.size()];
                double[] left = new double[c.size()];
                int[] rows = new int[c.size()];
                Arrays.setAll(rows, i -> i);
                c.gather(rows, v.length, v);
                c.gatherShifted(rows, v.length, left);
                out.append(name + " shift " + c.shift() + " " + Arrays.toString(v) + Arrays.toString(left) + "\n");
            } else {
                CategoricalColumn c = (CategoricalColumn) t.get(name);
                int[] codes = new int[c.size()];
                Arrays.setAll(codes, c::code);
                out.append(name + " " + c.levels() + c.firstText() + Arrays.toString(codes) + "\n");
            }
        }
        return out.toString();
    }

    private void requireSame(byte[] bytes, ReadOptions options) throws IOException {
        Path file = Files.write(folder.resolve("d.csv"), bytes);
        String expected = read(file, options, 0);
        for (int block : BLOCKS) {
            for (int threads = 1; threads <= 3; threads++) {
                assertThat(read(file, options.withThreads(threads), block))
                        .as("blocks of %d, threads %d, <%s>", block, threads, new String(bytes, StandardCharsets.UTF_8))
                        .isEqualTo(expected);
            }
        }
    }

    private void requireSame(String text) throws IOException {
        requireSame(text.getBytes(StandardCharsets.UTF_8), ReadOptions.DEFAULT);
    }

    private static String number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "NA";
            case 2 -> "-0";
            case 3 -> "\"" + random.nextInt(100) + "\"";
            case 4 -> " " + random.nextInt(100) / 8.0 + " ";
            case 5 -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(30) - 15));
            case 6 -> "1000000." + random.nextInt(10);
            default -> Long.toString(random.nextInt()) + (random.nextBoolean() ? "" : "." + random.nextInt(1000));
        };
    }

    private static String text(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> "";
            case 1 -> "\"two\nlines\"";
            case 2 -> "\"say \"\"hi\"\", " + random.nextInt(3) + "\"";
            case 3 -> "é" + random.nextInt(3);
            case 4 -> " \uD83D\uDE00 ";
            case 5 -> "\"\"";
            case 6 -> Integer.toString(random.nextInt(5));
            default -> "level" + random.nextInt(20);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void tables_are_the_same_field_by_field(int seed) throws IOException {
        Random random = new Random(seed);
        String end = List.of("\n", "\r\n", "\r").get(seed % 3);
        StringBuilder text = new StringBuilder(seed % 2 == 0 ? "\uFEFF" : "");
        text.append("x,\"g\",y,year,late").append(end);
        int rows = 200 + random.nextInt(200);
        for (int i = 0; i < rows; i++) {
            text.append(number(random) + "," + text(random) + "," + random.nextInt(1000) / 100.0 + ","
                    + (1970 + random.nextInt(9)) + "," + (i > rows - 5 ? "end" : number(random)));
            text.append(i == rows - 1 && seed % 2 == 0 ? "" : end).append(random.nextInt(20) == 0 ? end : "");
        }
        requireSame(text.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "196.3052,1970\n196.1240,1986.5\n196.1890,\n",
                "100000000000000.4,-1.5\n100000000000000.3,-1.25\n",
                "1234567.0123456789,1\n1234567.0123456790,1\n",
                "-1000000.4,0.30\n-1000000.30,0.4\n",
                "1e6,9007199254740993\n1000001,9007199254740995\n",
                "0.1234567890123456,Inf\n0.1234567890123457,1\n",
                "107.8681568,1.00000000000000000012\n107.8681465,1.00000000000000000034\n",
                "0.000000000000000001,000000000000000000000000000000012\n0.000000000000000002,2\n"
            })
    void decimals_behind_a_shift_are_the_same_to_the_last_digit(String rows) throws IOException {
        requireSame("x,y\n" + rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x,y\n1,2\n3\n",
                "x,y\n1,2\n\n\n\"a\nb\",2\n3,4,5\n6,7\n",
                "x,y\n1,2\n3,\"4\n5,6\n7,8\n9,10\n11,12\n13,14\n15,16\n",
                "x,y\n1,2\n3,4\n5,a\"b\n7,8\n9,\"1\n",
                "x,y\n1,2\n3,\"a\"b\n7,8\n",
                "x,x\n1,2\n",
                "1,2\n1,2\n",
                "x,y\n",
                "",
                "x\n\n\n1\n2\n  \n3",
                "x,y\r1,2\r3,4"
            })
    void what_is_said_of_a_file_is_the_same(String text) throws IOException {
        requireSame(text);
    }

    @Test
    void mutated_files_are_read_the_same_or_refused_with_the_same_words() throws IOException {
        List<String> seeds = List.of(
                "y,x,g\n1,2,a\n3,4,a\n5,6,b\n7,8,\"c\"\n9.25,-10.50,d\n",
                "\uFEFFy;x;g\r\n1.5;-2e3;\"a;b\"\r\n.;NA;\"say \"\"hi\"\"\"\r\n",
                "y\tx\n100001.25\t1e-300\n100001.50\t\n",
                "id,time,name\n1,1,\"two\nlines\"\n2,2,plain\n3,NaN,é\n");
        List<String> words = List.of(
                "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", "NA", ".", "Inf", "1e999", "-0", "é", "\n\n", " ",
                "x,");
        List<ReadOptions> options = List.of(
                ReadOptions.DEFAULT,
                new ReadOptions(Map.of("g", List.of("a", "b"), "x", List.of()), Set.of()),
                new ReadOptions(Map.of(), Set.of("x", "y")),
                ReadOptions.DEFAULT.withWanted("y ~ (1 | g)"));
        Mutations mutations = new Mutations(5, seeds, words);
        for (int i = 0; i < 1_000; i++) {
            requireSame(mutations.next().getBytes(StandardCharsets.UTF_8), mutations.one(options));
        }
        Random random = new Random(6);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = seeds.get(i % seeds.size()).getBytes(StandardCharsets.UTF_8);
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            requireSame(damaged, ReadOptions.DEFAULT);
        }
    }

    @Test
    void only_columns_that_are_mentioned_are_read() throws IOException {
        Path file = Files.writeString(folder.resolve("d.csv"), "y,week,other,g\n1,2,\"a,b\",c\n3,4,x,d\n");
        ReadOptions options = ReadOptions.DEFAULT.withWanted("y ~ week + (1 | g)");
        for (int block : new int[] {0, 24}) {
            Table table = new CsvFile(file, options, FitListener.SILENT, block).read();
            assertThat(table.names()).containsExactly("y", "week", "g");
            assertThatThrownBy(() -> table.column("weeks")).hasMessageContaining("weeks");
            assertThatThrownBy(() -> table.column("othr"))
                    .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.advice())
                            .contains("'other'"));
        }
    }

    @Test
    void a_file_of_many_blocks_is_read_on_threads() throws IOException {
        Random random = new Random(8);
        StringBuilder text = new StringBuilder("y,g\n");
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < 300_000; i++) {
            double v = random.nextInt(1_000_000) / 1000.0;
            values.add(v);
            text.append(v).append(",g").append(random.nextInt(5000)).append('\n');
        }
        Path file = Files.writeString(folder.resolve("d.csv"), text);
        String one = contents(new CsvFile(file, ReadOptions.DEFAULT.withThreads(1), FitListener.SILENT).read());
        Table three = new CsvFile(file, ReadOptions.DEFAULT.withThreads(3), FitListener.SILENT, 1 << 16).read();
        assertThat(contents(three)).isEqualTo(one);
        assertThat(Arrays.equals(
                        three.numbers("y"), values.stream().mapToDouble(d -> d).toArray()))
                .isTrue();
    }
}
