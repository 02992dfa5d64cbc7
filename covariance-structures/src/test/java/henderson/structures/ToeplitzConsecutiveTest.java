package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;
import java.util.stream.IntStream;

class ToeplitzConsecutiveTest implements CovarianceStructureContract {
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
        return Arguments.of("toeplitz", structure().arguments(), Map.of("order", Math.min(2, size - 1)));
    }

    @Override
    public Positions positions(int size) {
        return Positions.integers(IntStream.range(3, 3 + size).toArray());
    }
}
