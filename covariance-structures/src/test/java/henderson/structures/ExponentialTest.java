package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class ExponentialTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Exponential();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public int longSize() {
        return 1000;
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
