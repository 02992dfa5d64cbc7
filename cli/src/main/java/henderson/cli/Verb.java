package henderson.cli;

/** One command of the program, its arguments parsed. */
interface Verb {
    /** Runs it and gives the status. */
    int run();
}
