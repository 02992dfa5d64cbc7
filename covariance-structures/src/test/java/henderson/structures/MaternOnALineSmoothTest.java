package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;

class MaternOnALineSmoothTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Matern();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 3, 5};
    }

    @Override
    public Arguments arguments(int size) {
        return Arguments.of("matern", structure().arguments(), Map.of("nu", 1.5, "nugget", false));
    }

    @Override
    public Positions positions(int size) {
        return Line.of(size, 0.4, 1);
    }

    @Override
    public Positions longPositions(int size) {
        return Line.of(size, 0.4, 1);
    }

    @Override
    public int longSize() {
        return 300;
    }

    @Override
    public boolean isFrugal() {
        return true;
    }
}
