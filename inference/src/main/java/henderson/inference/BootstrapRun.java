package henderson.inference;

import henderson.api.FitListener;
import henderson.equations.Replicator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replicates handed out in blocks to workers, each with a workspace of its own. What a replicate gives depends on its number and
 * the seed alone.
 */
final class BootstrapRun {
    private static final int BLOCK = 16;

    private final List<Replicator> workers;
    private final long seed;
    private final double[][] numbers;
    private final Replicator.Ending[] endings;
    private final String[] reasons;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    BootstrapRun(List<Replicator> workers, int replicates, long seed) {
        this.workers = List.copyOf(workers);
        this.seed = seed;
        this.numbers = new double[replicates][workers.get(0).size()];
        this.endings = new Replicator.Ending[replicates];
        this.reasons = new String[replicates];
    }

    /** Runs all; the listener is called by this thread alone. */
    void run(FitListener listener) {
        if (workers.size() == 1) {
            work(workers.get(0), listener);
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers.size() - 1, BootstrapRun::daemon);
        try {
            List<Future<?>> others = new ArrayList<>();
            for (Replicator worker : workers.subList(1, workers.size())) {
                others.add(pool.submit(() -> work(worker, FitListener.SILENT)));
            }
            work(workers.get(0), listener);
            for (Future<?> other : others) {
                other.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The bootstrap was interrupted.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            next.set(numbers.length);
            pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "bootstrap");
        thread.setDaemon(true);
        return thread;
    }

    private void work(Replicator worker, FitListener listener) {
        int from = next.getAndAdd(BLOCK);
        while (from < numbers.length) {
            int to = Math.min(numbers.length, from + BLOCK);
            for (int r = from; r < to; r++) {
                Replicator.Outcome outcome = worker.replicate(new ReplicateStream(seed, r), numbers[r]);
                endings[r] = outcome.ending();
                reasons[r] = outcome.reason();
            }
            listener.progress(done.addAndGet(to - from), numbers.length);
            from = next.getAndAdd(BLOCK);
        }
    }

    /** Numbers by replicate. */
    double[][] numbers() {
        return numbers;
    }

    Replicator.Ending[] endings() {
        return endings;
    }

    /** Empty where a replicate did not fail. */
    String[] reasons() {
        return reasons;
    }
}
