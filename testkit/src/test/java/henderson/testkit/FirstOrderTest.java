package henderson.testkit;

import henderson.api.CovarianceStructure;

/** The contract takes a structure that leaves everything to the defaults. */
class FirstOrderTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new FirstOrder();
    }
}
