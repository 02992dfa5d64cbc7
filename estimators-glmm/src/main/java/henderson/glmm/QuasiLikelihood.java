package henderson.glmm;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Clusters;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Moments;
import henderson.api.Optimizer;
import henderson.api.Registry;
import henderson.equations.generalized.JointParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * Penalized quasi-likelihood, theory (139) to (141): linear mixed models of the working response with working weights, one after
 * the other, until the linear predictor stays.
 */
final class QuasiLikelihood {
    /** The estimator of the linear models. */
    static final String LINEAR = "newton";
    /** η stays when its change is less than this part of it, in root mean square. */
    private static final double STAYS = 1e-9;

    private final Model model;
    private final BoundFamily family;
    private final JointParameters parameters;
    private final FitOptions options;
    private final FitContext context;
    private final int n;
    private final double[] offset;
    private final double[] eta;
    private final double[] response;
    private final double[] weight;
    private final double[] density;
    private final double[] phi = new double[0];
    private final List<Optimizer.Step> history = new ArrayList<>();

    private Fit linear;
    private boolean settled;

    /** A fit of the working model that is never shown. */
    private record Silent(Registry registry, Clusters clusters) implements FitContext {
        @Override
        public FitListener listener() {
            return FitListener.SILENT;
        }
    }

    /**
     * Iterates to the end.
     *
     * @param beta fixed effects to start from, of the columns as they are
     */
    QuasiLikelihood(Model model, JointParameters parameters, double[] beta, FitOptions options, FitContext context) {
        this.model = model;
        this.family = Objects.requireNonNull(model.family());
        this.parameters = parameters;
        this.options = options;
        this.context = context;
        this.n = Math.toIntExact(model.rows());
        this.offset = new double[n];
        this.eta = new double[n];
        this.response = new double[n];
        this.weight = new double[n];
        this.density = new double[3 * n];
        predict(beta, null);
        WorkingModel working = new WorkingModel(model, response, weight);
        FitOptions own = FitOptions.DEFAULT.withThreads(options.threads());
        Silent silent = new Silent(context.registry(), context.clusters());
        this.linear = step(working, own, silent);
        for (int k = 1; k < options.iterations() && !settled; k++) {
            this.linear = step(working, own, silent);
        }
    }

    /** One linear model, and η after it. */
    private Fit step(WorkingModel working, FitOptions own, FitContext silent) {
        if (!family.logDensity(0, n, eta, phi, 2, density)) {
            throw new HendersonException(
                    "Penalized quasi-likelihood left the domain of the link.",
                    "Maybe take 'glmm', which halves its steps, or another link.");
        }
        for (int i = 0; i < n; i++) {
            weight[i] = family.fisher(i, eta[i], phi);
            response[i] = eta[i] - offset[i] + density[n + i] / weight[i];
            if (!(weight[i] > 0) || !Double.isFinite(response[i])) {
                throw new HendersonException(
                        "Penalized quasi-likelihood has a working weight of " + weight[i] + " in row " + (i + 1)
                                + ": the fitted value is at the end of its range.",
                        "Maybe take 'glmm', or check for predictors that separate the response.");
            }
        }
        Fit fit = context.registry().estimator(LINEAR).fit(working, own, silent);
        double[] before = eta.clone();
        predict(fit.beta(), fit.effects());
        double changed = 0;
        double size = 0;
        for (int i = 0; i < n; i++) {
            changed += (eta[i] - before[i]) * (eta[i] - before[i]);
            size += eta[i] * eta[i];
        }
        settled = changed <= STAYS * STAYS * size;
        Optimizer.Step step = new Optimizer.Step(
                history.size() + 1, fit.deviance(), Math.sqrt(changed / Math.max(size, 1e-300)), Double.NaN);
        history.add(step);
        context.listener().step(step);
        return fit;
    }

    /** {@code η = Xβ + Zb + offset}; b null for zero. */
    private void predict(double[] beta, @org.jspecify.annotations.Nullable List<Fit.Effects> effects) {
        int row = 0;
        int p = beta.length;
        double[] shifts = model.fixedShifts();
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, row++) {
                offset[row] = batch.offset() == null ? 0 : batch.offset()[i];
                double sum = offset[row];
                for (int j = 0; j < p; j++) {
                    sum += (batch.x().get(i, j) + shifts[j]) * beta[j];
                }
                for (int t = 0; effects != null && t < effects.size(); t++) {
                    int q = parameters.at(t).length;
                    int level = batch.level(t)[i];
                    for (int k = 0; k < q; k++) {
                        sum += batch.z(t).get(i, k) * effects.get(t).values()[level * q + k];
                    }
                }
                eta[row] = sum;
            }
        }
    }

    /** The estimates as a point of the generalized model: β, then τ of each term with G absolute. */
    double[] point() {
        List<double[]> tau = new ArrayList<>();
        for (int t = 0; t < parameters.terms().size(); t++) {
            int[] at = parameters.at(t);
            DMatrixRMaj g = linear.random().get(t).covariance();
            double[] own = linear.random().get(t).tau().clone();
            if (!parameters.structure(t).maximize(List.of(new Moments(at, 1, g)), own)) {
                own = parameters.structure(t).start(List.of(new Moments(at, 1, g)));
            }
            tau.add(own);
        }
        return parameters.point(linear.beta(), tau, phi);
    }

    /** Whether η stayed before the limit of iterations. */
    boolean settled() {
        return settled;
    }

    /** The dispersion that the linear models estimate. */
    double dispersion() {
        return linear.sigma2();
    }

    List<Optimizer.Step> history() {
        return List.copyOf(history);
    }
}
