package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class GaussianTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Gaussian();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public Arguments arguments(int size) {
        return Arguments.of("gaussian", structure().arguments(), Map.of("nugget", size == 5));
    }

    @Override
    public int longSize() {
        return 0;
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
