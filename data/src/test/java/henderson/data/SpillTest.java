package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpillTest {
    private static final int SIZE = 80 * Doubles.CHUNK + 5;

    private static double value(int i) {
        return i == 7 ? Double.NaN : i * 0.1;
    }

    @Test
    void values_come_back_while_few_chunks_are_in_memory() {
        Doubles doubles = new Doubles(new Spill());
        double[] some = IntStream.range(0, 1000).mapToDouble(SpillTest::value).toArray();
        doubles.add(some, some.length);
        for (int i = some.length; i < SIZE; i++) {
            doubles.add(value(i));
        }
        doubles.seal();
        assertThat(doubles.residentChunks()).isEqualTo(1);
        for (int i = 0; i < SIZE; i++) {
            if (Double.doubleToLongBits(doubles.get(i)) != Double.doubleToLongBits(value(i))) {
                assertThat(doubles.get(i)).isEqualTo(value(i));
            }
        }
        assertThat(doubles.residentChunks()).isEqualTo(Spill.RESIDENT + 1);
    }

    @Test
    void codes_are_replaced_in_the_file() {
        Spill spill = new Spill();
        Ints ints = new Ints(spill);
        int[] some = IntStream.range(0, 1000).map(i -> i % 7 - 1).toArray();
        for (int i = 0; i < 200; i++) {
            ints.add(some, some.length);
        }
        ints.seal().remap(new int[] {10, 11, 12, 13, 14, 15});
        for (int i = 0; i < ints.size(); i++) {
            int before = i % 1000 % 7 - 1;
            if (ints.get(i) != (before < 0 ? before : before + 10)) {
                assertThat(ints.get(i)).as("at %d", i).isEqualTo(before + 10);
            }
        }
    }

    @Test
    void threads_read_at_once() {
        Doubles doubles = new Doubles(new Spill());
        for (int i = 0; i < SIZE; i++) {
            doubles.add(i);
        }
        doubles.seal();
        Random random = new Random(1);
        int[] at = random.ints(4000, 0, SIZE).toArray();
        assertThat(IntStream.of(at).parallel().filter(i -> doubles.get(i) != i).count())
                .isZero();
    }
}
