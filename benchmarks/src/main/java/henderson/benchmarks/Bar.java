package henderson.benchmarks;

/**
 * A goal.
 *
 * @param kind  what is compared
 * @param peer  with which peer; empty where it is with none
 * @param value least ratio to the peer, or largest value
 */
record Bar(Kind kind, String peer, double value) {
    /** What is compared. */
    enum Kind {
        /** CPU time of a peer's call by that of one thread in a warm process. */
        WARM("warm"),
        /** Elapsed time of a peer's whole process by that of the command. */
        COLD("cold"),
        /** Elapsed time of the command by that of a process that only reads the file. */
        READING("command / reading"),
        /** Largest resident memory of the command, MiB. */
        MEMORY("peak memory, MiB");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** Whether the value is a least ratio; otherwise it is the largest allowed. */
        boolean least() {
            return this == WARM || this == COLD;
        }
    }

    static Bar warm(String peer, double ratio) {
        return new Bar(Kind.WARM, peer, ratio);
    }

    static Bar cold(String peer, double ratio) {
        return new Bar(Kind.COLD, peer, ratio);
    }
}
