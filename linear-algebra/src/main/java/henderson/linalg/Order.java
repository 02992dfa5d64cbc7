package henderson.linalg;

import java.util.Arrays;
import java.util.PriorityQueue;

/** Elimination by components, a leading class, then least degree on a quotient graph, then a dense tail. */
final class Order {
    /** Looks at lists that an exact degree may cost. */
    private static final int CHEAP = 512;

    /**
     * Nodes that have so many neighbours on average once the leading class has gone are left to the dense tail from this share
     * of possible edges on: dense kernels are ten to twenty times faster than scattered sums.
     */
    private static final double MANY = 64;

    private static final double SOONER = 0.2;

    /** Bounds that say the rest is full are believed if no more than this share of it has gone since they were exact. */
    private static final double AGAIN = 0.95;

    private final BlockGraph graph;
    private final BlockGraph.Adjacency adjacency;
    private final boolean[] leading;
    private final double full;

    int components;
    int steps;
    final int[] componentStart;
    final int[] memberStart;
    final int[] members;
    final int[] reachStart;
    int[] reach = new int[64];
    /** Place of each node in the order. */
    final int[] position;

    /** Entries of lists looked at so far: what the ordering costs. */
    long visits;

    private int placed;

    /** Neighbours of a node not yet covered by an element. */
    private final int[][] open;
    /** Elements (eliminated nodes, by number) a node belongs to. */
    private final int[][] elements;

    private final int[] elementCount;
    /** Nodes of the element an eliminated node left behind; null once absorbed. */
    private final int[][] elementNodes;

    /** Entries of the lists above that may have gone; they are cleared out when they are the majority. */
    private final int[] staleElements;

    private final int[] staleOpen;
    private final int[] degree;
    /** Whether the degree is a bound only. */
    private final boolean[] estimated;
    /** {degree, node}, by degree, then by number, so that the order depends on the data alone. */
    private final PriorityQueue<long[]> queue =
            new PriorityQueue<>((a, b) -> a[0] != b[0] ? Long.compare(a[0], b[0]) : Long.compare(a[1], b[1]));

    private long degreeSum;

    private final int[] mark;
    private int stamp;

    Order(BlockGraph graph, boolean[] leading, double full) {
        int n = graph.nodes();
        this.graph = graph;
        this.adjacency = graph.adjacency();
        this.leading = leading;
        this.full = full;
        this.componentStart = new int[n + 1];
        this.memberStart = new int[n + 1];
        this.members = new int[n];
        this.reachStart = new int[n + 1];
        this.position = new int[n];
        this.open = new int[n][];
        this.elements = new int[n][];
        this.elementCount = new int[n];
        this.elementNodes = new int[n][];
        this.staleElements = new int[n];
        this.staleOpen = new int[n];
        this.degree = new int[n];
        this.estimated = new boolean[n];
        this.mark = new int[n];
        Arrays.fill(position, -1);
        boolean[] seen = new boolean[n];
        int[] found = new int[n];
        for (int start = 0; start < n; start++) {
            if (!seen[start]) {
                int count = component(start, seen, found);
                int[] nodes = Arrays.copyOf(found, count);
                Arrays.sort(nodes);
                componentStart[components++] = steps;
                order(nodes);
            }
        }
        componentStart[components] = steps;
    }

    private int component(int start, boolean[] seen, int[] found) {
        int count = 0;
        found[count++] = start;
        seen[start] = true;
        for (int head = 0; head < count; head++) {
            int v = found[head];
            for (int i = adjacency.starts()[v]; i < adjacency.starts()[v + 1]; i++) {
                int u = adjacency.lists()[i];
                if (!seen[u]) {
                    seen[u] = true;
                    found[count++] = u;
                }
            }
        }
        return count;
    }

    private void order(int[] nodes) {
        if (nodes.length > 1) {
            begin(nodes);
            eliminateByDegree(eliminateLeading(nodes));
            forget(nodes);
        } else {
            tail(nodes);
        }
    }

    private void begin(int[] nodes) {
        for (int v : nodes) {
            open[v] = Arrays.copyOfRange(
                    adjacency.lists(), adjacency.starts()[v], adjacency.starts()[v + 1]);
            elements[v] = new int[4];
        }
    }

    private void forget(int[] nodes) {
        for (int v : nodes) {
            open[v] = null;
            elements[v] = null;
            elementNodes[v] = null;
        }
    }

    /** Eliminates the leading class, all but the last node; returns what remains, at least one node. */
    private int[] eliminateLeading(int[] nodes) {
        int remaining = nodes.length;
        for (int v : nodes) {
            if (leading[v] && remaining > 1) {
                eliminate(v);
                remaining--;
            }
        }
        return Arrays.stream(nodes).filter(v -> position[v] < 0).toArray();
    }

    /** Eliminates nodes of least degree until the rest is full, and lays that down as the tail. */
    private void eliminateByDegree(int[] rest) {
        queue.clear();
        for (int v : rest) {
            degree[v] = -1; // not in the queue
        }
        takeExactDegrees(rest, rest.length);
        int remaining = rest.length;
        if (degreeSum >= MANY * remaining && degreeSum >= Math.min(full, SOONER) * remaining * (remaining - 1.0)) {
            tail(rest);
            return;
        }
        int exactAt = remaining;
        while (remaining > 1) {
            if (degreeSum >= full * remaining * (remaining - 1.0)) {
                if (remaining > AGAIN * exactAt) {
                    break;
                }
                takeExactDegrees(rest, remaining); // the sum may have been one of bounds
                exactAt = remaining;
            } else {
                long[] next = queue.remove();
                int v = (int) next[1];
                // otherwise its degree has changed since, and it stands in the queue again
                if (position[v] < 0 && degree[v] == next[0]) {
                    remaining--;
                    updateDegrees(v, eliminate(v), remaining);
                }
            }
        }
        tail(Arrays.stream(rest).filter(v -> position[v] < 0).toArray());
    }

    private void takeExactDegrees(int[] rest, int remaining) {
        degreeSum = 0;
        for (int v : rest) {
            if (position[v] < 0) {
                int exact = exactDegree(v, remaining);
                if (exact != degree[v]) {
                    queue.add(new long[] {exact, v});
                }
                degree[v] = exact;
                estimated[v] = false;
                degreeSum += exact;
            }
        }
    }

    private void updateDegrees(int v, int[] reached, int remaining) {
        degreeSum -= degree[v];
        for (int u : reached) {
            degreeSum -= degree[u];
            degree[u] = newDegree(u, reached, remaining);
            degreeSum += degree[u];
            queue.add(new long[] {degree[u], u});
        }
    }

    private void tail(int[] nodes) {
        if (nodes.length == 0) {
            return;
        }
        memberStart[steps] = placed;
        reachStart[steps + 1] = reachStart[steps];
        for (int v : nodes) {
            position[v] = placed;
            members[placed++] = v;
        }
        steps++;
        memberStart[steps] = placed;
    }

    /** Nodes that v is joined to when it is eliminated. */
    private int[] reachOf(int v) {
        stamp++;
        mark[v] = stamp;
        int count = 0;
        int[] out = new int[16];
        visits += open[v].length + elementCount[v];
        for (int u : open[v]) {
            if (position[u] < 0 && mark[u] != stamp) {
                mark[u] = stamp;
                out = append(out, count++, u);
            }
        }
        for (int e = 0; e < elementCount[v]; e++) {
            int[] nodes = elementNodes[elements[v][e]];
            if (nodes == null) {
                continue; // absorbed
            }
            visits += nodes.length;
            for (int u : nodes) {
                if (position[u] < 0 && mark[u] != stamp) {
                    mark[u] = stamp;
                    out = append(out, count++, u);
                }
            }
        }
        return Arrays.copyOf(out, count);
    }

    private int exactDegree(int v, int remaining) {
        return Math.min(remaining - 1, reachOf(v).length);
    }

    /** Makes a node the next step, and its reach an element; returns the reach. */
    private int[] eliminate(int v) {
        int[] reached = reachOf(v); // leaves v and its reach marked
        int inReach = stamp;
        place(v, reached);
        int absorbed = elementCount[v];
        for (int e = 0; e < absorbed; e++) {
            elementNodes[elements[v][e]] = null; // absorbed
        }
        elementNodes[v] = reached;
        for (int u : reached) {
            if (reached.length > 1) {
                elements[u] = append(elements[u], elementCount[u]++, v);
            }
            staleElements[u] += absorbed;
            if (2 * staleElements[u] > elementCount[u]) {
                compactElements(u);
            }
            staleOpen[u]++;
            if (2 * staleOpen[u] > open[u].length) {
                compactOpen(u, inReach);
            }
        }
        return reached;
    }

    private void place(int v, int[] reached) {
        position[v] = placed;
        memberStart[steps] = placed;
        members[placed++] = v;
        int from = reachStart[steps];
        if (from + reached.length > reach.length) {
            reach = Arrays.copyOf(reach, Math.max(2 * reach.length, from + reached.length));
        }
        System.arraycopy(reached, 0, reach, from, reached.length);
        steps++;
        memberStart[steps] = placed;
        reachStart[steps] = from + reached.length;
    }

    private void compactElements(int u) {
        int kept = 0;
        visits += elementCount[u];
        for (int e = 0; e < elementCount[u]; e++) {
            if (elementNodes[elements[u][e]] != null) {
                elements[u][kept++] = elements[u][e];
            }
        }
        elementCount[u] = kept;
        staleElements[u] = 0;
    }

    /** Neighbours in the newest element are covered by it. */
    private void compactOpen(int u, int inReach) {
        int left = 0;
        visits += open[u].length;
        for (int x : open[u]) {
            if (position[x] < 0 && mark[x] != inReach) {
                open[u][left++] = x;
            }
        }
        open[u] = Arrays.copyOf(open[u], left);
        staleOpen[u] = 0;
    }

    /** Degree after v, whose reach u is in, has gone: exact where that is cheap, otherwise a bound. */
    private int newDegree(int u, int[] reached, int remaining) {
        if (reached.length == 1) {
            return degree[u] - 1;
        }
        int added = reached.length < CHEAP ? notJoined(u, reached) : reached.length - 1;
        if (added == 0 && !estimated[u]) {
            return degree[u] - 1;
        }
        estimated[u] = looks(u) >= CHEAP;
        return estimated[u] ? Math.min(remaining - 1, degree[u] - 1 + added) : exactDegree(u, remaining);
    }

    /** Number of other nodes reached that u has no edge to; u may be joined to them by fill. */
    private int notJoined(int u, int[] reached) {
        visits += reached.length;
        int count = 0;
        for (int w : reached) {
            if (w != u && graph.edge(u, w) < 0) {
                count++;
            }
        }
        return count;
    }

    /** What an exact degree costs, or a number that is too much. */
    private long looks(int u) {
        long looks = open[u].length;
        for (int e = 0; e < elementCount[u] && looks < CHEAP; e++) {
            int[] nodes = elementNodes[elements[u][e]];
            looks += nodes == null ? 1 : nodes.length;
        }
        return looks;
    }

    private static int[] append(int[] list, int at, int value) {
        int[] out = at < list.length ? list : Arrays.copyOf(list, 2 * at);
        out[at] = value;
        return out;
    }
}
