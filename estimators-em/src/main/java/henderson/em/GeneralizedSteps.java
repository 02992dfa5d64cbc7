package henderson.em;

import henderson.equations.Symmetric;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import henderson.equations.generalized.Posterior;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The steps of EM for generalized models, theory (135) to (138). All speak of the point where the objective was evaluated
 * last, which is given to them.
 */
final class GeneralizedSteps {
    /** The moments that a gradient implies are kept so far from zero, relative to those of the prior. */
    private static final double FARTHEST = 0.9;
    /** Steps that one information of the complete data serves. */
    private static final int SERVES = 20;

    private final JointParameters parameters;
    private final JointObjective objective;
    private final Posterior posterior;
    private final Expansion[] expansions;
    private final double[] byBeta;
    private final double[] byPhi;
    private final DMatrixRMaj[] byLambda;
    private DMatrixRMaj information;
    private int served = SERVES;

    GeneralizedSteps(JointObjective objective, Posterior posterior) {
        this.parameters = objective.parameters();
        this.objective = objective;
        this.posterior = posterior;
        this.byBeta = new double[parameters.fixed()];
        this.byPhi = new double[parameters.size() - parameters.firstAuxiliary()];
        this.byLambda = parameters.matrices();
        this.expansions = new Expansion[parameters.terms().size()];
        for (int t = 0; t < expansions.length; t++) {
            expansions[t] = new Expansion(parameters.structure(t), parameters.at(t));
        }
        this.information = new DMatrixRMaj(0, 0);
    }

    private DMatrixRMaj[] lambda(double[] point) {
        DMatrixRMaj[] out = parameters.matrices();
        for (int t = 0; t < out.length; t++) {
            parameters.structure(t).factor(parameters.of(point, t), parameters.at(t), out[t]);
        }
        return out;
    }

    /** EM proper: τ by the posterior second moments of the quadrature, (β, φ) by a Newton step on the expected log density. */
    double[] moments(double[] point) {
        DMatrixRMaj[] lambda = lambda(point);
        if (!expect(point, lambda)) {
            return point.clone();
        }
        double[] out = moved(point, lambda, posterior.score(), List.of());
        for (int t = 0; t < lambda.length; t++) {
            out = maximized(out, t, lambda[t], posterior.second(t));
        }
        return out;
    }

    /**
     * Parameter-expanded EM with the moments and the score that the exact gradient of the approximation implies: Λ is a
     * coefficient of the regression besides.
     */
    double[] implied(double[] point) {
        DMatrixRMaj[] lambda = lambda(point);
        if (served >= SERVES && !expect(point, lambda) && information.numRows == 0) {
            return point.clone();
        }
        served++;
        objective.approximation().gradient(byBeta, byLambda, byPhi);
        List<Direction> directions = new ArrayList<>();
        DMatrixRMaj[] second = new DMatrixRMaj[lambda.length];
        double[] score = new double[information.numRows];
        System.arraycopy(byBeta, 0, score, 0, byBeta.length);
        System.arraycopy(byPhi, 0, score, byBeta.length, byPhi.length);
        for (int t = 0; t < lambda.length; t++) {
            int q = lambda[t].numRows;
            double[] own = parameters.of(point, t);
            turn(t, own, lambda[t]);
            second[t] = second(t, excess(t, lambda[t]));
            for (int i = 0; i < q * q; i++) {
                score[place(t, i, q)] = byLambda[t].data[i];
            }
            for (Expansion.Direction each : expansions[t].directions(own, lambda[t])) {
                directions.add(new Direction(t, each));
            }
        }
        for (int k = 0; k < score.length; k++) {
            score[k] /= -2;
        }
        double[] out = moved(point, lambda, score, directions);
        for (int t = 0; t < lambda.length; t++) {
            out = maximized(out, t, lambda[t], second[t]);
        }
        return out;
    }

    /** A direction of Λ of a term. */
    private record Direction(int term, Expansion.Direction of) {}

    /** Place of entry i of a term's Λ in the score. */
    private int place(int t, int i, int q) {
        return posterior.first(t) + i / q * posterior.stride(t) + i % q;
    }

    /**
     * Makes {@code ∂d/∂Λ} of a term that of a function of {@code ΛΛᵀ}, theory (137): a product of rules is not the same in all
     * directions, so that d depends on more. The smallest change after which {@code Λᵀ∂d/∂Λ} is symmetric and derivatives in τ
     * are what they are.
     */
    private void turn(int t, double[] own, DMatrixRMaj lambda) {
        int q = lambda.numRows;
        boolean[] free = parameters.structure(t).free(own);
        DMatrixRMaj rows = new DMatrixRMaj(own.length + q * (q - 1) / 2, q * q);
        double[] lacking = new double[rows.numRows];
        double[] b = byLambda[t].data;
        for (int k = 0; k < own.length; k++) {
            if (free[k]) {
                DMatrixRMaj d = expansions[t].derivative(own, k, lambda);
                System.arraycopy(d.data, 0, rows.data, k * q * q, q * q);
                lacking[k] = objective.fullGradient()[parameters.first(t) + k];
            }
        }
        int next = own.length;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < i; j++, next++) {
                for (int k = 0; k < q; k++) {
                    rows.set(next, k * q + i, lambda.get(k, j));
                    rows.set(next, k * q + j, -lambda.get(k, i));
                }
            }
        }
        for (int k = 0; k < lacking.length; k++) {
            for (int i = 0; i < q * q; i++) {
                lacking[k] -= rows.get(k, i) * b[i];
            }
        }
        DMatrixRMaj gram = new DMatrixRMaj(lacking.length, lacking.length);
        CommonOps_DDRM.multTransB(rows, rows, gram);
        double[] share = SemidefiniteSystem.solve(gram, lacking);
        for (int k = 0; k < share.length; k++) {
            for (int i = 0; i < q * q; i++) {
                b[i] += share[k] * rows.get(k, i);
            }
        }
    }

    /** {@code mI − Σ E[vvᵀ] = ½Λᵀ∂d/∂Λ} over the m levels of a term, theory (136). */
    private DMatrixRMaj excess(int t, DMatrixRMaj lambda) {
        int q = lambda.numRows;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    double v = lambda.get(k, i) * byLambda[t].get(k, j) / 4;
                    out.add(i, j, v);
                    out.add(j, i, v);
                }
            }
        }
        return out;
    }

    /** {@code Σ E[vvᵀ]}, drawn back towards {@code mI} where it is not positive. */
    private DMatrixRMaj second(int t, DMatrixRMaj excess) {
        int q = excess.numRows;
        double m = posterior.levels(t);
        double largest = 0;
        for (double v : Symmetric.of(excess).values()) {
            largest = Math.max(largest, v / m);
        }
        double share = largest > FARTHEST ? FARTHEST / largest : 1;
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out.set(i, j, (i == j ? m : 0) - share * excess.get(i, j));
            }
        }
        return out;
    }

    private boolean expect(double[] point, DMatrixRMaj[] lambda) {
        double[] beta = Arrays.copyOf(point, parameters.fixed());
        boolean possible = posterior.update(beta, lambda, parameters.auxiliary(point));
        if (possible) {
            information = posterior.information();
            served = 0;
        }
        return possible;
    }

    /**
     * The point after the Newton step of the M-step in those of (β, φ) that are free and along the directions.
     *
     * @param lambda of every term, moved along the directions. Modified.
     */
    private double[] moved(double[] point, DMatrixRMaj[] lambda, double[] score, List<Direction> directions) {
        int p = parameters.fixed();
        int own = p + byPhi.length;
        boolean[] free = parameters.free(point);
        DMatrixRMaj basis = new DMatrixRMaj(own + directions.size(), score.length);
        double[] unit = new double[basis.numRows];
        for (int k = 0; k < own; k++) {
            int coordinate = k < p ? k : parameters.firstAuxiliary() + k - p;
            basis.set(k, k, free[coordinate] ? 1 : 0);
            unit[k] = objective.unit(coordinate);
        }
        for (int k = 0; k < directions.size(); k++) {
            Direction d = directions.get(k);
            int q = lambda[d.term].numRows;
            for (int i = 0; i < q * q; i++) {
                basis.set(own + k, place(d.term, i, q), d.of.derivative().data[i]);
            }
        }
        DMatrixRMaj h = NumericMaximizer.congruence(basis, information);
        double[] along = new double[basis.numRows];
        for (int k = 0; k < along.length; k++) {
            for (int i = 0; i < score.length; i++) {
                along[k] += basis.get(k, i) * score[i];
            }
            if (k >= own) {
                // a coordinate that hardly moves Λ, because it stands almost on its boundary, is left to the moments
                Direction d = directions.get(k - own);
                int coordinate = d.of.coordinate();
                unit[k] = coordinate >= 0
                        ? objective.unit(parameters.first(d.term) + coordinate)
                        : h.get(k, k) > 0 ? 1 / Math.sqrt(h.get(k, k)) : 0;
            }
        }
        double[] step = SemidefiniteSystem.solve(h, along, unit);
        double[] out = point.clone();
        for (int k = 0; k < step.length; k++) {
            if (k < own) {
                out[k < p ? k : parameters.firstAuxiliary() + k - p] += step[k];
                continue;
            }
            Direction d = directions.get(k - own);
            CommonOps_DDRM.addEquals(lambda[d.term], step[k], d.of.derivative());
            if (d.of.coordinate() >= 0) {
                out[parameters.first(d.term) + d.of.coordinate()] += step[k];
            }
        }
        return out;
    }

    private double[] maximized(double[] point, int t, DMatrixRMaj lambda, DMatrixRMaj w) {
        double[] own = TermMaximizer.maximize(
                parameters.structure(t), parameters.at(t), parameters.of(point, t), lambda, w, posterior.levels(t));
        return parameters.with(point, t, own);
    }
}
