package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers as levels, beside a sorted map. */
class NumberCodesTest {
    private static void agrees(double[] x, Spill spill) {
        Doubles values = new Doubles(spill);
        values.add(x, x.length);
        CategoricalColumn column = Factors.ofNumbers(new NumericColumn(values.seal(), 0, null));
        TreeMap<Double, Long> rows = new TreeMap<>();
        for (double v : x) {
            if (!Double.isNaN(v)) {
                rows.merge(v + 0.0, 1L, Long::sum);
            }
        }
        List<Double> levels = new ArrayList<>(rows.keySet());
        assertThat(column.levels())
                .isEqualTo(levels.stream().map(Numbers::shortest).toList());
        assertThat(column.counts())
                .isEqualTo(rows.values().stream().mapToLong(n -> n).toArray());
        assertThat(column.complete()).isEqualTo(Arrays.stream(x).noneMatch(Double::isNaN));
        int[] found = IntStream.range(0, x.length).map(column::code).toArray();
        int[] expected = Arrays.stream(x)
                .mapToInt(v -> Double.isNaN(v) ? CategoricalColumn.MISSING : levels.indexOf(v + 0.0))
                .toArray();
        assertThat(found).isEqualTo(expected);
    }

    private static void agrees(int size, IntToDoubleFunction value) {
        double[] x = IntStream.range(0, size).mapToDouble(value).toArray();
        agrees(x, null);
        agrees(x, new Spill());
    }

    @Test
    void levels_and_codes_are_those_of_a_sorted_map() {
        Random random = new Random(81);
        int size = 2 * Doubles.CHUNK + 17;
        agrees(size, i -> i / 1000);
        agrees(size, i -> -(i / 1000));
        agrees(size, i -> random.nextInt(100) * 0.25 - 10);
        agrees(size, i -> i % 7 == 3 ? Double.NaN : i / 500 % 40);
        agrees(size, i -> i % 3 == 0 ? -0.0 : i % 3 == 1 ? 0.0 : 1.0);
        agrees(1, i -> Double.NaN);
        agrees(5, i -> i < 2 ? Double.NaN : 1e300);
        agrees(300, i -> i);
    }
}
