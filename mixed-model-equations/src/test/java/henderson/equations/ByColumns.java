package henderson.equations;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.Columns;
import henderson.api.DataReport;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model with its rows by columns too, in slices of a few rows: every column of Z is one of its own, but for the constant. */
final class ByColumns implements Model {
    private static final int SLICE = 7;
    private final Model model;
    private final List<double[]> values = new ArrayList<>();
    private final int[] x;
    private final int[][] z;
    private final int y;
    private final int[][] level;
    private final int rows;

    ByColumns(Model model) {
        this.model = model;
        this.rows = (int) model.rows();
        int terms = model.random().size();
        double[][] xs = new double[model.fixedNames().size()][rows];
        double[][][] zs = new double[terms][][];
        double[] ys = new double[rows];
        this.level = new int[terms][rows];
        for (int t = 0; t < terms; t++) {
            zs[t] = new double[model.random().get(t).columns().size()][rows];
        }
        int at = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, at++) {
                ys[at] = batch.y()[i];
                for (int j = 0; j < xs.length; j++) {
                    xs[j][at] = batch.x().get(i, j);
                }
                for (int t = 0; t < terms; t++) {
                    level[t][at] = batch.level(t)[i];
                    for (int j = 0; j < zs[t].length; j++) {
                        zs[t][j][at] = batch.z(t).get(i, j);
                    }
                }
            }
        }
        this.x = numbers(xs);
        this.z = new int[terms][];
        for (int t = 0; t < terms; t++) {
            z[t] = numbers(zs[t]);
        }
        this.y = numbers(new double[][] {ys})[0];
    }

    private int[] numbers(double[][] columns) {
        int[] out = new int[columns.length];
        for (int j = 0; j < out.length; j++) {
            boolean constant = true;
            for (double v : columns[j]) {
                constant &= v == 1;
            }
            out[j] = constant ? Columns.CONSTANT : values.size();
            if (!constant) {
                values.add(columns[j]);
            }
        }
        return out;
    }

    @Override
    public Columns columns() {
        return new Columns() {
            @Override
            public int count() {
                return values.size();
            }

            @Override
            public int[] x() {
                return x;
            }

            @Override
            public int[] z(int term) {
                return z[term];
            }

            @Override
            public int y() {
                return y;
            }

            @Override
            public double mean(int column) {
                return Double.NaN;
            }

            @Override
            public double variance(int column) {
                return Double.NaN;
            }

            @Override
            public Iterable<Slice> slices() {
                List<Slice> out = new ArrayList<>();
                for (int from = 0; from < rows; from += SLICE) {
                    out.add(new Part(from, Math.min(SLICE, rows - from)));
                }
                return out;
            }
        };
    }

    private final class Part implements Columns.Slice {
        private final int from;
        private final int count;

        Part(int from, int count) {
            this.from = from;
            this.count = count;
        }

        @Override
        public int rows() {
            return count;
        }

        @Override
        public double[] values(int column) {
            return values.get(column);
        }

        @Override
        public int from(int column) {
            return from;
        }

        @Override
        public int[] level(int term) {
            return level[term];
        }

        @Override
        public int levelFrom(int term) {
            return from;
        }
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
        return model.responseShift();
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
        return model.residual();
    }

    @Override
    public @Nullable BoundFamily family() {
        return model.family();
    }

    @Override
    public Iterable<Batch> batches() {
        return model.batches();
    }

    @Override
    public DataReport report() {
        return model.report();
    }
}
