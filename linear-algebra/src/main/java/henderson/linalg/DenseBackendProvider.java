package henderson.linalg;

import java.util.ServiceLoader;

/** Offers an accelerated {@link DenseBackend}; found by {@link ServiceLoader}, asked only when a large block is met. */
public interface DenseBackendProvider {
    /** Name by which it is asked for, such as {@code ffm}. */
    String name();

    /** Where several can be loaded, the one with the largest rank is used. */
    int rank();

    /**
     * Loads what it needs. Called at most once.
     *
     * @param library path or name of the library to use; empty to look in the usual places
     * @throws Declined where it cannot serve on this machine
     */
    DenseBackend load(String library);

    /** Why a provider cannot serve; not an error as long as nobody asked for it by name. */
    final class Declined extends RuntimeException {
        /** A sentence. */
        public Declined(String reason) {
            super(reason);
        }
    }
}
