package henderson.structures;

import henderson.api.Arguments;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import henderson.testkit.CovarianceStructureContract;
import java.util.Map;
import java.util.stream.IntStream;

class ToeplitzFullConsecutiveTest implements CovarianceStructureContract {
    @Override
    public CovarianceStructure structure() {
        return new Toeplitz();
    }

    @Override
    public int[] sizes() {
        return new int[] {2, 4, 6};
    }

    @Override
    public Arguments arguments(int size) {
        return Arguments.of("toeplitz", structure().arguments(), Map.of());
    }

    @Override
    public Positions positions(int size) {
        return Positions.integers(IntStream.range(3, 3 + size).toArray());
    }

    @Override
    public Positions longPositions(int size) {
        return positions(size);
    }

    @Override
    public int longSize() {
        return 14; // the more partials are drawn, the nearer to singular
    }
}
