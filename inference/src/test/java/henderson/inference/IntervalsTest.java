package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Scale;
import org.junit.jupiter.api.Test;

/** Printed intervals of published tables, to the digits that the printed estimate and error allow. */
class IntervalsTest {
    private final Intervals intervals = new Intervals(95);

    private Estimate estimate(double value, double se, Scale scale) {
        return intervals.estimate("x", null, value, se * se, scale, false);
    }

    @Test
    void logit_interval_of_an_intraclass_correlation() {
        Estimate e = estimate(.9684963, .015274, Scale.LOGIT);
        assertThat(e.lower()).isCloseTo(.9201564, within(2e-6));
        assertThat(e.upper()).isCloseTo(.9879528, within(1e-6));
    }

    @Test
    void atanh_interval_of_a_correlation() {
        Estimate e = estimate(.497302, .1490473, Scale.ATANH);
        assertThat(e.lower()).isCloseTo(.1563124, within(1e-6));
        assertThat(e.upper()).isCloseTo(.7323728, within(1e-6));
    }

    @Test
    void plain_interval_of_an_autoregression() {
        Estimate e = estimate(.5304458, .0620191, Scale.PLAIN);
        assertThat(e.lower()).isCloseTo(.4088906, within(2e-7));
        assertThat(e.upper()).isCloseTo(.652001, within(2e-7));
    }

    @Test
    void log_interval_that_leaves_the_numbers_is_not_given() {
        Estimate e = estimate(5e-16, 5e-12, Scale.LOG);
        assertThat(e.standardError()).isEqualTo(5e-12);
        assertThat(e.lower()).isNull();
        assertThat(e.upper()).isNull();
    }

    @Test
    void negative_or_missing_variance_gives_no_error() {
        assertThat(intervals.estimate("x", null, 1, -1e-9, Scale.LOG, false).standardError())
                .isNull();
        assertThat(intervals
                        .estimate("x", null, 1, Double.NaN, Scale.LOG, false)
                        .standardError())
                .isNull();
    }
}
