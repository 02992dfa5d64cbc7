package henderson.report;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.inference.RowStatistics;
import henderson.inference.Summary;
import henderson.report.SavedState.EffectsState;
import henderson.report.SavedState.ParameterState;
import java.util.ArrayList;
import java.util.List;

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
                tau,
                fit.sigma2(),
                fit.nullLogLikelihood(),
                parameters,
                fit.model().spec().factors(),
                rows,
                fit.model().frame(),
                effects ? effects(fit) : null);
        return new SavedFit(FitJson.document(summary), state);
    }

    private static List<EffectsState> effects(Fit fit) {
        List<EffectsState> out = new ArrayList<>();
        for (int t = 0; t < fit.effects().size(); t++) {
            Fit.Effects e = fit.effects().get(t);
            List<String> levels = fit.random().get(t).term().levels();
            out.add(new EffectsState(levels, e.values(), e.conditional(), e.prediction()));
        }
        return out;
    }

    /**
     * The fit again, without rows to read.
     *
     * @param spec     of the model: the document holds its text, which {@code report} cannot parse
     * @param registry plug-ins that the fit was made with
     * @throws HendersonException when a plug-in is missing, or the parts of the file do not belong together
     */
    public Fit fit(ModelSpec spec, Registry registry) {
        return new FitReader(this, spec, registry).fit();
    }
}
