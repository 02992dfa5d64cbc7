package henderson.equations.generalized;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.BoundStructure;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.Descent;
import henderson.equations.Replicator;
import henderson.equations.Symmetric;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;

/**
 * Fits of a generalized model to responses drawn from its family at the estimates, by the rule of integration that the fit
 * settled on. Every search starts at the estimates.
 */
public final class GeneralizedRefit implements Replicator {
    private static final String OPTIMIZER = "trust-region-newton";
    private static final int ROUNDS = 20;
    private static final int FINAL_STEPS = 2;
    /** The search goes on below the tolerance: its own step matrix measures the decrement. */
    private static final double CLOSE = 1e-3;

    private final Model model;
    private final BoundFamily family;
    private final JointParameters parameters;
    private final FitOptions options;
    private final FitContext context;
    private final Integration integration;
    private final Optimizer optimizer;
    private final double[] start;
    private final double[] phi;
    /** Information at the estimates. */
    private final DMatrixRMaj information;

    /** Λ of each term. */
    private final DMatrixRMaj[] lambda;
    /** Random effects by term, level-major; drawn anew for each response unless they are held. */
    private final double[][] effects;

    private final boolean held;
    private final double[] response;

    private GeneralizedRefit(Fit fit, Model model, boolean conditional, FitContext context) {
        Fit.Integrated rule = Objects.requireNonNull(fit.integrated(), "a fit of a generalized model");
        this.model = model;
        this.context = context;
        this.family = Objects.requireNonNull(model.family(), "a model with a family");
        this.options = FitOptions.DEFAULT.withTolerance(fit.options().tolerance());
        this.integration = Integration.of(rule.method(), rule.points());
        this.optimizer = context.registry().optimizer(OPTIMIZER);
        this.parameters = new JointParameters(model);
        this.start = parameters.point(
                fit.beta(), fit.random().stream().map(Fit.RandomEstimate::tau).toList(), rule.phi());
        this.phi = parameters.auxiliary(start);
        JointObjective objective =
                new JointObjective(parameters, Approximations.of(model, integration, context.clusters()));
        if (Double.isNaN(objective.at(start))) {
            throw new HendersonException("The likelihood cannot be computed at the fit's parameters.");
        }
        this.information = objective.fullInformation().copy();
        this.lambda = parameters.matrices();
        this.held = conditional;
        objective.at(start);
        this.effects = new double[lambda.length][];
        for (int t = 0; t < lambda.length; t++) {
            BoundStructure structure = parameters.structure(t);
            structure.factor(parameters.of(start, t), parameters.at(t), lambda[t]);
            int size = parameters.terms().get(t).levels().size() * parameters.at(t).length;
            effects[t] = held ? objective.approximation().modes(t).values() : new double[size];
        }
        this.response = new double[Math.toIntExact(model.rows())];
    }

    /**
     * A workspace.
     *
     * @param fit         a fit of the model, perhaps read from a file
     * @param model       with its rows
     * @param conditional whether all responses have the posterior modes of the data's random effects in common
     */
    public static GeneralizedRefit of(Fit fit, Model model, boolean conditional, FitContext context) {
        return new GeneralizedRefit(fit, model, conditional, context);
    }

    @Override
    public int size() {
        return parameters.p + parameters.naturals().size() + 1;
    }

    @Override
    public Outcome replicate(RandomGenerator random, double[] out) {
        Arrays.fill(out, Double.NaN);
        try {
            draw(random);
            return search(model.withResponse(response), out);
        } catch (HendersonException e) {
            return Outcome.failed(e.getMessage());
        }
    }

    private void draw(RandomGenerator random) {
        for (int t = 0; t < effects.length && !held; t++) {
            drawEffects(lambda[t], effects[t], random);
        }
        int row = 0;
        for (Batch batch : model.batches()) {
            double[] x = batch.x().data;
            for (int i = 0; i < batch.rows(); i++, row++) {
                double eta = batch.offset() == null ? 0 : batch.offset()[i];
                for (int j = 0; j < parameters.p; j++) {
                    eta += x[i * parameters.p + j] * start[j];
                }
                for (int t = 0; t < effects.length; t++) {
                    int q = lambda[t].numRows;
                    double[] z = batch.z(t).data;
                    int from = batch.level(t)[i] * q;
                    for (int a = 0; a < q; a++) {
                        eta += z[i * q + a] * effects[t][from + a];
                    }
                }
                response[row] = family.draw(row, eta, phi, random);
            }
        }
    }

    /** {@code b = Λv} level by level. */
    private static void drawEffects(DMatrixRMaj lambda, double[] out, RandomGenerator random) {
        int q = lambda.numRows;
        double[] v = new double[q];
        for (int from = 0; from < out.length; from += q) {
            for (int a = 0; a < q; a++) {
                v[a] = random.nextGaussian();
            }
            for (int a = 0; a < q; a++) {
                double sum = 0;
                for (int b = 0; b < q; b++) {
                    sum += lambda.data[a * q + b] * v[b];
                }
                out[from + a] = sum;
            }
        }
    }

    private Outcome search(Model drawn, double[] out) {
        JointParameters own = new JointParameters(drawn);
        if (own.size() != parameters.size()) {
            return Outcome.failed("the response drawn lacks an outcome, and with it a parameter");
        }
        JointObjective objective = new JointObjective(own, Approximations.of(drawn, integration, context.clusters()));
        objective.scale(Symmetric.units(information));
        objective.restrict(start, own.free(start));
        if (Double.isNaN(objective.at(start))) {
            return Outcome.failed("the likelihood cannot be computed at the parameters the response was drawn at");
        }
        JointBoundary boundary = new JointBoundary(objective);
        Descent descent =
                new Descent(objective, own.size(), own::free, optimizer, optimizer, options, FitListener.SILENT);
        double[] point =
                descent.rounds(start.clone(), ROUNDS, CLOSE * options.tolerance(), boundary::snap, boundary::release);
        double[] end = descent.certified(point, x -> JointCurvature.at(objective, x), FINAL_STEPS);
        double d = end == null ? Double.NaN : objective.at(end);
        if (end == null || Double.isNaN(d)) {
            return Outcome.failed(descent.reason());
        }
        FixedFit.refuseSeparation(drawn, own, new FixedStart(drawn), objective, end, information);
        double[] beta = own.beta(end);
        double[] natural = own.natural(end);
        System.arraycopy(beta, 0, out, 0, beta.length);
        System.arraycopy(natural, 0, out, beta.length, natural.length);
        out[out.length - 1] = -d / 2;
        for (boolean f : own.free(end)) {
            if (!f) {
                return Outcome.BOUNDARY;
            }
        }
        return Outcome.INSIDE;
    }
}
