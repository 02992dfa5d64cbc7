package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Link;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every link function must obey. */
public interface LinkContract {
    /** The link under test. */
    Link link();

    /**
     * Values from another source, to full precision: rows of {@code η, μ, 1 − μ}; among them {@code η = ±40} where they are
     * in the domain.
     */
    double[][] known();

    /** Relative accuracy of {@code μ} and {@code 1 − μ}: a few roundings. */
    default double accuracy() {
        return 16 * 0x1p-53;
    }

    /** Linear predictors in the domain, from −40 to 40. */
    private double[] points() {
        return Arrays.stream(
                        new double[] {-40, -36.5, -20, -8, -3, -1.2, -0.7, -0.1, 0, 0.3, 1, 2.4, 3.3, 8, 20, 36.5, 40})
                .filter(link()::inDomain)
                .toArray();
    }

    private Stream<DynamicTest> forEachPoint(DoubleConsumer law) {
        return Arrays.stream(points())
                .mapToObj(eta -> DynamicTest.dynamicTest(link().name() + " at " + eta, () -> law.accept(eta)));
    }

    private double[] mean(double eta) {
        double[] out = new double[4];
        link().mean(eta, out);
        return out;
    }

    private double[] complement(double eta) {
        double[] out = new double[4];
        link().complement(eta, out);
        return out;
    }

    /** The name is what people type. */
    @Test
    default void the_name_is_lower_case() {
        assertThat(link().name()).isNotBlank().isEqualTo(link().name().toLowerCase(Locale.ROOT));
    }

    /** Law 1: {@code g(μ(η)) = η}, as far as μ can tell η. */
    @TestFactory
    default Stream<DynamicTest> the_link_of_the_mean_is_the_predictor() {
        return forEachPoint(eta -> {
            double[] mu = mean(eta);
            double tolerance = 8 * 0x1p-53 * (Math.abs(mu[0] / mu[1]) + Math.abs(eta) + 1);
            if (tolerance < 1e-3) { // beyond, μ is one or another constant
                assertThat(link().eta(mu[0])).isCloseTo(eta, within(tolerance));
            }
        });
    }

    /** Law 2: three derivatives of the mean. */
    @TestFactory
    default Stream<DynamicTest> derivatives_of_the_mean_are_derivatives() {
        return forEachPoint(eta -> assertDerivatives(this::mean, eta));
    }

    /** Law 3: three derivatives of one minus the mean, relative to its own size, so that none is lost by cancellation. */
    @TestFactory
    default Stream<DynamicTest> derivatives_of_the_complement_are_derivatives() {
        return forEachPoint(eta -> assertDerivatives(this::complement, eta));
    }

    private static void assertDerivatives(DoubleFunction<double[]> curve, double eta) {
        double[] here = curve.apply(eta);
        for (int r = 0; r < 3; r++) {
            int order = r;
            double rate = Math.max(1, here[r] == 0 ? 1 : Math.abs(here[r + 1] / here[r]));
            double numerical = slope(x -> curve.apply(x)[order], eta, 0x1p-7 / rate);
            // the eighth-order remainder and the rounding of the values over the step
            double size = Math.abs(here[r + 1]) + rate * Math.abs(here[r]);
            assertThat(here[r + 1])
                    .as("derivative %d at %s", r + 1, eta)
                    .isCloseTo(numerical, within(1e-10 * size + Double.MIN_NORMAL));
        }
    }

    private static double slope(DoubleUnaryOperator f, double x, double h) {
        double[] weights = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
        double sum = 0;
        for (int s = 1; s <= weights.length; s++) {
            sum += weights[s - 1] / h * (f.applyAsDouble(x + s * h) - f.applyAsDouble(x - s * h));
        }
        return sum;
    }

    /** Law 4: mean and complement sum to one, their derivatives to nothing. */
    @TestFactory
    default Stream<DynamicTest> mean_and_complement_sum_to_one() {
        return forEachPoint(eta -> {
            double[] mu = mean(eta);
            double[] rest = complement(eta);
            assertThat(mu[0] + rest[0]).isCloseTo(1, within(accuracy() * (1 + Math.abs(mu[0]))));
            for (int r = 1; r < 4; r++) {
                double size = Math.abs(mu[r]) + Math.abs(mu[1]);
                assertThat(mu[r] + rest[r]).as("derivative %d", r).isCloseTo(0, within(accuracy() * size));
            }
        });
    }

    /** Law 5: full relative accuracy in both tails. */
    @Test
    default void known_values_are_met_to_full_relative_accuracy() {
        double[][] known = known();
        for (double end : new double[] {-40, 40}) {
            if (link().inDomain(end)) {
                assertThat(Arrays.stream(known)).as("a known value at %s", end).anyMatch(row -> row[0] == end);
            }
        }
        for (double[] row : known) {
            assertThat(mean(row[0])[0])
                    .as("mean at %s", row[0])
                    .isCloseTo(row[1], within(accuracy() * Math.abs(row[1])));
            assertThat(complement(row[0])[0])
                    .as("complement at %s", row[0])
                    .isCloseTo(row[2], within(accuracy() * Math.abs(row[2])));
        }
    }

    /** Law 6: far out there are limits, not accidents. */
    @Test
    default void far_predictors_give_numbers() {
        for (double eta : new double[] {-700, -300, 300, 700}) {
            if (link().inDomain(eta)) {
                assertThat(Arrays.stream(mean(eta))).as("mean at %s", eta).allMatch(Double::isFinite);
                assertThat(Arrays.stream(complement(eta)))
                        .as("complement at %s", eta)
                        .allMatch(Double::isFinite);
            }
        }
    }
}
