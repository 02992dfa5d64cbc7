package henderson.inference;

import henderson.api.Batch;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a fit says of rows: of those it was fitted to, or of other data coded in the same way. A level that the fit has not
 * seen (−1) has effects of zero. Not safe to share between threads.
 */
public final class Prediction {
    /** What can be predicted; with a family, theory (171) to (174). */
    public enum Quantity {
        /** {@code xᵀβ̂ + offset}. */
        XB(true, true),
        /** Standard error of {@code xᵀβ̂}. */
        STDP(true, true),
        /** {@code xᵀβ̂ + offset + zᵀb̂}; with a family the same as {@link #MU}. */
        FITTED(true, true),
        /** {@code b̂} of the row's levels, one column for each random effect. */
        REFFECTS(true, true),
        /** Their standard errors: β known after ML, estimated after REML; of an unseen level that of a draw. */
        RESES(true, true),
        /** {@code y} less the fitted value. */
        RESIDUALS(true, true),
        /**
         * Residuals times the inverse root of their covariance: {@code √(w/σ̂²)} times the residual, with a residual structure
         * {@code C⁻¹W^½(y − fitted)/σ̂}, the rows of a group whitened together.
         */
        RSTANDARD(true, false),
        /** {@code xᵀβ̂ + offset + zᵀb̂}. */
        ETA(false, true),
        /** Mean of the response: successes, a count, a number; of an ordinal response the probability of each outcome. */
        MU(false, true),
        /** Probability of a success, or of each outcome. */
        PR(false, true),
        /** {@code (y − μ)/√Var y}. */
        PEARSON(false, true),
        /** Root of the row's deviance, with the sign of {@code y − μ}. */
        DEVIANCE(false, true),
        /** {@code (A(y) − A(μ))/V(μ)^{1/6}}, nearer to normal than the others. */
        ANSCOMBE(false, true);

        private final boolean linear;
        private final boolean generalized;

        Quantity(boolean linear, boolean generalized) {
            this.linear = linear;
            this.generalized = generalized;
        }

        /**
         * The quantity of a name in any case.
         *
         * @throws HendersonException for another name; the message lists all
         */
        public static Quantity of(String name) {
            for (Quantity q : values()) {
                if (q.name().equalsIgnoreCase(name.strip())) {
                    return q;
                }
            }
            throw new HendersonException(
                    "'" + name + "' cannot be predicted.",
                    "Maybe one of: "
                            + String.join(
                                    ", ",
                                    Arrays.stream(values()).map(Quantity::text).toList()) + ".");
        }

        /** As it is written. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the response must be known beside its mean. */
        boolean residual() {
            return this == RESIDUALS || this == PEARSON || this == DEVIANCE || this == ANSCOMBE;
        }

        private void require(Fit fit) {
            if (!(fit.generalized() ? generalized : linear)) {
                List<String> others = Arrays.stream(values())
                        .filter(q -> fit.generalized() ? q.generalized : q.linear)
                        .map(Quantity::text)
                        .toList();
                throw new HendersonException(
                        "'" + text() + "' is of a " + (fit.generalized() ? "linear model" : "model with a family")
                                + "; the fit is of another kind.",
                        "Maybe one of: " + String.join(", ", others) + ".");
            }
        }
    }

    /** Which random effects means and residuals are given. */
    public enum Effects {
        /** Posterior modes; of a linear model the best linear unbiased predictions. */
        MODES,
        /** Posterior means. */
        MEANS,
        /** Zero: the fixed part alone. */
        NONE,
        /** None in particular: integrated over their distribution. */
        MARGINAL
    }

    /** Who takes predictions. */
    public interface Rows {
        /**
         * One row.
         *
         * @param row    its number in the data, from 1
         * @param values one for each of {@link Prediction#columns()}; NaN where not known. Reused for the next row.
         */
        void accept(long row, double[] values);
    }

    private final Fit fit;
    private final List<Quantity> quantities;
    private final Effects effects;
    private final long[] unseen;

    private Prediction(Fit fit, List<Quantity> quantities, Effects effects) {
        this.fit = fit;
        this.quantities = List.copyOf(quantities);
        this.effects = effects;
        this.unseen = new long[fit.random().size()];
    }

    /**
     * Predictions of some quantities, at posterior modes.
     *
     * @throws HendersonException when predicted random effects are needed and the fit has none
     */
    public static Prediction of(Fit fit, List<Quantity> quantities) {
        return of(fit, quantities, Effects.MODES);
    }

    /**
     * Predictions of some quantities.
     *
     * @param effects what stands for the random effects; {@link Quantity#REFFECTS} are modes unless it is means
     * @throws HendersonException when predicted random effects are needed and the fit has none, and for quantities that the
     *     kind of model does not have
     */
    public static Prediction of(Fit fit, List<Quantity> quantities, Effects effects) {
        quantities.forEach(q -> q.require(fit));
        if (!fit.generalized() && (effects == Effects.MEANS || effects == Effects.MARGINAL)) {
            throw new HendersonException(
                    "Posterior means and marginal means are of a model with a family; of a linear model they are 'fitted' and"
                            + " 'xb'.");
        }
        for (Quantity q : quantities) {
            if (q.residual() && effects == Effects.MARGINAL) {
                throw new HendersonException(
                        "'" + q.text() + "' is about a mean at some random effects, and cannot be marginal.",
                        "Maybe at their posterior modes or means, or of the fixed part alone.");
            }
        }
        Prediction out = new Prediction(fit, quantities, effects);
        out.requireEffects();
        return out;
    }

    private void requireEffects() {
        boolean zero = effects == Effects.NONE || effects == Effects.MARGINAL;
        boolean needed = quantities.stream()
                .anyMatch(q -> q != Quantity.XB
                        && q != Quantity.STDP
                        && !(zero && q != Quantity.REFFECTS && q != Quantity.RESES));
        if (!needed || fit.random().isEmpty()) {
            return;
        }
        if (fit.effects().size() != fit.random().size()) {
            throw new HendersonException(
                    "The fit was saved without its predicted random effects.",
                    "Maybe save it again without --no-effects; xb and stdp do not need them.");
        }
        if (effects == Effects.MEANS && predicted().size() != fit.random().size()) {
            throw new HendersonException(
                    "Posterior means of the random effects are not known: they are computed by quadrature, which needs nested"
                            + " grouping factors.",
                    "Maybe posterior modes will do.");
        }
    }

    /** The random effects that predictions are made with; without any where the fit has none. */
    List<Fit.Effects> predicted() {
        Fit.Integrated i = fit.integrated();
        return effects == Effects.MEANS && i != null ? i.means() : fit.effects();
    }

    /** Names of the columns predicted: the quantities, and for random effects {@code reffects(group:column)}. */
    public List<String> columns() {
        List<String> out = new ArrayList<>();
        for (Quantity q : quantities) {
            if (q == Quantity.REFFECTS || q == Quantity.RESES) {
                for (Fit.RandomEstimate r : fit.random()) {
                    Term term = r.term();
                    term.columns().forEach(c -> out.add(q.text() + '(' + term.group() + ':' + c + ')'));
                }
            } else if (byOutcome(q)) {
                outcomes().forEach(o -> out.add(q.text() + '(' + o + ')'));
            } else {
                out.add(q.text());
            }
        }
        return out;
    }

    /** Labels of the outcomes of an ordinal response; otherwise empty. */
    List<String> outcomes() {
        return fit.model().family() == null ? List.of() : fit.model().family().outcomes();
    }

    /** Whether a quantity has a column for each outcome. */
    boolean byOutcome(Quantity q) {
        boolean mean = q == Quantity.MU || q == Quantity.PR || q == Quantity.FITTED;
        return mean && outcomes().size() > 2;
    }

    /** Goes through the rows of a model: the fitted one, or one with the same columns and levels. */
    public void forEachRow(Model model, Rows rows) {
        double[] values = new double[columns().size()];
        PredictedRow row = new PredictedRow(this, fit, effects, model, unseen);
        double[] white = whitened(model);
        int place = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                row.read(batch, i, white.length == 0 ? Double.NaN : white[place]);
                place++;
                int at = 0;
                for (Quantity q : quantities) {
                    at = row.put(q, values, at);
                }
                rows.accept(batch.row(i), values);
            }
        }
    }

    /** Whitened residuals by row, where a residual structure and the quantities ask for them. */
    private double[] whitened(Model model) {
        if (fit.residual() == null || !quantities.contains(Quantity.RSTANDARD)) {
            return new double[0];
        }
        Term term = model.residual();
        if (term == null) {
            throw new HendersonException(
                    "Standardized residuals of a model with a residual structure are whitened with the other rows of"
                            + " their group, and these rows are not those of the fit.",
                    "Maybe predict rows of the data that were fitted, without --where.");
        }
        WhitenedResiduals out =
                new WhitenedResiduals(term.structure(), fit.residual().tau(), fit.sigma2());
        PredictedRow row = new PredictedRow(this, fit, effects, model, new long[unseen.length]);
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                row.read(batch, i, Double.NaN);
                out.add(
                        batch.residualGroup()[i],
                        batch.residualAt()[i],
                        Math.sqrt(row.weight()) * row.linearResidual());
            }
        }
        return out.values();
    }

    /** Rows so far whose level in a random term the fit has not seen. */
    public long unseen(int term) {
        return unseen[term];
    }
}
