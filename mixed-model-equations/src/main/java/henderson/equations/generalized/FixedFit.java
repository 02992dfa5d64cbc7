package henderson.equations.generalized;

import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Optimizer;
import henderson.equations.Symmetric;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;

/**
 * The generalized linear model without random effects: where the search begins, and what it is compared with.
 *
 * @param beta          fixed effects
 * @param phi           the family's own parameters
 * @param logLikelihood with all constants
 */
public record FixedFit(double[] beta, double[] phi, double logLikelihood) {
    private static final String OPTIMIZER = "trust-region-newton";
    /** Directions with less information than this, relative to a unit diagonal at the start, are looked at for separation. */
    private static final double WEAK = 1e-5;

    /**
     * Fits the fixed effects alone, by the registered optimizer {@value #OPTIMIZER}.
     *
     * @throws HendersonException where predictors separate the response
     */
    public static FixedFit of(Model model, FitOptions options, FitContext context) {
        JointParameters parameters = JointParameters.withoutRandomEffects(model);
        FixedStart start = new FixedStart(model);
        double[] point = new double[parameters.size()];
        for (int k = 0; k < parameters.auxiliaries().size(); k++) {
            point[parameters.firstAuxiliary() + k] =
                    parameters.auxiliaries().get(k).neutral();
        }
        double[] beta = start.beta(parameters.auxiliary(point));
        System.arraycopy(beta, 0, point, 0, beta.length);
        JointObjective objective = new JointObjective(parameters, start.approximation(context.clusters()));
        PilotFit pilot = PilotFit.of(parameters, objective.approximation(), point, context);
        point = pilot == null ? point : pilot.point();
        objective.restrict(point, parameters.free(point));
        double d = objective.at(point);
        double[] constant = start.constant();
        for (double share = 0.5; Double.isNaN(d) && share > 0.01; share /= 2) { // the link's domain may be narrow
            for (int j = 0; j < beta.length; j++) {
                point[j] = constant[j] + (share > 0.02 ? share * (beta[j] - constant[j]) : 0);
            }
            d = objective.at(point);
        }
        if (Double.isNaN(d)) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the starting values.",
                    "Maybe another link suits the response better.");
        }
        DMatrixRMaj first = null;
        if (objective.dimension() > 0) {
            first = pilot == null ? objective.fullInformation() : pilot.information();
            objective.begin(first);
            Optimizer own = context.registry().optimizer(OPTIMIZER);
            Optimizer.Optimum end = own.minimize(
                    objective,
                    objective.inside(point),
                    new Optimizer.Limits(100, 2_000, options.tolerance()),
                    step -> {});
            point = objective.outside(end.x());
            d = objective.at(point);
            if (pilot == null) { // no part of separated rows has firm information everywhere
                refuseSeparation(model, parameters, start, objective, point, first);
            }
        }
        return new FixedFit(java.util.Arrays.copyOf(point, parameters.fixed()), parameters.auxiliary(point), -d / 2);
    }

    /**
     * Refuses information that has all but vanished along a direction in which no row's likelihood falls.
     *
     * @param first information where nothing was separated
     */
    static void refuseSeparation(
            Model model,
            JointParameters parameters,
            FixedStart start,
            JointObjective objective,
            double[] point,
            DMatrixRMaj first) {
        int p = parameters.fixed();
        DMatrixRMaj information = objective.fullInformation();
        DMatrixRMaj relative = new DMatrixRMaj(p, p);
        double[] unit = Symmetric.units(first);
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                relative.set(j, k, information.get(j, k) * unit[j] * unit[k]);
            }
        }
        Symmetric eigen = Symmetric.of(relative);
        double[] beta = java.util.Arrays.copyOf(point, p);
        for (int m = 0; m < p; m++) {
            if (eigen.values()[m] < WEAK) {
                double[] direction = new double[p];
                for (int j = 0; j < p; j++) {
                    direction[j] = eigen.vectors()[m][j] * unit[j];
                }
                Integer column = start.separated(beta, parameters.auxiliary(point), direction);
                if (column != null) {
                    throw new HendersonException(
                            String.format(
                                    Locale.ROOT,
                                    "The predictor '%s' separates the values of '%s': its coefficient (%.1f after the"
                                            + " last step) grows without limit, and the likelihood has no maximum.",
                                    model.fixedNames().get(column),
                                    model.responseName(),
                                    beta[column]),
                            "Maybe a level or range of '" + model.fixedNames().get(column)
                                    + "' has one outcome only: leave it out, or join levels.");
                }
            }
        }
    }
}
