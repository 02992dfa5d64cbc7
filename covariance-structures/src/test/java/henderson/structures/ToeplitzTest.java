package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class ToeplitzTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Toeplitz();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public Arguments arguments(int size) {
        return Arguments.of("toeplitz", structure().arguments(), Map.of("order", size == 2 ? 1 : size == 3 ? 2 : 3));
    }
}
