package henderson.data;

import henderson.api.Positions;
import java.util.Arrays;
import java.util.StringJoiner;

/**
 * Places with one number, or one for each axis.
 *
 * @param values by axis, then by place
 */
record NumberPositions(double[][] values) implements Positions {
    static NumberPositions of(double... values) {
        return new NumberPositions(new double[][] {values});
    }

    /** 1, 2, … */
    static NumberPositions ordinals(int size) {
        double[] out = new double[size];
        Arrays.setAll(out, i -> i + 1.0);
        return of(out);
    }

    @Override
    public int size() {
        return values[0].length;
    }

    @Override
    public int axes() {
        return values.length;
    }

    @Override
    public String label(int i) {
        StringJoiner out = new StringJoiner(",");
        for (double[] axis : values) {
            out.add(Numbers.shortest(axis[i]));
        }
        return out.toString();
    }

    @Override
    public int integer(int i) {
        return (int) values[0][i];
    }

    @Override
    public double real(int i) {
        return values[0][i];
    }

    @Override
    public double coordinate(int i, int axis) {
        return values[axis][i];
    }
}
