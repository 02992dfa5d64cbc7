package henderson.glmm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.numbers.gamma.LogGamma;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** Against decimal arithmetic of 120 digits. */
class NumbersTest {
    private static final DfpField FIELD = new DfpField(120);

    private static Dfp dfp(double x) {
        return FIELD.newDfp(new BigDecimal(x).round(new MathContext(120)).toString());
    }

    private static void assertRelative(String what, double given, Dfp expected, double roundings) {
        double e = expected.toDouble();
        assertThat(given).as(what).isCloseTo(e, within(roundings * 0x1p-53 * Math.abs(e)));
    }

    @Test
    void logarithms_near_one_keep_their_digits() {
        for (double t = 1; t > 1e-30; t /= 1.7) {
            assertRelative("log1p " + t, Numbers.log1p(t), dfp(t).add(1).log(), 6);
            assertRelative(
                    "log1p(x) − x, " + t,
                    Numbers.log1pmx(t),
                    dfp(t).add(1).log().subtract(dfp(t)),
                    24);
            if (t < 1) {
                Dfp minus = dfp(-t);
                assertRelative(
                        "log1p(x) − x, −" + t,
                        Numbers.log1pmx(-t),
                        minus.add(1).log().subtract(minus),
                        24);
            }
            Dfp u = dfp(t);
            Dfp slope = u.divide(u.add(1)).subtract(u.add(1).log()).divide(u.multiply(u));
            if (t > 1e-20) { // the expected value itself needs digits
                assertRelative("slope " + t, Numbers.log1pOverSlope(t), slope, 40);
            }
        }
        assertThat(Numbers.log1pOver(0)).isEqualTo(1);
        assertThat(Numbers.log1pOverSlope(0)).isEqualTo(-0.5);
        double large = 3e7;
        Dfp u = dfp(large);
        assertRelative(
                "slope at large",
                Numbers.log1pOverSlope(large),
                u.divide(u.add(1)).subtract(u.add(1).log()).divide(u.multiply(u)),
                8);
    }

    @Test
    void the_gamma_function_is_that_of_another_library() {
        for (double k = 1e-6; k < 1e8; k *= 1.37) {
            double expected = LogGamma.value(k);
            // the library's own roundings
            assertThat(Numbers.logGamma(k))
                    .as("k = %s", k)
                    .isCloseTo(expected, within(2e-15 * (1 + Math.abs(expected) + k)));
        }
        assertThat(Numbers.logFactorial(0)).isZero();
        assertThat(Numbers.logFactorial(20)).isCloseTo(Math.log(2432902008176640000.0), within(1e-14));
        assertThat(Numbers.logChoose(52, 5)).isCloseTo(Math.log(2598960), within(1e-13));
    }

    @Test
    void the_slope_of_stirlings_rest_is_its_derivative() {
        for (double k : new double[] {0.01, 0.3, 1, 4.5, 9.99, 10, 37, 1e5}) {
            double h = 1e-2 * k; // remainder 6e-14, rounding of twelve terms over the step
            double[] c = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
            double numerical = 0;
            for (int s = 1; s <= 4; s++) {
                numerical += c[s - 1] * (Numbers.stirling(k + s * h) - Numbers.stirling(k - s * h)) / h;
            }
            assertThat(Numbers.stirlingSlope(k))
                    .as("k = %s", k)
                    .isCloseTo(numerical, within(2e-11 * Math.abs(numerical)));
        }
    }

    @Test
    void half_a_deviance_keeps_its_digits_beside_the_saturated_mean() {
        for (double y : new double[] {1, 7, 1234}) {
            for (double step : new double[] {1e-9, 1e-4, 0.3, 0.5, 20}) {
                double mu = y * (1 + step);
                Dfp m = dfp(mu);
                Dfp expected =
                        dfp(y).multiply(dfp(y).divide(m).log()).subtract(dfp(y)).add(m);
                // μ/y − 1 loses a rounding of one, relative to the step, twice
                double e = expected.toDouble();
                assertThat(Numbers.relative(y, mu)).isCloseTo(e, within(e * (1e-14 + 3e-16 / step)));
            }
        }
        assertThat(Numbers.relative(0, 3)).isEqualTo(3);
        assertThat(Numbers.relative(4, 4)).isZero();
    }
}
