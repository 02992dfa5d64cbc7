package henderson.glmm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.Link;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.PascalDistribution;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** Densities against another library and against decimals; limits; what a call costs in memory. */
class DensitiesTest {
    private static Family.Response response(double... y) {
        return new Family.Response("y", y, null, null, null);
    }

    private static double[] density(BoundFamily family, double eta, double... phi) {
        double[] out = new double[4 + 3 * phi.length];
        boolean possible = family.logDensity(0, 1, new double[] {eta}, phi, 3, out);
        return possible ? out : new double[0];
    }

    @Test
    void densities_are_those_of_another_library() {
        for (double eta : new double[] {-2.5, -0.3, 0.1, 1.7, 3}) {
            double mu = Math.exp(eta);
            double p = 1 / (1 + Math.exp(-eta));
            for (int y : new int[] {0, 1, 4, 17}) {
                double[] poisson = density(new Poisson().bind(response(y), new Log()), eta);
                assertClose(poisson[0], PoissonDistribution.of(mu).logProbability(y));
                Family.Response trials = new Family.Response("y", new double[] {y}, new double[] {20}, null, null);
                assertClose(
                        density(new Binomial().bind(trials, new Logit()), eta)[0],
                        BinomialDistribution.of(20, p).logProbability(y));
                // Pascal: failures before the r-th success, of chance 1/(1 + μ/r)
                int r = 3;
                assertClose(
                        density(new NegativeBinomial().bind(response(y), new Log()), eta, Math.sqrt(1.0 / r))[0],
                        PascalDistribution.of(r, 1 / (1 + mu / r)).logProbability(y));
                double delta = mu / r; // so that μ/δ = r
                assertClose(
                        density(new LinearDispersion().bind(response(y), new Log()), eta, Math.sqrt(delta))[0],
                        PascalDistribution.of(r, 1 / (1 + delta)).logProbability(y));
                double x = 0.3 + y;
                assertClose(
                        density(new Gamma().bind(response(x), new Log()), eta, 0.6)[0],
                        GammaDistribution.of(1 / 0.36, 0.36 * mu).logDensity(x));
                assertClose(
                        density(new Gaussian().bind(response(x), new Identity()), eta, 0.6)[0],
                        NormalDistribution.of(eta, 0.6).logDensity(x));
            }
        }
    }

    /** As far as the other library's own roundings go. */
    private static void assertClose(double given, double expected) {
        assertThat(given).isCloseTo(expected, within(3e-13 * (1 + Math.abs(expected))));
    }

    @Test
    void a_tiny_dispersion_is_next_to_poisson_and_right_to_the_last_digits() {
        DfpField field = new DfpField(60);
        for (double theta : new double[] {0, 1e-7, 1e-6, 1e-4, 0.03}) {
            for (int y : new int[] {0, 1, 3, 35, 400}) {
                for (double eta : new double[] {-3, 1, 5.5}) {
                    double[] given = density(new NegativeBinomial().bind(response(y), new Log()), eta, theta);
                    Dfp alpha = field.newDfp(new BigDecimal(theta * theta)
                            .round(new MathContext(50))
                            .toString());
                    Dfp mu = field.newDfp(new BigDecimal(eta).toString()).exp();
                    Dfp product = field.getOne();
                    for (int j = 0; j < y; j++) {
                        product = product.multiply(alpha.multiply(j).add(1))
                                .divide(j + 1)
                                .multiply(mu);
                    }
                    Dfp whole = alpha.multiply(mu).add(1);
                    Dfp power = theta == 0 ? mu : whole.log().divide(alpha);
                    Dfp exact = product.log().subtract(whole.log().multiply(y)).subtract(power);
                    double size = 1 + Math.exp(eta) + y * (1 + Math.abs(eta));
                    assertThat(given[0])
                            .as("θ = %s, y = %s, η = %s", theta, y, eta)
                            .isCloseTo(exact.toDouble(), within(4e-15 * size));
                }
            }
        }
    }

    @Test
    void predictors_of_eight_hundred_are_numbers_or_refused() {
        for (double eta : new double[] {-800, 800}) {
            for (Link link : List.<Link>of(new Logit(), new Probit(), new Cauchit())) {
                for (double y : new double[] {0, 1}) {
                    double[] d = density(new Binomial().bind(response(y), link), eta);
                    assertThat(d).as("%s at %s", link.name(), eta).hasSize(4);
                    assertThat(Arrays.stream(d)).allMatch(Double::isFinite);
                }
            }
            double[] small = density(new Poisson().bind(response(2), new Log()), -800);
            assertThat(small[0]).isEqualTo(-1600 - Math.log(2));
            assertThat(density(new Poisson().bind(response(2), new Log()), 800)).isEmpty();
            assertThat(density(new NegativeBinomial().bind(response(2), new Log()), 800, 1))
                    .isEmpty();
            BoundFamily ordinal = new Ordinal().bind(response(1, 2, 3), new Logit());
            double[] out = new double[3 * 10];
            assertThat(ordinal.logDensity(0, 3, new double[] {eta, eta, eta}, new double[] {-1, 0.5}, 3, out))
                    .isTrue();
            assertThat(Arrays.stream(out)).allMatch(Double::isFinite);
        }
        assertThat(density(new Binomial().bind(response(1), new Logit()), Double.NaN))
                .isEmpty();
        assertThat(density(new Binomial().bind(response(1), new Logit()), Double.POSITIVE_INFINITY))
                .isEmpty();
        assertThat(density(new Binomial().bind(response(1), new Log()), 0)).isEmpty();
        assertThat(density(new Poisson().bind(response(1), new Identity()), -0.5))
                .isEmpty();
        assertThat(density(new Gamma().bind(response(1), new Log()), 1, 0)).isEmpty();
    }

    @Test
    void precision_weights_divide_the_variance_of_a_gaussian_response() {
        Family.Response y =
                new Family.Response("y", new double[] {1.3}, null, new double[] {4}, null, new double[] {3}, null);
        double[] d = density(new Gaussian().bind(y, new Identity()), 0.8, 0.5);
        assertThat(d[0]).isCloseTo(3 * NormalDistribution.of(0.8, 0.25).logDensity(1.3), within(1e-14));
    }

    @Test
    void cut_points_are_reported_in_order_and_start_at_the_observed_shares() {
        BoundFamily ordinal = new Ordinal().bind(response(1, 1, 2, 2, 2, 7), new Logit());
        double[] phi =
                ordinal.auxiliaries().stream().mapToDouble(c -> c.neutral()).toArray();
        double[] cuts = ordinal.natural(phi);
        assertThat(cuts[0]).isCloseTo(Math.log(2.0 / 4), within(1e-14));
        assertThat(cuts[1]).isCloseTo(Math.log(5.0 / 1), within(1e-14));
        assertThat(ordinal.naturals()).extracting(n -> n.symbol()).containsExactly("cut1", "cut2");
        assertThat(ordinal.outcomes()).containsExactly("1", "2", "7");
    }

    @Test
    void evaluations_allocate_nothing() {
        int n = 1000;
        double[] y = new double[n];
        double[] eta = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = i % 2;
            eta[i] = i * 0.004 - 2;
        }
        double[] out = new double[n * 10];
        assertAllocatesNothing(new Binomial().bind(response(y), new Logit()), eta, new double[0], out);
        assertAllocatesNothing(new Binomial().bind(response(y), new Probit()), eta, new double[0], out);
        assertAllocatesNothing(new Poisson().bind(response(y), new Log()), eta, new double[0], out);
        assertAllocatesNothing(new NegativeBinomial().bind(response(y), new Log()), eta, new double[] {0.7}, out);
        assertAllocatesNothing(new Ordinal().bind(response(y), new Logit()), eta, new double[] {0.7}, out);
    }

    private static void assertAllocatesNothing(BoundFamily family, double[] eta, double[] phi, double[] out) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int k = 0; k < 50; k++) {
            family.logDensity(0, eta.length, eta, phi, 3, out);
        }
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int k = 0; k < 50; k++) {
            family.logDensity(0, eta.length, eta, phi, 3, out);
        }
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        // the measurement itself, not 50 times 1000 rows of anything
        assertThat(allocated).isLessThan(2_000);
    }
}
