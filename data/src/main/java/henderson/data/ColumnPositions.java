package henderson.data;

import henderson.api.HendersonException;
import henderson.api.Positions;
import java.util.List;

/** Columns of a random term as positions: the dummies of one factor are placed at their levels, read as numbers. */
record ColumnPositions(List<String> names, List<String> levels) implements Positions {

    static Positions of(Design design) {
        boolean oneFactor = !design.intercept()
                && design.terms().size() == 1
                && design.terms().get(0).size() == 1
                && design.terms().get(0).get(0) instanceof Block.Dummies;
        if (!oneFactor) {
            return Positions.of(design.names());
        }
        Block.Dummies d = (Block.Dummies) design.terms().get(0).get(0);
        return new ColumnPositions(design.names(), d.factor().levels());
    }

    @Override
    public int size() {
        return names.size();
    }

    @Override
    public String label(int i) {
        return names.get(i);
    }

    @Override
    public int integer(int i) {
        double x = real(i);
        if (x != (int) x) {
            throw new HendersonException("Level '" + levels.get(i) + "' of column '" + names.get(i)
                    + "' is not a whole number, and the structure needs one.");
        }
        return (int) x;
    }

    @Override
    public double real(int i) {
        double x = Numbers.parse(levels.get(i));
        if (Double.isNaN(x)) {
            throw new HendersonException("Level '" + levels.get(i) + "' of column '" + names.get(i)
                    + "' is not a number, and the structure needs one.");
        }
        return x;
    }
}
