package henderson.validation;

/** By which rule the figures of a case are judged. */
enum Agreement {
    /** Decimal digits, as many as the reference has and the stopping rule promises. */
    DIGITS("digits"),
    /** Decimal digits of an exact solution. */
    EXACT("exact"),
    /** Figures as another program printed them: within the last printed digit and that program's own stopping error. */
    PRINTED("printed");

    private final String word;

    Agreement(String word) {
        this.word = word;
    }

    /** How a case file writes it. */
    String word() {
        return word;
    }
}
