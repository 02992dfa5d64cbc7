package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class ExchangeableTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Exchangeable();
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
