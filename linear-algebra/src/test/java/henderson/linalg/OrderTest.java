package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cost of large patterns, in entries looked at: a quadratic step would show as thousands per node and edge. */
class OrderTest {
    private static final double FULL = 0.4;

    @Test
    void a_star_costs_a_few_looks_per_leaf_wherever_its_hub_is() {
        int n = 200_001;
        for (int hub : new int[] {0, n / 2, n - 1}) {
            BlockGraph star = Graphs.star(Graphs.ones(n), hub);
            Order order = new Order(star, Graphs.none(star), FULL);
            assertLinear(star, order, 1);
            assertThat(order.position[hub]).isGreaterThanOrEqualTo(n - 5);
        }
        BlockGraph star = Graphs.star(Graphs.ones(n), n - 1);
        Order leaves = new Order(star, Graphs.upTo(star, n - 1), FULL);
        assertLinear(star, leaves, 1);
        assertThat(leaves.steps).isEqualTo(n);
    }

    @Test
    void a_chain_costs_a_few_looks_per_link() {
        BlockGraph chain = Graphs.chain(Graphs.ones(100_000));
        Order order = new Order(chain, Graphs.none(chain), FULL);
        assertLinear(chain, order, 1);
        boolean[] odd = new boolean[100_000];
        for (int i = 1; i < odd.length; i += 2) {
            odd[i] = true;
        }
        order = new Order(chain, odd, FULL);
        assertLinear(chain, order, 2);
    }

    @Test
    void four_levels_of_nesting_cost_a_few_looks_per_node_and_no_fill() {
        int[][] levels = {
            {1, 10, 1000, 298_989}, {100, 1000, 20_000, 278_900}, {1, 2, 3, 299_994}, {1, 1000, 100_000, 198_999}
        };
        for (int[] level : levels) {
            int[] parent = Graphs.nesting(new Random(1), level);
            BlockGraph nested = Graphs.nested(Graphs.ones(parent.length), parent);
            boolean[] last = new boolean[parent.length];
            for (int i = parent.length - level[3]; i < parent.length; i++) {
                last[i] = true;
            }
            Order with = new Order(nested, last, FULL);
            assertLinear(nested, with, 3);
            Order without = new Order(nested, Graphs.none(nested), FULL);
            assertLinear(nested, without, 3);
        }
    }

    @Test
    void two_crossed_factors_cost_looks_in_proportion_to_their_links() {
        BlockGraph crossed = Graphs.crossed(Graphs.ones(100_600), 100_000, 300, new Random(1));
        Order order = new Order(crossed, Graphs.upTo(crossed, 100_000), FULL);
        assertThat(order.visits).isLessThan(60L * crossed.edges());
    }

    @Test
    void a_crossing_of_which_no_class_leads_leaves_a_tail_that_is_full() {
        // nodes of the crossing have long lists here, so that degrees are bounds for most of the way
        BlockGraph crossed = Graphs.crossed(Graphs.ones(30_600), 30_000, 300, new Random(3));
        Order order = new Order(crossed, Graphs.none(crossed), FULL);
        // 600 levels are all joined in the end; the others must not wait there for a bound to come down
        assertThat(largestTail(order)).isLessThan(1000);
    }

    private static int largestTail(Order order) {
        int tail = 0;
        for (int c = 0; c < order.components; c++) {
            int s = order.componentStart[c + 1] - 1;
            tail = Math.max(tail, order.memberStart[s + 1] - order.memberStart[s]);
        }
        return tail;
    }

    /** No fill beyond a tail: with m nodes of at most {@code deepest} ancestors each, the rest is full for m ≤ 1 + 5 deepest. */
    private static void assertLinear(BlockGraph graph, Order order, int deepest) {
        assertThat(order.visits).isLessThan(12L * (graph.nodes() + graph.edges()));
        assertThat(largestTail(order)).isLessThanOrEqualTo(1 + 5 * deepest);
        for (int s = 0; s < order.steps; s++) {
            assertThat(order.reachStart[s + 1] - order.reachStart[s]).isLessThanOrEqualTo(deepest);
        }
    }
}
