package henderson.api;

import java.util.List;

/**
 * The distinct positions a structure is bound to: columns of a random term, or distinct times of a residual group. What a
 * kind did not ask for may be refused with {@link UnsupportedOperationException}.
 */
public interface Positions {
    /** How many, ≥ 1. */
    int size();

    /** Text of position {@code i}: a column name, a level, a time as written. */
    String label(int i);

    /** Position {@code i} as a whole number. */
    default int integer(int i) {
        throw new UnsupportedOperationException("These positions are not whole numbers.");
    }

    /** Position {@code i} as a number. */
    default double real(int i) {
        return integer(i);
    }

    /** Coordinate {@code axis} of position {@code i}. */
    default double coordinate(int i, int axis) {
        return real(i);
    }

    /** Number of axes that {@link #coordinate} knows. */
    default int axes() {
        return 1;
    }

    /** Own part of a combinator's pair: the index of its level. */
    default int first(int i) {
        throw new UnsupportedOperationException("These positions are not pairs.");
    }

    /** Inner part of a combinator's pair: an index into the inner structure's positions. */
    default int second(int i) {
        throw new UnsupportedOperationException("These positions are not pairs.");
    }

    /** Levels behind {@link #first(int)}. */
    default List<String> levels() {
        return List.of();
    }

    /** Positions that have labels and nothing else. */
    static Positions of(List<String> labels) {
        List<String> copy = List.copyOf(labels);
        return new Positions() {
            @Override
            public int size() {
                return copy.size();
            }

            @Override
            public String label(int i) {
                return copy.get(i);
            }
        };
    }

    /** Whole-number positions. */
    static Positions integers(int... values) {
        int[] copy = values.clone();
        return new Positions() {
            @Override
            public int size() {
                return copy.length;
            }

            @Override
            public String label(int i) {
                return Integer.toString(copy[i]);
            }

            @Override
            public int integer(int i) {
                return copy[i];
            }
        };
    }
}
