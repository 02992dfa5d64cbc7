package henderson.em;

import henderson.equations.Expectations;
import henderson.equations.ResidualExpectation;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/** The E-step and the M-steps. All speak of the point where the objective was evaluated last. */
final class Steps {
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final Expectations expectations;
    private final @Nullable ResidualMaximizer residual;
    private final Expansion[] expansions;

    Steps(LinearProblem problem) {
        this.parameters = problem.parameters();
        this.objective = problem.objective();
        this.expectations = new Expectations(objective.workspace());
        this.residual = parameters.hasResidual()
                ? new ResidualMaximizer(parameters, new ResidualExpectation(objective.workspace()))
                : null;
        this.expansions = new Expansion[parameters.terms().size()];
        for (int t = 0; t < expansions.length; t++) {
            expansions[t] = new Expansion(parameters.structure(t), parameters.at(t));
        }
    }

    /** {@code tau} with the residual structure at its conditional M-step; E is that of the last score. */
    private double[] withResidual(double[] tau, double sigma2) {
        return residual == null ? tau : residual.from(tau, sigma2);
    }

    /** The sums of the E-step at the last point. */
    Expectations expectations() {
        objective.score();
        expectations.update();
        return expectations;
    }

    /** G by the M-step, β and σ² profiled. */
    double[] ecme(double[] tau) {
        expectations();
        double sigma2 = objective.evaluation().sigma2();
        DMatrixRMaj[] lambda = parameters.lambda(tau);
        double[] out = tau;
        for (int t = 0; t < lambda.length; t++) {
            out = parameters.with(
                    out, t, maximize(t, parameters.of(tau, t), lambda[t], expectations.second(t, sigma2)));
        }
        return withResidual(out, sigma2);
    }

    /**
     * G and σ² by the M-step.
     *
     * @param x τ, then log σ²
     */
    double[] em(double[] x) {
        expectations();
        double sigma2 = Math.exp(x[x.length - 1]);
        double next = (expectations.residual() + sigma2 * expectations.residualVariance())
                / objective.evaluation().equations().n();
        double[] tau = Arrays.copyOf(x, x.length - 1);
        DMatrixRMaj[] lambda = parameters.lambda(tau);
        double[] out = x.clone();
        for (int t = 0; t < lambda.length; t++) {
            DMatrixRMaj w = expectations.second(t, sigma2);
            CommonOps_DDRM.scale(sigma2 / next, w);
            double[] own = maximize(t, parameters.of(tau, t), lambda[t], w);
            System.arraycopy(own, 0, out, parameters.start(t), own.length);
        }
        double[] all = withResidual(Arrays.copyOf(out, out.length - 1), next);
        System.arraycopy(all, 0, out, 0, all.length);
        out[out.length - 1] = Math.log(next);
        return out;
    }

    /**
     * Parameter-expanded: in {@code y = Xβ + ZΛv + e}, {@code v ~ N(0, σ²K)}, the coefficients Λ by the regression of y on the
     * expected v, K by the moments of v; then {@code G = ΛKΛᵀ}.
     */
    double[] expanded(double[] tau) {
        expectations();
        double sigma2 = objective.evaluation().sigma2();
        DMatrixRMaj[] lambda = parameters.lambda(tau);
        double[] moved = regression(tau, lambda);
        double[] out = moved;
        for (int t = 0; t < lambda.length; t++) {
            out = parameters.with(
                    out, t, maximize(t, parameters.of(moved, t), lambda[t], expectations.second(t, sigma2)));
        }
        return withResidual(out, sigma2);
    }

    private double[] maximize(int t, double[] own, DMatrixRMaj lambda, DMatrixRMaj w) {
        return TermMaximizer.maximize(
                parameters.structure(t), parameters.at(t), own, lambda, w, expectations.levels(t));
    }

    /**
     * τ after the regression on the expected effects, all terms at once; {@code lambda} moves with it. Where Λ may be any
     * matrix, τ stays: what counts is Λ.
     *
     * @param lambda of every term. Modified.
     */
    private double[] regression(double[] tau, DMatrixRMaj[] lambda) {
        List<Direction> directions = new ArrayList<>();
        for (int t = 0; t < lambda.length; t++) {
            for (Expansion.Direction each : expansions[t].directions(parameters.of(tau, t), lambda[t])) {
                int coordinate = each.coordinate() < 0 ? -1 : parameters.start(t) + each.coordinate();
                directions.add(new Direction(t, coordinate, each.derivative()));
            }
        }
        double[] step = step(directions);
        double[] out = tau.clone();
        for (int i = 0; i < step.length; i++) {
            Direction d = directions.get(i);
            CommonOps_DDRM.addEquals(lambda[d.term], -step[i], d.derivative);
            if (d.coordinate >= 0) {
                out[d.coordinate] -= step[i];
            }
        }
        return out;
    }

    /** How Λ of a term may move; −1: with no coordinate. */
    private record Direction(int term, int coordinate, DMatrixRMaj derivative) {}

    private double[] step(List<Direction> directions) {
        int m = directions.size();
        double[] gradient = new double[m];
        for (int k = 0; k < m; k++) {
            Direction d = directions.get(k);
            DMatrixRMaj s = objective.score().timesLambda(d.term);
            for (int i = 0; i < s.getNumElements(); i++) {
                gradient[k] += s.data[i] * d.derivative.data[i];
            }
        }
        DMatrixRMaj h = new DMatrixRMaj(m, m);
        expectations.curvature(
                directions.stream().mapToInt(Direction::term).toArray(),
                directions.stream().map(Direction::derivative).toArray(DMatrixRMaj[]::new),
                h);
        double[] unit = new double[m];
        for (int k = 0; k < m; k++) {
            // a coordinate that hardly moves Λ, because it stands almost on its boundary, is left to the moments
            int coordinate = directions.get(k).coordinate;
            unit[k] = coordinate >= 0 ? objective.unit(coordinate) : h.get(k, k) > 0 ? 1 / Math.sqrt(h.get(k, k)) : 0;
        }
        return SemidefiniteSystem.solve(h, gradient, unit);
    }
}
