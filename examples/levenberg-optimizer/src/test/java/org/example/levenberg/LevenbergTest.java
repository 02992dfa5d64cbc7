package org.example.levenberg;

import henderson.api.Optimizer;
import henderson.testkit.OptimizerContract;

class LevenbergTest implements OptimizerContract {
    @Override
    public Optimizer optimizer() {
        return new Levenberg();
    }
}
