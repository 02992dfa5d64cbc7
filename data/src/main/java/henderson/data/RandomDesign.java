package henderson.data;

import henderson.api.Expression;
import henderson.api.Formula.RandomTerm;
import henderson.api.HendersonException;
import henderson.api.Positions;
import henderson.api.StructureCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a random term, and the pairs of each combinator around its structure. Where a combinator's factor is that
 * of the dummies, each column has its level; any other factor is the same within each group, and every column is there once
 * for each of its levels, zero in groups of another.
 */
final class RandomDesign {
    private final Design plain;
    private final ColumnPositions columns;
    private final List<Layer> layers = new ArrayList<>();
    private Design design;

    /**
     * A combinator around a structure.
     *
     * @param call   of the combinator
     * @param pairs  own level, inner column
     * @param factor that multiplied the columns, or null
     */
    record Layer(StructureCall call, Positions pairs, @Nullable Factor factor) {}

    private RandomDesign(Design plain) {
        this.plain = plain;
        this.design = plain;
        this.columns = ColumnPositions.of(plain);
    }

    /** The columns of a term; {@code call} is its structure with what stands around it, {@code known} apart. */
    static RandomDesign of(RandomTerm term, StructureCall call, DesignBuilder builder) {
        RandomDesign out = new RandomDesign(
                builder.build(term.intercept(), term.terms(), false).arranged());
        List<StructureCall> outwards = new ArrayList<>();
        for (StructureCall c = call; !c.inner().isEmpty(); c = c.inner().get(0)) {
            outwards.add(0, c);
        }
        outwards.forEach(c -> out.layers.add(out.layer(term, c, builder)));
        return out;
    }

    private Layer layer(RandomTerm term, StructureCall call, DesignBuilder builder) {
        Block.Dummies own = ownDummies(call);
        if (call.arguments().containsKey(Calls.FUNCTION)) {
            if (own == null) {
                throw new HendersonException(
                        "'" + call.name() + " = " + call.arguments().get(Calls.FUNCTION) + "("
                                + String.join(":", call.positions()) + ")' of the term '" + term
                                + "' is not a function of the levels of its columns.",
                        "Maybe " + term.structure() + "(0 + factor("
                                + call.positions().get(0) + ") | " + term.group() + ", …).");
            }
            double[] values = new double[columns.size()];
            Arrays.setAll(values, columns::real);
            return new Layer(call, pairs(own, values, List.of()), null);
        }
        if (own != null && call.name().equals(Calls.VARIANCES)) {
            return new Layer(call, pairs(own, null, own.factor().levels()), null);
        }
        Factor factor = builder.levels(call.positions());
        int inner = design.columns();
        design = design.expand(factor);
        int width = factor.levels().size();
        int[] first = new int[design.columns()];
        int[] second = new int[first.length];
        for (int j = 0; j < first.length; j++) {
            first[j] = j % width;
            second[j] = j / width;
        }
        if (first.length != inner * width) {
            throw new IllegalStateException("Columns expanded to " + first.length + ".");
        }
        return new Layer(call, new PairPositions(first, second, design.names(), null, factor.levels()), factor);
    }

    /** The dummies whose factor a combinator is by, or null. */
    private Block.@Nullable Dummies ownDummies(StructureCall call) {
        boolean one = columns.places().size() == 1 && call.positions().size() == 1 && layers.isEmpty();
        if (one && plain.terms().get(0).get(0) instanceof Block.Dummies d) {
            return d.factor().name().equals(call.positions().get(0)) ? d : null;
        }
        return null;
    }

    private PairPositions pairs(Block.Dummies own, double @Nullable [] values, List<String> levels) {
        int[] first = new int[columns.size()];
        int[] second = new int[first.length];
        for (int j = 0; j < first.length; j++) {
            first[j] = values == null ? own.base() + j : j;
            second[j] = j;
        }
        return new PairPositions(first, second, plain.names(), values, levels);
    }

    /** Columns of one group of rows. */
    Design plain() {
        return plain;
    }

    /** All columns. */
    Design design() {
        return design;
    }

    /** What the innermost structure is bound to. */
    ColumnPositions columns() {
        return columns;
    }

    /** Combinators from the innermost outwards. */
    List<Layer> layers() {
        return layers;
    }

    /** Advice for a structure that wants numbers where the columns have none. */
    static String advice(RandomTerm term) {
        boolean slope = !term.intercept()
                && term.terms().size() == 1
                && term.terms().get(0).factors().size() == 1
                && term.terms().get(0).factors().get(0) instanceof Expression.Name;
        return "Maybe " + term.structure() + "(0 + factor("
                + (slope ? term.terms().get(0) : "time") + ") | " + term.group() + ").";
    }
}
