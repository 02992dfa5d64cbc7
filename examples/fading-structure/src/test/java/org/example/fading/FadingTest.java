package org.example.fading;

import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;

class FadingTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Fading();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5}; // one column has no neighbour, and so no correlation
    }
}
