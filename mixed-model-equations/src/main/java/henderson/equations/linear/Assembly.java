package henderson.equations.linear;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Term;
import henderson.equations.Evaluation;
import henderson.equations.ProfiledDeviance;
import henderson.equations.Symmetric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Puts the result of a search together: everything on the scale of the response. */
final class Assembly {
    /** With so many digits cancelled, estimates are no longer good to 1e-5 standard errors. */
    private static final double DIGITS_TO_LOSE = 8;

    /** A covariance matrix of residuals is shown of up to so many positions. */
    private static final int POSITIONS = 200;

    private final Model model;
    private final FitOptions options;
    private final String estimator;
    private final String optimizer;
    private final Parameters parameters;
    private final DevianceObjective objective;
    private final LinearEnd search;

    Assembly(
            Model model,
            FitOptions options,
            String estimator,
            String optimizer,
            Parameters parameters,
            DevianceObjective objective,
            LinearEnd search) {
        this.model = model;
        this.options = options;
        this.estimator = estimator;
        this.optimizer = optimizer;
        this.parameters = parameters;
        this.objective = objective;
        this.search = search;
    }

    Fit fit(double reading, double searching, long begin) {
        double[] tau = search.tau();
        Evaluation.Linear linear = objective.profile().linear();
        double nullDeviance = linear.deviance();
        double nullSigma2 = linear.sigma2();
        double d = objective.at(tau);
        ProfiledDeviance evaluation = objective.profile();
        double sigma2 = evaluation.sigma2();
        double sigma = Math.sqrt(sigma2);
        NaturalCovariance natural = new NaturalCovariance(parameters, objective, tau, sigma, search.curvature());
        Certificate certificate = certificate();
        List<Fit.Note> notes = new ArrayList<>();
        for (int t = 0; t < parameters.terms.size(); t++) {
            if (search.boundary().settled(t)) {
                notes.add(new Fit.Note(
                        "boundary-within-tolerance",
                        "Leaving the boundary of '" + parameters.terms.get(t).group()
                                + "' gains less than 1e-8 in -2 log-likelihood."));
            }
        }
        double lost = evaluation.digitsLost();
        if (lost > DIGITS_TO_LOSE) {
            notes.add(new Fit.Note(
                    "short-of-digits",
                    String.format(
                            Locale.ROOT,
                            "Random effects dwarf the noise in this crossed model: about %.0f of 16 digits cancel.",
                            lost)));
        }
        List<Fit.Parameter> named = named(natural, tau, sigma);
        Convergence convergence = convergence(certificate, named, nullSigma2);
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("reading", reading);
        seconds.put("search", searching);
        seconds.put("total", (System.nanoTime() - begin) * 1e-9);
        return new Fit(
                model,
                options,
                estimator,
                optimizer,
                -d / 2,
                -nullDeviance / 2,
                evaluation.beta(),
                evaluation.betaCovariance(),
                sigma2,
                estimates(tau, sigma2),
                parameters.hasResidual() ? residual(tau, sigma2) : null,
                named,
                natural.covariance,
                convergence,
                certificate,
                List.copyOf(search.history()),
                objective.evaluations(),
                new PredictedEffects(parameters, objective, tau),
                notes,
                seconds);
    }

    private List<Fit.RandomEstimate> estimates(double[] tau, double sigma2) {
        List<Fit.RandomEstimate> out = new ArrayList<>();
        for (int t = 0; t < parameters.terms.size(); t++) {
            int q = parameters.at[t].length;
            DMatrixRMaj g =
                    parameters.structure(t).matrix(parameters.of(tau, t), parameters.at[t], new DMatrixRMaj(q, q));
            for (int i = 0; i < q * q; i++) {
                g.data[i] *= sigma2;
            }
            out.add(new Fit.RandomEstimate(parameters.terms.get(t), parameters.of(tau, t), g));
        }
        return out;
    }

    /** σ̂²R of all positions, empty where there are too many to be looked at. */
    private Fit.RandomEstimate residual(double[] tau, double sigma2) {
        Term term = parameters.residual();
        double[] rho = parameters.residualOf(tau);
        int n = term.columns().size() > POSITIONS ? 0 : term.columns().size();
        int[] at = new int[n];
        Arrays.setAll(at, i -> i);
        DMatrixRMaj r = term.structure().matrix(rho, at, new DMatrixRMaj(n, n));
        for (int i = 0; i < n * n; i++) {
            r.data[i] *= sigma2;
        }
        return new Fit.RandomEstimate(term, rho, r);
    }

    private List<Fit.Parameter> named(NaturalCovariance natural, double[] tau, double sigma) {
        double[] values = parameters.natural(tau, sigma);
        List<Natural> naturals = parameters.naturals();
        List<Fit.Parameter> out = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            out.add(new Fit.Parameter(
                    parameters.naturalTerm(k),
                    naturals.get(k),
                    parameters.naturalName(k, naturals.get(k)),
                    values[k],
                    natural.boundary[k]));
        }
        return out;
    }

    private Certificate certificate() {
        Curvature curvature = search.curvature();
        int[] inertia = curvature.inertia();
        int[] active = objective.active();
        List<String> flat = new ArrayList<>();
        for (int i : curvature.flat()) {
            flat.add(parameters.name(active[i]));
        }
        double decrement = curvature.complete() ? curvature.decrement() : Double.NaN;
        return new Certificate(
                decrement,
                search.boundaryCurvature(),
                inertia[0],
                inertia[1],
                inertia[2],
                flat,
                active.length,
                options.tolerance());
    }

    private Convergence convergence(Certificate certificate, List<Fit.Parameter> named, double nullSigma2) {
        boolean exact = Culprits.fitsEveryRow(objective.profile(), nullSigma2);
        if (!certificate.holds() || exact) {
            String reason = exact
                    ? "fixed and random effects fit every row, so that the likelihood has no maximum"
                    : search.reason();
            if (certificate.zero() > 0) {
                reason += "; the likelihood is flat along " + String.join(", ", certificate.flatDirections());
            }
            return new Convergence.Stopped(
                    reason,
                    Culprits.of(model, objective.profile(), named, certificate, objective, options, nullSigma2));
        }
        List<String> onBoundary = new ArrayList<>();
        for (int t = 0; t < parameters.terms.size(); t++) {
            boolean[] free = parameters.structure(t).free(parameters.of(search.tau(), t));
            boolean any = false;
            for (boolean f : free) {
                any |= !f;
            }
            if (any) {
                onBoundary.addAll(describe(t, named));
            }
        }
        for (Fit.Parameter p : named) {
            if (p.term() < 0 && p.boundary()) {
                onBoundary.add(p.name() + " = " + (float) p.estimate());
            }
        }
        return onBoundary.isEmpty() ? new Convergence.Converged() : new Convergence.Boundary(onBoundary);
    }

    /** The zero variances of a term, or that its covariance matrix has lost rank. */
    private List<String> describe(int t, List<Fit.Parameter> named) {
        List<String> out = new ArrayList<>();
        for (Fit.Parameter p : named) {
            if (p.term() == t && p.boundary() && p.natural().symbol().equals("var")) {
                out.add(p.name() + " = 0");
            }
        }
        if (out.isEmpty()) {
            int q = parameters.at[t].length;
            DMatrixRMaj g = parameters
                    .structure(t)
                    .matrix(parameters.of(search.tau(), t), parameters.at[t], new DMatrixRMaj(q, q));
            if (rank(g) == q) { // a boundary where the matrix is regular: no range, a unit root
                for (Fit.Parameter p : named) {
                    if (p.term() == t && p.boundary()) {
                        out.add(p.name() + " = " + (float) p.estimate());
                    }
                }
                return out;
            }
            out.add(String.join(", ", parameters.terms.get(t).columns()) + " of "
                    + parameters.terms.get(t).group() + " are linearly dependent (covariance matrix of rank " + rank(g)
                    + " of " + q + ")");
        }
        return out;
    }

    private static int rank(DMatrixRMaj g) {
        double[] values = Symmetric.of(g).values();
        double largest = 0;
        for (double v : values) {
            largest = Math.max(largest, v);
        }
        int out = 0;
        for (double v : values) {
            out += v > 1e-12 * largest ? 1 : 0;
        }
        return out;
    }
}
