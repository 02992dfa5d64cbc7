package henderson.optimizers;

import henderson.api.Optimizer;
import henderson.testkit.OptimizerContract;

class OjAlgoSqpTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new OjAlgoSqp();
    }
}
