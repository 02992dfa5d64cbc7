package henderson.data;

import henderson.api.Columns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of a model of a table by columns: where all rows are used, arrays of the table itself. */
final class TableColumns implements Columns {
    private final Rows used;
    private final boolean all;
    private final List<Vector> vectors = new ArrayList<>();
    private final int[] x;
    private final int[][] z;
    private final int y;
    private final List<Factor> levels;

    private TableColumns(
            TableModel.Parts parts, boolean all, List<@Nullable Vector> x, List<List<@Nullable Vector>> z) {
        this.used = parts.used();
        this.all = all;
        this.x = numbers(x);
        this.z = new int[z.size()][];
        for (int t = 0; t < this.z.length; t++) {
            this.z[t] = numbers(z.get(t));
        }
        this.y = number(parts.y());
        this.levels = parts.levels();
    }

    /** Null where some column is a product of others. */
    static @Nullable TableColumns of(TableModel.Parts parts) {
        List<@Nullable Vector> x = parts.x().vectors();
        List<List<@Nullable Vector>> z = new ArrayList<>();
        for (Design design : parts.z()) {
            List<@Nullable Vector> own = design.vectors();
            if (own == null) {
                return null;
            }
            z.add(own);
        }
        return x == null ? null : new TableColumns(parts, parts.used().areAll(parts.rows()), x, z);
    }

    private int[] numbers(List<@Nullable Vector> of) {
        int[] out = new int[of.size()];
        for (int j = 0; j < out.length; j++) {
            Vector vector = of.get(j);
            out[j] = vector == null ? CONSTANT : number(vector);
        }
        return out;
    }

    private int number(Vector vector) {
        int known = vectors.indexOf(vector);
        if (known < 0) {
            vectors.add(vector);
            return vectors.size() - 1;
        }
        return known;
    }

    @Override
    public int count() {
        return vectors.size();
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
        return all && vectors.get(column) instanceof ColumnVector c ? c.mean() : Double.NaN;
    }

    @Override
    public double variance(int column) {
        return all && vectors.get(column) instanceof ColumnVector c ? c.variance() : Double.NaN;
    }

    @Override
    public Iterable<Slice> slices() {
        return Slices::new;
    }

    /** One pass over the rows, and at the same time its only slice. */
    private final class Slices implements Iterator<Slice>, Slice {
        private final Scratch scratch = new Scratch();
        private final double[][] values = new double[vectors.size()][];
        private final @Nullable Doubles[] direct = new Doubles[vectors.size()];
        private final int[][] level = new int[levels.size()][];
        private final @Nullable Ints[] directLevel = new Ints[levels.size()];
        private final int[] from = new int[vectors.size()];
        private final int[] levelFrom = new int[levels.size()];
        private final int[] rows = new int[Rows.BATCH];
        private int count;
        private int next;

        Slices() {
            for (int k = 0; k < direct.length; k++) {
                direct[k] = all && vectors.get(k) instanceof ColumnVector c ? c.direct() : null;
                values[k] = direct[k] == null ? new double[Rows.BATCH] : new double[0];
            }
            for (int t = 0; t < directLevel.length; t++) {
                directLevel[t] = all ? levels.get(t).direct() : null;
                level[t] = directLevel[t] == null ? new int[Rows.BATCH] : new int[0];
            }
            count = used.batch(0, rows);
        }

        @Override
        public boolean hasNext() {
            return count > 0 && next == 0 || next > 0 && used.batch(next, new int[1]) > 0;
        }

        @Override
        public Slice next() {
            count = used.batch(next, rows);
            if (count == 0) {
                throw new NoSuchElementException();
            }
            next = rows[count - 1] + 1;
            int chunk = rows[0] >>> Doubles.BITS; // batches of all rows do not cross chunks
            for (int k = 0; k < direct.length; k++) {
                Doubles own = direct[k];
                if (own == null) {
                    vectors.get(k).fill(rows, count, values[k], scratch);
                } else {
                    values[k] = own.chunk(chunk);
                    from[k] = rows[0] & Doubles.MASK;
                }
            }
            for (int t = 0; t < directLevel.length; t++) {
                Ints own = directLevel[t];
                if (own == null) {
                    levels.get(t).codes(rows, count, level[t]);
                } else {
                    level[t] = own.chunk(chunk);
                    levelFrom[t] = rows[0] & Doubles.MASK;
                }
            }
            return this;
        }

        @Override
        public int rows() {
            return count;
        }

        @Override
        public double[] values(int column) {
            return values[column];
        }

        @Override
        public int from(int column) {
            return from[column];
        }

        @Override
        public int[] level(int term) {
            return level[term];
        }

        @Override
        public int levelFrom(int term) {
            return levelFrom[term];
        }
    }
}
