package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;
import java.util.stream.IntStream;

class ToeplitzFullTest implements CovarianceStructureContract {
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
        return Arguments.of("toeplitz", structure().arguments(), Map.of());
    }

    /** Every lag occurs, though an occasion may be missing. */
    @Override
    public Positions positions(int size) {
        return size == 5
                ? Positions.integers(3, 4, 6, 7, 8)
                : Positions.integers(IntStream.range(3, 3 + size).toArray());
    }
}
