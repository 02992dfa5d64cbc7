package henderson.benchmarks.kernels;

import henderson.api.Clusters;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.Registry;
import henderson.benchmarks.PreparedWorkload;
import henderson.equations.SequentialClusters;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.LinearProblem;
import java.util.Arrays;

/** The objective of a linear workload and its gradient, at points that change from call to call so that nothing is kept. */
final class Evaluations {
    private record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {}

    private final DevianceObjective objective;
    private final double[] start;
    private final double[] point;
    private final double[] gradient;
    private int calls;

    private Evaluations(DevianceObjective objective, double[] start) {
        this.objective = objective;
        this.start = start;
        this.point = start.clone();
        this.gradient = new double[objective.dimension()];
    }

    static Evaluations of(PreparedWorkload workload) {
        FitContext context = new Context(workload.registry(), new SequentialClusters(), FitListener.SILENT);
        LinearProblem problem = LinearProblem.of(workload.model(), workload.options(), context);
        double[] start = problem.unitStart();
        boolean[] free = new boolean[start.length];
        Arrays.fill(free, true);
        problem.objective().restrict(start, free);
        return new Evaluations(problem.objective(), problem.objective().inside(start));
    }

    /** The coordinates in which {@link #gradient} is one. */
    double[] start() {
        return start.clone();
    }

    double value(double[] x) {
        return objective.value(x);
    }

    double[] gradient(double[] x) {
        objective.value(x);
        if (!objective.gradient(gradient)) {
            throw new IllegalStateException("no gradient");
        }
        return gradient;
    }

    /** The next point: the start, moved by at most a tenth. */
    double[] next() {
        calls++;
        double factor = 1 + 0.1 * Math.sin(calls);
        for (int k = 0; k < point.length; k++) {
            point[k] = start[k] * factor;
        }
        return point;
    }
}
