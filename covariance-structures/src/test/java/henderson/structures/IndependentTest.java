package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class IndependentTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Independent();
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
