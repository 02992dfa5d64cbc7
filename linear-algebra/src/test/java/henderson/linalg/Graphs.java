package henderson.linalg;

import java.util.Arrays;
import java.util.Random;

/** Graphs to eliminate. */
final class Graphs {
    private Graphs() {}

    static int[] ones(int n) {
        int[] size = new int[n];
        Arrays.fill(size, 1);
        return size;
    }

    /** Sizes from 1 to 4. */
    static int[] sizes(int n, Random random) {
        return random.ints(n, 1, 5).toArray();
    }

    static boolean[] none(BlockGraph graph) {
        return new boolean[graph.nodes()];
    }

    /** A share of the nodes, joined to one another or not. */
    static boolean[] some(BlockGraph graph, Random random) {
        boolean[] leading = new boolean[graph.nodes()];
        for (int i = 0; i < leading.length; i++) {
            leading[i] = random.nextInt(3) == 0;
        }
        return leading;
    }

    static boolean[] upTo(BlockGraph graph, int count) {
        boolean[] leading = new boolean[graph.nodes()];
        Arrays.fill(leading, 0, count, true);
        return leading;
    }

    /** About {@code edges} edges anywhere; several components when they are few. */
    static BlockGraph sparse(int[] size, int edges, Random random) {
        BlockGraph graph = new BlockGraph(size);
        for (int k = 0; k < edges && size.length > 1; k++) {
            int a = random.nextInt(size.length);
            int b = random.nextInt(size.length);
            if (a != b) {
                graph.join(a, b);
            }
        }
        return graph;
    }

    static BlockGraph chain(int[] size) {
        BlockGraph graph = new BlockGraph(size);
        for (int i = 1; i < size.length; i++) {
            graph.join(i - 1, i);
        }
        return graph;
    }

    /** All joined to one hub. */
    static BlockGraph star(int[] size, int hub) {
        BlockGraph graph = new BlockGraph(size);
        for (int i = 0; i < size.length; i++) {
            if (i != hub) {
                graph.join(i, hub);
            }
        }
        return graph;
    }

    /**
     * Every node joined to all its ancestors.
     *
     * @param parent for each node its parent, of smaller number, or −1
     */
    static BlockGraph nested(int[] size, int[] parent) {
        BlockGraph graph = new BlockGraph(size);
        for (int i = 0; i < parent.length; i++) {
            for (int p = parent[i]; p >= 0; p = parent[p]) {
                graph.join(i, p);
            }
        }
        return graph;
    }

    /** Parents of {@code levels[0]} roots, then of {@code levels[1]} nodes under them at random, and so on. */
    static int[] nesting(Random random, int... levels) {
        int[] parent = new int[Arrays.stream(levels).sum()];
        int above = 0;
        int at = 0;
        for (int level = 0; level < levels.length; level++) {
            int first = at;
            for (int i = 0; i < levels[level]; i++) {
                parent[at++] = level == 0 ? -1 : above + random.nextInt(levels[level - 1]);
            }
            above = first;
        }
        return parent;
    }

    /** {@code rows} nodes, each joined to one of {@code left} and one of {@code right}, and these to each other. */
    static BlockGraph crossed(int[] size, int rows, int left, Random random) {
        BlockGraph graph = new BlockGraph(size);
        int right = size.length - rows - left;
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < 3; k++) {
                int a = rows + random.nextInt(left);
                int b = rows + left + random.nextInt(right);
                graph.join(i, a);
                graph.join(i, b);
                graph.join(a, b);
            }
        }
        return graph;
    }

    /** A graph of the kind and size that belong to a draw; draw 0 is one node, later ones are larger. */
    static BlockGraph draw(int draw, Random random) {
        int n = 1 + draw / 2 + random.nextInt(3) * Math.min(draw, 1);
        int[] size = sizes(n, random);
        switch (draw % 5) {
            case 0:
                return sparse(size, random.nextInt(2 * n), random);
            case 1:
                return chain(size);
            case 2:
                return nested(size, nesting(random, 1, 1 + n / 5, n - 2 - n / 5));
            case 3:
                return n < 4 ? star(size, n - 1) : crossed(size, n / 2, 1 + n / 5, random);
            default:
                return sparse(size, n * n / 3, random);
        }
    }
}
