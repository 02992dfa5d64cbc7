package henderson.validation;

/**
 * One figure compared.
 *
 * @param quantity what kind of figure
 * @param name     which one
 * @param expected the reference, as it is written in the case
 * @param got      ours, or {@code absent}
 * @param digits   digits of agreement, at most those the reference has
 * @param demanded digits asked for
 * @param agrees   whether ours has them
 */
public record Check(
        Quantity quantity, String name, String expected, String got, double digits, double demanded, boolean agrees) {
    /** Whether ours is a log-likelihood that agrees because it is higher than the reference's, which stopped short. */
    public boolean higher() {
        return quantity == Quantity.LOG_LIKELIHOOD && agrees && digits < demanded;
    }
}
