package henderson.framework;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.ClusterScores;
import henderson.equations.Clustering;
import henderson.equations.generalized.JointClusterScores;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.LinearClusterScores;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import henderson.equations.linear.Parameters;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The numbers and the certificate of a linear model at given parameters: no search. */
final class Recertification {
    private Recertification() {}

    static Fit of(
            Model model, FitOptions options, List<double[]> tau, double @Nullable [] residual, FitContext context) {
        LinearProblem problem = problem(model, options, context);
        double[] point = point(tau, residual, problem);
        problem.objective().restrict(point, problem.parameters().free(point));
        Curvature curvature =
                Curvature.at(problem.objective(), problem.objective().inside(point));
        Boundary boundary = new Boundary(problem.parameters(), problem.objective());
        LinearEnd end = LinearEnd.of(problem, point, "the certificate does not hold", List.of(), curvature, boundary);
        return problem.fit("none", "none", end, 0);
    }

    /** Cluster scores of a fit at its parameters. */
    static ClusterScores scores(Fit fit, Clustering clusters, FitContext context) {
        if (fit.generalized()) {
            return JointClusterScores.of(fit, clusters, context.clusters());
        }
        LinearProblem problem = problem(fit.model(), fit.options(), context);
        List<double[]> tau = fit.random().stream().map(Fit.RandomEstimate::tau).toList();
        double[] residual = fit.residual() == null ? null : fit.residual().tau();
        return LinearClusterScores.of(problem, point(tau, residual, problem), clusters);
    }

    private static LinearProblem problem(Model model, FitOptions options, FitContext context) {
        String refusal = LinearProblem.refusal(model);
        if (refusal != null) {
            throw new HendersonException("The fit cannot be computed anew: " + refusal + ".");
        }
        LinearProblem problem = LinearProblem.of(model, options, context);
        // the units of a search, so that differences are taken with the same steps
        problem.units(problem.objective().at(problem.start()));
        return problem;
    }

    private static double[] point(List<double[]> tau, double @Nullable [] residual, LinearProblem problem) {
        Parameters parameters = problem.parameters();
        double[] random = tau.stream().flatMapToDouble(Arrays::stream).toArray();
        int own = parameters.hasResidual() ? parameters.residualAt().length + 1 : 0;
        if (random.length != parameters.randomSize() || (residual == null ? 0 : residual.length) != own) {
            throw new HendersonException("The saved fit has "
                    + (random.length + (residual == null ? 0 : residual.length))
                    + " variance parameters; the model has "
                    + (parameters.randomSize() + own) + ".");
        }
        double[] point = Arrays.copyOf(random, parameters.size());
        return residual == null ? point : parameters.withResidual(point, residual);
    }
}
