package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Link;
import java.util.Arrays;
import java.util.List;
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

    /** Values from another source, to full precision: rows of {@code η, log μ, log(1 − μ)}, NaN where there is none. */
    default double[][] knownLogarithms() {
        return new double[0][];
    }

    /**
     * What derivatives of the logarithms may lose by cancellation, relative to powers of the first: what quotients of
     * derivatives lose, as a link has them that does not give its logarithms. Zero for one that does.
     */
    default double cancellation() {
        return 1e-12;
    }

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
        return forEachPoint(eta -> assertDerivatives(this::mean, eta, 0));
    }

    /** Law 3: three derivatives of one minus the mean, relative to its own size, so that none is lost by cancellation. */
    @TestFactory
    default Stream<DynamicTest> derivatives_of_the_complement_are_derivatives() {
        return forEachPoint(eta -> assertDerivatives(this::complement, eta, 0));
    }

    private static void assertDerivatives(DoubleFunction<double[]> curve, double eta, double cancellation) {
        double[] here = curve.apply(eta);
        for (int r = 0; r < 3; r++) {
            int order = r;
            double rate = Math.max(1, here[r] == 0 ? 1 : Math.abs(here[r + 1] / here[r]));
            double numerical = slope(x -> curve.apply(x)[order], eta, 0x1p-7 / rate);
            // the eighth-order remainder and the rounding of the values over the step
            double size = Math.abs(here[r + 1]) + rate * Math.abs(here[r]);
            double lost = cancellation * rate * Math.pow(Math.abs(here[1]), r);
            assertThat(here[r + 1])
                    .as("derivative %d at %s", r + 1, eta)
                    .isCloseTo(numerical, within(1e-10 * size + lost + Double.MIN_NORMAL));
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

    private double[] logMean(double eta) {
        double[] out = new double[4];
        link().logMean(eta, out);
        return out;
    }

    private double[] logComplement(double eta) {
        double[] out = new double[4];
        link().logComplement(eta, out);
        return out;
    }

    /** Law 7: the logarithms are those of mean and complement, and NaN where these are not positive. */
    @TestFactory
    default Stream<DynamicTest> logarithms_are_those_of_mean_and_complement() {
        return forEachPoint(eta -> {
            double mu = mean(eta)[0];
            double rest = complement(eta)[0];
            assertLogarithm(logMean(eta)[0], mu, rest);
            assertLogarithm(logComplement(eta)[0], rest, mu);
        });
    }

    private void assertLogarithm(double given, double value, double rest) {
        if (value < 0) {
            assertThat(given).as("logarithm of %s", value).isNaN();
        } else if (value > Double.MIN_NORMAL) {
            double expected = value < 0.5 ? Math.log(value) : Math.log1p(-rest);
            // as far as μ or 1 − μ tells its own logarithm
            double size = Math.abs(expected) + (value < 0.5 || value > 2 ? 1 : Math.abs(rest));
            assertThat(given).as("logarithm of %s", value).isCloseTo(expected, within(accuracy() * size));
        }
    }

    /** Law 8: three derivatives of the logarithms, relative to their own size. */
    @TestFactory
    default Stream<DynamicTest> derivatives_of_the_logarithms_are_derivatives() {
        return forEachPoint(eta -> {
            for (DoubleFunction<double[]> curve :
                    List.<DoubleFunction<double[]>>of(this::logMean, this::logComplement)) {
                if (Arrays.stream(curve.apply(eta)).allMatch(Double::isFinite)) {
                    assertDerivatives(curve, eta, cancellation());
                }
            }
        });
    }

    /** Law 9: logarithms from another source, where mean and complement themselves may be too small to be numbers. */
    @Test
    default void known_logarithms_are_met_to_full_relative_accuracy() {
        for (double[] row : knownLogarithms()) {
            assertRelative("log mean at " + row[0], logMean(row[0])[0], row[1]);
            assertRelative("log complement at " + row[0], logComplement(row[0])[0], row[2]);
        }
    }

    private void assertRelative(String what, double given, double expected) {
        if (Double.isNaN(expected)) {
            assertThat(given).as(what).isNaN();
        } else {
            assertThat(given).as(what).isCloseTo(expected, within(accuracy() * Math.abs(expected)));
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
