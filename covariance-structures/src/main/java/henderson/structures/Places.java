package henderson.structures;

import henderson.api.Natural;
import henderson.api.Positions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The pairs a combinator is bound to: own level and inner index of each position. */
final class Places {
    /** Own level of each position; empty where there are none. */
    private final int[] first;
    /** Inner index of each position. */
    private final int[] second;

    private Places(int[] first, int[] second) {
        this.first = first;
        this.second = second;
    }

    /** Both entries of every pair. */
    static Places of(Positions pairs) {
        int[] first = new int[pairs.size()];
        for (int i = 0; i < first.length; i++) {
            first[i] = pairs.first(i);
        }
        return new Places(first, second(pairs));
    }

    /** Inner indices alone, where the own part is a number. */
    static Places inner(Positions pairs) {
        return new Places(new int[0], second(pairs));
    }

    private static int[] second(Positions pairs) {
        int[] out = new int[pairs.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = pairs.second(i);
        }
        return out;
    }

    int size() {
        return second.length;
    }

    int first(int i) {
        return first[i];
    }

    int second(int i) {
        return second[i];
    }

    /** 0, 1, …, size − 1. */
    int[] all() {
        int[] out = new int[second.length];
        java.util.Arrays.setAll(out, i -> i);
        return out;
    }

    int[] first(int[] at) {
        return pick(first, at);
    }

    int[] second(int[] at) {
        return pick(second, at);
    }

    private static int[] pick(int[] from, int[] at) {
        int[] out = new int[at.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[at[i]];
        }
        return out;
    }

    /** One more than the largest inner index. */
    int secondBound() {
        return Indices.largest(second) + 1;
    }

    /** One more than the largest own index. */
    int firstBound() {
        return Indices.largest(first) + 1;
    }

    /** The position of pair (level, inner index); any with that inner index where there is none; otherwise −1. */
    int ofInner(int level, int index) {
        return find(second, index, first, level);
    }

    /** The position of pair (own index, inner index); any with that own index where there is none; otherwise −1. */
    int ofOwn(int index, int inner) {
        return find(first, index, second, inner);
    }

    private static int find(int[] needed, int value, int[] preferred, int other) {
        int found = -1;
        for (int i = 0; i < needed.length; i++) {
            if (needed[i] == value) {
                if (i < preferred.length && preferred[i] == other) {
                    return i;
                }
                found = found < 0 ? i : found;
            }
        }
        return found;
    }

    /** The inner index that most positions have, the first of these. */
    int commonestInner() {
        Map<Integer, Integer> count = new LinkedHashMap<>();
        for (int s : second) {
            count.merge(s, 1, Integer::sum);
        }
        int best = second[0];
        for (Map.Entry<Integer, Integer> e : count.entrySet()) {
            best = e.getValue() > count.get(best) ? e.getKey() : best;
        }
        return best;
    }

    /**
     * A natural parameter of an inner structure, its positions translated and its levels replaced. One number alone is no
     * position but a lag or an order, and stays.
     */
    static Natural move(Natural n, IntUnaryOperator place, List<String> levels) {
        boolean placed = n.i() >= 0 && n.j() >= 0;
        int i = placed ? place.applyAsInt(n.i()) : n.i();
        int j = placed ? place.applyAsInt(n.j()) : n.j();
        return new Natural(n.symbol(), i, j, levels, n.scale());
    }

    /** One list after the other, each entry once. */
    static List<String> union(List<String> a, List<String> b) {
        List<String> out = new ArrayList<>(a);
        b.stream().filter(x -> !out.contains(x)).forEach(out::add);
        return List.copyOf(out);
    }

    /** Whether a pattern is ascending without repeats. */
    static boolean isAscending(int[] at) {
        for (int i = 1; i < at.length; i++) {
            if (at[i] <= at[i - 1]) {
                return false;
            }
        }
        return true;
    }

    /** Whether an index stands twice in a pattern. */
    static boolean hasRepeats(int[] at) {
        int[] sorted = at.clone();
        java.util.Arrays.sort(sorted);
        return !isAscending(sorted);
    }
}
