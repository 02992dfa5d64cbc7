package henderson.report;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.HendersonException;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** The residual structure of a saved fit, whose positions stay in the data: it has no matrix before the data are read again. */
record SavedResidual(String title) implements BoundStructure {
    @Override
    public List<Coordinate> coordinates() {
        return List.of();
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        throw new HendersonException("The residual structure of a saved fit is known only beside its data.");
    }
}
