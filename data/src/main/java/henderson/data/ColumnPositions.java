package henderson.data;

import henderson.api.HendersonException;
import henderson.api.PositionKind;
import henderson.api.Positions;
import java.util.ArrayList;
import java.util.List;

/**
 * Columns of a random term as positions, or the levels of a factor: dummies are placed at their levels, read as numbers;
 * the cells of several factors have an axis for each.
 *
 * @param names  of the columns
 * @param places levels by axis, then by column; no axis where the columns are not dummies
 */
record ColumnPositions(List<String> names, List<List<String>> places) implements Positions {
    static ColumnPositions of(Design design) {
        List<List<String>> axes = new ArrayList<>();
        if (!design.intercept() && design.terms().size() == 1) {
            int columns = design.columns();
            int repeat = 1;
            for (Block block : design.terms().get(0)) {
                if (!(block instanceof Block.Dummies d)) {
                    return new ColumnPositions(design.names(), List.of());
                }
                List<String> axis = new ArrayList<>();
                for (int j = 0; j < columns; j++) { // the first block varies fastest
                    axis.add(d.factor().levels().get(d.base() + j / repeat % d.width()));
                }
                axes.add(axis);
                repeat *= d.width();
            }
        }
        return new ColumnPositions(design.names(), axes);
    }

    /** Levels of one factor. */
    static ColumnPositions ofLevels(List<String> levels) {
        return new ColumnPositions(levels, List.of(levels));
    }

    /** Whether they are what a kind wants. */
    boolean suit(PositionKind kind) {
        return switch (kind) {
            case NONE, LABEL -> true;
            case INTEGER, REAL -> places.size() == 1;
            case COORDINATES -> !places.isEmpty();
        };
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public int axes() {
        return Math.max(1, places.size());
    }

    @Override
    public String label(int i) {
        return names.get(i);
    }

    @Override
    public int integer(int i) {
        double x = real(i);
        if (x != (int) x) {
            throw new HendersonException("Level '" + places.get(0).get(i) + "' of column '" + names.get(i)
                    + "' is not a whole number, and the structure needs one.");
        }
        return (int) x;
    }

    @Override
    public double real(int i) {
        return coordinate(i, 0);
    }

    @Override
    public double coordinate(int i, int axis) {
        if (places.isEmpty()) {
            return Positions.super.integer(i);
        }
        String level = places.get(axis).get(i);
        double x = Numbers.parse(level);
        if (Double.isNaN(x)) {
            throw new HendersonException("Level '" + level + "' of column '" + names.get(i)
                    + "' is not a number, and the structure needs one.");
        }
        return x;
    }
}
