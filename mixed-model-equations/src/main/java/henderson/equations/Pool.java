package henderson.equations;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Accumulators handed out again, so that folding allocates nothing once all are there. */
public final class Pool<T> {
    private final Supplier<T> make;
    private final List<T> free = new ArrayList<>();

    /** Makes new ones by {@code make}. */
    public Pool(Supplier<T> make) {
        this.make = make;
    }

    /** One that is free, or a new one. */
    public synchronized T take() {
        return free.isEmpty() ? make.get() : free.remove(free.size() - 1);
    }

    /** Takes one back. */
    public synchronized void give(T used) {
        free.add(used);
    }
}
