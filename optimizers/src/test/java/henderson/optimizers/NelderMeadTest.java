package henderson.optimizers;

import henderson.api.Optimizer;
import henderson.api.Optimizer.Limits;
import henderson.testkit.OptimizerContract;

class NelderMeadTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new NelderMead();
    }

    @Override
    public Limits limits() {
        // eight coordinates, condition 10⁴: 2,100 values
        return new Limits(200, 4_000, 1e-12);
    }
}
