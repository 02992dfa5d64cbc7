package henderson.benchmarks;

/**
 * What another program does on the same data.
 *
 * @param name     such as {@code lmer}
 * @param language that it is called from
 * @param library  that has it, such as {@code lme4}
 * @param prepare  statements after reading, not timed in a warm process
 * @param call     the timed expression; its value is the fit
 * @param factor   what the measured time is multiplied with
 * @param meaning  of the time where it is not one call, such as {@code 25 evaluations}; empty otherwise
 */
record Peer(
        String name, Language language, String library, String prepare, String call, double factor, String meaning) {

    static Peer r(String name, String library, String call) {
        return new Peer(name, Language.R, library, "", call, 1, "");
    }

    static Peer python(String call) {
        return new Peer("statsmodels", Language.PYTHON, "statsmodels", "", call, 1, "");
    }

    Peer prepared(String statements) {
        return new Peer(name, language, library, statements, call, factor, meaning);
    }

    Peer times(double multiple, String what) {
        return new Peer(name, language, library, prepare, call, multiple, what);
    }

    /** Whether the call is the whole work, so that a cold process can be timed too. */
    boolean whole() {
        return factor == 1;
    }
}
