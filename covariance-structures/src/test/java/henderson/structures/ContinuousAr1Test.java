package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class ContinuousAr1Test implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new ContinuousAr1();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public int longSize() {
        return 400;
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
