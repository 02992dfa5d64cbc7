package henderson.glmm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.Link;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Anscombe's residuals against a numerical integral of {@code V^{−1/3}}; latent variances; probabilities of outcomes. */
class AnscombeTest {
    /** {@code ∫ V^{−1/3}} from a to b, with {@code t = s³} where the integrand is infinite at zero. */
    private static double integral(DoubleUnaryOperator v, double a, double b) {
        double from = Math.cbrt(a);
        double to = Math.cbrt(b);
        int steps = 20_000;
        double h = (to - from) / steps;
        double sum = 0;
        for (int k = 0; k < steps; k++) {
            double s = from + (k + 0.5) * h;
            sum += 3 * s * s / Math.cbrt(v.applyAsDouble(s * s * s));
        }
        return sum * h;
    }

    private static void assertResidual(BoundFamily f, double y, double eta, DoubleUnaryOperator v, double... phi) {
        double mu = f.mean(0, eta, phi);
        double expected = integral(v, mu, y) / Math.pow(v.applyAsDouble(mu), 1.0 / 6);
        assertThat(f.anscombe(0, eta, phi)).isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
    }

    private static BoundFamily bound(Family family, Link link, double y) {
        return family.bind(new Family.Response("y", new double[] {y}, null, null, null), link);
    }

    @Test
    void residuals_are_integrals_of_the_variance() {
        for (double eta : new double[] {-1.3, 0.2, 1.9}) {
            for (double y : new double[] {0, 1, 3, 11}) {
                assertResidual(bound(new Poisson(), new Log(), y), y, eta, t -> t);
                assertResidual(bound(new NegativeBinomial(), new Log(), y), y, eta, t -> t * (1 + 0.49 * t), 0.7);
                assertResidual(bound(new LinearDispersion(), new Log(), y), y, eta, t -> 1.49 * t, 0.7);
                assertResidual(bound(new Gamma(), new Log(), y + 0.3), y + 0.3, eta, t -> t * t, 0.5);
            }
            for (double y : new double[] {2, 7, 11}) { // at 0 and n the integrand is infinite at both ends
                Family.Response trials = new Family.Response("y", new double[] {y}, new double[] {12}, null, null);
                BoundFamily f = new Binomial().bind(trials, new Logit());
                assertResidual(f, y, eta, t -> t * (1 - t / 12));
            }
        }
    }

    @Test
    void dispersion_of_zero_is_poisson() {
        BoundFamily poisson = bound(new Poisson(), new Log(), 4);
        BoundFamily negative = bound(new NegativeBinomial(), new Log(), 4);
        assertThat(negative.anscombe(0, 0.7, new double[] {0})).isEqualTo(poisson.anscombe(0, 0.7, new double[0]));
        assertThat(negative.anscombe(0, 0.7, new double[] {1e-4}))
                .isCloseTo(poisson.anscombe(0, 0.7, new double[0]), within(1e-7));
    }

    @Test
    void a_success_and_a_failure_are_mirrored() {
        BoundFamily one = bound(new Binomial(), new Logit(), 1);
        BoundFamily zero = bound(new Binomial(), new Logit(), 0);
        for (double eta : new double[] {-8, -1, 0, 2, 9}) {
            assertThat(one.anscombe(0, eta, new double[0])).isPositive();
            assertThat(one.anscombe(0, eta, new double[0]))
                    .isCloseTo(-zero.anscombe(0, -eta, new double[0]), within(1e-9));
        }
    }

    @Test
    void latent_variances_are_those_of_the_distributions_behind_the_links() {
        for (Link link : new Link[] {new Logit(), new Probit(), new ComplementaryLogLog(), new LogLog()}) {
            // Var = ∫ x² dF − (∫ x dF)², dF the slope of the mean
            double[] m = new double[4];
            double mean = 0;
            double square = 0;
            for (double x = -60; x < 60; x += 1e-3) {
                link.mean(x, m);
                mean += m[1] * x * 1e-3;
                square += m[1] * x * x * 1e-3;
            }
            assertThat(link.latentVariance()).as(link.name()).isCloseTo(square - mean * mean, within(1e-6));
        }
        assertThat(new Log().latentVariance()).isNaN();
    }

    @Test
    void probabilities_of_outcomes_add_up_and_are_those_of_the_density() {
        Family.Response y = new Family.Response("y", new double[] {1, 2, 3, 2}, null, null, null);
        BoundFamily f = new Ordinal().bind(y, new Logit());
        double[] phi = {-0.4, 0.3};
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += f.probability(0, k, 0.6, phi);
        }
        double[] out = new double[4 * 10];
        f.logDensity(0, 4, new double[] {0.6, 0.6, 0.6, 0.6}, phi, 0, out);
        assertThat(sum).isCloseTo(1, within(1e-14));
        assertThat(f.probability(0, 1, 0.6, phi)).isCloseTo(Math.exp(out[1]), within(1e-14));
        assertThat(bound(new Poisson(), new Log(), 1).probability(0, 1, 0, new double[0]))
                .isNaN();
        assertThat(bound(new Binomial(), new Logit(), 1).probability(0, 1, 0, new double[0]))
                .isEqualTo(0.5);
    }
}
