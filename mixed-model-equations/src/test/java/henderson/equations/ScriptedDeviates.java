package henderson.equations;

import java.util.random.RandomGenerator;

/** Normal deviates that are all zero but one, which is one: a draw that is linear in them shows its columns. */
final class ScriptedDeviates implements RandomGenerator {
    private final int one;
    private int taken;

    /** The deviate with index {@code one} is one; none is where it is negative. */
    ScriptedDeviates(int one) {
        this.one = one;
    }

    /** Deviates asked for so far. */
    int taken() {
        return taken;
    }

    @Override
    public double nextGaussian() {
        return taken++ == one ? 1 : 0;
    }

    @Override
    public double nextDouble() {
        return 0.5;
    }

    @Override
    public long nextLong() {
        throw new UnsupportedOperationException();
    }
}
