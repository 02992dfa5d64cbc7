package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.Evaluation;
import henderson.equations.Expectations;
import henderson.equations.Information;
import henderson.equations.ProfiledDeviance;
import henderson.equations.ResidualScore;
import henderson.equations.Score;
import henderson.equations.ScoreMatrices;
import henderson.equations.TraceSquares;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The road that takes every model: {@link Evaluation}, which others may use meanwhile, and what is derived from it. */
final class GeneralRoad implements Road {
    final Evaluation evaluation;
    private final Place place;
    private final Parameters parameters;
    private final Score score;
    private final ScoreMatrices scoreMatrices;
    private final @Nullable ResidualScore residualScore;
    private final Information information;
    /** For exact second derivatives, or null. */
    private final @Nullable TraceSquares traceSquares;

    private final DMatrixRMaj[] work;
    /** ∂G/∂τ_k of each parameter of random terms. */
    private final DMatrixRMaj[] first;

    private final DMatrixRMaj average;
    private final double[] gradient;
    /** Coordinates whose derivative goes through the factor. */
    private final boolean[] smooth;
    /** The move of the place, and the value of the evaluation, that it speaks of. */
    private long move = -1;

    private long count = -1;
    private boolean gradientFresh;

    GeneralRoad(Place place, Evaluation evaluation) {
        this.place = place;
        this.parameters = place.parameters;
        this.evaluation = evaluation;
        this.score = new Score(evaluation);
        this.scoreMatrices = new ScoreMatrices(score);
        int[] randomTerms = Arrays.copyOf(parameters.termOf, parameters.randomSize());
        this.residualScore = parameters.hasResidual() ? new ResidualScore(score) : null;
        this.information = residualScore == null
                ? new Information(score, randomTerms)
                : new Information(score, randomTerms, residualScore, parameters.residualAt(), place.rho.length);
        this.traceSquares = TraceSquares.of(score);
        this.work = parameters.matrices();
        this.first = new DMatrixRMaj[randomTerms.length];
        for (int k = 0; k < first.length; k++) {
            int q = parameters.at[randomTerms[k]].length;
            first[k] = new DMatrixRMaj(q, q);
        }
        this.average = new DMatrixRMaj(parameters.size(), parameters.size());
        this.gradient = new double[parameters.size()];
        this.smooth = new boolean[parameters.size()];
    }

    @Override
    public double value() {
        gradientFresh = false;
        move = place.moves();
        boolean regular = place.rho.length == 0 || evaluation.equations().whiten(place.rho, evaluation.clusters());
        double d = regular ? evaluation.value(place.lambda) : Double.NaN;
        count = evaluation.count();
        return d;
    }

    @Override
    public boolean trusted() {
        return true;
    }

    /** It cannot tell whether somebody has whitened the rows anew. */
    @Override
    public boolean stands() {
        return place.rho.length == 0 && move == place.moves() && evaluation.count() == count;
    }

    /** Brings the evaluation to the place. */
    void arrive() {
        if (move != place.moves()) {
            value();
        } else if (evaluation.count() != count) {
            evaluation.value(place.lambda);
            count = evaluation.count();
            gradientFresh = false;
        }
    }

    /** The workspace of the score, up to date or not. */
    Score workspace() {
        return score;
    }

    /** The score, up to date. */
    Score score() {
        arrive();
        if (!gradientFresh) {
            score.update();
        }
        return score;
    }

    private void refresh() {
        arrive();
        if (gradientFresh) {
            return;
        }
        score.update();
        if (residualScore != null) {
            residualScore.update();
            for (int i = 0; i < parameters.residualAt().length; i++) {
                gradient[parameters.randomSize() + i] =
                        residualScore.derivative(parameters.residualAt()[i]);
            }
        }
        if (!byFactors()) {
            byMatrices();
        }
        gradientFresh = true;
    }

    @Override
    public void gradient(double[] out) {
        refresh();
        System.arraycopy(gradient, 0, out, 0, gradient.length);
    }

    /** {@code ∂d/∂τ_k}, theory (25); false where some structure has no smooth factor. */
    private boolean byFactors() {
        boolean all = true;
        for (int k = 0; k < parameters.randomSize(); k++) {
            int t = parameters.termOf[k];
            smooth[k] = parameters
                    .structure(t)
                    .factorDerivative(place.own[t], k - parameters.start[t], parameters.at[t], work[t]);
            gradient[k] = smooth[k] ? 2 * Place.product(score.timesLambda(t), work[t]) : 0;
            all &= smooth[k];
        }
        return all;
    }

    /** {@code ∂d/∂τ_k} of the coordinates that are left, theory (23). */
    private void byMatrices() {
        DMatrixRMaj[] s = scoreMatrices.at(place.lambda, true);
        for (int k = 0; k < parameters.randomSize(); k++) {
            if (!smooth[k]) {
                int t = parameters.termOf[k];
                place.derivative(k, work[t]);
                gradient[k] = Place.product(s[t], work[t]);
            }
        }
        if (!scoreMatrices.stays(place.lambda)) {
            evaluation.value(place.lambda);
            count = evaluation.count();
            score.update();
        }
    }

    @Override
    public DMatrixRMaj[] scores() {
        refresh();
        return scoreMatrices.at(place.lambda, true);
    }

    @Override
    public DMatrixRMaj average() {
        refresh();
        averageInformation();
        place.addCurvature(scores(), work, average);
        return average;
    }

    private void averageInformation() {
        for (int k = 0; k < first.length; k++) {
            place.derivative(k, first[k]);
        }
        information.average(first, average);
    }

    /** From traces of products, theory (155). */
    @Override
    public boolean exact(DMatrixRMaj h, double[] log) {
        TraceSquares squares = traceSquares;
        if (squares == null) {
            return false;
        }
        refresh();
        if (!squares.accurate()) {
            return false;
        }
        averageInformation();
        double[] products = information.residualProducts();
        double[] traces = squares.update();
        double r2 = evaluation.residualSumOfSquares();
        double scale2 = r2 * evaluation.sigma2();
        h.setTo(average);
        place.addCurvature(scores(), work, h);
        for (int j = 0; j < first.length; j++) {
            for (int k = 0; k < first.length; k++) {
                double trace = traces[parameters.termOf[j] * parameters.terms.size() + parameters.termOf[k]];
                double both = first[j].data[0] * first[k].data[0] * trace;
                h.add(j, k, average.get(j, k) + products[j] * products[k] / scale2 - both);
            }
            log[j] = -products[j] / r2;
        }
        return true;
    }

    @Override
    public boolean exactIsFree() {
        return false;
    }

    @Override
    public List<Moments> moments() {
        Expectations expectations = new Expectations(score());
        expectations.update();
        List<Moments> out = new ArrayList<>();
        for (int t = 0; t < parameters.terms.size(); t++) {
            out.add(expectations.moments(t));
        }
        return out;
    }

    @Override
    public ProfiledDeviance profile() {
        return evaluation;
    }
}
