package henderson.api;

import java.util.List;

/** How a fit ended. */
public sealed interface Convergence {
    /** {@code converged}, {@code boundary}, {@code stopped} or {@code failed}. */
    String status();

    /** Certified, all parameters inside. */
    record Converged() implements Convergence {
        @Override
        public String status() {
            return "converged";
        }
    }

    /** Certified, with parameters on their boundary; each line names one. */
    record Boundary(List<String> parameters) implements Convergence {
        public Boundary {
            parameters = List.copyOf(parameters);
        }

        @Override
        public String status() {
            return "boundary";
        }
    }

    /**
     * Not certified.
     *
     * @param reason   why it stopped
     * @param culprits what is likely behind it, with figures, the likeliest first
     */
    record Stopped(String reason, List<String> culprits) implements Convergence {
        public Stopped {
            culprits = List.copyOf(culprits);
        }

        @Override
        public String status() {
            return "stopped";
        }
    }

    /** No usable numbers. */
    record Failed(String reason) implements Convergence {
        @Override
        public String status() {
            return "failed";
        }
    }

    /** Whether the fit carries a certificate. */
    default boolean certified() {
        return this instanceof Converged || this instanceof Boundary;
    }
}
