package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class ArmaTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Arma();
    }

    @Override
    public int[] sizes() {
        return new int[] {3, 4, 5, 6};
    }

    /** Orders (1, 1), (2, 1), (1, 2) and (2, 2). */
    @Override
    public Arguments arguments(int size) {
        return Arguments.of(
                "arma", structure().arguments(), Map.of("p", size == 4 || size >= 6 ? 2 : 1, "q", size >= 5 ? 2 : 1));
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
