package henderson.structures;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class UnstructuredTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Unstructured();
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
