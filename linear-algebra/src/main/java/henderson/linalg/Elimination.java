package henderson.linalg;

import java.util.Arrays;

/**
 * The order in which the blocks of a graph are eliminated, and the pattern of the factor {@code R} ({@code M = RᵀR}).
 *
 * <p>Connected components are kept apart. In each, the nodes of the leading class go first (they are not joined to one
 * another in a mixed model: the levels of one factor), then the others by least degree, until what remains is so full that
 * it is treated as one dense tail. Every node before the tail is a <em>step</em> of its own, the tail is the component's
 * last step. A step has its own columns, the columns of the later nodes it is joined to (its <em>reach</em>), and a border.
 * A nested model is the case without fill, and a component of one node is a tail of one node.
 */
public final class Elimination {
    /** Share of possible edges beyond which the rest of a component is dense. */
    private static final double FULL = 0.4;

    private final BlockGraph graph;
    private final int border;

    /** Steps of component c: {@code componentStart[c] ≤ s < componentStart[c + 1]}. */
    final int[] componentStart;
    /** Nodes of step s: {@code members[memberStart[s]] …}. */
    final int[] memberStart;

    final int[] members;
    /** Later nodes joined to step s, in elimination order: {@code reach[reachStart[s]] …}. */
    final int[] reachStart;

    final int[] reach;
    /** Own columns of step s. */
    final int[] columns;
    /** Columns of the reach of step s. */
    final int[] reachColumns;
    /** Offset of step s's panel, {@code columns × (columns + reachColumns + border)}. */
    final int[] panel;
    /** Step of each node. */
    final int[] stepOf;
    /** Column of each node within its step. */
    final int[] columnOf;
    /** Column of each reach entry within its own panel. */
    final int[] reachColumn;
    /** Step that the first reach entry belongs to, or −1: the elimination tree. */
    final int[] parent;
    /** Column of each reach entry in the parent's panel. */
    final int[] inParent;

    /** Place of each node in the order. */
    private final int[] position;

    private final int panelLength;

    private Elimination(BlockGraph graph, int border, Order order) {
        this.graph = graph;
        this.border = border;
        int steps = order.steps;
        this.componentStart = Arrays.copyOf(order.componentStart, order.components + 1);
        this.memberStart = Arrays.copyOf(order.memberStart, steps + 1);
        this.members = order.members;
        this.position = order.position;
        this.reachStart = Arrays.copyOf(order.reachStart, steps + 1);
        this.reach = Arrays.copyOf(order.reach, reachStart[steps]);
        this.columns = new int[steps];
        this.reachColumns = new int[steps];
        this.panel = new int[steps];
        this.stepOf = new int[graph.nodes()];
        this.columnOf = new int[graph.nodes()];
        this.reachColumn = new int[reach.length];
        this.parent = new int[steps];
        this.inParent = new int[reach.length];
        layColumns(steps);
        long length = 0;
        for (int s = 0; s < steps; s++) {
            sortReach(s);
            panel[s] = (int) length;
            length += (long) columns[s] * width(s);
            if (length > Integer.MAX_VALUE - 16) {
                throw new IllegalArgumentException("The factor would have more than 2³¹ entries.");
            }
        }
        this.panelLength = (int) length;
        for (int s = 0; s < steps; s++) {
            link(s);
        }
    }

    /**
     * Chooses an order and finds the pattern.
     *
     * @param leading for each node whether it belongs to the class eliminated first
     * @param border  number of dense columns that every step carries along
     */
    public static Elimination of(BlockGraph graph, boolean[] leading, int border) {
        if (leading.length != graph.nodes() || border < 0) {
            throw new IllegalArgumentException("A graph of " + graph.nodes() + " nodes was given a leading class over "
                    + leading.length + " nodes and a border of " + border + " columns.");
        }
        return new Elimination(graph, border, new Order(graph, leading, FULL));
    }

    private void layColumns(int steps) {
        for (int s = 0; s < steps; s++) {
            int at = 0;
            for (int m = memberStart[s]; m < memberStart[s + 1]; m++) {
                stepOf[members[m]] = s;
                columnOf[members[m]] = at;
                at += graph.size(members[m]);
            }
            columns[s] = at;
        }
    }

    private void sortReach(int s) {
        int from = reachStart[s];
        int to = reachStart[s + 1];
        long[] keys = new long[to - from];
        for (int i = from; i < to; i++) {
            keys[i - from] = ((long) position[reach[i]] << 32) | reach[i];
        }
        Arrays.sort(keys);
        int at = columns[s];
        for (int i = from; i < to; i++) {
            reach[i] = (int) keys[i - from];
            reachColumn[i] = at;
            at += graph.size(reach[i]);
        }
        reachColumns[s] = at - columns[s];
    }

    private void link(int s) {
        int from = reachStart[s];
        int to = reachStart[s + 1];
        parent[s] = from == to ? -1 : stepOf[reach[from]];
        if (parent[s] < 0) {
            return;
        }
        int p = parent[s];
        int at = reachStart[p];
        for (int i = from; i < to; i++) {
            if (stepOf[reach[i]] == p) {
                inParent[i] = columnOf[reach[i]];
            } else {
                at = seek(p, reach[i], at);
                inParent[i] = reachColumn[at];
            }
        }
    }

    /**
     * Index in {@link #reach} of a node that a step reaches, by strides that double and then halve: cheap when the node is
     * near, and never linear in the reach.
     *
     * @param from an index in the step's reach at or before the one sought
     */
    int seek(int step, int node, int from) {
        int low = from;
        int end = reachStart[step + 1];
        if (low < end && reach[low] == node) {
            return low;
        }
        int place = position[node];
        int stride = 1;
        while (low + stride < end && position[reach[low + stride]] < place) {
            low += stride;
            stride *= 2;
        }
        int high = Math.min(end, low + stride);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (position[reach[middle]] < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == end || reach[low] != node) {
            throw new IllegalArgumentException("Node " + node + " is not in reach of step " + step + ".");
        }
        return low;
    }

    /** The graph that is eliminated. */
    public BlockGraph graph() {
        return graph;
    }

    /** Dense columns carried along. */
    public int border() {
        return border;
    }

    /** Number of steps. */
    public int steps() {
        return columns.length;
    }

    /** Number of connected components. */
    public int components() {
        return componentStart.length - 1;
    }

    /** First step of a component; of {@code components()}, the number of steps. */
    public int firstStep(int component) {
        return componentStart[component];
    }

    /** Own columns, reach and border of a step together. */
    public int width(int step) {
        return columns[step] + reachColumns[step] + border;
    }

    /** Length of an array that holds all panels. */
    public int panelLength() {
        return panelLength;
    }

    /** Multiplications of one factorization by rotations of as many rows as columns, roughly; to choose a road. */
    public double rotationCost() {
        double cost = 0;
        double[] rows = new double[steps()];
        for (int s = 0; s < steps(); s++) {
            rows[s] += columns[s];
            cost += 4.0 * rows[s] * columns[s] * width(s);
            if (parent[s] >= 0) {
                rows[parent[s]] += rows[s];
            }
        }
        return cost;
    }

    /**
     * Position in a panel array of the block of two joined nodes, and whether it is stored transposed.
     *
     * @return the offset of its first entry; rows are {@link #stride(int, int)} apart. Its rows belong to {@link
     *     #earlier(int, int)}
     */
    public int offset(int a, int b) {
        int row = earlier(a, b);
        int column = row == a ? b : a;
        int s = stepOf[row];
        return panel[s] + columnOf[row] * width(s) + columnIn(s, column);
    }

    /** The node of the two that is eliminated first, whose columns are the block's rows. */
    public int earlier(int a, int b) {
        if (stepOf[a] != stepOf[b]) {
            return stepOf[a] < stepOf[b] ? a : b;
        }
        return columnOf[a] <= columnOf[b] ? a : b;
    }

    /** Distance of rows in the panel that holds the block of two nodes. */
    public int stride(int a, int b) {
        return width(Math.min(stepOf[a], stepOf[b]));
    }

    /** Offset of the border part of a node's first row in a panel array. */
    public int borderOffset(int node) {
        int s = stepOf[node];
        return panel[s] + columnOf[node] * width(s) + columns[s] + reachColumns[s];
    }

    /** Step of a node. */
    public int stepOf(int node) {
        return stepOf[node];
    }

    /** Nodes of a step, in order; their columns follow one another. */
    public int member(int step, int index) {
        return members[memberStart[step] + index];
    }

    /** Number of nodes of a step. */
    public int memberCount(int step) {
        return memberStart[step + 1] - memberStart[step];
    }

    /** Later nodes a step is joined to, in elimination order. */
    public int reach(int step, int index) {
        return reach[reachStart[step] + index];
    }

    /** Number of later nodes a step is joined to. */
    public int reachCount(int step) {
        return reachStart[step + 1] - reachStart[step];
    }

    /** Own columns of a step. */
    public int columns(int step) {
        return columns[step];
    }

    /** Offset of a step's panel. */
    public int panel(int step) {
        return panel[step];
    }

    /** Column of a node in a step's panel; the node is a member or in the reach. */
    public int columnIn(int step, int node) {
        if (stepOf[node] == step) {
            return columnOf[node];
        }
        return reachColumn[seek(step, node, reachStart[step])];
    }

    /** Distance of rows in a node's panel. */
    public int stride(int node) {
        return width(stepOf[node]);
    }
}
