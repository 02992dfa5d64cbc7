package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EliminationTest {
    static IntStream draws() {
        return IntStream.range(0, 78);
    }

    private BlockGraph graph;
    private boolean[] leading;
    private Elimination e;

    private void draw(int draw) {
        Random random = new Random(draw);
        graph = Graphs.draw(draw, random);
        leading = draw % 2 == 0 ? Graphs.some(graph, random) : Graphs.none(graph);
        e = Elimination.of(graph, leading, draw % 4);
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void every_node_stands_in_one_step(int draw) {
        draw(draw);
        Set<Integer> seen = new TreeSet<>();
        for (int s = 0; s < e.steps(); s++) {
            int column = 0;
            for (int k = 0; k < e.memberCount(s); k++) {
                int node = e.member(s, k);
                assertThat(seen.add(node)).isTrue();
                assertThat(e.stepOf(node)).isEqualTo(s);
                assertThat(e.columnIn(s, node)).isEqualTo(column);
                column += graph.size(node);
            }
            assertThat(e.columns(s)).isEqualTo(column);
        }
        assertThat(seen).hasSize(graph.nodes());
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void nodes_go_by_least_degree_and_reach_is_their_fill_until_the_rest_is_full(int draw) {
        draw(draw);
        List<Set<Integer>> neighbours = neighbours();
        for (int c = 0; c < e.components(); c++) {
            int tail = e.firstStep(c + 1) - 1;
            int remaining = nodes(c).size();
            for (int s = e.firstStep(c); s < tail; s++) {
                int v = e.member(s, 0);
                assertThat(e.memberCount(s)).isEqualTo(1);
                assertThat(reach(s)).containsExactlyInAnyOrderElementsOf(neighbours.get(v));
                if (!leading[v]) {
                    assertThat(full(neighbours, c, remaining)).isFalse();
                    assertThat(v).isEqualTo(leastDegree(neighbours, s));
                }
                eliminate(neighbours, v);
                remaining--;
            }
            assertThat(e.reachCount(tail)).isZero();
            assertThat(e.memberCount(tail)).isEqualTo(remaining);
            if (remaining > 1) {
                assertThat(full(neighbours, c, remaining)).isTrue();
            }
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void components_are_kept_apart(int draw) {
        draw(draw);
        List<Set<Integer>> neighbours = neighbours();
        int total = 0;
        for (int c = 0; c < e.components(); c++) {
            Set<Integer> nodes = nodes(c);
            total += nodes.size();
            assertThat(nodes).isEqualTo(connected(neighbours, nodes.iterator().next()));
            for (int s = e.firstStep(c); s < e.firstStep(c + 1); s++) {
                assertThat(nodes).containsAll(reach(s));
            }
        }
        assertThat(total).isEqualTo(graph.nodes());
        assertThat(e.firstStep(e.components())).isEqualTo(e.steps());
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void the_leading_class_goes_first(int draw) {
        draw(draw);
        for (int c = 0; c < e.components(); c++) {
            int tail = e.firstStep(c + 1) - 1;
            boolean others = false;
            for (int s = e.firstStep(c); s < tail; s++) {
                others |= !leading[e.member(s, 0)];
                assertThat(leading[e.member(s, 0)] && others).isFalse();
            }
            // the tail has one of the class only where the class is the whole component
            for (int k = 0; k < e.memberCount(tail); k++) {
                assertThat(leading[e.member(tail, k)] && (others || e.memberCount(tail) > 1))
                        .isFalse();
            }
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void reach_follows_the_order_and_the_tree(int draw) {
        draw(draw);
        for (int s = 0; s < e.steps(); s++) {
            int column = e.columns(s);
            int before = s;
            int columnBefore = -1;
            for (int k = 0; k < e.reachCount(s); k++) {
                int node = e.reach(s, k);
                boolean later = e.stepOf(node) > before
                        || e.stepOf(node) == before && before > s && e.columnOf[node] > columnBefore;
                assertThat(later).isTrue();
                assertThat(e.columnIn(s, node)).isEqualTo(column);
                assertThat(e.columnIn(e.parent[s], node)).isEqualTo(e.inParent[e.reachStart[s] + k]);
                before = e.stepOf(node);
                columnBefore = e.columnOf[node];
                column += graph.size(node);
            }
            assertThat(e.width(s)).isEqualTo(column + e.border());
            assertThat(e.parent[s]).isEqualTo(e.reachCount(s) == 0 ? -1 : e.stepOf(e.reach(s, 0)));
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void panels_follow_one_another_and_blocks_stand_in_them(int draw) {
        draw(draw);
        int at = 0;
        for (int s = 0; s < e.steps(); s++) {
            assertThat(e.panel(s)).isEqualTo(at);
            at += e.columns(s) * e.width(s);
        }
        assertThat(e.panelLength()).isEqualTo(at);
        for (int k = 0; k < graph.edges(); k++) {
            int a = graph.first(k);
            int b = graph.second(k);
            int row = e.earlier(a, b);
            int other = row == a ? b : a;
            int s = e.stepOf(row);
            int expected = e.panel(s) + e.columnIn(s, row) * e.width(s) + e.columnIn(s, other);
            assertThat(e.columnIn(s, row)).isLessThan(e.columnIn(s, other));
            assertThat(e.earlier(b, a)).isEqualTo(row);
            assertThat(e.offset(a, b)).isEqualTo(expected);
            assertThat(e.offset(b, a)).isEqualTo(expected);
            assertThat(e.stride(a, b)).isEqualTo(e.width(s));
            assertThat(e.stride(row)).isEqualTo(e.width(s));
            assertThat(e.borderOffset(row)).isEqualTo(e.panel(s) + (e.columnIn(s, row) + 1) * e.width(s) - e.border());
        }
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void the_order_does_not_depend_on_the_order_of_edges(int draw) {
        draw(draw);
        List<Integer> edges =
                new ArrayList<>(IntStream.range(0, graph.edges()).boxed().toList());
        Collections.shuffle(edges, new Random(draw));
        int[] size = IntStream.range(0, graph.nodes()).map(graph::size).toArray();
        BlockGraph other = new BlockGraph(size);
        for (int k : edges) {
            other.join(graph.second(k), graph.first(k));
        }
        Elimination again = Elimination.of(other, leading, e.border());
        assertThat(again.members).containsExactly(e.members);
        assertThat(again.reach).containsExactly(e.reach);
        assertThat(again.componentStart).containsExactly(e.componentStart);
        assertThat(again.memberStart).containsExactly(e.memberStart);
    }

    @ParameterizedTest(name = "draw {0}")
    @MethodSource("draws")
    void a_node_outside_the_reach_has_no_column(int draw) {
        draw(draw);
        for (int s = 0; s < e.steps(); s++) {
            Set<Integer> inside = new TreeSet<>(reach(s));
            for (int k = 0; k < e.memberCount(s); k++) {
                inside.add(e.member(s, k));
            }
            for (int node = 0; node < graph.nodes(); node++) {
                int step = s;
                int outside = node;
                if (!inside.contains(node)) {
                    assertThatThrownBy(() -> e.columnIn(step, outside)).hasMessageContaining("not in reach");
                }
            }
        }
    }

    @Test
    void nesting_gives_no_fill() {
        int[] parent = Graphs.nesting(new Random(5), 3, 12, 60, 400, 2000);
        graph = Graphs.nested(Graphs.ones(parent.length), parent);
        leading = new boolean[parent.length];
        for (int i = 475; i < leading.length; i++) {
            leading[i] = true;
        }
        e = Elimination.of(graph, leading, 2);
        assertThat(e.components()).isEqualTo(3);
        for (int c = 0; c < 3; c++) {
            int tail = e.firstStep(c + 1) - 1;
            for (int s = e.firstStep(c); s < tail; s++) {
                for (int other : reach(s)) {
                    assertThat(graph.edge(e.member(s, 0), other)).isNotNegative();
                }
            }
            // m nodes with at most 4 ancestors each have 40 % of their edges only where m ≤ 21
            assertThat(e.memberCount(tail)).isLessThanOrEqualTo(21);
        }
    }

    @Test
    void hundreds_of_thousands_of_nodes_are_laid_out_in_seconds() {
        // a quadratic step here takes minutes
        int[] parent = Graphs.nesting(new Random(2), 50, 1000, 20_000, 278_950);
        graph = Graphs.nested(Graphs.ones(parent.length), parent);
        BlockGraph star = Graphs.star(Graphs.ones(200_000), 0);
        BlockGraph chain = Graphs.chain(Graphs.ones(100_000));
        assertTimeout(Duration.ofSeconds(30), () -> {
            assertThat(Elimination.of(graph, Graphs.none(graph), 3).components())
                    .isEqualTo(50);
            assertThat(Elimination.of(star, Graphs.none(star), 3).components()).isEqualTo(1);
            assertThat(Elimination.of(chain, Graphs.none(chain), 3).components())
                    .isEqualTo(1);
        });
    }

    @Test
    void a_long_reach_is_found_wherever_it_is() {
        // a leading node joined to 500 others; their own edges are few, so that no tail swallows the reach
        BlockGraph wide = Graphs.star(Graphs.sizes(501, new Random(9)), 0);
        Elimination order = Elimination.of(wide, Graphs.upTo(wide, 1), 1);
        assertThat(order.reachCount(0)).isEqualTo(500);
        int column = order.columns(0);
        for (int k = 0; k < 500; k++) {
            int node = order.reach(0, k);
            assertThat(order.columnIn(0, node)).isEqualTo(column);
            for (int from = Math.max(0, k - 70); from <= k; from++) {
                assertThat(order.seek(0, node, from)).isEqualTo(k);
            }
            column += wide.size(node);
        }
    }

    @Test
    void the_price_of_rotations_counts_rows_as_they_go_up_the_tree() {
        // chain of three, tail of two: step 0 has one row over columns {0, 1} and border 1, the tail two own and one
        // below
        BlockGraph chain = Graphs.chain(Graphs.ones(3));
        Elimination order = Elimination.of(chain, Graphs.upTo(chain, 1), 1);
        assertThat(order.steps()).isEqualTo(2);
        assertThat(order.rotationCost()).isEqualTo(4.0 * 1 * 1 * 3 + 4.0 * 3 * 2 * 3);
    }

    @Test
    void a_graph_without_nodes_has_no_steps() {
        BlockGraph empty = new BlockGraph(new int[0]);
        Elimination order = Elimination.of(empty, new boolean[0], 3);
        assertThat(order.steps()).isZero();
        assertThat(order.components()).isZero();
        assertThat(order.panelLength()).isZero();
        assertThat(order.firstStep(0)).isZero();
    }

    @Test
    void a_leading_class_of_another_length_is_refused() {
        BlockGraph two = new BlockGraph(Graphs.ones(2));
        assertThatThrownBy(() -> Elimination.of(two, new boolean[3], 0)).hasMessageContaining("3 nodes");
        assertThatThrownBy(() -> Elimination.of(two, new boolean[2], -1)).hasMessageContaining("-1 columns");
    }

    @Test
    void a_factor_too_large_for_an_array_is_refused() {
        BlockGraph huge = new BlockGraph(new int[] {50_000, 3});
        huge.join(0, 1);
        assertThatThrownBy(() -> Elimination.of(huge, new boolean[2], 0)).hasMessageContaining("2³¹");
    }

    private Set<Integer> reach(int s) {
        Set<Integer> out = new TreeSet<>();
        for (int k = 0; k < e.reachCount(s); k++) {
            assertThat(out.add(e.reach(s, k))).isTrue();
        }
        return out;
    }

    private Set<Integer> nodes(int component) {
        Set<Integer> out = new TreeSet<>();
        for (int s = e.firstStep(component); s < e.firstStep(component + 1); s++) {
            for (int k = 0; k < e.memberCount(s); k++) {
                out.add(e.member(s, k));
            }
        }
        return out;
    }

    private List<Set<Integer>> neighbours() {
        List<Set<Integer>> out = new ArrayList<>();
        for (int i = 0; i < graph.nodes(); i++) {
            out.add(new TreeSet<>());
        }
        for (int k = 0; k < graph.edges(); k++) {
            out.get(graph.first(k)).add(graph.second(k));
            out.get(graph.second(k)).add(graph.first(k));
        }
        return out;
    }

    /** Takes a node out and joins its neighbours to one another. */
    private static void eliminate(List<Set<Integer>> neighbours, int v) {
        Set<Integer> around = neighbours.get(v);
        for (int u : around) {
            neighbours.get(u).addAll(around);
            neighbours.get(u).remove(u);
            neighbours.get(u).remove(v);
        }
        neighbours.set(v, Set.of());
    }

    /** Whether what remains of a component has at least 40 % of the possible edges. */
    private boolean full(List<Set<Integer>> neighbours, int component, int remaining) {
        int sum = nodes(component).stream()
                .mapToInt(v -> neighbours.get(v).size())
                .sum();
        return sum >= 0.4 * remaining * (remaining - 1.0);
    }

    /** The node of least degree among those of a component that are not in a step before {@code s}; the first of equals. */
    private int leastDegree(List<Set<Integer>> neighbours, int s) {
        int component = 0;
        while (e.firstStep(component + 1) <= s) {
            component++;
        }
        int best = -1;
        for (int v : nodes(component)) {
            boolean remains = e.stepOf(v) >= s;
            if (remains
                    && (best < 0
                            || neighbours.get(v).size() < neighbours.get(best).size())) {
                best = v;
            }
        }
        return best;
    }

    private static Set<Integer> connected(List<Set<Integer>> neighbours, int start) {
        Set<Integer> out = new TreeSet<>(Set.of(start));
        List<Integer> open = new ArrayList<>(out);
        while (!open.isEmpty()) {
            for (int u : neighbours.get(open.remove(open.size() - 1))) {
                if (out.add(u)) {
                    open.add(u);
                }
            }
        }
        return out;
    }
}
