package henderson.testkit;

import henderson.api.CovarianceStructure;

/** The contract takes a coordinate whose boundary leaves the matrix regular. */
class BlendTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Blend();
    }
}
