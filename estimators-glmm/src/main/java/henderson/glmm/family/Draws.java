package henderson.glmm.family;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;

/** Random numbers of the families. */
final class Draws {
    private static final int FEW = 24;

    private Draws() {}

    private static UniformRandomProvider provider(RandomGenerator random) {
        return random::nextLong;
    }

    static double poisson(double mean, RandomGenerator random) {
        return mean > 0 ? PoissonSampler.of(provider(random), mean).sample() : 0;
    }

    /** Of that shape and scale. */
    static double gamma(double shape, double scale, RandomGenerator random) {
        return AhrensDieterMarsagliaTsangGammaSampler.of(provider(random), shape, scale)
                .sample();
    }

    /** Poisson with a gamma-distributed mean: dispersion α about μ. */
    static double negativeBinomial(double mean, double alpha, RandomGenerator random) {
        double rate = alpha * mean < 1e-12 ? mean : gamma(1 / alpha, alpha * mean, random);
        return poisson(rate, random);
    }

    /** Successes of n trials; many trials are halved by an order statistic, which is beta-distributed. */
    static double binomial(double trials, double p, RandomGenerator random) {
        long n = (long) trials;
        double chance = p;
        double successes = 0;
        while (n > FEW) {
            long rank = n / 2 + 1;
            double a = gamma(rank, 1, random);
            double split = a / (a + gamma(n + 1.0 - rank, 1, random));
            if (split <= chance) {
                successes += rank;
                n -= rank;
                chance = (chance - split) / (1 - split);
            } else {
                n = rank - 1;
                chance = chance / split;
            }
        }
        for (long i = 0; i < n; i++) {
            successes += random.nextDouble() < chance ? 1 : 0;
        }
        return successes;
    }
}
