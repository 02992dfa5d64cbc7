package henderson.newton;

import henderson.api.CovarianceStructure;
import henderson.api.Estimator;
import henderson.api.Optimizer;
import henderson.optimizers.TrustRegionNewton;
import henderson.structures.Unstructured;
import henderson.testkit.EstimatorContract;
import henderson.testkit.RandomDesigns.Arrangement;
import java.util.List;

class NewtonContractTest implements EstimatorContract {
    @Override
    public Estimator estimator() {
        return new Newton();
    }

    @Override
    public CovarianceStructure structure() {
        return new Unstructured();
    }

    @Override
    public List<Optimizer> optimizers() {
        return List.of(new TrustRegionNewton());
    }

    @Override
    public List<Arrangement> arrangements() {
        return List.of(Arrangement.ONE_BALANCED, Arrangement.ONE_UNBALANCED, Arrangement.SEVERAL_COLUMNS);
    }
}
