package henderson.testkit;

import henderson.api.Arguments;
import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.DataReport;
import henderson.api.LevelPrecision;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Positions;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model over arrays, for tests. Its batches are as hostile as the contract of {@link Batch} allows: arrays are longer than
 * needed, NaN beyond the rows, and reused from one batch to the next.
 *
 * <pre>{@code
 * Model model = InMemoryModel.builder(y, x).term("id", level, z, new Unstructured()).batchSize(7).build();
 * }</pre>
 */
public final class InMemoryModel implements Model {
    private final Rows rows;
    private final ModelSpec spec;
    private final String responseName;
    private final List<String> fixedNames;
    private final int interceptColumn;
    private final double responseShift;
    private final double[] fixedShifts;
    private final List<Term> random;
    private final @Nullable Term residual;
    private final @Nullable BoundFamily family;
    private final DataReport report;

    private InMemoryModel(Builder b) {
        this.rows = new Rows(
                b.y,
                b.x,
                b.weights,
                b.frequencies,
                b.offset,
                List.copyOf(b.z),
                List.copyOf(b.level),
                b.residualGroup,
                b.residualAt,
                b.batchSize);
        this.responseName = b.responseName;
        this.interceptColumn = constantColumn(b.x);
        this.fixedNames = b.fixedNames == null ? names(b.x, interceptColumn) : List.copyOf(b.fixedNames);
        this.responseShift = b.responseShift;
        this.fixedShifts = b.fixedShifts == null ? new double[fixedNames.size()] : b.fixedShifts;
        this.random = List.copyOf(b.terms);
        this.residual = b.residual;
        this.family = b.family;
        this.spec =
                InMemorySpec.of(responseName, fixedNames, interceptColumn >= 0, random, residual, b.weights != null);
        this.report = InMemorySpec.report(b.y.length, random, b.level);
    }

    /**
     * Starts a model.
     *
     * @param y response, n
     * @param x fixed-effects design, n × p; p may be 0
     */
    public static Builder builder(double[] y, double[][] x) {
        return new Builder(y, x);
    }

    private static int constantColumn(double[][] x) {
        for (int j = 0; j < x[0].length; j++) {
            boolean constant = true;
            for (double[] row : x) {
                constant &= row[j] == 1;
            }
            if (constant) {
                return j;
            }
        }
        return -1;
    }

    private static List<String> names(double[][] x, int interceptColumn) {
        return IntStream.range(0, x[0].length)
                .mapToObj(j -> j == interceptColumn ? InMemorySpec.INTERCEPT : "x" + j)
                .toList();
    }

    @Override
    public ModelSpec spec() {
        return spec;
    }

    @Override
    public long rows() {
        return rows.y().length;
    }

    @Override
    public String responseName() {
        return responseName;
    }

    @Override
    public List<String> fixedNames() {
        return fixedNames;
    }

    @Override
    public int interceptColumn() {
        return interceptColumn;
    }

    @Override
    public double responseShift() {
        return responseShift;
    }

    @Override
    public double[] fixedShifts() {
        return fixedShifts.clone();
    }

    @Override
    public List<Term> random() {
        return random;
    }

    @Override
    public @Nullable Term residual() {
        return residual;
    }

    @Override
    public @Nullable BoundFamily family() {
        return family;
    }

    @Override
    public Iterable<Batch> batches() {
        return () -> new InMemoryBatches(rows);
    }

    @Override
    public DataReport report() {
        return report;
    }

    /** Everything a row has, by column. */
    record Rows(
            double[] y,
            double[][] x,
            double @Nullable [] weights,
            double @Nullable [] frequencies,
            double @Nullable [] offset,
            List<double[][]> z,
            List<int[]> level,
            int @Nullable [] residualGroup,
            int @Nullable [] residualAt,
            int batchSize) {}

    /** Collects the parts of a model. */
    public static final class Builder {
        private final double[] y;
        private final double[][] x;
        private final List<Term> terms = new ArrayList<>();
        private final List<double[][]> z = new ArrayList<>();
        private final List<int[]> level = new ArrayList<>();
        private String responseName = "y";
        private @Nullable List<String> fixedNames;
        private double @Nullable [] weights;
        private double @Nullable [] frequencies;
        private double @Nullable [] offset;
        private double responseShift;
        private double @Nullable [] fixedShifts;
        private @Nullable Term residual;
        private int @Nullable [] residualGroup;
        private int @Nullable [] residualAt;
        private @Nullable BoundFamily family;
        private int batchSize = 16;

        private Builder(double[] y, double[][] x) {
            if (y.length == 0 || x.length != y.length) {
                throw new IllegalArgumentException("y has " + y.length + " rows and x has " + x.length + ".");
            }
            this.y = y.clone();
            this.x = copy(x);
        }

        private static double[][] copy(double[][] a) {
            double[][] out = new double[a.length][];
            for (int i = 0; i < a.length; i++) {
                out[i] = a[i].clone();
            }
            return out;
        }

        /** The response's name; {@code y} unless given. */
        public Builder responseName(String name) {
            this.responseName = name;
            return this;
        }

        /** Names of the columns of x; {@code (Intercept)} and {@code x1}, {@code x2}, … unless given. */
        public Builder fixedNames(List<String> names) {
            this.fixedNames = names;
            return this;
        }

        /** Precision weights, n, positive; null for none. */
        public Builder weights(double @Nullable [] w) {
            this.weights = positive("weight", w);
            return this;
        }

        /** Replication counts, n, positive; null for none. */
        public Builder frequencies(double @Nullable [] f) {
            this.frequencies = positive("frequency", f);
            return this;
        }

        private double @Nullable [] positive(String what, double @Nullable [] values) {
            if (values == null) {
                return null;
            }
            sameLength(what, values.length);
            for (double v : values) {
                if (!(v > 0)) {
                    throw new IllegalArgumentException("A " + what + " is " + v + "; it must be positive.");
                }
            }
            return values.clone();
        }

        private void sameLength(String what, int length) {
            if (length != y.length) {
                throw new IllegalArgumentException(y.length + " rows, but " + length + " of " + what + ".");
            }
        }

        /** Offset, n; null for none. */
        public Builder offset(double @Nullable [] o) {
            this.offset = o == null ? null : o.clone();
            return this;
        }

        /** What was subtracted from y and from each column of x before they came here. */
        public Builder shifts(double response, double[] fixed) {
            this.responseShift = response;
            this.fixedShifts = fixed.clone();
            return this;
        }

        /** Adds a random term; columns are named {@code (Intercept)} and {@code z1}, {@code z2}, …. */
        public Builder term(String group, int[] level, double[][] z, CovarianceStructure kind) {
            int constant = constantColumn(z);
            List<String> columns = IntStream.range(0, z[0].length)
                    .mapToObj(j -> j == constant ? InMemorySpec.INTERCEPT : "z" + j)
                    .toList();
            BoundStructure bound = kind.bind(Arguments.none(), Positions.of(columns));
            return term(group, level, z, columns, kind.name(), bound, null);
        }

        /**
         * Adds a random term.
         *
         * @param group     name of the grouping factor
         * @param level     level of each row, n, from 0
         * @param z         random-effects rows, n × q
         * @param columns   names, q
         * @param name      name of the structure
         * @param structure bound to the columns
         * @param precision among levels, or null
         */
        public Builder term(
                String group,
                int[] level,
                double[][] z,
                List<String> columns,
                String name,
                BoundStructure structure,
                @Nullable LevelPrecision precision) {
            sameLength("levels of " + group, level.length);
            sameLength("random-effects rows of " + group, z.length);
            int levels = 1 + IntStream.of(level).max().orElse(-1);
            if (precision != null) {
                for (int row : precision.rows()) {
                    levels = Math.max(levels, row + 1);
                }
            }
            terms.add(new Term(
                    group, labels(levels), columns, name, StructureCall.of(name, group), structure, precision));
            this.level.add(level.clone());
            this.z.add(copy(z));
            return this;
        }

        private static List<String> labels(int count) {
            return IntStream.rangeClosed(1, count).mapToObj(Integer::toString).toList();
        }

        /**
         * Sets the residual term.
         *
         * @param group     name of the grouping factor
         * @param groupOf   residual group of each row, n, from 0
         * @param positionOf index of each row's position, n, into {@code positions}
         * @param positions labels of the distinct positions
         * @param name      name of the structure
         * @param structure bound to the positions
         */
        public Builder residual(
                String group,
                int[] groupOf,
                int[] positionOf,
                List<String> positions,
                String name,
                BoundStructure structure) {
            sameLength("residual groups", groupOf.length);
            sameLength("residual positions", positionOf.length);
            int groups = 1 + IntStream.of(groupOf).max().orElse(-1);
            this.residual =
                    new Term(group, labels(groups), positions, name, StructureCall.of(name, group), structure, null);
            this.residualGroup = groupOf.clone();
            this.residualAt = positionOf.clone();
            return this;
        }

        /** Sets the family; null for a linear model. */
        public Builder family(@Nullable BoundFamily f) {
            this.family = f;
            return this;
        }

        /** Rows of a batch, ≥ 1; 16 unless given. */
        public Builder batchSize(int size) {
            if (size < 1) {
                throw new IllegalArgumentException("A batch of " + size + " rows.");
            }
            this.batchSize = size;
            return this;
        }

        /** The model. */
        public InMemoryModel build() {
            return new InMemoryModel(this);
        }
    }

    @Override
    public String toString() {
        return responseName + " of " + rows() + " rows on " + fixedNames + " and " + random;
    }
}
