package henderson.equations.generalized;

import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.Symmetric;
import java.util.Arrays;
import java.util.List;

/** A point that no search of the likelihood found, with the curvature there. */
public final class GivenEnd implements GeneralizedEnd {
    private final JointObjective objective;
    private final String optimizer;
    private final List<Optimizer.Step> history;
    private final String reason;
    private final boolean optimal;
    private final JointBoundary boundary;
    private final double[] point;
    private final JointCurvature curvature;

    /**
     * Takes the curvature at a point.
     *
     * @param optimizer what stands for the name of one
     * @param optimal   whether it is said to be a maximum of the likelihood
     * @param reason    why it is no maximum, where its certificate does not hold
     * @throws HendersonException where the likelihood cannot be computed there
     */
    public GivenEnd(
            JointObjective objective,
            double[] point,
            String optimizer,
            List<Optimizer.Step> history,
            boolean optimal,
            String reason) {
        this.optimal = optimal;
        this.objective = objective;
        this.optimizer = optimizer;
        this.history = List.copyOf(history);
        this.reason = reason;
        this.boundary = new JointBoundary(objective);
        this.point = point.clone();
        boolean[] all = new boolean[point.length];
        Arrays.fill(all, true);
        objective.restrict(point, all);
        if (Double.isNaN(objective.at(point))) {
            throw new HendersonException(
                    "The likelihood cannot be computed at the given parameters.", "Maybe they are of another model.");
        }
        objective.scale(Symmetric.units(objective.fullInformation()));
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
        return optimizer;
    }

    @Override
    public List<Optimizer.Step> history() {
        return history;
    }

    @Override
    public boolean optimal() {
        return optimal;
    }

    @Override
    public String reason() {
        return reason;
    }
}
