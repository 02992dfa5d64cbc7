package henderson.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A specification bound to data: rows {@code [Z X y]} in batches of a fixed order, to be read as often as needed. X is
 * built per batch and never held whole.
 */
public interface Model {
    /** What was asked for. */
    ModelSpec spec();

    /** Rows used, ≥ 1. */
    long rows();

    /** The response as reports name it. */
    String responseName();

    /** Names of the columns of X, collinear ones already left out; may be empty. */
    List<String> fixedNames();

    /** Column of X that is constant one, or −1. */
    int interceptColumn();

    /** What was subtracted from the response, exactly, before it was rounded to double; 0 without an intercept. */
    double responseShift();

    /** What was subtracted from each column of X likewise; all 0 without an intercept. */
    double[] fixedShifts();

    /** Random terms, in the formula's order. */
    List<Term> random();

    /** The residual structure, or null for independent residuals of one variance. */
    @Nullable
    Term residual();

    /** Family with link and response, or null for a linear model. */
    @Nullable
    BoundFamily family();

    /** The rows, from the first; every call starts again and gives the same batches. */
    Iterable<Batch> batches();

    /**
     * The same rows by columns, or null where they are not to be had so: rows with weights or an offset, and columns that
     * are products of others.
     */
    default @Nullable Columns columns() {
        return null;
    }

    /** What happened to the data on the way. */
    DataReport report();

    /** What rows of other data need to be coded as these are. */
    default ModelFrame frame() {
        throw new UnsupportedOperationException("This model does not remember how it coded its rows.");
    }

    /**
     * The same model of another response, such as one drawn from a fit; by default it is not offered.
     *
     * @param values by row, in the order of the rows, as {@link BoundFamily#draw} gives them: codes for a factor, successes for
     *               trials; less {@link #responseShift()} in a linear model. Not copied.
     * @throws HendersonException where such values cannot come from the family
     */
    default Model withResponse(double[] values) {
        throw new HendersonException("The response of this model cannot be replaced by another.");
    }
}
