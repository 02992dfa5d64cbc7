package henderson.framework;

import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.equations.linear.Boundary;
import henderson.equations.linear.Curvature;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import java.util.List;

/** The numbers and the certificate of a linear model at given parameters: no search. */
final class Recertification {
    private Recertification() {}

    static Fit of(Model model, FitOptions options, List<double[]> tau, FitContext context) {
        String refusal = LinearProblem.refusal(model);
        if (refusal != null) {
            throw new HendersonException("The fit cannot be computed anew: " + refusal + ".");
        }
        LinearProblem problem = LinearProblem.of(model, options, context);
        double[] point = tau.stream().flatMapToDouble(java.util.Arrays::stream).toArray();
        if (point.length != problem.parameters().size()) {
            throw new HendersonException("The saved fit has " + point.length + " variance parameters; the model has "
                    + problem.parameters().size() + ".");
        }
        // the units of a search, so that differences are taken with the same steps
        problem.units(problem.objective().at(problem.start()));
        problem.objective().restrict(point, problem.parameters().free(point));
        Curvature curvature =
                Curvature.at(problem.objective(), problem.objective().inside(point));
        Boundary boundary = new Boundary(problem.parameters(), problem.objective());
        LinearEnd end = LinearEnd.of(problem, point, "the certificate does not hold", List.of(), curvature, boundary);
        return problem.fit("none", "none", end, 0);
    }
}
