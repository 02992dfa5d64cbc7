package henderson.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.benchmarks.Measurement.Mode;
import henderson.benchmarks.Measurement.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
    @Test
    void median_is_the_middle_value_or_the_mean_of_two() {
        assertThat(Measurement.median(List.of(5.0, 1.0, 2.0))).isEqualTo(2);
        assertThat(Measurement.median(List.of(5.0, 1.0, 2.0, 4.0))).isEqualTo(3);
        assertThat(Measurement.median(List.of())).isNaN();
    }

    @Test
    void samples_of_a_later_round_are_joined() {
        Measurement both = Samples.own(Samples.FAST, Mode.WARM, 1, -1, "aa", 1.0, 2.0)
                .and(Samples.own(Samples.FAST, Mode.WARM, 1, -1, "bb", 6.0));
        assertThat(both.cpu()).containsExactly(1.0, 2.0, 6.0);
        assertThat(both.medianElapsed()).isEqualTo(2);
        assertThat(both.digests()).containsExactly("aa", "bb");
    }

    @Test
    void a_failed_round_hides_no_measured_one() {
        Measurement good = Samples.own(Samples.FAST, Mode.WARM, 1, -1, "aa", 1.0);
        Measurement bad = Measurement.without("fast", "henderson", Mode.WARM, 1, Status.FAILED, "out of memory");
        assertThat(good.and(bad)).isEqualTo(good);
        assertThat(bad.and(good)).isEqualTo(good);
    }

    @Test
    void numbers_have_three_digits_and_no_powers_of_ten() {
        assertThat(Numbers.three(0.000183456)).isEqualTo("0.000183");
        assertThat(Numbers.three(12.345)).isEqualTo("12.3");
        assertThat(Numbers.three(123456.7)).isEqualTo("123,457");
        assertThat(Numbers.three(Double.NaN)).isEqualTo("–");
        assertThat(Numbers.three(99.96)).isEqualTo("100");
        assertThat(Numbers.ratio(0.5)).isEqualTo("0.500×");
        assertThat(Numbers.ratio(12)).isEqualTo("12.0×");
        assertThat(Numbers.goal(1.5)).isEqualTo("1.5");
        assertThat(Numbers.goal(1000)).isEqualTo("1,000");
    }
}
