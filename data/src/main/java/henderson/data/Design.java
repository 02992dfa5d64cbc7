package henderson.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The columns of X, or of Z for one random term: the constant, then the products of the blocks of each term, the first
 * block's columns varying fastest. Immutable; a {@link Filler} holds buffers.
 */
final class Design {
    private final boolean intercept;
    private final List<List<Block>> terms;
    private final ColumnNames naming;
    private final List<String> names = new ArrayList<>();
    /** By column as built: where it goes, or −1 when it was left out. */
    private final int[] target;

    private final int columns;

    Design(boolean intercept, List<List<Block>> terms, ColumnNames naming) {
        this.intercept = intercept;
        this.terms = terms;
        this.naming = naming;
        if (intercept) {
            names.add(naming.constant());
        }
        terms.forEach(t -> names.addAll(names(t)));
        this.columns = names.size();
        this.target = new int[columns];
        Arrays.setAll(target, i -> i);
    }

    private Design(Design all, boolean[] keep) {
        this.intercept = all.intercept;
        this.terms = all.terms;
        this.naming = all.naming;
        this.target = new int[keep.length];
        int next = 0;
        for (int j = 0; j < keep.length; j++) {
            target[j] = keep[j] ? next++ : -1;
            if (keep[j]) {
                names.add(all.names.get(j));
            }
        }
        this.columns = next;
        if (intercept && naming.constantLast() && target[0] == 0) {
            names.add(names.remove(0));
            for (int j = 0; j < keep.length; j++) {
                target[j] = j == 0 ? columns - 1 : Math.max(-1, target[j] - 1);
            }
        }
    }

    private List<String> names(List<Block> term) {
        List<String> out = List.of("");
        for (Block block : term) {
            List<String> next = new ArrayList<>();
            for (String right : block.names()) {
                for (String left : out) {
                    next.add(left.isEmpty() ? right : naming.interaction(left, right));
                }
            }
            out = next;
        }
        return out;
    }

    /** The same with some columns left out and the constant where its language puts it; only of a design as built. */
    Design without(boolean[] keep) {
        return new Design(this, keep);
    }

    /** The same with the constant where its language puts it; only of a design as built. */
    Design arranged() {
        boolean[] keep = new boolean[columns];
        Arrays.fill(keep, true);
        return without(keep);
    }

    /** Each column once for every level of a factor, the level varying fastest; only of a design without columns left out. */
    Design expand(Factor factor) {
        List<List<Block>> out = new ArrayList<>();
        for (List<Block> term : terms) {
            List<Block> longer = new ArrayList<>();
            longer.add(new Block.Dummies(factor.levels(), factor, 0));
            longer.addAll(term);
            out.add(longer);
        }
        if (intercept) {
            List<String> constants = new ArrayList<>();
            factor.levels().forEach(l -> constants.add(naming.ofLevel(l, naming.constant())));
            out.add(
                    naming.constantLast() ? out.size() : 0,
                    List.of(new Block.Dummies(List.copyOf(constants), factor, 0)));
        }
        return new Design(false, out, naming);
    }

    /** Where the constant is, or −1. */
    int constant() {
        return intercept ? target[0] : -1;
    }

    List<String> names() {
        return names;
    }

    int columns() {
        return columns;
    }

    boolean intercept() {
        return intercept;
    }

    List<List<Block>> terms() {
        return terms;
    }

    /** Its columns, null for the constant; null where one is the product of several blocks. */
    @Nullable
    List<@Nullable Vector> vectors() {
        Vector[] out = new Vector[columns];
        int from = intercept ? 1 : 0;
        for (List<Block> term : terms) {
            Block block = term.get(0);
            if (term.size() > 1 || !(block instanceof Block.Single || block instanceof Block.Dummies)) {
                return null;
            }
            for (int k = 0; k < block.names().size(); k++, from++) {
                if (target[from] >= 0) {
                    out[target[from]] = block instanceof Block.Single s
                            ? s.vector()
                            : new LevelVector(((Block.Dummies) block).factor(), ((Block.Dummies) block).base() + k);
                }
            }
        }
        return Arrays.asList(out);
    }

    Filler filler(Scratch scratch) {
        return new Filler(scratch);
    }

    /** Fills batches of rows; one per thread. */
    final class Filler {
        private final Scratch scratch;
        private final Map<Block, double[][]> numbers = new IdentityHashMap<>();
        private final Map<Block, int[]> codes = new IdentityHashMap<>();
        private final List<List<Part>> parts = new ArrayList<>();
        private double[] row = new double[16];
        private double[] product = new double[16];

        /** A block with its buffer: {@code numbers} of a dense one; {@code codes} and {@code base} of dummies. */
        private record Part(int width, double @Nullable [][] numbers, int[] codes, int base) {}

        private Filler(Scratch scratch) {
            this.scratch = scratch;
            for (List<Block> term : terms) {
                List<Part> list = new ArrayList<>();
                term.forEach(block -> list.add(part(block)));
                parts.add(list);
            }
        }

        private Part part(Block block) {
            if (block instanceof Block.Dummies d) {
                return new Part(d.width(), null, codes.computeIfAbsent(d, b -> new int[Rows.BATCH]), d.base());
            }
            int width = block.names().size();
            double[][] buffer = numbers.computeIfAbsent(block, b -> new double[width][Rows.BATCH]);
            return new Part(width, buffer, new int[0], 0);
        }

        /** {@code out ←} the rows, count × columns. Modified. */
        void fill(int[] rows, int count, DMatrixRMaj out) {
            out.reshape(count, columns);
            numbers.forEach((block, buffer) -> ((Block.Dense) block).fill(rows, count, buffer, scratch));
            codes.forEach((block, buffer) -> ((Block.Dummies) block).factor().codes(rows, count, buffer));
            int from = 0;
            if (intercept) {
                for (int i = 0; target[0] >= 0 && i < count; i++) {
                    out.data[i * columns + target[0]] = 1;
                }
                from = 1;
            }
            for (List<Part> term : parts) {
                from = fill(term, from, count, out.data);
            }
        }

        private int fill(List<Part> term, int from, int count, double[] out) {
            int size = 1;
            Part first = term.get(0);
            if (term.size() == 1 && first.numbers() != null) {
                for (int k = 0; k < first.width(); k++) {
                    copy(first.numbers()[k], target[from + k], count, out);
                }
                return from + first.width();
            }
            for (int i = 0; i < count; i++) {
                row[0] = 1;
                size = 1;
                for (int f = 0; f < term.size(); f++) {
                    size = multiply(term.get(f), i, size);
                }
                for (int j = 0; j < size; j++) {
                    if (target[from + j] >= 0) {
                        out[i * columns + target[from + j]] = row[j];
                    }
                }
            }
            return from + size;
        }

        private void copy(double[] values, int to, int count, double[] out) {
            for (int i = 0; to >= 0 && i < count; i++) {
                out[i * columns + to] = values[i];
            }
        }

        /** {@code row ← row ⊗ block}, the old index varying fastest; returns the new length. */
        private int multiply(Part part, int i, int size) {
            int wide = part.width();
            if (product.length < size * wide) {
                product = new double[2 * size * wide];
            }
            double[][] dense = part.numbers();
            int level = dense == null ? part.codes()[i] - part.base() : -1;
            for (int k = 0; k < wide; k++) {
                double factor = dense != null ? dense[k][i] : k == level ? 1 : 0;
                for (int j = 0; j < size; j++) {
                    product[k * size + j] = factor == 0 ? 0 : row[j] * factor;
                }
            }
            double[] swap = row;
            row = product;
            product = swap;
            return size * wide;
        }
    }
}
