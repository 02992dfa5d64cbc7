package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over the rows of a long series keep their digits: equal terms round the same way each time. */
class LongSeriesTest {
    private static final int ROWS = 100_000;

    private static Whitening ar(double[] tau) {
        int[] at = new int[ROWS];
        Arrays.setAll(at, i -> i);
        Ar kind = new Ar();
        BoundStructure bound =
                kind.bind(Arguments.of("ar", kind.arguments(), Map.of("order", 1)), Positions.integers(at));
        Whitening out = bound.whitening(at);
        assertThat(out.update(tau)).isTrue();
        return out;
    }

    /** {@code log|R| = n log θ² + (n − 1) log(1 − ρ²)}, {@code tr Q = −2(n − 1) ρ √(1 − ρ²)/(1 − ρ²)} by {@code ρ = sin τ}. */
    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.935, 1.2, -0.7})
    void the_determinant_of_an_autoregression_is_the_closed_form(double tau) {
        double theta = 1.7;
        Whitening whitening = ar(new double[] {theta, tau});
        double rho = Math.sin(tau);
        double expected = 2 * ROWS * Math.log(theta) + (ROWS - 1) * Math.log1p(-rho * rho);
        double size = 2 * ROWS * Math.log(theta) - (ROWS - 1) * Math.log1p(-rho * rho);
        assertThat(whitening.logDeterminant()).isCloseTo(expected, within(8 * Math.ulp(size)));
        double trace = -2 * (ROWS - 1) * Math.tan(tau);
        assertThat(whitening.traceQ(1)).isCloseTo(trace, within(16 * Math.ulp(trace)));
    }
}
