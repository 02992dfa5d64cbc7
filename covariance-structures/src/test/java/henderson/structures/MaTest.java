package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class MaTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Ma();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5, 6};
    }

    /** Orders 1, 2, 1 and 3; 3 for long patterns. */
    @Override
    public Arguments arguments(int size) {
        int order = size == 3 ? 2 : size == 5 ? 1 : Math.min(3, size - 1);
        return Arguments.of("ma", structure().arguments(), Map.of("order", order));
    }

    @Override
    public int longSize() {
        return 400;
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
