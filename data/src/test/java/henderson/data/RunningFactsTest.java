package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Facts taken while values come, beside those of the whole column. */
class RunningFactsTest {
    private static final int[] SIZES = {
        1, 2, 3, 7, 1000, Doubles.CHUNK - 1, Doubles.CHUNK, Doubles.CHUNK + 1, 3 * Doubles.CHUNK, 3 * Doubles.CHUNK + 5
    };

    private static Doubles inPieces(double[] x, Random random, Spill spill) {
        Doubles out = new Doubles(spill);
        int from = 0;
        while (from < x.length) {
            int n = random.nextInt(4) == 0 ? 1 : Math.min(x.length - from, 1 + random.nextInt(50_000));
            if (n == 1) {
                out.add(x[from]);
            } else {
                out.add(Arrays.copyOfRange(x, from, from + n), n);
            }
            from += n;
        }
        return out.seal();
    }

    @Test
    void are_those_of_the_whole_column() {
        Random random = new Random(71);
        for (int size : SIZES) {
            for (double far : new double[] {0, -1000, 1e8}) {
                double[] x = random.doubles(size, far - 3, far + 2).toArray();
                NumericColumn.Facts facts = Doubles.of(x).facts(far);
                double mean = Arrays.stream(x).map(v -> v - far).sum() / size;
                double variance = Arrays.stream(x)
                                .map(v -> (v - far - mean) * (v - far - mean))
                                .sum()
                        / size;
                assertThat(facts.finite()).isTrue();
                assertThat(facts.min()).isEqualTo(Arrays.stream(x).min().orElseThrow());
                assertThat(facts.max()).isEqualTo(Arrays.stream(x).max().orElseThrow());
                assertThat(facts.mean()).isCloseTo(mean, within(1e-12));
                assertThat(facts.variance()).isCloseTo(variance, within(1e-10));
            }
        }
    }

    @Test
    void do_not_depend_on_how_values_come_nor_on_where_they_lie() {
        Random random = new Random(72);
        for (int size : SIZES) {
            double[] x = random.doubles(size, -3, 2).toArray();
            NumericColumn.Facts facts = Doubles.of(x).facts(0.5);
            assertThat(inPieces(x, random, null).facts(0.5)).isEqualTo(facts);
            assertThat(inPieces(x, random, new Spill()).facts(0.5)).isEqualTo(facts);
            assertThat(inPieces(x, random, null).seal().facts(0.5)).isEqualTo(facts);
        }
    }

    @Test
    void tell_what_is_missing_or_infinite_and_not_what_is_large() {
        Random random = new Random(73);
        for (int size : SIZES) {
            for (double odd : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                double[] x = random.doubles(size).toArray();
                x[random.nextInt(size)] = odd;
                assertThat(Doubles.of(x).facts(0).finite()).isFalse();
                x[random.nextInt(size)] = Double.NaN;
                x[random.nextInt(size)] = -odd;
                assertThat(Doubles.of(x).facts(0).finite()).isFalse();
            }
            double[] large =
                    random.doubles(size).map(v -> v < 0.5 ? -1.7e308 : 1.7e308).toArray();
            NumericColumn.Facts facts = Doubles.of(large).facts(0);
            assertThat(facts.finite()).isTrue();
            assertThat(facts.min()).isEqualTo(Arrays.stream(large).min().orElseThrow());
            assertThat(facts.max()).isEqualTo(Arrays.stream(large).max().orElseThrow());
        }
    }
}
