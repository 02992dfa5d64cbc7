package henderson.report;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of a saved fit: everything but its rows. */
record SavedModel(
        ModelSpec spec,
        String responseName,
        List<String> fixedNames,
        int interceptColumn,
        List<Term> random,
        @Nullable Term residual,
        @Nullable BoundFamily family,
        DataReport report,
        ModelFrame frame)
        implements Model {
    @Override
    public long rows() {
        return report.rowsUsed();
    }

    @Override
    public double responseShift() {
        return 0;
    }

    @Override
    public double[] fixedShifts() {
        return new double[fixedNames.size()];
    }

    @Override
    public Iterable<Batch> batches() {
        throw new HendersonException("A saved fit holds no rows of " + report.source() + ".");
    }
}
