package henderson.data;

import henderson.api.Positions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Positions of a combinator.
 *
 * @param first  own part: a level, a value's index, or a position of the left factor of a product
 * @param second position of the inner structure, or of the right factor
 * @param labels by pair
 * @param reals  value of the own part, by pair; null where that is a level
 * @param levels behind {@code first}; empty where there are none
 */
record PairPositions(int[] first, int[] second, List<String> labels, double @Nullable [] reals, List<String> levels)
        implements Positions {
    @Override
    public int size() {
        return first.length;
    }

    @Override
    public String label(int i) {
        return labels.get(i);
    }

    @Override
    public double real(int i) {
        return reals == null ? integer(i) : reals[i];
    }

    @Override
    public int first(int i) {
        return first[i];
    }

    @Override
    public int second(int i) {
        return second[i];
    }
}
