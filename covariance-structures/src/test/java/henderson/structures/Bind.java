package henderson.structures;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Positions;
import java.util.List;
import java.util.Map;

/** Structures and combinators, bound, for tests. */
final class Bind {
    private Bind() {}

    static BoundStructure unstructured(int q) {
        return new BoundUnstructured(q);
    }

    static BoundStructure exchangeable(int q) {
        return q == 1 ? BoundDiagonal.common(1) : new BoundExchangeable(q);
    }

    static BoundStructure identity(int q) {
        return BoundDiagonal.common(q);
    }

    static BoundStructure independent(int q) {
        return BoundDiagonal.separate(q);
    }

    /** Pairs of levels a, b, … and inner indices. */
    static Positions pairs(int[]... pairs) {
        int levels = 1;
        for (int[] pair : pairs) {
            levels = Math.max(levels, pair[0] + 1);
        }
        List<String> names = List.of("a", "b", "c", "d", "e").subList(0, levels);
        return new Positions() {
            @Override
            public int size() {
                return pairs.length;
            }

            @Override
            public String label(int i) {
                return names.get(pairs[i][0]) + pairs[i][1];
            }

            @Override
            public int first(int i) {
                return pairs[i][0];
            }

            @Override
            public int second(int i) {
                return pairs[i][1];
            }

            @Override
            public List<String> levels() {
                return names;
            }
        };
    }

    /** Numbers beside inner indices 0, 1, …. */
    static Positions numbers(double... x) {
        return new Positions() {
            @Override
            public int size() {
                return x.length;
            }

            @Override
            public String label(int i) {
                return "p" + (i + 1);
            }

            @Override
            public double real(int i) {
                return x[i];
            }

            @Override
            public int second(int i) {
                return i;
            }
        };
    }

    /** {@code lefts × rights} cells, the left index fast. */
    static int[][] grid(int lefts, int rights) {
        int[][] out = new int[lefts * rights][];
        for (int i = 0; i < out.length; i++) {
            out[i] = new int[] {i % lefts, i / lefts};
        }
        return out;
    }

    static Arguments arguments(Combinator combinator, Map<String, Object> given) {
        return Arguments.of(combinator.name(), combinator.arguments(), given);
    }

    static BoundStructure variances(Positions pairs, BoundStructure inner) {
        return bind(new UnequalVariances(), pairs, inner);
    }

    static BoundStructure variances(String function, Positions pairs, BoundStructure inner) {
        UnequalVariances kind = new UnequalVariances();
        return kind.bind(arguments(kind, Map.of("function", function)), pairs, List.of(inner));
    }

    static BoundStructure by(Positions pairs, BoundStructure... inner) {
        return bind(new By(), pairs, inner);
    }

    static BoundStructure kronecker(Positions pairs, BoundStructure left, BoundStructure right) {
        return bind(new Kronecker(), pairs, left, right);
    }

    private static BoundStructure bind(Combinator kind, Positions pairs, BoundStructure... inner) {
        return kind.bind(arguments(kind, Map.of()), pairs, List.of(inner));
    }
}
