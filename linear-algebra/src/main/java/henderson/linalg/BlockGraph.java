package henderson.linalg;

import java.util.Arrays;

/**
 * An undirected graph of blocks. Node {@code i} stands for {@code size(i)} columns; two nodes are joined when their block of
 * the matrix is not zero. Edges are numbered in the order they were first added.
 */
public final class BlockGraph {
    private final int[] size;
    private long[] keys = new long[64];
    private int[] slots = new int[64];
    private int[] first = new int[16];
    private int[] second = new int[16];
    private int edges;

    /** A graph without edges over nodes of the given sizes, each at least 1. */
    public BlockGraph(int[] size) {
        this.size = size.clone();
        for (int i = 0; i < size.length; i++) {
            if (size[i] < 1) {
                throw new IllegalArgumentException(
                        "Node " + i + " has " + size[i] + " columns; a node has at least one.");
            }
        }
        Arrays.fill(keys, -1);
    }

    /** Number of nodes. */
    public int nodes() {
        return size.length;
    }

    /** Columns of a node. */
    public int size(int node) {
        return size[node];
    }

    /** Number of edges. */
    public int edges() {
        return edges;
    }

    /** The smaller node of an edge. */
    public int first(int edge) {
        return first[edge];
    }

    /** The larger node of an edge. */
    public int second(int edge) {
        return second[edge];
    }

    /** Joins two different nodes, once; returns the edge's number. */
    public int join(int a, int b) {
        if (Math.min(a, b) < 0 || Math.max(a, b) >= size.length) {
            throw new IllegalArgumentException(
                    "Nodes " + a + " and " + b + " are not both in a graph of " + size.length + " nodes.");
        }
        long key = key(a, b);
        int slot = slot(key);
        if (keys[slot] == key) {
            return slots[slot];
        }
        if (2 * (edges + 1) > keys.length) {
            grow();
            slot = slot(key);
        }
        if (edges == first.length) {
            first = Arrays.copyOf(first, 2 * edges);
            second = Arrays.copyOf(second, 2 * edges);
        }
        keys[slot] = key;
        slots[slot] = edges;
        first[edges] = Math.min(a, b);
        second[edges] = Math.max(a, b);
        return edges++;
    }

    /** The edge that joins two nodes, or −1. */
    public int edge(int a, int b) {
        long key = key(a, b);
        int slot = slot(key);
        return keys[slot] == key ? slots[slot] : -1;
    }

    private static long key(int a, int b) {
        if (a == b) {
            throw new IllegalArgumentException("Node " + a + " is not joined to itself.");
        }
        return ((long) Math.min(a, b) << 32) | Math.max(a, b);
    }

    private int slot(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        int mask = keys.length - 1;
        int at = (int) (h >>> 32) & mask;
        while (keys[at] != -1 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        keys = new long[2 * keys.length];
        slots = new int[keys.length];
        Arrays.fill(keys, -1);
        for (int e = 0; e < edges; e++) {
            long key = key(first[e], second[e]);
            int slot = slot(key);
            keys[slot] = key;
            slots[slot] = e;
        }
    }

    /** Neighbours of all nodes: those of node {@code i} stand in {@code lists[starts[i]] … lists[starts[i + 1] − 1]}. */
    Adjacency adjacency() {
        int[] starts = new int[size.length + 1];
        for (int e = 0; e < edges; e++) {
            starts[first[e] + 1]++;
            starts[second[e] + 1]++;
        }
        for (int i = 0; i < size.length; i++) {
            starts[i + 1] += starts[i];
        }
        int[] lists = new int[2 * edges];
        int[] next = Arrays.copyOf(starts, size.length);
        for (int e = 0; e < edges; e++) {
            lists[next[first[e]]++] = second[e];
            lists[next[second[e]]++] = first[e];
        }
        return new Adjacency(starts, lists);
    }

    /** Compressed neighbour lists. */
    record Adjacency(int[] starts, int[] lists) {}
}
