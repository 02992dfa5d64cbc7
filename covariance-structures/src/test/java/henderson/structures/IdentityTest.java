package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class IdentityTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Identity();
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
