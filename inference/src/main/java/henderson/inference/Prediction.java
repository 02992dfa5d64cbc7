package henderson.inference;

import henderson.api.Batch;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * What a fit says of rows: of those it was fitted to, or of other data coded in the same way. A level that the fit has not
 * seen (−1) has effects of zero. Not safe to share between threads.
 */
public final class Prediction {
    /** What can be predicted. */
    public enum Quantity {
        /** {@code xᵀβ̂ + offset}. */
        XB,
        /** Standard error of {@code xᵀβ̂}. */
        STDP,
        /** {@code xᵀβ̂ + offset + zᵀb̂}. */
        FITTED,
        /** {@code b̂} of the row's levels, one column for each random effect. */
        REFFECTS,
        /** Their standard errors: β known after ML, estimated after REML; of an unseen level that of a draw. */
        RESES,
        /** {@code y} less the fitted value. */
        RESIDUALS,
        /**
         * Residuals times the inverse root of their covariance: {@code √(w/σ̂²)} times the residual, with a residual structure
         * {@code C⁻¹W^½(y − fitted)/σ̂}, the rows of a group whitened together.
         */
        RSTANDARD;

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
            List<String> all = new ArrayList<>();
            for (Quantity q : values()) {
                all.add(q.text());
            }
            throw new HendersonException(
                    "'" + name + "' cannot be predicted.", "Maybe one of: " + String.join(", ", all) + ".");
        }

        /** As it is written. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
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
    private final long[] unseen;

    private Prediction(Fit fit, List<Quantity> quantities) {
        this.fit = fit;
        this.quantities = List.copyOf(quantities);
        this.unseen = new long[fit.random().size()];
    }

    /**
     * Predictions of some quantities.
     *
     * @throws HendersonException when predicted random effects are needed and the fit has none
     */
    public static Prediction of(Fit fit, List<Quantity> quantities) {
        boolean onlyFixed = quantities.stream().allMatch(q -> q == Quantity.XB || q == Quantity.STDP);
        if (!onlyFixed && fit.effects().size() != fit.random().size()) {
            throw new HendersonException(
                    "The fit was saved without its predicted random effects.",
                    "Maybe save it again without --no-effects; xb and stdp do not need them.");
        }
        return new Prediction(fit, quantities);
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
            } else {
                out.add(q.text());
            }
        }
        return out;
    }

    /** Goes through the rows of a model: the fitted one, or one with the same columns and levels. */
    public void forEachRow(Model model, Rows rows) {
        double[] values = new double[columns().size()];
        Row row = new Row(model);
        double[] white = whitened(model);
        int place = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                row.read(batch, i);
                row.standardized = white.length == 0 ? Double.NaN : white[place++];
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
        long[] seen = unseen.clone();
        Row row = new Row(model);
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                row.read(batch, i);
                out.add(batch.residualGroup()[i], batch.residualAt()[i], Math.sqrt(row.weight) * row.residual());
            }
        }
        System.arraycopy(seen, 0, unseen, 0, seen.length);
        return out.values();
    }

    /** Rows so far whose level in a random term the fit has not seen. */
    public long unseen(int term) {
        return unseen[term];
    }

    /** One row at a time. */
    private final class Row {
        private final Model model;
        private final double[] x;
        private final double[] shifts;
        private final int[] levels = new int[fit.random().size()];
        private double fixed;
        private double random;
        private double response;
        private double weight;
        private double standardized;

        Row(Model model) {
            this.model = model;
            this.shifts = model.fixedShifts();
            this.x = new double[fit.beta().length];
        }

        void read(Batch batch, int i) {
            double[] offset = batch.offset();
            double[] weights = batch.weights();
            fixed = offset == null ? 0 : offset[i];
            for (int j = 0; j < x.length; j++) {
                x[j] = batch.x().data[i * x.length + j] + shifts[j];
                fixed += x[j] * fit.beta()[j];
            }
            random = 0;
            for (int t = 0; t < levels.length; t++) {
                levels[t] = batch.level(t)[i];
                unseen[t] += levels[t] < 0 && !fit.effects().isEmpty() ? 1 : 0;
                random += fit.effects().isEmpty() ? Double.NaN : effect(batch.z(t), i, t);
            }
            response = batch.y()[i] + model.responseShift();
            weight = weights == null ? 1 : weights[i];
        }

        private double effect(DMatrixRMaj z, int i, int t) {
            int q = z.numCols;
            double sum = 0;
            for (int a = 0; levels[t] >= 0 && a < q; a++) {
                sum += z.data[i * q + a] * fit.effects().get(t).values()[levels[t] * q + a];
            }
            return sum;
        }

        /** Returns the place after what was put. */
        int put(Quantity quantity, double[] values, int at) {
            switch (quantity) {
                case XB -> values[at] = fixed;
                case STDP -> values[at] = standardError();
                case FITTED -> values[at] = fixed + random;
                case RESIDUALS -> values[at] = residual();
                case RSTANDARD ->
                    values[at] = fit.residual() == null ? Math.sqrt(weight / fit.sigma2()) * residual() : standardized;
                default -> {
                    return effects(quantity, values, at);
                }
            }
            return at + 1;
        }

        private double residual() {
            return response - (fixed + random);
        }

        private double standardError() {
            double sum = 0;
            for (int j = 0; j < x.length; j++) {
                for (int k = 0; x[j] != 0 && k < x.length; k++) {
                    sum += x[j] * fit.betaCovariance().get(j, k) * x[k];
                }
            }
            return Math.sqrt(sum);
        }

        private int effects(Quantity quantity, double[] values, int at) {
            int next = at;
            for (int t = 0; t < levels.length; t++) {
                int q = fit.random().get(t).term().columns().size();
                for (int a = 0; a < q; a++) {
                    values[next++] = quantity == Quantity.REFFECTS
                            ? levels[t] < 0 ? 0 : fit.effects().get(t).values()[levels[t] * q + a]
                            : Math.sqrt(variance(t, a, q));
                }
            }
            return next;
        }

        private double variance(int t, int a, int q) {
            if (levels[t] < 0) {
                return fit.random().get(t).covariance().get(a, a);
            }
            Fit.Effects e = fit.effects().get(t);
            double[] covariance = fit.options().criterion() == Criterion.REML ? e.prediction() : e.conditional();
            return covariance[(levels[t] * q + a) * q + a];
        }
    }
}
