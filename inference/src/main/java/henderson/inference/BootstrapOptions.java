package henderson.inference;

import henderson.api.HendersonException;

/**
 * What a bootstrap is to do.
 *
 * @param replicates  responses drawn and fitted, ≥ 2
 * @param seed        of the random numbers: the same seed gives the same bits on any number of threads
 * @param threads     replicates at a time, ≥ 1
 * @param level       confidence level of the intervals, in percent
 * @param conditional whether every response has the predicted random effects of the data; otherwise they are drawn too
 */
public record BootstrapOptions(int replicates, long seed, int threads, double level, boolean conditional) {
    /** 1,000 replicates, seed 1, one thread, 95 %, random effects drawn. */
    public static final BootstrapOptions DEFAULT = new BootstrapOptions(1_000, 1, 1, Summary.DEFAULT_LEVEL, false);

    public BootstrapOptions {
        if (replicates < 2) {
            throw new HendersonException("The number of replicates is " + replicates + "; it must be 2 or more.");
        }
        if (threads < 1) {
            throw new HendersonException("The number of threads is " + threads + "; it must be 1 or more.");
        }
        Summary.requireLevel(level);
    }

    public BootstrapOptions withReplicates(int n) {
        return new BootstrapOptions(n, seed, threads, level, conditional);
    }

    public BootstrapOptions withSeed(long s) {
        return new BootstrapOptions(replicates, s, threads, level, conditional);
    }

    public BootstrapOptions withThreads(int n) {
        return new BootstrapOptions(replicates, seed, n, level, conditional);
    }

    public BootstrapOptions withLevel(double percent) {
        return new BootstrapOptions(replicates, seed, threads, percent, conditional);
    }

    public BootstrapOptions withConditional(boolean fixed) {
        return new BootstrapOptions(replicates, seed, threads, level, fixed);
    }
}
