package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** {@code θ² ((1 − w) I + w J)}: regular at {@code w = 0}, which is a boundary all the same. */
final class Blend implements CovarianceStructure {
    @Override
    public String name() {
        return "blend";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return new BoundStructure() {
            @Override
            public List<Coordinate> coordinates() {
                return List.of(Coordinate.variance("sd", -1), Coordinate.unit("w"));
            }

            @Override
            public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
                double common = Math.pow(Math.sin(tau[1]), 2);
                for (int i = 0; i < at.length; i++) {
                    for (int j = 0; j < at.length; j++) {
                        out.set(i, j, tau[0] * tau[0] * (at[i] == at[j] ? 1 : common));
                    }
                }
                return out;
            }
        };
    }
}
