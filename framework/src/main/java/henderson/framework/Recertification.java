package henderson.framework;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.ClusterScores;
import henderson.equations.Clustering;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.LinearClusterScores;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import java.util.List;

/** The numbers and the certificate of a linear model at given parameters: no search. */
final class Recertification {
    private Recertification() {}

    static Fit of(Model model, FitOptions options, List<double[]> tau, FitContext context) {
        LinearProblem problem = problem(model, options, context);
        double[] point = point(tau, problem);
        problem.objective().restrict(point, problem.parameters().free(point));
        Curvature curvature =
                Curvature.at(problem.objective(), problem.objective().inside(point));
        Boundary boundary = new Boundary(problem.parameters(), problem.objective());
        LinearEnd end = LinearEnd.of(problem, point, "the certificate does not hold", List.of(), curvature, boundary);
        return problem.fit("none", "none", end, 0);
    }

    /** Cluster scores of a fit at its parameters. */
    static ClusterScores scores(Fit fit, Clustering clusters, FitContext context) {
        LinearProblem problem = problem(fit.model(), fit.options(), context);
        List<double[]> tau = fit.random().stream().map(Fit.RandomEstimate::tau).toList();
        return LinearClusterScores.of(problem, point(tau, problem), clusters);
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

    private static double[] point(List<double[]> tau, LinearProblem problem) {
        double[] point = tau.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        if (point.length != problem.parameters().size()) {
            throw new HendersonException("The saved fit has " + point.length + " variance parameters; the model has "
                    + problem.parameters().size() + ".");
        }
        return point;
    }
}
