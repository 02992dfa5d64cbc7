package org.example.grid;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Term;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** The result of a search as a {@link Fit}: everything on the scale of the response. */
final class Assembly {
    private final Model model;
    private final FitOptions options;
    private final Sums sums;
    private final Search search;
    private final Profile at;
    private final Term term;
    private final String name;

    Assembly(Model model, FitOptions options, Sums sums, Search search, Profile optimum) {
        this.model = model;
        this.options = options;
        this.sums = sums;
        this.search = search;
        this.at = optimum;
        this.term = model.random().get(0);
        this.name = "var(" + term.group() + ":" + term.columns().get(0) + ")";
    }

    Fit fit(String estimator, long begin) {
        DMatrixRMaj one = term.structure().matrix(new double[] {1}, new int[] {0}, new DMatrixRMaj(1, 1));
        double[] tau = {Math.sqrt(at.lambda / one.get(0, 0))};
        double variance = at.lambda * at.sigma2;
        Natural natural = term.structure().naturals().get(0);
        Natural residual = new Natural("var", -1, -1, List.of(), Scale.LOG);
        double nullValue = search.at(0).value;
        Certificate certificate = certificate();
        return new Fit(
                model,
                options,
                estimator,
                "none",
                -at.value / 2,
                -nullValue / 2,
                beta(),
                betaCovariance(),
                at.sigma2,
                List.of(new Fit.RandomEstimate(term, tau, new DMatrixRMaj(1, 1, true, variance))),
                null,
                List.of(
                        new Fit.Parameter(0, natural, name, variance, at.lambda == 0),
                        new Fit.Parameter(-1, residual, "var(Residual)", at.sigma2, false)),
                new DMatrixRMaj(at.covariance()),
                convergence(certificate),
                certificate,
                List.copyOf(search.history),
                search.evaluations,
                List.of(effects()),
                List.of(),
                Map.of("total", (System.nanoTime() - begin) * 1e-9));
    }

    /** On the boundary nothing is active, and d must rise from it. */
    private Certificate certificate() {
        if (at.lambda == 0) {
            return new Certificate(0, Math.signum(at.first), 0, 0, 0, List.of(), 0, options.tolerance());
        }
        int sign = at.sign();
        return new Certificate(
                at.decrement(),
                Double.NaN,
                sign > 0 ? 1 : 0,
                sign == 0 ? 1 : 0,
                sign < 0 ? 1 : 0,
                sign == 0 ? List.of(name) : List.of(),
                1,
                options.tolerance());
    }

    private Convergence convergence(Certificate certificate) {
        if (!(at.sigma2 > 0)) {
            return new Convergence.Failed("the residual variance came out as " + at.sigma2);
        }
        if (search.unbounded) {
            return new Convergence.Stopped(
                    "the likelihood rises to the end of the grid, " + name + " " + at.lambda
                            + " times the residual variance",
                    List.of());
        }
        if (certificate.zero() > 0) {
            return new Convergence.Stopped("the likelihood is flat along " + name, List.of());
        }
        if (!certificate.holds()) {
            return new Convergence.Stopped(
                    "the iteration limit of " + options.iterations() + " was reached", Culprits.of(model, sums, at));
        }
        return at.lambda == 0 ? new Convergence.Boundary(List.of(name + " = 0")) : new Convergence.Converged();
    }

    /** What was subtracted from the response and the columns goes back into the intercept. */
    private double[] beta() {
        double[] out = at.beta.clone();
        int intercept = model.interceptColumn();
        if (intercept >= 0) {
            out[intercept] += model.responseShift();
            for (int j = 0; j < out.length; j++) {
                out[intercept] -= model.fixedShifts()[j] * at.beta[j];
            }
        }
        return out;
    }

    private DMatrixRMaj betaCovariance() {
        int p = sums.p;
        int intercept = model.interceptColumn();
        double[][] back = new double[p][p]; // T with β = T β(shifted) + constant
        for (int i = 0; i < p; i++) {
            back[i][i] = 1;
            for (int j = 0; j < p && i == intercept; j++) {
                back[i][j] -= model.fixedShifts()[j];
            }
        }
        DMatrixRMaj out = new DMatrixRMaj(p, p);
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                out.set(i, j, at.sigma2 * Small.product(back[i], at.inverse, back[j]));
            }
        }
        return out;
    }

    /** {@code b̂ = λ(s_y − s_xᵀβ)/(1 + Nλ)}, its variance given β, and that of {@code b̂ − b} with β estimated. */
    private Fit.Effects effects() {
        int levels = sums.size.length;
        double[] values = new double[levels];
        double[] conditional = new double[levels];
        double[] prediction = new double[levels];
        for (int g = 0; g < levels; g++) {
            double shrunk = at.lambda / (1 + sums.size[g] * at.lambda);
            double[] s = sums.level[g];
            values[g] = s[sums.p];
            for (int j = 0; j < sums.p; j++) {
                values[g] -= s[j] * at.beta[j];
            }
            values[g] *= shrunk;
            conditional[g] = at.sigma2 * shrunk;
            prediction[g] = at.sigma2 * (shrunk + shrunk * shrunk * Small.product(s, at.inverse, s));
        }
        return new Fit.Effects(values, conditional, prediction);
    }
}
