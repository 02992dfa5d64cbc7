package henderson.testkit;

import henderson.api.CovarianceStructure;

/** The contract takes a correlation that has nothing to correlate at size one. */
class FadingTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Fading();
    }
}
