package henderson.testkit;

import henderson.api.Fold;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * A fold that writes down what happens to it. Accumulators that were merged away are handed out again, the last first, so
 * that one used after its end is seen.
 */
class TracingFold implements Fold<TracingFold.Trace> {
    private final int[] added;
    private final Deque<Trace> spare = new ArrayDeque<>();
    private final List<String> complaints = new ArrayList<>();
    private int created;
    private int ended;

    TracingFold(int leaves) {
        this.added = new int[leaves];
    }

    /** What an accumulator has gathered: leaves {@code from ≤ leaf < to}. */
    static final class Trace {
        private boolean inUse;
        private boolean empty;
        private int from;
        private int to;
        private String tree = "";

        /** How the leaves were merged: {@code ((0 1) 2)}. */
        String tree() {
            return tree;
        }
    }

    @Override
    public synchronized Trace create() {
        Trace out = spare.isEmpty() ? new Trace() : spare.pop();
        complain(out.inUse, "an accumulator in use was handed out");
        out.inUse = true;
        out.empty = true;
        out.tree = "";
        created++;
        return out;
    }

    @Override
    public synchronized void accumulate(int leaf, Trace into) {
        complain(!into.inUse, "leaf " + leaf + " went into an accumulator that had ended");
        complain(!into.empty, "leaf " + leaf + " did not start from an empty accumulator");
        added[leaf]++;
        into.empty = false;
        into.from = leaf;
        into.to = leaf + 1;
        into.tree = Integer.toString(leaf);
    }

    @Override
    public synchronized void merge(Trace into, Trace from) {
        complain(into == from, "an accumulator was merged with itself");
        complain(!into.inUse || !from.inUse, "an accumulator was merged that had ended");
        complain(into.empty || from.empty, "an empty accumulator was merged");
        complain(into.to != from.from, into.tree + " was merged with " + from.tree);
        into.to = from.to;
        into.tree = "(" + into.tree + " " + from.tree + ")";
        from.inUse = false;
        ended++;
        spare.push(from);
    }

    private void complain(boolean when, String text) {
        if (when) {
            complaints.add(text);
        }
    }

    /** What was wrong. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** How often each leaf was added. */
    synchronized int[] added() {
        return added.clone();
    }

    /** Accumulators handed out and not merged away. */
    synchronized int open() {
        return created - ended;
    }

    /** As often as this each leaf of {@code leaves} should be added. */
    static int[] once(int leaves) {
        int[] out = new int[leaves];
        Arrays.fill(out, 1);
        return out;
    }
}
