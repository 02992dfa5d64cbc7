package henderson.equations.generalized;

import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Puts the result of a search together. */
public final class GlmmAssembly {
    /** What a normal family calls its variance. */
    private static final String RESIDUAL = "sigma2";

    private final Model model;
    private final FitOptions options;
    private final GeneralizedEnd search;
    private final FixedFit fixed;
    private final Fit.Integrated integrated;
    private final List<Fit.Note> notes;
    private final JointObjective objective;
    private final JointParameters parameters;
    private final double[] point;
    private final int p;

    /**
     * From the end of a search.
     *
     * @param fixed      the fit without random effects
     * @param integrated the error of the integration
     * @param notes      what is to be said besides; more may be added
     */
    public GlmmAssembly(
            Model model,
            FitOptions options,
            GeneralizedEnd search,
            FixedFit fixed,
            Fit.Integrated integrated,
            List<Fit.Note> notes) {
        this.model = model;
        this.options = options;
        this.search = search;
        this.fixed = fixed;
        this.integrated = integrated;
        this.notes = notes;
        this.objective = search.objective();
        this.parameters = objective.parameters();
        this.point = search.point();
        this.p = parameters.fixed();
    }

    /**
     * The numbers of a fit.
     *
     * @param estimator registered name
     * @param begin     of the fit, by {@link System#nanoTime()}
     */
    public Fit fit(String estimator, long begin) {
        double d = objective.at(point);
        double[] natural = parameters.natural(point);
        DMatrixRMaj jacobian = parameters.jacobian(point, objective.active(), objective::unit);
        boolean[] boundary = boundary(jacobian, natural);
        DMatrixRMaj joint = joint(jacobian, boundary);
        List<Fit.Parameter> named = named(natural, boundary);
        Certificate certificate = certificate();
        objective.at(point);
        List<Fit.RandomEstimate> random = new ArrayList<>();
        List<Fit.Effects> effects = new ArrayList<>();
        for (int t = 0; t < parameters.terms().size(); t++) {
            int q = parameters.at(t).length;
            double[] tau = parameters.of(point, t);
            DMatrixRMaj g = parameters.structure(t).matrix(tau, parameters.at(t), new DMatrixRMaj(q, q));
            random.add(new Fit.RandomEstimate(parameters.terms().get(t), tau, g));
        }
        objective.fullGradient();
        for (int t = 0; t < parameters.terms().size(); t++) {
            effects.add(objective.approximation().modes(t));
            if (search.boundary().settled(t)) {
                notes.add(new Fit.Note(
                        "boundary-within-tolerance",
                        "Leaving the boundary of '" + parameters.terms().get(t).group()
                                + "' gains less than 1e-8 in -2 log-likelihood."));
            }
        }
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("total", (System.nanoTime() - begin) * 1e-9);
        double sigma2 = 1;
        for (Fit.Parameter parameter : named) {
            sigma2 = parameter.term() == -1 ? parameter.estimate() : sigma2;
        }
        return new Fit(
                model,
                options,
                estimator,
                search.optimizer(),
                -d / 2,
                fixed.logLikelihood(),
                parameters.beta(point),
                block(joint, 0, p),
                sigma2,
                random,
                null,
                named,
                block(joint, p, natural.length),
                convergence(certificate, named),
                certificate,
                search.history(),
                objective.evaluations(),
                effects,
                List.copyOf(notes),
                seconds,
                new Fit.Integrated(
                        integrated.method(),
                        integrated.points(),
                        integrated.nextMethod(),
                        integrated.nextPoints(),
                        integrated.change(),
                        integrated.shift(),
                        integrated.shifted(),
                        integrated.monteCarloError(),
                        integrated.unknown(),
                        joint,
                        parameters.auxiliary(point),
                        means()));
    }

    /** Posterior means; empty where the arrangement of random effects does not offer them. */
    private List<Fit.Effects> means() {
        objective.at(point);
        List<Fit.Effects> out = new ArrayList<>();
        for (int t = 0; t < parameters.terms().size(); t++) {
            Fit.Effects own = objective.approximation().means(t);
            if (own == null) {
                return List.of();
            }
            out.add(own);
        }
        return List.copyOf(out);
    }

    private static DMatrixRMaj block(DMatrixRMaj a, int from, int size) {
        DMatrixRMaj out = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                out.set(i, j, a.get(from + i, from + j));
            }
        }
        return out;
    }

    private boolean[] boundary(DMatrixRMaj jacobian, double[] natural) {
        boolean[] out = new boolean[natural.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = true;
            for (int i = 0; i < jacobian.numCols; i++) {
                out[k] &= Math.abs(jacobian.get(p + k, i)) <= 1e-12 * Math.max(Math.abs(natural[k]), 1e-290);
            }
        }
        return out;
    }

    private DMatrixRMaj joint(DMatrixRMaj jacobian, boolean[] boundary) {
        JointCurvature curvature = search.curvature();
        int m = jacobian.numRows;
        DMatrixRMaj half = new DMatrixRMaj(m, jacobian.numCols);
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        CommonOps_DDRM.mult(2, jacobian, curvature.inverse(), half);
        CommonOps_DDRM.multTransB(half, jacobian, out);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < m; j++) {
                boolean unknown = i >= p && boundary[i - p] || j >= p && boundary[j - p];
                if (unknown || !curvature.complete()) {
                    out.set(i, j, Double.NaN);
                }
            }
        }
        return out;
    }

    private List<Fit.Parameter> named(double[] values, boolean[] boundary) {
        List<Natural> naturals = parameters.naturals();
        int[] terms = parameters.naturalTerms();
        List<Fit.Parameter> out = new ArrayList<>();
        for (int k = 0; k < values.length; k++) {
            Natural natural = naturals.get(k);
            boolean residual = terms[k] < 0 && natural.symbol().equals(RESIDUAL);
            int term = terms[k] >= 0 ? terms[k] : residual ? -1 : -2;
            String name = terms[k] >= 0
                    ? name(parameters.terms().get(terms[k]), natural)
                    : residual ? "var(Residual)" : natural.symbol();
            Natural own = residual ? new Natural("var", -1, -1, List.of(), natural.scale()) : natural;
            out.add(new Fit.Parameter(term, own, name, values[k], boundary[k]));
        }
        return out;
    }

    /** {@code var(id:week)}, {@code cov(id:week,_cons)}. */
    private static String name(Term term, Natural natural) {
        StringBuilder out = new StringBuilder(natural.symbol()).append('(').append(term.group());
        if (natural.i() >= 0) {
            out.append(':').append(term.columns().get(natural.i()));
            if (natural.j() >= 0 && natural.j() != natural.i()) {
                out.append(',').append(term.columns().get(natural.j()));
            }
        }
        natural.levels().forEach(level -> out.append(';').append(level));
        return out.append(')').toString();
    }

    private Certificate certificate() {
        JointCurvature curvature = search.curvature();
        int[] inertia = curvature.inertia();
        int[] active = objective.active();
        List<String> flat = new ArrayList<>();
        for (int i : curvature.flat()) {
            flat.add(parameters.name(active[i]));
        }
        return new Certificate(
                curvature.complete() ? search.decrement() : Double.NaN,
                search.boundary().smallestCurvature(point),
                inertia[0],
                inertia[1],
                inertia[2],
                flat,
                active.length,
                options.tolerance());
    }

    private Convergence convergence(Certificate certificate, List<Fit.Parameter> named) {
        if (!certificate.holds()) {
            String reason = search.reason();
            if (certificate.zero() > 0) {
                reason += "; the likelihood is flat along " + String.join(", ", certificate.flatDirections());
            }
            return new Convergence.Stopped(reason, List.of());
        }
        List<String> onBoundary = new ArrayList<>();
        boolean[] free = parameters.free(point);
        for (int t = 0; t < parameters.terms().size(); t++) {
            boolean any = false;
            for (int k = parameters.first(t); k < parameters.first(t + 1); k++) {
                any |= !free[k];
            }
            if (any) {
                int before = onBoundary.size();
                for (Fit.Parameter each : named) {
                    if (each.term() == t
                            && each.boundary()
                            && each.natural().symbol().equals("var")) {
                        onBoundary.add(each.name() + " = 0");
                    }
                }
                if (onBoundary.size() == before) {
                    Term term = parameters.terms().get(t);
                    onBoundary.add(
                            String.join(", ", term.columns()) + " of " + term.group() + " are linearly dependent");
                }
            }
        }
        for (Fit.Parameter each : named) {
            if (each.term() < 0 && each.boundary()) {
                onBoundary.add(each.name() + " = " + each.estimate());
            }
        }
        return onBoundary.isEmpty() ? new Convergence.Converged() : new Convergence.Boundary(onBoundary);
    }
}
