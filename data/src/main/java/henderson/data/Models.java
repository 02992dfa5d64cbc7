package henderson.data;

import henderson.api.FitListener;
import henderson.api.Model;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.api.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /**
     * Rows of another table, coded as those of a fitted model: its factor levels and contrasts, the constants of its
     * polynomials and centring, the same columns left out. Nothing is shifted. The level of a group that the fit has not
     * seen is −1. A row is left out when the filter of {@code spec} is not true or a predictor is missing; response and
     * weights may be missing, and are NaN then.
     *
     * @param spec  of the fitted model, with the filter for these rows
     * @param frame of the fitted model
     * @param terms its random terms
     * @throws henderson.api.HendersonException when the table lacks a predictor, or has a factor level that the fit has not
     *     seen
     */
    public static Model rebind(ModelSpec spec, ModelFrame frame, List<Term> terms, Table table) {
        return rebind(spec, frame, terms, null, table);
    }

    /**
     * As {@link #rebind(ModelSpec, ModelFrame, List, Table)}, with residual groups and positions too. Groups are those of
     * these rows, positions those of the fit; −1 where a row has no value or stands at a place that the fit has not seen,
     * which the report lists among the levels dropped. Where the table lacks a column of the structure the model has no
     * residual term.
     *
     * @param residual residual term of the fitted model, or null
     */
    public static Model rebind(
            ModelSpec spec, ModelFrame frame, List<Term> terms, @Nullable Term residual, Table table) {
        return new NewRows(spec, frame, terms, residual, table).build();
    }

    /**
     * As {@link #rebind(ModelSpec, ModelFrame, List, Term, Table)}, with the family and the link where the model has them. A row
     * whose response is missing has a family all the same; what depends on the response is then to be left out.
     *
     * @param outcomes labels of the response's outcomes where it is a category; otherwise empty
     */
    public static Model rebind(
            ModelSpec spec,
            ModelFrame frame,
            List<Term> terms,
            @Nullable Term residual,
            Table table,
            Registry registry,
            List<String> outcomes) {
        return new NewRows(spec, frame, terms, residual, table)
                .withFamily(registry, outcomes)
                .build();
    }

    /**
     * The random terms of a fitted model bound again, without levels (and so without the precision of {@code known}), from
     * what its frame remembers.
     */
    public static List<Term> random(ModelSpec spec, ModelFrame frame, Registry registry) {
        return new SavedTerms(spec, frame, registry).random();
    }

    /** The residual term of a fitted model bound again, without levels, from what its frame remembers; null without one. */
    public static @Nullable Term residual(ModelSpec spec, ModelFrame frame, Registry registry) {
        return new SavedTerms(spec, frame, registry).residual();
    }
}
