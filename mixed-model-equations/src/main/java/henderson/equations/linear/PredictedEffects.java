package henderson.equations.linear;

import henderson.api.Fit;
import henderson.equations.Effects;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** Predicted random effects by term, computed when the first of them is asked for: few who fit a model look at each level. */
final class PredictedEffects extends AbstractList<Fit.Effects> implements RandomAccess {
    private final int terms;
    private @Nullable Source source;
    private @Nullable List<Fit.Effects> effects;

    private record Source(DevianceObjective objective, double[] tau) {}

    PredictedEffects(Parameters parameters, DevianceObjective objective, double[] tau) {
        this.terms = parameters.terms.size();
        this.source = new Source(objective, tau.clone());
        if (!objective.isNested()) {
            made(); // the workspace is at this point now
        }
    }

    private synchronized List<Fit.Effects> made() {
        List<Fit.Effects> out = effects;
        Source from = source;
        if (out == null && from != null) {
            from.objective.at(from.tau);
            Effects of = new Effects(from.objective.score());
            out = new ArrayList<>();
            for (int t = 0; t < terms; t++) {
                out.add(of.of(t));
            }
            effects = out;
            source = null;
        }
        return out == null ? List.of() : out;
    }

    @Override
    public Fit.Effects get(int term) {
        return made().get(term);
    }

    @Override
    public int size() {
        return terms;
    }
}
