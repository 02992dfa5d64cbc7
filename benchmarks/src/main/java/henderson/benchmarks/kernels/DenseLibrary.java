package henderson.benchmarks.kernels;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A library of dense kernels. */
interface DenseLibrary {
    /** All that are compared. */
    List<DenseLibrary> ALL = List.of(
            new HendersonDense(), new AcceleratedDense(), new EjmlDense(), new OjAlgoDense(), new CommonsDense());

    /** As in reports. */
    String name();

    /** The operation, or null where the library does not have it, or is not on this machine. */
    @Nullable
    Task task(DenseOperation operation, DenseInput input);

    /**
     * A task by the library's name.
     *
     * @throws IllegalStateException where the library does not have it
     */
    static Task task(String library, DenseOperation operation, DenseInput input) {
        for (DenseLibrary each : ALL) {
            if (each.name().equals(library)) {
                Task task = each.task(operation, input);
                if (task == null) {
                    throw new IllegalStateException(library + " has no " + operation + " here");
                }
                return task;
            }
        }
        throw new IllegalArgumentException("No library is named " + library + ".");
    }
}
