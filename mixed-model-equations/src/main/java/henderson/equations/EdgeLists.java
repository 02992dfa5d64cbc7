package henderson.equations;

import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;

/** Edges by the step of their earlier node, with their places in the panels and in the inverse. */
final class EdgeLists {
    private final int[] start;
    private final int[] edge;
    /** Place of edge k's block in the panels; its rows are those of its earlier node. */
    final int[] panel;
    /** Place of edge k's block in the selected inverse. */
    final int[] inverse;
    /** Whether all nodes have one column. */
    final boolean scalar;
    /** Whether the earlier node of edge k is its first one. */
    final boolean[] straight;

    EdgeLists(BlockFactor factor) {
        Elimination e = factor.elimination();
        BlockGraph graph = e.graph();
        int edges = graph.edges();
        boolean ones = true;
        for (int i = 0; i < graph.nodes() && ones; i++) {
            ones = graph.size(i) == 1;
        }
        this.scalar = ones;
        this.start = new int[e.steps() + 1];
        this.edge = new int[edges];
        this.panel = new int[edges];
        this.inverse = new int[edges];
        this.straight = new boolean[edges];
        int[] step = new int[edges];
        for (int k = 0; k < edges; k++) {
            int f = graph.first(k);
            int g = graph.second(k);
            int row = e.earlier(f, g);
            straight[k] = row == f;
            step[k] = e.stepOf(row);
            start[step[k] + 1]++;
        }
        for (int s = 0; s < e.steps(); s++) {
            start[s + 1] += start[s];
        }
        int[] next = start.clone();
        for (int k = 0; k < edges; k++) {
            edge[next[step[k]]++] = k;
        }
        int[] column = new int[graph.nodes()];
        for (int s = 0; s < e.steps(); s++) {
            for (int i = 0; i < e.memberCount(s); i++) {
                column[e.member(s, i)] = e.columnIn(s, e.member(s, i));
            }
            int at = e.columns(s);
            for (int i = 0; i < e.reachCount(s); i++) {
                column[e.reach(s, i)] = at;
                at += graph.size(e.reach(s, i));
            }
            for (int i = start[s]; i < start[s + 1]; i++) {
                int k = edge[i];
                int row = straight[k] ? graph.first(k) : graph.second(k);
                int other = straight[k] ? graph.second(k) : graph.first(k);
                int rowIn = e.columnIn(s, row);
                panel[k] = e.panel(s) + rowIn * e.width(s) + column[other];
                inverse[k] = factor.inversePanel(s) + rowIn * (e.width(s) - e.border()) + column[other];
            }
        }
    }

    /** First place of the edges of a step; of the number of steps, the number of edges. */
    int start(int step) {
        return start[step];
    }

    int edge(int place) {
        return edge[place];
    }
}
