package henderson.data;

import java.util.List;

/** One variable of a term with its columns. Immutable; values go into buffers of the caller. */
sealed interface Block {
    /** Names of its columns. */
    List<String> names();

    /** Numbers: a column, an expression, or the columns of {@code poly}. */
    non-sealed interface Dense extends Block {
        /** {@code out[k][i] ←} column k of row {@code rows[i]}. */
        void fill(int[] rows, int count, double[][] out, Scratch scratch);
    }

    /** Indicators of levels {@code base, base + 1, …} of a factor, with their names. */
    record Dummies(List<String> names, Factor factor, int base) implements Block {

        int width() {
            return factor.levels().size() - base;
        }
    }

    /** One column of numbers. */
    record Single(String name, Vector vector) implements Dense {
        @Override
        public List<String> names() {
            return List.of(name);
        }

        @Override
        public void fill(int[] rows, int count, double[][] out, Scratch scratch) {
            vector.fill(rows, count, out[0], scratch);
        }
    }
}
