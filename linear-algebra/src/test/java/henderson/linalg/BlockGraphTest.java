package henderson.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class BlockGraphTest {
    @Test
    void edges_are_numbered_in_the_order_they_come_however_many() {
        int n = 300;
        BlockGraph graph = new BlockGraph(Graphs.ones(n));
        Map<String, Integer> expected = new HashMap<>();
        Random random = new Random(1);
        for (int k = 0; k < 20_000; k++) {
            int a = random.nextInt(n);
            int b = (a + 1 + random.nextInt(n - 1)) % n;
            String key = Math.min(a, b) + " " + Math.max(a, b);
            int number = expected.computeIfAbsent(key, unused -> expected.size());
            assertThat(graph.join(a, b)).isEqualTo(number);
            assertThat(graph.edges()).isEqualTo(expected.size());
        }
        for (int a = 0; a < n; a++) {
            for (int b = 0; b < n; b++) {
                if (a != b) {
                    String key = Math.min(a, b) + " " + Math.max(a, b);
                    assertThat(graph.edge(a, b)).isEqualTo(expected.getOrDefault(key, -1));
                }
            }
        }
    }

    @Test
    void an_edge_is_the_same_from_either_end() {
        BlockGraph graph = new BlockGraph(new int[] {2, 1, 3});
        assertThat(graph.join(2, 0)).isZero();
        assertThat(graph.join(0, 2)).isZero();
        assertThat(graph.join(1, 2)).isEqualTo(1);
        assertThat(graph.edge(0, 2)).isZero();
        assertThat(graph.edge(2, 0)).isZero();
        assertThat(graph.edge(0, 1)).isEqualTo(-1);
        assertThat(graph.first(0)).isZero();
        assertThat(graph.second(0)).isEqualTo(2);
        assertThat(graph.edges()).isEqualTo(2);
    }

    @Test
    void asking_for_an_edge_does_not_make_one() {
        BlockGraph graph = new BlockGraph(Graphs.ones(3));
        assertThat(graph.edge(0, 1)).isEqualTo(-1);
        assertThat(graph.edges()).isZero();
    }

    @Test
    void neighbours_are_those_joined() {
        BlockGraph graph = Graphs.sparse(Graphs.ones(40), 120, new Random(3));
        BlockGraph.Adjacency adjacency = graph.adjacency();
        for (int a = 0; a < 40; a++) {
            int[] list = Arrays.copyOfRange(
                    adjacency.lists(), adjacency.starts()[a], adjacency.starts()[a + 1]);
            TreeSet<Integer> expected = new TreeSet<>();
            for (int b = 0; b < 40; b++) {
                if (a != b && graph.edge(a, b) >= 0) {
                    expected.add(b);
                }
            }
            assertThat(list).doesNotHaveDuplicates();
            assertThat(Arrays.stream(list).boxed()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void sizes_are_copied() {
        int[] size = {2, 3};
        BlockGraph graph = new BlockGraph(size);
        size[0] = 9;
        assertThat(graph.size(0)).isEqualTo(2);
        assertThat(graph.nodes()).isEqualTo(2);
    }

    @Test
    void nodes_that_do_not_exist_or_are_the_same_are_refused() {
        BlockGraph graph = new BlockGraph(Graphs.ones(3));
        assertThatThrownBy(() -> graph.join(1, 1)).hasMessageContaining("Node 1 is not joined to itself");
        assertThatThrownBy(() -> graph.join(0, 3)).hasMessageContaining("3 nodes");
        assertThatThrownBy(() -> graph.join(-1, 2)).hasMessageContaining("3 nodes");
        assertThatThrownBy(() -> new BlockGraph(new int[] {1, 0})).hasMessageContaining("Node 1 has 0 columns");
        assertThat(graph.edges()).isZero();
    }
}
