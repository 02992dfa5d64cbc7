package henderson.inference;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.inference.Prediction.Effects;
import henderson.inference.Prediction.Quantity;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What a fit says of one row at a time. */
final class PredictedRow {
    private final Prediction prediction;
    private final Fit fit;
    private final Effects kind;
    private final Model model;
    private final @Nullable BoundFamily family;
    private final List<Fit.Effects> effects;
    private final double[] phi;
    private final long[] unseen;
    private final double[] x;
    private final double[] shifts;
    private final int[] levels;
    /** Number of the row in its model. */
    private int place = -1;

    private double fixed;
    private double random;
    /** Variance of the random part of η, before anything is seen. */
    private double spread;

    private double response;
    private double weight;
    private double standardized;

    PredictedRow(Prediction prediction, Fit fit, Effects kind, Model model, long[] unseen) {
        this.prediction = prediction;
        this.fit = fit;
        this.kind = kind;
        this.model = model;
        this.family = model.family();
        this.effects = prediction.predicted();
        this.phi = fit.integrated() == null ? new double[0] : fit.integrated().phi();
        this.unseen = unseen;
        this.shifts = model.fixedShifts();
        this.x = new double[fit.beta().length];
        this.levels = new int[fit.random().size()];
    }

    /** Takes the next row. */
    void read(Batch batch, int i, double white) {
        place++;
        double[] offset = batch.offset();
        double[] weights = batch.weights();
        fixed = offset == null ? 0 : offset[i];
        for (int j = 0; j < x.length; j++) {
            x[j] = batch.x().data[i * x.length + j] + shifts[j];
            fixed += x[j] * fit.beta()[j];
        }
        random = 0;
        spread = 0;
        for (int t = 0; t < levels.length; t++) {
            levels[t] = batch.level(t)[i];
            unseen[t] += levels[t] < 0 && !effects.isEmpty() ? 1 : 0;
            random += effects.isEmpty() ? Double.NaN : effect(batch.z(t), i, t);
            spread += kind == Effects.MARGINAL ? form(batch.z(t), i, t) : 0;
        }
        response = batch.y()[i] + model.responseShift();
        weight = weights == null ? 1 : weights[i];
        standardized = white;
    }

    private double effect(DMatrixRMaj z, int i, int t) {
        int q = z.numCols;
        double sum = 0;
        for (int a = 0; levels[t] >= 0 && a < q; a++) {
            sum += z.data[i * q + a] * effects.get(t).values()[levels[t] * q + a];
        }
        return sum;
    }

    /** {@code zᵀGz}. */
    private double form(DMatrixRMaj z, int i, int t) {
        DMatrixRMaj g = fit.random().get(t).covariance();
        int q = g.numRows;
        double sum = 0;
        for (int a = 0; a < q; a++) {
            for (int b = 0; b < q; b++) {
                sum += z.data[i * q + a] * g.get(a, b) * z.data[i * q + b];
            }
        }
        return sum;
    }

    double weight() {
        return weight;
    }

    /** Puts a quantity; returns the place after it. */
    int put(Quantity quantity, double[] values, int at) {
        if (prediction.byOutcome(quantity)) {
            int count = prediction.outcomes().size();
            for (int k = 0; k < count; k++) {
                values[at + k] = probability(k);
            }
            return at + count;
        }
        switch (quantity) {
            case XB -> values[at] = fixed;
            case STDP -> values[at] = standardError();
            case ETA -> values[at] = eta();
            case FITTED -> values[at] = fit.generalized() ? mean() : eta();
            case MU -> values[at] = mean();
            case PR -> values[at] = requireProbability(probability(1));
            case RESIDUALS -> values[at] = fit.generalized() ? response - mean() : linearResidual();
            case RSTANDARD ->
                values[at] =
                        fit.residual() == null ? Math.sqrt(weight / fit.sigma2()) * linearResidual() : standardized;
            case PEARSON -> values[at] = (response - mean()) / Math.sqrt(bound().variance(place, eta(), phi));
            case DEVIANCE -> values[at] = deviance();
            case ANSCOMBE -> values[at] = Double.isNaN(response) ? Double.NaN : bound().anscombe(place, eta(), phi);
            default -> {
                return effects(quantity, values, at);
            }
        }
        return at + 1;
    }

    private double eta() {
        return kind == Effects.NONE || kind == Effects.MARGINAL ? fixed : fixed + random;
    }

    double linearResidual() {
        return response - eta();
    }

    private BoundFamily bound() {
        if (family == null) {
            throw new HendersonException("These rows were made without the family of the fit.");
        }
        return family;
    }

    private double mean() {
        BoundFamily f = bound();
        return integrated(eta -> f.mean(place, eta, phi));
    }

    private double probability(int outcome) {
        BoundFamily f = bound();
        return integrated(eta -> f.probability(place, outcome, eta, phi));
    }

    private double integrated(DoubleUnaryOperator f) {
        return kind == Effects.MARGINAL ? NormalExpectation.of(f, fixed, Math.sqrt(spread)) : f.applyAsDouble(eta());
    }

    private double requireProbability(double p) {
        if (Double.isNaN(p) && !Double.isNaN(eta())) {
            throw new HendersonException(
                    "'pr' is the probability of a success or an outcome, which a response of the family '"
                            + fit.model().spec().family() + "' has not.",
                    "Maybe mu.");
        }
        return p;
    }

    private double deviance() {
        if (Double.isNaN(response)) {
            return Double.NaN;
        }
        double d = bound().deviance(place, eta(), phi);
        return Math.copySign(Math.sqrt(Math.max(0, d)), response - mean());
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
                        ? levels[t] < 0 ? 0 : effects.get(t).values()[levels[t] * q + a]
                        : Math.sqrt(variance(t, a, q));
            }
        }
        return next;
    }

    private double variance(int t, int a, int q) {
        if (levels[t] < 0) {
            return fit.random().get(t).covariance().get(a, a);
        }
        Fit.Effects e = effects.get(t);
        double[] covariance = fit.options().criterion() == Criterion.REML ? e.prediction() : e.conditional();
        return covariance[(levels[t] * q + a) * q + a];
    }
}
