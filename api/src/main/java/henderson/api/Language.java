package henderson.api;

/** The language a model was written in: it decides where the constant stands and what columns are called. */
public enum Language {
    /** The constant first, {@code (Intercept)}; {@code race2}, {@code race2:x}; interactions after main effects. */
    R,
    /** The constant last, {@code _cons}; {@code 2.race}, {@code 2.race#c.x}; terms in the order they were written. */
    STATA
}
