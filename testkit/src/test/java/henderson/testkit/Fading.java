package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** {@code θ² ρ^|i − j|} with its correlation at every size, one included: the example of CONTRIBUTING. */
final class Fading implements CovarianceStructure {
    @Override
    public String name() {
        return "fading";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return new BoundStructure() {
            private final List<Coordinate> coordinates =
                    List.of(Coordinate.variance("sd", -1), Coordinate.correlation("rho"));

            @Override
            public List<Coordinate> coordinates() {
                return coordinates;
            }

            @Override
            public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                double variance = tau[0] * tau[0];
                double rho = Math.sin(tau[1]);
                for (int i = 0; i < at.length; i++) {
                    for (int j = 0; j < at.length; j++) {
                        out.set(i, j, variance * Math.pow(rho, Math.abs(at[i] - at[j])));
                    }
                }
                return out;
            }
        };
    }
}
