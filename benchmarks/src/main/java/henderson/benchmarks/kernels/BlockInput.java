package henderson.benchmarks.kernels;

import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;
import java.util.Arrays;
import java.util.Random;

/** A positive definite matrix over a graph of blocks, the same each time. */
final class BlockInput {
    /** Right-hand sides beside the matrix. */
    static final int BORDER = 4;

    final BlockGraph graph;
    final boolean[] leading;
    final Elimination elimination;
    /** Diagonal blocks, one after the other, row-major. */
    final double[][] diagonal;
    /** For each edge, the block of its first and second node, row-major. */
    final double[][] beside;
    /** For each node, its rows of the border, row-major. */
    final double[][] border;

    BlockInput(Pattern pattern, int n) {
        Random random = new Random(n);
        switch (pattern) {
            case GROUPS -> {
                graph = new BlockGraph(filled(n, 2));
                leading = filled(graph, n);
            }
            case NESTED -> {
                graph = new BlockGraph(filled(4 * n, 1));
                for (int i = 0; i < 3 * n; i++) {
                    graph.join(i, 3 * n + i / 3);
                }
                leading = filled(graph, 3 * n);
            }
            case CROSSED -> {
                graph = new BlockGraph(filled(5 * n, 1));
                for (int i = 0; i < 4 * n; i++) {
                    for (int k = 0; k < 5; k++) {
                        graph.join(i, 4 * n + random.nextInt(n));
                    }
                }
                leading = filled(graph, 4 * n);
            }
            default -> {
                graph = new BlockGraph(filled(n, 2));
                for (int i = 1; i < n; i++) {
                    graph.join(i - 1, i);
                }
                leading = filled(graph, 0);
            }
        }
        elimination = Elimination.of(graph, leading, BORDER);
        beside = new double[graph.edges()][];
        diagonal = new double[graph.nodes()][];
        border = new double[graph.nodes()][];
        fill(random);
    }

    private static int[] filled(int length, int size) {
        int[] out = new int[length];
        Arrays.fill(out, size);
        return out;
    }

    private static boolean[] filled(BlockGraph graph, int count) {
        boolean[] out = new boolean[graph.nodes()];
        Arrays.fill(out, 0, count, true);
        return out;
    }

    /** Diagonally dominant. */
    private void fill(Random random) {
        double[] weight = new double[graph.nodes()];
        for (int e = 0; e < graph.edges(); e++) {
            beside[e] = random.doubles((long) graph.size(graph.first(e)) * graph.size(graph.second(e)), -1, 1)
                    .toArray();
            weight[graph.first(e)] += graph.size(graph.second(e));
            weight[graph.second(e)] += graph.size(graph.first(e));
        }
        for (int node = 0; node < graph.nodes(); node++) {
            int size = graph.size(node);
            border[node] = random.doubles((long) size * BORDER, -1, 1).toArray();
            diagonal[node] = new double[size * size];
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    diagonal[node][i * size + j] = i == j ? size + 1 + weight[node] : 0.5;
                }
            }
        }
    }

    /** Number of columns. */
    int order() {
        int sum = 0;
        for (int node = 0; node < graph.nodes(); node++) {
            sum += graph.size(node);
        }
        return sum;
    }
}
