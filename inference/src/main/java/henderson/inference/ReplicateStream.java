package henderson.inference;

import java.util.random.RandomGenerator;
import org.apache.commons.rng.core.source64.L64X128Mix;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * The random numbers of one replicate: an LXM generator (Steele and Vigna, 2021) of its own, found from the seed and the number
 * of the replicate, so that any replicate can be repeated alone. The additive parameter of its linear congruential part is
 * {@code 2r + 1}, different for every replicate r; its states are mixed from both numbers.
 */
final class ReplicateStream implements RandomGenerator {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final L64X128Mix source;
    private final ZigguratSampler.NormalizedGaussian gaussian;

    /**
     * A stream.
     *
     * @param replicate its number, ≥ 0
     */
    ReplicateStream(long seed, long replicate) {
        long state = mix(seed + GOLDEN) + replicate * GOLDEN;
        this.source = new L64X128Mix(
                2 * replicate + 1, mix(state), mix(state ^ 0x5851f42d4c957f2dL), mix(state ^ 0x14057b7ef767814fL) | 1);
        this.gaussian = ZigguratSampler.NormalizedGaussian.of(source);
    }

    /** The finalizer of SplitMix64, a bijection. */
    private static long mix(long x) {
        long z = (x ^ (x >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        return source.nextLong();
    }

    @Override
    public double nextDouble() {
        return source.nextDouble();
    }

    @Override
    public double nextGaussian() {
        return gaussian.sample();
    }
}
