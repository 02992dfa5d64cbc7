package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class MaternTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Matern();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    /** In a plane: ν ½, 3/2, 5/2; the largest with a nugget. */
    @Override
    public Arguments arguments(int size) {
        return Arguments.of(
                "matern", structure().arguments(), Map.of("nu", size == 3 ? 1.5 : 2.5, "nugget", size == 5));
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
