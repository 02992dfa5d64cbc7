package henderson.data;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Columns;
import henderson.api.DataReport;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.ModelFrame;
import henderson.api.ModelSpec;
import henderson.api.Term;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** A model of rows of a table; nothing but the table's columns is held. */
final class TableModel implements Model {
    /** What batches are made of; {@code levels} and {@code z} by random term. */
    record Parts(
            int rows,
            Rows used,
            Vector y,
            @Nullable Vector weights,
            @Nullable Vector frequencies,
            @Nullable Vector offset,
            Design x,
            List<Design> z,
            List<Factor> levels,
            @Nullable ResidualCodes residual) {}

    /** What is said of the model. */
    record Labels(
            String response, double responseShift, double[] fixedShifts, List<Term> random, @Nullable Term residual) {}

    private final ModelSpec spec;
    private final Parts parts;
    private final Labels labels;
    private final DataReport report;
    private final Supplier<ModelFrame> frame;
    private final @Nullable BoundFamily family;
    /** What the family was bound by, or null where its response is not to be replaced. */
    private final GeneralizedResponse.@Nullable Bound bound;
    /** A response in place of the one of the table, by row, or null. */
    private final double @Nullable [] replaced;

    TableModel(
            ModelSpec spec,
            Parts parts,
            Labels labels,
            DataReport report,
            Supplier<ModelFrame> frame,
            @Nullable BoundFamily family,
            GeneralizedResponse.@Nullable Bound bound) {
        this(spec, parts, labels, report, frame, family, bound, null);
    }

    private TableModel(
            ModelSpec spec,
            Parts parts,
            Labels labels,
            DataReport report,
            Supplier<ModelFrame> frame,
            @Nullable BoundFamily family,
            GeneralizedResponse.@Nullable Bound bound,
            double @Nullable [] replaced) {
        this.spec = spec;
        this.parts = parts;
        this.labels = labels;
        this.report = report;
        this.frame = frame;
        this.family = family;
        this.bound = bound;
        this.replaced = replaced;
    }

    @Override
    public Model withResponse(double[] values) {
        if (values.length != rows()) {
            throw new HendersonException(
                    "The response has " + values.length + " values; the model has " + rows() + " rows.");
        }
        if (family != null && bound == null) {
            return Model.super.withResponse(values);
        }
        GeneralizedResponse.Bound other = bound == null ? null : bound.with(values);
        return new TableModel(spec, parts, labels, report, frame, other == null ? null : other.bind(), other, values);
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public long rows() {
        return parts.used().count();
    }

    @Override
    public String responseName() {
        return labels.response();
    }

    @Override
    public List<String> fixedNames() {
        return List.copyOf(parts.x().names());
    }

    @Override
    public int interceptColumn() {
        return parts.x().constant();
    }

    @Override
    public double responseShift() {
        return labels.responseShift();
    }

    @Override
    public double[] fixedShifts() {
        return labels.fixedShifts().clone();
    }

    @Override
    public List<Term> random() {
        return labels.random();
    }

    @Override
    public @Nullable Term residual() {
        return labels.residual();
    }

    @Override
    public @Nullable BoundFamily family() {
        return family;
    }

    @Override
    public DataReport report() {
        return report;
    }

    @Override
    public ModelFrame frame() {
        return frame.get();
    }

    @Override
    public @Nullable Columns columns() {
        boolean plain = parts.weights() == null
                && parts.frequencies() == null
                && parts.offset() == null
                && parts.residual() == null;
        return plain ? TableColumns.of(parts) : null;
    }

    @Override
    public Iterable<Batch> batches() {
        return Batches::new;
    }

    @Override
    public String toString() {
        return spec + ", " + rows() + " rows of " + report.source();
    }

    /** One pass over the rows, and at the same time its only batch. */
    private final class Batches implements Iterator<Batch>, Batch {
        private final Scratch scratch = new Scratch();
        private int[] rows = new int[Rows.BATCH];
        private int[] ahead = new int[Rows.BATCH];
        private int count;
        /** Used rows before this batch. */
        private int before;

        private int aheadCount;
        private final double[] y = new double[Rows.BATCH];
        private final double @Nullable [] weights = buffer(parts.weights());
        private final double @Nullable [] frequencies = buffer(parts.frequencies());
        private final double @Nullable [] offset = buffer(parts.offset());
        private final Design.Filler xFiller = parts.x().filler(scratch);
        private final DMatrixRMaj x = new DMatrixRMaj(Rows.BATCH, parts.x().columns());
        private final Design.Filler[] zFillers = new Design.Filler[parts.z().size()];
        private final DMatrixRMaj[] z = new DMatrixRMaj[zFillers.length];
        private final int[][] levels = new int[zFillers.length][Rows.BATCH];
        private final int[] residualGroup = new int[parts.residual() == null ? 0 : Rows.BATCH];
        private final int[] residualAt = new int[residualGroup.length];

        Batches() {
            for (int t = 0; t < z.length; t++) {
                zFillers[t] = parts.z().get(t).filler(scratch);
                z[t] = new DMatrixRMaj(Rows.BATCH, parts.z().get(t).columns());
            }
            aheadCount = parts.used().batch(0, ahead);
        }

        private static double @Nullable [] buffer(@Nullable Vector of) {
            return of == null ? null : new double[Rows.BATCH];
        }

        @Override
        public boolean hasNext() {
            return aheadCount > 0;
        }

        @Override
        public Batch next() {
            if (aheadCount == 0) {
                throw new NoSuchElementException();
            }
            int[] swap = rows;
            before += count;
            rows = ahead;
            count = aheadCount;
            ahead = swap;
            aheadCount = parts.used().batch(rows[count - 1] + 1, ahead);
            if (replaced == null) {
                parts.y().fill(rows, count, y, scratch);
            } else {
                System.arraycopy(replaced, before, y, 0, count);
            }
            fill(parts.weights(), weights);
            fill(parts.frequencies(), frequencies);
            fill(parts.offset(), offset);
            xFiller.fill(rows, count, x);
            for (int t = 0; t < z.length; t++) {
                zFillers[t].fill(rows, count, z[t]);
                parts.levels().get(t).codes(rows, count, levels[t]);
            }
            ResidualCodes residual = parts.residual();
            if (residual != null) {
                residual.groups(before, count, residualGroup);
                residual.positions(before, count, residualAt);
            }
            return this;
        }

        private void fill(@Nullable Vector of, double @Nullable [] to) {
            if (of != null && to != null) {
                of.fill(rows, count, to, scratch);
            }
        }

        @Override
        public int rows() {
            return count;
        }

        @Override
        public double[] y() {
            return y;
        }

        @Override
        public double @Nullable [] weights() {
            return weights;
        }

        @Override
        public double @Nullable [] frequencies() {
            return frequencies;
        }

        @Override
        public double @Nullable [] offset() {
            return offset;
        }

        @Override
        public DMatrixRMaj x() {
            return x;
        }

        @Override
        public DMatrixRMaj z(int term) {
            return z[term];
        }

        @Override
        public long row(int i) {
            return rows[i] + 1L;
        }

        @Override
        public int[] level(int term) {
            return levels[term];
        }

        @Override
        public int[] residualGroup() {
            return parts.residual() == null ? Batch.super.residualGroup() : residualGroup;
        }

        @Override
        public int[] residualAt() {
            return parts.residual() == null ? Batch.super.residualAt() : residualAt;
        }
    }
}
