package henderson.data;

import henderson.api.Positions;

/**
 * Places at which several rows of a group may stand, each row at a position of its own: the first row at the place itself,
 * the next ones at twins of it. Positions ascend by place, then by turn.
 *
 * @param places the different places
 * @param place  of each position
 * @param turn   0 for a place itself, 1 for its first twin, …
 */
record Twins(Positions places, int[] place, int[] turn) implements Positions {
    /** Positions for rows that stand at places {@code at} in their groups; the same places where no two rows share one. */
    static Places apart(Places at, ResidualGroups groups) {
        int rows = at.at().length;
        int size = at.positions().size();
        int[] turns = new int[rows];
        int[] most = new int[size];
        java.util.Map<Long, Integer> seen = new java.util.HashMap<>();
        for (int i = 0; i < rows; i++) {
            turns[i] = seen.merge((long) groups.of(i) * size + at.at()[i], 1, Integer::sum) - 1;
            most[at.at()[i]] = Math.max(most[at.at()[i]], turns[i] + 1);
        }
        int[] first = new int[size + 1];
        for (int p = 0; p < size; p++) {
            first[p + 1] = first[p] + most[p];
        }
        if (first[size] == size) {
            return at;
        }
        int[] place = new int[first[size]];
        int[] turn = new int[first[size]];
        for (int p = 0; p < size; p++) {
            for (int k = 0; k < most[p]; k++) {
                place[first[p] + k] = p;
                turn[first[p] + k] = k;
            }
        }
        int[] of = new int[rows];
        for (int i = 0; i < rows; i++) {
            of[i] = first[at.at()[i]] + turns[i];
        }
        return new Places(new Twins(at.positions(), place, turn), of);
    }

    @Override
    public int size() {
        return place.length;
    }

    @Override
    public int axes() {
        return places.axes();
    }

    /** The place's text; a twin's has its turn behind it. */
    @Override
    public String label(int i) {
        return places.label(place[i]) + (turn[i] == 0 ? "" : " (" + (turn[i] + 1) + ")");
    }

    @Override
    public int integer(int i) {
        return places.integer(place[i]);
    }

    @Override
    public double real(int i) {
        return places.real(place[i]);
    }

    @Override
    public double coordinate(int i, int axis) {
        return places.coordinate(place[i], axis);
    }
}
