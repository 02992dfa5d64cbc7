package henderson.data.stata;

import henderson.api.Criterion;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.data.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command that fits a model, {@code mixed}, {@code melogit} or another, as read: the model, how it is to be fitted and what is to be shown.
 *
 * @param name       {@code mixed}, {@code melogit}, …
 * @param spec       the model, in Stata's language
 * @param criterion  maximum likelihood unless {@code reml} is given
 * @param iterations {@code iterate()}, or null
 * @param tolerance  {@code tolerance()} or {@code nrtolerance()}, or null
 * @param clusters   columns of {@code vce(cluster g)}, none for {@code vce(robust)}; null for {@code vce(oim)}
 * @param emOnly     whether EM alone is asked for
 * @param reporting  what is shown
 * @param notes      what the reader of the table should know of the command
 * @param integration how random effects are integrated out of a generalized model, or null
 * @param points     nodes for each effect, 0 where the integration has none
 * @param exponentiated whether odds or rate ratios are shown
 */
public record StataCommand(
        String name,
        ModelSpec spec,
        Criterion criterion,
        @Nullable Integer iterations,
        @Nullable Double tolerance,
        @Nullable List<String> clusters,
        boolean emOnly,
        Reporting reporting,
        List<String> notes,
        @Nullable String integration,
        int points,
        boolean exponentiated) {
    public StataCommand {
        clusters = clusters == null ? null : List.copyOf(clusters);
        notes = List.copyOf(notes);
    }

    /**
     * What is shown.
     *
     * @param level      confidence level in percent, or null for the default
     * @param deviations standard deviations and correlations instead of variances and covariances
     * @param log        the iterations
     * @param header     lines above the coefficients
     * @param groups     the grouping factors
     * @param fixed      coefficients
     * @param random     variance components
     * @param test       the test against the linear model
     */
    public record Reporting(
            @Nullable Double level,
            boolean deviations,
            boolean log,
            boolean header,
            boolean groups,
            boolean fixed,
            boolean random,
            boolean test) {}

    /** Names of all commands that fit a model. */
    public static List<String> names() {
        return ModelCommand.words();
    }

    /**
     * Reads a command that names columns of a table.
     *
     * @throws HendersonException for a mistake or an option that is not supported; the message points at it
     */
    public static StataCommand parse(String command, Table table) {
        return new CommandParser(CommandText.of(command), Dictionary.of(table)).parse();
    }

    /** Reads a command that names some of these columns; which of them hold texts is not known. */
    public static StataCommand parse(String command, List<String> columns) {
        return new CommandParser(CommandText.of(command), Dictionary.of(columns)).parse();
    }
}
