package henderson.newton;

import henderson.api.Clusters;
import henderson.api.Estimator;
import henderson.api.FitContext;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.testkit.EstimatorContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;

class NewtonContractTest implements EstimatorContract {
    private static final ThreadedClusters TWO = new ThreadedClusters(2);
    private static final ThreadedClusters THREE = new ThreadedClusters(3);

    @AfterAll
    static void close() {
        TWO.close();
        THREE.close();
    }

    @Override
    public Estimator estimator() {
        return new Newton();
    }

    @Override
    public FitContext context(Clusters clusters) {
        return Context.with(clusters);
    }

    @Override
    public List<Clusters> places() {
        return List.of(new SequentialClusters(), TWO, THREE);
    }

    @Override
    public List<String> optimizers() {
        // 'bobyqa' is not for models of one parameter: see OptimizersAgreeTest
        return List.of("trust-region-newton", "bfgs", "l-bfgs", "ojalgo-sqp", "nelder-mead");
    }
}
