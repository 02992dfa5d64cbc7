package henderson.benchmarks.kernels;

/** One operation on one input, prepared by one library, to be run again and again. */
interface Task {
    /** Does it once, from the input. Returns something that depends on the work. */
    Object run();

    /** What the last run computed, in the form that its operation says. */
    double[] result();
}
