package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Natural;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** {@code θ² ρ^|i − j|}, {@code ρ = sin τ}: a structure that writes only what it must. */
class FirstOrder implements CovarianceStructure {
    @Override
    public String name() {
        return "first-order";
    }

    @Override
    public PositionKind positions() {
        return PositionKind.INTEGER;
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return new Bound(positions);
    }

    /** Bound; tests break parts of it. */
    static class Bound implements BoundStructure {
        private final Positions positions;

        Bound(Positions positions) {
            this.positions = positions;
        }

        @Override
        public List<Coordinate> coordinates() {
            if (positions.size() == 1) {
                return List.of(Coordinate.variance("sd", -1));
            }
            Coordinate rho = Coordinate.correlation("rho");
            Coordinate inside =
                    new Coordinate("rho", false, 0, new double[0], Natural.correlation("rho", -1, -1), rho.value());
            return List.of(Coordinate.variance("sd", -1), inside);
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; j < at.length; j++) {
                    int lag = Math.abs(positions.integer(at[i]) - positions.integer(at[j]));
                    out.set(i, j, tau[0] * tau[0] * (lag == 0 ? 1 : Math.pow(Math.sin(tau[1]), lag)));
                }
            }
            return out;
        }
    }
}
