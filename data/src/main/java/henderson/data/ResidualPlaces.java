package henderson.data;

import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.PositionKind;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.api.StructureCall;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the columns of a structure's call as the kind of position that the structure wants. */
final class ResidualPlaces {
    private static final double LARGEST = 1e9;

    private final Variables variables;
    private final Registry registry;
    private final Rows used;
    private final ResidualGroups groups;

    ResidualPlaces(Variables variables, Registry registry, Rows used, ResidualGroups groups) {
        this.variables = variables;
        this.registry = registry;
        this.used = used;
        this.groups = groups;
    }

    /**
     * Places of a leaf of the tree of calls.
     *
     * @param inProduct whether it is a factor of a product, which crosses places and so needs them of every factor
     */
    Places of(StructureCall call, CovarianceStructure kind, boolean inProduct) {
        PositionKind wanted = kind.positions();
        if (wanted == PositionKind.NONE && !inProduct) {
            return ordinals();
        }
        requireColumns(call, wanted, inProduct);
        Places out =
                switch (wanted) {
                    case NONE, LABEL -> labels(call.positions());
                    case INTEGER, REAL -> numbers(call, wanted == PositionKind.INTEGER);
                    case COORDINATES -> coordinates(call);
                };
        if (out.positions().size() < 2) {
            throw new HendersonException(
                    "Column " + named(call) + " is " + out.positions().label(0) + " in all " + used.count()
                            + " rows used; the residual structure '" + call.name() + "' needs at least 2 values.",
                    "Maybe another variable says where a row stands in its group.");
        }
        return out;
    }

    private Places ordinals() {
        int[] at = groups.ordinals(used.count());
        int most = 0;
        for (int ordinal : at) {
            most = Math.max(most, ordinal);
        }
        return new Places(NumberPositions.ordinals(most + 1), at);
    }

    private void requireColumns(StructureCall call, PositionKind wanted, boolean inProduct) {
        int given = call.positions().size();
        if (given == 0) {
            String group = call.group() == null ? "group" : call.group();
            boolean stata = variables.language() == Language.STATA;
            throw new HendersonException(
                    "The residual structure '" + call.name() + "' needs a variable that says where a row stands in its "
                            + (inProduct && wanted == PositionKind.NONE ? "factor of the product." : "group."),
                    stata
                            ? "Maybe residuals(" + call.name() + ", t(time))."
                            : "Maybe " + call.name() + "(time | " + group + ").");
        }
        if (given > 1 && (wanted == PositionKind.INTEGER || wanted == PositionKind.REAL)) {
            throw new HendersonException("The residual structure '" + call.name()
                    + "' takes one variable of places, not " + given + ": " + named(call) + ".");
        }
    }

    private static String named(StructureCall call) {
        return call.positions().stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    }

    private Places labels(List<String> columns) {
        Factor factor = Factor.of(String.join(":", columns), Combination.of(variables, columns, used), used);
        return new Places(ColumnPositions.ofLevels(factor.levels()), factor.codes(used));
    }

    private Places numbers(StructureCall call, boolean whole) {
        double[] values = values(call, call.positions().get(0));
        if (whole) {
            requireWhole(call, values);
        }
        Distinct distinct = Distinct.of(values);
        return new Places(NumberPositions.of(distinct.numbers()), distinct.at());
    }

    private void requireWhole(StructureCall call, double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != Math.rint(values[i]) || Math.abs(values[i]) > LARGEST) {
                boolean large = Math.abs(values[i]) > LARGEST;
                TreeSet<String> real = new TreeSet<>();
                for (Map.Entry<String, CovarianceStructure> k :
                        registry.structures(Side.RESIDUAL).entrySet()) {
                    if (k.getValue().positions() == PositionKind.REAL) {
                        real.add(k.getValue().name());
                    }
                }
                throw new HendersonException(
                        "Column " + named(call) + ", row " + (used.toArray()[i] + 1) + ": "
                                + Numbers.shortest(values[i]) + " is " + (large ? "beyond 1e9" : "not whole")
                                + "; the residual structure '" + call.name() + "' needs whole numbers"
                                + (large ? " within that." : "."),
                        real.isEmpty() ? null : "Maybe a structure of any numbers: " + String.join(", ", real) + ".");
            }
        }
    }

    private Places coordinates(StructureCall call) {
        int axes = call.positions().size();
        Distinct[] axis = new Distinct[axes];
        for (int k = 0; k < axes; k++) {
            axis[k] = Distinct.of(values(call, call.positions().get(k)));
        }
        int n = used.count();
        Distinct tuples = axis[0];
        int[][] parts = new int[][] {identity(axis[0].size())};
        for (int k = 1; k < axes; k++) {
            Distinct left = tuples;
            Distinct right = axis[k];
            long width = right.size();
            tuples = Distinct.of(n, i -> left.at()[i] * width + right.at()[i]);
            int[][] longer = new int[k + 1][tuples.size()];
            for (int t = 0; t < tuples.size(); t++) {
                for (int j = 0; j < k; j++) {
                    longer[j][t] = parts[j][(int) (tuples.values()[t] / width)];
                }
                longer[k][t] = (int) (tuples.values()[t] % width);
            }
            parts = longer;
        }
        double[][] values = new double[axes][tuples.size()];
        for (int k = 0; k < axes; k++) {
            for (int t = 0; t < tuples.size(); t++) {
                values[k][t] = axis[k].number(parts[k][t]);
            }
        }
        return new Places(new NumberPositions(values), tuples.at());
    }

    private static int[] identity(int n) {
        int[] out = new int[n];
        java.util.Arrays.setAll(out, i -> i);
        return out;
    }

    /** Numbers of the used rows; a declared factor whose levels are numbers is one too. */
    private double[] values(StructureCall call, String name) {
        return values(variables, used, name, "the residual structure '" + call.name() + "'");
    }

    /** Numbers of the used rows. */
    static double[] values(Variables variables, Rows used, String name, String who) {
        int[] rows = used.toArray();
        double[] out = new double[rows.length];
        if (variables.column(name) instanceof CategoricalColumn c) {
            double[] numbers = Numbers.allNumbers(c.levels());
            if (numbers == null) {
                throw new HendersonException("Column '" + name + "' of '" + variables.source() + "' holds texts ("
                        + Variables.shown(c.levels()) + "), and " + who + " needs numbers.");
            }
            for (int i = 0; i < out.length; i++) {
                out[i] = numbers[c.code(rows[i])];
            }
        } else {
            variables.numeric(name).gather(rows, rows.length, out);
        }
        return out;
    }
}
