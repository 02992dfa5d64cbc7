package henderson.data;

import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.FitListener;
import henderson.api.Formula;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One binding of a specification to a table. */
final class ModelBuilder {
    /** Cross-products of so many columns take 100 MB, and their factor half a minute. */
    private static final int MOST_COLUMNS = 5_000;
    /** So many columns are not looked through for collinear ones when there are fewer rows. */
    private static final int MANY_COLUMNS = 1_000;

    private final ModelSpec spec;
    private final Formula formula;
    private final Table table;
    private final Registry registry;
    private final FitListener listener;
    private final Variables variables;
    /** Null for a linear model. */
    private final @Nullable GeneralizedResponse generalized;
    /** The response where it is one. */
    private @Nullable Factor outcomes;

    ModelBuilder(ModelSpec spec, Table table, Registry registry, FitListener listener) {
        this.spec = spec;
        this.formula = spec.formula();
        this.table = table;
        this.registry = registry;
        this.listener = listener;
        this.variables = new Variables(table, spec);
        this.generalized = GeneralizedResponse.of(spec, variables, registry);
    }

    Model build() {
        refuseWhatIsNotBuilt();
        if (generalized == null) {
            requireNumbers(formula.response());
        }
        StructureCall call = Calls.residual(spec.residual(), registry);
        Set<String> residualColumns = call == null ? Set.of() : Calls.columns(call, variables);
        requireOtherThanResponse(residualColumns);
        listener.stage("selecting rows");
        RowSelection selection =
                RowSelection.of(spec, variables, generalized == null ? null : generalized.counts(), residualColumns);
        Rows used = selection.rows();
        Constants constants = Constants.collected();
        DesignBuilder designs = new DesignBuilder(variables, used, constants);
        outcomes = generalized == null ? null : generalized.factor(used);
        Vector y = generalized == null ? response(designs) : generalized.values(designs.evaluator(), outcomes);
        double observations = observations(used);
        if (generalized == null || generalized.counts() == null) {
            requireVariation(y, used);
        }
        GeneralizedResponse.Bound bound =
                generalized == null ? null : generalized.bind(designs.evaluator(), used, y, outcomes);
        BoundFamily family = bound == null ? null : bound.bind();
        listener.stage("checking predictors");
        boolean cutPoints = generalized != null && !generalized.intercept();
        Design all = designs.build(formula.intercept(), formula.fixed(), formula.intercept() && !cutPoints);
        requireColumns(all, observations);
        Collinearity collinear = new Collinearity(all, used, variables.rows()).find();
        if (cutPoints) {
            collinear.keep()[0] = false; // columns were coded beside a constant, which the cut points stand for
        }
        Design x = all.without(collinear.keep());
        if (x.columns() >= observations) {
            throw tooManyColumns(x, observations);
        }
        // without a residual variance an effect for each row is no contradiction
        double most = generalized == null ? observations : Double.POSITIVE_INFINITY;
        RandomTerms random = new RandomTerms(variables, registry, designs, used, most, listener);
        formula.random().forEach(random::add);
        ResidualTerm residual = call == null ? null : ResidualTerm.of(call, variables, registry, used);
        TableModel.Parts parts = new TableModel.Parts(
                variables.rows(),
                used,
                y,
                column(spec.weights()),
                column(spec.frequencyWeights()),
                offset(designs.evaluator()),
                x,
                random.designs(),
                random.factors(),
                residual);
        TableModel.Labels labels = new TableModel.Labels(
                formula.response() instanceof Expression.Name n
                        ? n.name()
                        : formula.response().toString(),
                plainResponse() == null ? 0 : plainResponse().shift(),
                cutPoints ? new double[x.columns()] : shifts(designs, all, collinear.keep()),
                random.terms(),
                residual == null ? null : residual.term());
        return new TableModel(
                generalized == null ? spec : generalized.named(),
                parts,
                labels,
                report(selection, designs, collinear, groups(random, residual)),
                () -> frame(constants, designs, collinear.keep(), residual),
                family,
                bound);
    }

    /** Each grouping factor once; the one of residuals where there is no other. */
    /** The law of the residuals cannot depend on what they are part of. */
    private void requireOtherThanResponse(Set<String> residualColumns) {
        if (formula.response() instanceof Expression.Name y && residualColumns.contains(y.name())) {
            throw new HendersonException(
                    "The residual structure looks at the response '" + y.name() + "'.",
                    "Maybe a predictor, or a column computed beforehand.");
        }
    }

    private static List<Factor> groups(RandomTerms random, @Nullable ResidualTerm residual) {
        List<Factor> out = random.distinct();
        Factor factor = residual == null ? null : residual.factor();
        if (out.isEmpty() && factor != null) {
            out.add(factor);
        }
        return out;
    }

    private ModelFrame frame(
            Constants constants, DesignBuilder designs, boolean[] keep, @Nullable ResidualTerm residual) {
        Set<String> categorical = new TreeSet<>();
        for (String name : Variables.names(formula)) {
            if (table.names().contains(name) && variables.isCategorical(name)) { // _all is no column
                categorical.add(name);
            }
        }
        List<Boolean> kept = new ArrayList<>();
        for (boolean k : keep) {
            kept.add(k);
        }
        return constants.frame(
                List.copyOf(categorical), designs.frame(), kept, residual == null ? List.of() : residual.keys());
    }

    private void refuseWhatIsNotBuilt() {
        boolean linear = spec.family().equals("gaussian");
        if (linear
                && formula.response() instanceof Expression.Call c
                && c.function().equals("cbind")) {
            throw new HendersonException(
                    "The response '" + c + "' is a count of successes; a linear model has a response of numbers.",
                    "Maybe it needs a binomial family.");
        }
    }

    /** A categorical column is told before any row is counted. */
    private void requireNumbers(Expression response) {
        Variables.names(response).forEach(variables::column);
        if (response instanceof Expression.Name n) {
            variables.numeric(n.name());
        }
    }

    private @Nullable NumericColumn plainResponse() {
        return generalized == null && formula.intercept() && formula.response() instanceof Expression.Name n
                ? variables.numeric(n.name())
                : null;
    }

    private Vector response(DesignBuilder designs) {
        NumericColumn plain = plainResponse();
        return plain == null ? designs.evaluator().vector(formula.response()) : ColumnVector.of(plain, true);
    }

    private @Nullable Vector column(@Nullable String name) {
        if (name == null) {
            return null;
        }
        NumericColumn column = variables.numeric(name);
        return (rows, count, out, scratch) -> column.gather(rows, count, out);
    }

    private @Nullable Vector offset(Evaluator evaluator) {
        Expression sum = null;
        for (Expression o : formula.offsets()) {
            sum = sum == null ? o : new Expression.Binary("+", sum, o);
        }
        return sum == null ? null : evaluator.vector(sum);
    }

    /** Rows, each counted as often as its frequency weight says. */
    private double observations(Rows used) {
        Vector frequencies = column(spec.frequencyWeights());
        if (frequencies == null) {
            return used.count();
        }
        double[] sum = new double[1];
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        used.forEachBatch((rows, count) -> {
            frequencies.fill(rows, count, values, scratch);
            for (int i = 0; i < count; i++) {
                sum[0] += values[i];
            }
        });
        return sum[0];
    }

    private void requireVariation(Vector y, Rows used) {
        NumericColumn.Facts facts =
                y instanceof ColumnVector c && used.areAll(variables.rows()) ? c.column().facts() : null;
        if (facts != null && facts.min() < facts.max()) {
            return;
        }
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        double[] values = new double[Rows.BATCH];
        Scratch scratch = new Scratch();
        used.forEachBatch((rows, count) -> {
            y.fill(rows, count, values, scratch);
            for (int i = 0; i < count; i++) {
                range[0] = Math.min(range[0], values[i]);
                range[1] = Math.max(range[1], values[i]);
            }
        });
        if (range[0] == range[1]) {
            double shift = plainResponse() == null ? 0 : plainResponse().shift();
            throw new HendersonException(
                    "The response '" + formula.response() + "' is " + Numbers.shortest(range[0] + shift) + " in all "
                            + used.count() + " rows used; there is nothing to explain.",
                    "Maybe the filter leaves only one value.");
        }
    }

    private void requireColumns(Design x, double observations) {
        if (x.columns() >= observations && x.columns() > MANY_COLUMNS) {
            throw tooManyColumns(x, observations);
        }
        if (x.columns() > MOST_COLUMNS) {
            throw new HendersonException(
                    "The fixed part has " + x.columns() + " columns; the limit is " + MOST_COLUMNS + ".",
                    largestFactor(x));
        }
    }

    private HendersonException tooManyColumns(Design x, double observations) {
        return new HendersonException(
                "The model has " + x.columns() + " fixed effects and " + Numbers.shortest(observations)
                        + " rows; there must be more rows than fixed effects.",
                largestFactor(x));
    }

    /** Advice about the factor with most levels, which may be a column of numbers with one text in it. */
    private String largestFactor(Design x) {
        Factor largest = null;
        for (List<Block> term : x.terms()) {
            for (Block block : term) {
                if (block instanceof Block.Dummies d
                        && (largest == null
                                || d.factor().levels().size() > largest.levels().size())) {
                    largest = d.factor();
                }
            }
        }
        if (largest == null) {
            return "Maybe leave out a predictor.";
        }
        CategoricalColumn.FirstText text = variables.factor(largest.name()).firstText();
        boolean numbers =
                text != null && !Double.isNaN(Numbers.parse(largest.levels().get(0)));
        return "Maybe '" + largest.name() + "', with " + largest.levels().size() + " levels, should be "
                + (numbers
                        ? "numeric: row " + text.row() + " holds '" + text.text() + "'."
                        : "a grouping factor, (1 | " + Expression.quoteName(largest.name()) + ").");
    }

    private double[] shifts(DesignBuilder designs, Design all, boolean[] keep) {
        List<Double> out = new ArrayList<>();
        int column = 0;
        if (all.intercept()) {
            out.add(0.0);
            column = 1;
        }
        List<Formula.FixedTerm> terms = designs.ordered(formula.fixed());
        for (int t = 0; t < terms.size(); t++) {
            int width = 1;
            for (Block block : all.terms().get(t)) {
                width *= block.names().size();
            }
            NumericColumn plain = designs.plain(terms.get(t));
            for (int k = 0; k < width; k++, column++) {
                if (keep[column]) {
                    out.add(plain != null && all.intercept() ? plain.shift() : 0.0);
                }
            }
        }
        if (all.intercept() && variables.naming().constantLast()) {
            out.add(out.remove(0));
        }
        return out.stream().mapToDouble(d -> d).toArray();
    }

    private DataReport report(
            RowSelection selection, DesignBuilder designs, Collinearity collinear, List<Factor> grouping) {
        List<DataReport.LevelsDropped> levels = new ArrayList<>();
        List<DataReport.Factor> factors = new ArrayList<>();
        List<Factor> coded = designs.factors();
        if (outcomes != null) {
            coded.add(0, outcomes);
        }
        for (Factor f : coded) {
            factors.add(new DataReport.Factor(f.name(), f.levels()));
            if (!f.unused().isEmpty()) {
                levels.add(new DataReport.LevelsDropped(f.name(), f.unused()));
            }
        }
        List<DataReport.Group> groups = new ArrayList<>();
        for (Factor f : grouping) {
            groups.add(f.group());
            boolean known = factors.stream().anyMatch(k -> k.name().equals(f.name()));
            if (!known && !f.unused().isEmpty()) {
                levels.add(new DataReport.LevelsDropped(f.name(), f.unused()));
            }
        }
        return new DataReport(
                table.source(),
                table.digest(),
                table.rows(),
                selection.rows().count(),
                selection.dropped(),
                collinear.dropped(),
                levels,
                factors,
                groups);
    }
}
