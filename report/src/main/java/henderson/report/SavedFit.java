package henderson.report;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.ModelSpec;
import henderson.api.Term;
import henderson.inference.Outcomes;
import henderson.inference.RobustCovariance;
import henderson.inference.RowStatistics;
import henderson.inference.Summary;
import henderson.report.SavedState.EffectsState;
import henderson.report.SavedState.ParameterState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fit in a file: the document {@code henderson.fit/1} with one field more, {@code state}. It needs no data to be
 * summarized, tested, compared, or to predict.
 *
 * @param document what other programs read
 * @param state    the rest
 */
public record SavedFit(FitDocument document, SavedState state) {

    /**
     * Everything of a fit.
     *
     * @param effects whether predicted random effects are kept, too
     */
    public static SavedFit of(Summary summary, RowStatistics rows, boolean effects) {
        return of(summary, rows, effects, null);
    }

    /**
     * Everything of a fit.
     *
     * @param effects whether predicted random effects are kept, too
     * @param stata   the model as a command, or null where it has none
     */
    public static SavedFit of(Summary summary, RowStatistics rows, boolean effects, @Nullable String stata) {
        Fit fit = summary.fit();
        List<ParameterState> parameters = new ArrayList<>();
        for (Fit.Parameter p : fit.parameters()) {
            parameters.add(new ParameterState(
                    p.term(),
                    p.natural().symbol(),
                    p.natural().i(),
                    p.natural().j(),
                    p.natural().levels(),
                    p.natural().scale().name(),
                    p.boundary()));
        }
        double[][] tau = fit.random().stream().map(Fit.RandomEstimate::tau).toArray(double[][]::new);
        SavedState state = new SavedState(
                fit.model().spec().language().name(),
                tau,
                fit.residual() == null ? null : fit.residual().tau(),
                fit.sigma2(),
                fit.nullLogLikelihood(),
                parameters,
                fit.model().spec().factors(),
                rows,
                fit.model().frame(),
                effects ? effects(fit, fit.effects()) : null,
                fit.integrated() == null ? null : generalized(fit, fit.integrated(), effects));
        return new SavedFit(FitJson.document(summary, stata), state);
    }

    private static SavedState.GeneralizedState generalized(Fit fit, Fit.Integrated i, boolean effects) {
        boolean means = effects && i.means().size() == fit.random().size();
        return new SavedState.GeneralizedState(
                i.phi(),
                Outcomes.of(fit.model()),
                FitDocuments.rows(i.covariance()),
                means ? effects(fit, i.means()) : null);
    }

    private static List<EffectsState> effects(Fit fit, List<Fit.Effects> of) {
        List<EffectsState> out = new ArrayList<>();
        for (int t = 0; t < of.size(); t++) {
            Fit.Effects e = of.get(t);
            List<String> levels = fit.random().get(t).term().levels();
            out.add(new EffectsState(levels, e.values(), e.conditional(), e.prediction()));
        }
        return out;
    }

    /**
     * The language the model was written in.
     *
     * @throws HendersonException for one that is not known
     */
    public Language language() {
        String written = state.language();
        for (Language l : Language.values()) {
            if (written == null ? l == Language.R : l.name().equals(written)) {
                return l;
            }
        }
        throw new HendersonException(
                "The saved fit is of a model in the language '" + written + "', which is not known.",
                "Maybe it is of another version.");
    }

    /** The clusters of robust covariances, or null. */
    public @Nullable RobustCovariance robust() {
        FitDocument.ClustersPart clusters = document.clusters();
        return clusters == null ? null : new RobustCovariance(clusters.name(), clusters.count());
    }

    /**
     * The fit again, without rows to read.
     *
     * @param spec     of the model: the document holds its text, which {@code report} cannot parse
     * @param random   its random terms, bound again from the frame
     * @param residual its residual term likewise, or null
     * @throws HendersonException when the parts of the file do not belong together
     */
    public Fit fit(ModelSpec spec, List<Term> random, @Nullable Term residual) {
        try {
            return new FitReader(this, spec, random, residual).fit();
        } catch (IndexOutOfBoundsException | IllegalArgumentException | NullPointerException e) {
            throw new HendersonException(
                    "The parts of the saved fit do not belong together (" + e.getMessage() + ").",
                    "Maybe the file was cut or edited.",
                    e);
        }
    }
}
