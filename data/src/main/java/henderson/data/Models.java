package henderson.data;

import henderson.api.FitListener;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Registry;

/** Binds specifications to tables. */
public final class Models {
    private Models() {}

    /**
     * Selects the rows, codes the factors, leaves out collinear columns, and binds every covariance structure. The table
     * is gone through a few times; beside it, memory grows with columns and levels (and, for a grouping factor {@code
     * a:b}, four bytes a row).
     *
     * <p>A row is left out when {@code where} is not true, when a used variable is missing or not a declared level, or
     * when its precision weight is zero; the report counts it under the first of these. {@code count(g)} in {@code
     * where} counts all rows of the table with that value of {@code g}.
     *
     * @throws henderson.api.HendersonException when the specification does not fit the data; the message names the
     *     variable, and the row where there is one
     */
    public static Model build(ModelSpec spec, Table table, Registry registry, FitListener listener) {
        return new ModelBuilder(spec, table, registry, listener).build();
    }
}
