package henderson.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Draws the grouping factors of a design; levels are numbered at random and rows lie in any order. */
final class Factors {
    private final Random random;
    private int n;

    Factors(Random random, int rows) {
        this.random = random;
        this.n = rows;
    }

    /** A factor and the columns of its random effects. */
    record Grouping(String name, int[] level, int levels, int columns, boolean intercept) {}

    /** Rows of the design; a balanced one may have changed them. */
    int rows() {
        return n;
    }

    List<Grouping> draw(RandomDesigns.Arrangement arrangement) {
        return switch (arrangement) {
            case ONE_BALANCED -> oneBalanced();
            case ONE_UNBALANCED -> List.of(grouping("a", unbalanced(Math.max(3, n / 4)), 1));
            case SEVERAL_COLUMNS -> List.of(grouping("a", unbalanced(Math.max(3, n / 6)), 2 + random.nextInt(2)));
            case NESTED_TWO -> nested(2);
            case NESTED_THREE -> nested(3);
            case CROSSED_TWO -> crossed(2);
            case CROSSED_THREE -> crossed(3);
            case PARTIALLY_CROSSED -> partiallyCrossed();
            case NESTED_AND_CROSSED -> nestedAndCrossed();
            case TWO_BLOCKS -> twoBlocks();
        };
    }

    private List<Grouping> oneBalanced() {
        int each = 2 + random.nextInt(3);
        int groups = Math.max(3, n / each);
        n = groups * each;
        int[] level = shuffled(i -> i % groups);
        return List.of(grouping("a", level, 1));
    }

    private List<Grouping> nested(int depth) {
        int[] a = unbalanced(2 + n / 12);
        int[] b = within(a, 3);
        List<Grouping> out = new ArrayList<>();
        out.add(grouping("a", a, 1 + random.nextInt(2)));
        out.add(grouping("a:b", b, depth == 2 ? 1 + random.nextInt(2) : 1));
        if (depth == 3) {
            out.add(grouping("a:b:c", within(b, 2), 1));
        }
        return out;
    }

    private List<Grouping> crossed(int count) {
        List<Grouping> out = new ArrayList<>();
        for (int f = 0; f < count; f++) {
            int columns = f == 0 ? 1 + random.nextInt(2) : 1;
            out.add(grouping(Character.toString('a' + f), unbalanced(3 + random.nextInt(1 + n / 6)), columns));
        }
        return out;
    }

    private List<Grouping> partiallyCrossed() {
        int pupils = Math.max(3, n / 4);
        int schools = 2 + n / 12;
        int[] pupil = unbalanced(pupils);
        int[] first = shuffled(i -> random.nextInt(schools));
        int[] school = new int[n];
        for (int i = 0; i < n; i++) {
            school[i] = (first[pupil[i] % n] + (random.nextBoolean() ? 1 : 0)) % schools;
        }
        return List.of(grouping("pupil", pupil, 1 + random.nextInt(2)), grouping("school", school, 1));
    }

    private List<Grouping> nestedAndCrossed() {
        List<Grouping> out = new ArrayList<>(nested(2));
        out.add(grouping("c", unbalanced(3 + random.nextInt(3)), 1));
        return out;
    }

    private List<Grouping> twoBlocks() {
        Grouping first = grouping("a", unbalanced(Math.max(3, n / 6)), 1 + random.nextInt(2));
        return List.of(first, new Grouping("a", first.level(), first.levels(), 1 + random.nextInt(2), false));
    }

    /** Groups of random sizes; about a third of them one row. */
    private int[] unbalanced(int groups) {
        int single = groups / 3;
        return shuffled(i -> i < groups ? i : single + random.nextInt(groups - single));
    }

    private int[] shuffled(IntUnaryOperator of) {
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            values.add(of.applyAsInt(i));
        }
        Collections.shuffle(values, random);
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Levels within those of {@code outer}, at most {@code most} in each. */
    private int[] within(int[] outer, int most) {
        int[] out = new int[n];
        for (int i = 0; i < n; i++) {
            out[i] = outer[i] * most + random.nextInt(most);
        }
        return out;
    }

    /** Numbers the codes 0, 1, … at random. */
    private Grouping grouping(String name, int[] codes, int columns) {
        List<Integer> distinct =
                new ArrayList<>(Arrays.stream(codes).distinct().boxed().toList());
        Collections.shuffle(distinct, random);
        Map<Integer, Integer> number = new LinkedHashMap<>();
        distinct.forEach(c -> number.put(c, number.size()));
        int[] level = Arrays.stream(codes).map(number::get).toArray();
        return new Grouping(name, level, distinct.size(), columns, true);
    }
}
