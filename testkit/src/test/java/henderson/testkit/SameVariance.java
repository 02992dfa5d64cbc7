package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Positions;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** {@code θ²I}. */
class SameVariance implements CovarianceStructure {
    @Override
    public String name() {
        return "same-variance";
    }

    @Override
    public BoundStructure bind(Arguments arguments, Positions positions) {
        return new Bound();
    }

    /** Bound; tests break parts of it. */
    static class Bound implements BoundStructure {
        @Override
        public List<Coordinate> coordinates() {
            return List.of(Coordinate.variance("sd", -1));
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            for (int i = 0; i < at.length; i++) {
                for (int j = 0; j < at.length; j++) {
                    out.set(i, j, at[i] == at[j] ? tau[0] * tau[0] : 0);
                }
            }
            return out;
        }
    }
}
