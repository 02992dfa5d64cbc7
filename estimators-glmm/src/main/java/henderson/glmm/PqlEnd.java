package henderson.glmm;

import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.generalized.FixedFit;
import henderson.equations.generalized.GeneralizedEnd;
import henderson.equations.generalized.JointBoundary;
import henderson.equations.generalized.JointCurvature;
import henderson.equations.generalized.JointObjective;
import java.util.Arrays;
import java.util.List;

/** Laplace's approximation at the estimates of penalized quasi-likelihood. */
final class PqlEnd implements GeneralizedEnd {
    private final JointObjective objective;
    private final QuasiLikelihood quasi;
    private final JointBoundary boundary;
    private final double[] point;
    private final JointCurvature curvature;

    PqlEnd(JointObjective objective, QuasiLikelihood quasi) {
        this.objective = objective;
        this.quasi = quasi;
        this.boundary = new JointBoundary(objective);
        this.point = quasi.point();
        boolean[] all = new boolean[point.length];
        Arrays.fill(all, true);
        objective.restrict(point, all);
        if (Double.isNaN(objective.at(point))) {
            throw new HendersonException(
                    "Laplace's approximation cannot be computed at the estimates of penalized quasi-likelihood.",
                    "Maybe take 'glmm'.");
        }
        objective.scale(FixedFit.units(objective.fullInformation()));
        objective.restrict(point, objective.parameters().free(point));
        this.curvature = JointCurvature.at(objective, objective.inside(point));
        objective.at(point);
    }

    @Override
    public JointObjective objective() {
        return objective;
    }

    @Override
    public double[] point() {
        return point;
    }

    @Override
    public JointBoundary boundary() {
        return boundary;
    }

    @Override
    public JointCurvature curvature() {
        return curvature;
    }

    @Override
    public double decrement() {
        return curvature.decrement();
    }

    @Override
    public String optimizer() {
        return QuasiLikelihood.LINEAR;
    }

    @Override
    public List<Optimizer.Step> history() {
        return quasi.history();
    }

    @Override
    public String reason() {
        return quasi.settled()
                ? "penalized quasi-likelihood is not maximum likelihood"
                : "penalized quasi-likelihood did not settle within " + quasi.limit() + " iterations";
    }
}
