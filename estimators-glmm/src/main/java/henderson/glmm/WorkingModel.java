package henderson.glmm;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Term;
import java.util.Iterator;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** The rows of a generalized model as those of a linear one, with another response and other weights. */
final class WorkingModel implements Model {
    private final Model model;
    /** By row, offset apart. */
    private final double[] response;

    private final double[] weight;

    /** Arrays are not copied: they may be written between two fits. */
    WorkingModel(Model model, double[] response, double[] weight) {
        this.model = model;
        this.response = response;
        this.weight = weight;
    }

    @Override
    public ModelSpec spec() {
        return model.spec();
    }

    @Override
    public long rows() {
        return model.rows();
    }

    @Override
    public String responseName() {
        return model.responseName();
    }

    @Override
    public List<String> fixedNames() {
        return model.fixedNames();
    }

    @Override
    public int interceptColumn() {
        return model.interceptColumn();
    }

    @Override
    public double responseShift() {
        return 0;
    }

    @Override
    public double[] fixedShifts() {
        return model.fixedShifts();
    }

    @Override
    public List<Term> random() {
        return model.random();
    }

    @Override
    public @Nullable Term residual() {
        return null;
    }

    @Override
    public @Nullable BoundFamily family() {
        return null;
    }

    @Override
    public DataReport report() {
        return model.report();
    }

    @Override
    public Iterable<Batch> batches() {
        return () -> new Iterator<>() {
            private final Iterator<Batch> batches = model.batches().iterator();
            private int from;

            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                Batch batch = batches.next();
                int first = from;
                from += batch.rows();
                return new Rows(batch, first);
            }
        };
    }

    private final class Rows implements Batch {
        private final Batch batch;
        private final int from;

        Rows(Batch batch, int from) {
            this.batch = batch;
            this.from = from;
        }

        @Override
        public int rows() {
            return batch.rows();
        }

        @Override
        public double[] y() {
            return java.util.Arrays.copyOfRange(response, from, from + batch.rows());
        }

        @Override
        public double[] weights() {
            return java.util.Arrays.copyOfRange(weight, from, from + batch.rows());
        }

        @Override
        public double @Nullable [] frequencies() {
            return null; // they are in the weights, as the family has them
        }

        @Override
        public double @Nullable [] offset() {
            return null;
        }

        @Override
        public DMatrixRMaj x() {
            return batch.x();
        }

        @Override
        public DMatrixRMaj z(int term) {
            return batch.z(term);
        }

        @Override
        public int[] level(int term) {
            return batch.level(term);
        }

        @Override
        public long row(int i) {
            return batch.row(i);
        }
    }
}
