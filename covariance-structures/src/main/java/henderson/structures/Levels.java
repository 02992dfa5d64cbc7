package henderson.structures;

import henderson.api.Positions;
import java.util.ArrayList;
import java.util.List;

/**
 * The levels that have a position, in order.
 *
 * @param names  of each
 * @param index  of each among all levels
 * @param owner  number of the level of each position among those that have one
 */
record Levels(List<String> names, int[] index, int[] owner) {
    static Levels of(Positions pairs, Places places) {
        List<String> all = pairs.levels();
        boolean[] present = new boolean[all.size()];
        for (int i = 0; i < places.size(); i++) {
            present[places.first(i)] = true;
        }
        int[] number = new int[all.size()];
        List<String> names = new ArrayList<>();
        List<Integer> index = new ArrayList<>();
        for (int l = 0; l < number.length; l++) {
            if (present[l]) {
                number[l] = names.size();
                names.add(all.get(l));
                index.add(l);
            }
        }
        int[] owner = new int[places.size()];
        for (int i = 0; i < owner.length; i++) {
            owner[i] = number[places.first(i)];
        }
        return new Levels(
                List.copyOf(names), index.stream().mapToInt(Integer::intValue).toArray(), owner);
    }
}
