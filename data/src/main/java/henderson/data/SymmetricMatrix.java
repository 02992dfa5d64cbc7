package henderson.data;

import java.util.Arrays;
import java.util.List;

/**
 * A sparse symmetric matrix between labels.
 *
 * @param labels  of rows and columns
 * @param rows    row of each entry of the lower triangle
 * @param columns column of each, at most its row
 * @param values  the entries
 */
record SymmetricMatrix(List<String> labels, int[] rows, int[] columns, double[] values) {
    int size() {
        return labels.size();
    }

    double[] diagonal() {
        double[] out = new double[size()];
        for (int k = 0; k < values.length; k++) {
            if (rows[k] == columns[k]) {
                out[rows[k]] = values[k];
            }
        }
        return out;
    }

    /** The same matrix with row {@code i} put at {@code to[i]}. */
    SymmetricMatrix permuted(int[] to, List<String> names) {
        int[] r = new int[rows.length];
        int[] c = new int[rows.length];
        for (int k = 0; k < r.length; k++) {
            r[k] = Math.max(to[rows[k]], to[columns[k]]);
            c[k] = Math.min(to[rows[k]], to[columns[k]]);
        }
        return new SymmetricMatrix(names, r, c, values);
    }

    /** Number of the connected component of each row; components are numbered by their first rows. */
    int[] components() {
        int[] parent = new int[size()];
        Arrays.setAll(parent, i -> i);
        for (int k = 0; k < rows.length; k++) {
            int a = root(parent, rows[k]);
            int b = root(parent, columns[k]);
            parent[Math.max(a, b)] = Math.min(a, b);
        }
        int[] number = new int[size()];
        int next = 0;
        for (int i = 0; i < number.length; i++) {
            int root = root(parent, i);
            number[i] = root == i ? next++ : number[root];
        }
        return number;
    }

    private static int root(int[] parent, int i) {
        int at = i;
        while (parent[at] != at) {
            parent[at] = parent[parent[at]];
            at = parent[at];
        }
        return at;
    }
}
