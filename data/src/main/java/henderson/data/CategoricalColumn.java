package henderson.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Codes into a list of levels. */
final class CategoricalColumn implements Column {
    static final int MISSING = -1;
    static final int UNDECLARED = -2;

    private final Ints codes;
    private final List<String> levels;
    /** Where the column turned out to be text, for messages. */
    private final @Nullable FirstText firstText;

    private @Nullable Boolean complete;
    private long @Nullable [] counts;
    private final Map<CategoricalColumn, CategoricalColumn> pairs = new WeakHashMap<>();

    /** A row, from 1, and what stands there. */
    record FirstText(long row, String text) {}

    CategoricalColumn(Ints codes, List<String> levels, @Nullable FirstText firstText) {
        this.codes = codes;
        this.levels = List.copyOf(levels);
        this.firstText = firstText;
    }

    /** With what is known already: how many rows each level has. */
    static CategoricalColumn counted(Ints codes, List<String> levels, long[] counts) {
        CategoricalColumn out = new CategoricalColumn(codes, levels, null);
        out.counts = counts;
        out.complete = Arrays.stream(counts).sum() == codes.size();
        return out;
    }

    /** Takes codes into levels in any order, and sorts the levels. */
    static CategoricalColumn sorted(Ints codes, List<String> found, @Nullable FirstText firstText) {
        Integer[] order = new Integer[found.size()];
        Arrays.setAll(order, i -> i);
        double[] numbers = Numbers.allNumbers(found);
        Comparator<Integer> byText = Comparator.comparing(found::get, Numbers.CODE_POINTS);
        Comparator<Integer> by = numbers == null
                ? byText
                : Comparator.<Integer>comparingDouble(i -> numbers[i]).thenComparing(byText);
        Arrays.sort(order, by);
        int[] rank = new int[order.length];
        String[] levels = new String[order.length];
        for (int i = 0; i < order.length; i++) {
            rank[order[i]] = i;
            levels[i] = found.get(order[i]);
        }
        codes.remap(rank);
        return new CategoricalColumn(codes, List.of(levels), firstText);
    }

    static CategoricalColumn of(List<@Nullable String> values) {
        Dictionary dictionary = new Dictionary();
        Ints codes = new Ints();
        for (String v : values) {
            codes.add(v == null || Numbers.isMissing(v) ? MISSING : dictionary.code(v));
        }
        return sorted(codes.seal(), dictionary.levels(), null);
    }

    /** The same values with these levels, others being undeclared. */
    CategoricalColumn declare(List<String> declared) {
        if (declared.isEmpty() || declared.equals(levels)) {
            return this;
        }
        Map<String, Integer> index = new HashMap<>();
        for (int i = 0; i < declared.size(); i++) {
            index.put(declared.get(i), i);
        }
        int[] map = new int[levels.size()];
        for (int i = 0; i < map.length; i++) {
            Integer at = index.get(levels.get(i));
            map[i] = at != null ? at : sameNumber(levels.get(i), declared);
        }
        Ints recoded = new Ints(codes.spill());
        for (int i = 0; i < size(); i++) {
            int c = codes.get(i);
            recoded.add(c >= 0 ? map[c] : c);
        }
        return new CategoricalColumn(recoded.seal(), declared, firstText);
    }

    private static int sameNumber(String level, List<String> declared) {
        double x = Numbers.parse(level);
        for (int i = 0; !Double.isNaN(x) && i < declared.size(); i++) {
            if (Numbers.parse(declared.get(i)) == x) {
                return i;
            }
        }
        return UNDECLARED;
    }

    @Override
    public int size() {
        return codes.size();
    }

    @Override
    public boolean missing(int row) {
        return codes.get(row) < 0;
    }

    /** Where columns made of this one go. */
    @Nullable
    Spill spill() {
        return codes.spill();
    }

    /** Where the codes lie. */
    Ints codes() {
        return codes;
    }

    /** Whether every row has a level; found once. */
    boolean complete() {
        Boolean known = complete;
        if (known == null) {
            known = codes.min() >= 0;
            complete = known;
        }
        return known;
    }

    /** Rows of each level, found once. Not copied: do not modify. */
    long[] counts() {
        long[] known = counts;
        if (known == null) {
            known = new long[levels.size()];
            codes.count(known);
            counts = known;
        }
        return known;
    }

    /** Combinations with another column over all rows, made once. */
    synchronized CategoricalColumn paired(CategoricalColumn other, Supplier<CategoricalColumn> make) {
        return pairs.computeIfAbsent(other, o -> make.get());
    }

    int code(int row) {
        return codes.get(row);
    }

    List<String> levels() {
        return levels;
    }

    @Nullable
    FirstText firstText() {
        return firstText;
    }

    @Override
    public ColumnInfo info(String name) {
        long missing = 0;
        for (int i = 0; i < size(); i++) {
            missing += codes.get(i) < 0 ? 1 : 0;
        }
        return new ColumnInfo(name, ColumnInfo.Type.CATEGORICAL, missing, Double.NaN, Double.NaN, levels, 0);
    }
}
