package henderson.equations;

import henderson.api.Clusters;
import henderson.api.Fold;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveTask;

/** Folds on a pool of threads, over the tree that {@link SequentialClusters} uses too: the same bits. */
public final class ThreadedClusters implements Clusters, AutoCloseable {
    private final ForkJoinPool pool;
    private final int threads;

    /** A pool of {@code threads} threads, ≥ 1. */
    public ThreadedClusters(int threads) {
        this.threads = threads;
        this.pool = new ForkJoinPool(threads);
    }

    @Override
    public int threads() {
        return threads;
    }

    @Override
    public <A> A fold(int leaves, Fold<A> fold) {
        // what is asked for after the end, such as effects that a fit predicts when they are looked at, needs no pool
        if (leaves < 2 || threads == 1 || pool.isShutdown()) {
            return leaves == 0 ? fold.create() : SequentialClusters.range(fold, 0, leaves);
        }
        int grain = Math.max(1, leaves / (8 * threads));
        return pool.invoke(new Part<>(fold, 0, leaves, grain));
    }

    /** Ends the threads; later folds are made on the calling one, with the same bits. */
    @Override
    public void close() {
        pool.shutdown();
    }

    private static final class Part<A> extends RecursiveTask<A> {
        private static final long serialVersionUID = 1L;
        private final transient Fold<A> fold;
        private final int from;
        private final int to;
        private final int grain;

        Part(Fold<A> fold, int from, int to, int grain) {
            this.fold = fold;
            this.from = from;
            this.to = to;
            this.grain = grain;
        }

        @Override
        protected A compute() {
            if (to - from <= grain) {
                return SequentialClusters.range(fold, from, to);
            }
            int middle = SequentialClusters.split(from, to);
            Part<A> right = new Part<>(fold, middle, to, grain);
            right.fork();
            A left = new Part<>(fold, from, middle, grain).compute();
            fold.merge(left, right.join());
            return left;
        }
    }
}
