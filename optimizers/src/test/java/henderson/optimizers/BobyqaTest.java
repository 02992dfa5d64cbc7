package henderson.optimizers;

import henderson.api.Optimizer;
import henderson.testkit.OptimizerContract;

class BobyqaTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new Bobyqa();
    }
}
