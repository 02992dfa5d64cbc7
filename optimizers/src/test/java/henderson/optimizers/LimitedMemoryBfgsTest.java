package henderson.optimizers;

import henderson.api.Optimizer;
import henderson.testkit.OptimizerContract;

class LimitedMemoryBfgsTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new LimitedMemoryBfgs();
    }
}
