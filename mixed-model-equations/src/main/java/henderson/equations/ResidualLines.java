package henderson.equations;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.Model;
import java.util.Arrays;

/**
 * The rows of a model with a residual structure, flat: residual group after group in the order of their first rows, sorted by
 * position within. Precision weights are multiplied in.
 */
final class ResidualLines {
    /** Columns of Z of a row, all factors. */
    final int random;
    /** Columns of {@code [X̃ ỹ]}. */
    final int border;

    final int factors;
    final int groups;
    /** First row of each group; the last entry is the number of rows. */
    final int[] first;
    /** Position of each row. */
    final int[] at;
    /** Entries of Z, rows × random. */
    final double[] z;
    /** Entries of {@code [X̃ ỹ]}, rows × border. */
    final double[] xy;
    /** Index of each row's node among those of its group, rows × factors. */
    final int[] place;
    /** First of each group's nodes in {@link #node}. */
    final int[] firstNode;
    /** Different nodes of each group, in the order of their first rows. */
    final int[] node;

    /** Σ log w. */
    double logWeights;

    private final Layout layout;
    private final int[] factorOfNode;

    ResidualLines(Model model, Layout layout, Border border) {
        this.random = Arrays.stream(layout.width).sum();
        this.border = border.p + 1;
        this.factors = layout.factors;
        this.layout = layout;
        this.factorOfNode = layout.factorOfNode();
        int n = Math.toIntExact(model.rows());
        int[] group = new int[n];
        int[] position = new int[n];
        int[] nodes = new int[n * factors];
        double[] effects = new double[n * random];
        double[] fixed = new double[n * this.border];
        this.groups = read(model, border, group, position, nodes, effects, fixed);
        this.first = starts(group, groups);
        int[] from = order(group, position);
        boolean sorted = true;
        for (int i = 0; i < n && sorted; i++) {
            sorted = from[i] == i;
        }
        this.at = sorted ? position : gathered(position, from, 1);
        this.z = sorted ? effects : gathered(effects, from, random);
        this.xy = sorted ? fixed : gathered(fixed, from, this.border);
        this.place = sorted ? nodes : gathered(nodes, from, factors);
        this.firstNode = new int[groups + 1];
        int[] distinct = new int[n * factors];
        int count = 0;
        for (int g = 0; g < groups; g++) {
            count = number(g, distinct, count);
            firstNode[g + 1] = count;
        }
        this.node = Arrays.copyOf(distinct, count);
    }

    /** Reads all batches and numbers groups by their first rows. */
    private int read(
            Model model, Border border, int[] group, int[] position, int[] nodes, double[] effects, double[] fixed) {
        int[] number = new int[0];
        int found = 0;
        int row = 0;
        int[] node = new int[factors];
        double[] z = new double[random];
        double[] xy = new double[this.border];
        for (Batch batch : model.batches()) {
            if (batch.frequencies() != null) {
                throw new HendersonException(
                        "Frequency weights cannot stand beside a residual structure: a row has one place in its group.",
                        "Maybe precision weights were meant.");
            }
            double[] weights = batch.weights();
            for (int i = 0; i < batch.rows(); i++, row++) {
                int level = batch.residualGroup()[i];
                if (level >= number.length) {
                    int before = number.length;
                    number = Arrays.copyOf(number, Math.max(2 * before, level + 1));
                    Arrays.fill(number, before, number.length, -1);
                }
                if (number[level] < 0) {
                    number[level] = found++;
                }
                group[row] = number[level];
                position[row] = batch.residualAt()[i];
                layout.row(batch, i, node, z);
                border.row(batch, i, xy);
                double root = weights == null ? 1 : Math.sqrt(weights[i]);
                logWeights += weights == null ? 0 : Math.log(weights[i]);
                for (int k = 0; k < z.length; k++) {
                    effects[row * random + k] = root * z[k];
                }
                for (int k = 0; k < xy.length; k++) {
                    fixed[row * this.border + k] = root * xy[k];
                }
                System.arraycopy(node, 0, nodes, row * factors, factors);
            }
        }
        return found;
    }

    private static int[] starts(int[] group, int groups) {
        int[] out = new int[groups + 1];
        for (int g : group) {
            out[g + 1]++;
        }
        for (int g = 0; g < groups; g++) {
            out[g + 1] += out[g];
        }
        return out;
    }

    /** Rows by group, then position, then the order in which they were read. */
    private int[] order(int[] group, int[] position) {
        int[] next = first.clone();
        int[] out = new int[group.length];
        for (int i = 0; i < group.length; i++) {
            out[next[group[i]]++] = i;
        }
        for (int g = 0; g < groups; g++) {
            boolean ascending = true;
            for (int i = first[g] + 1; i < first[g + 1]; i++) {
                ascending &= position[out[i - 1]] <= position[out[i]];
            }
            if (!ascending) {
                long[] keys = new long[first[g + 1] - first[g]];
                for (int i = 0; i < keys.length; i++) {
                    keys[i] = (long) position[out[first[g] + i]] << 32 | out[first[g] + i];
                }
                Arrays.sort(keys);
                for (int i = 0; i < keys.length; i++) {
                    out[first[g] + i] = (int) keys[i];
                }
            }
        }
        return out;
    }

    private static double[] gathered(double[] x, int[] from, int width) {
        double[] out = new double[x.length];
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(x, from[i] * width, out, i * width, width);
        }
        return out;
    }

    private static int[] gathered(int[] x, int[] from, int width) {
        int[] out = new int[x.length];
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(x, from[i] * width, out, i * width, width);
        }
        return out;
    }

    /** Replaces nodes of a group's rows by their numbers within the group. */
    private int number(int g, int[] distinct, int from) {
        int count = from;
        int last = from;
        for (int i = first[g] * factors; i < first[g + 1] * factors; i++) {
            int wanted = place[i];
            int k = last < count && distinct[last] == wanted ? last : from;
            while (k < count && distinct[k] != wanted) {
                k++;
            }
            if (k == count) {
                distinct[count++] = wanted;
            }
            place[i] = k - from;
            last = k;
        }
        return count;
    }

    /** Rows of a group. */
    int rows(int g) {
        return first[g + 1] - first[g];
    }

    /** Different nodes of a group. */
    int[] nodes(int g) {
        return Arrays.copyOfRange(node, firstNode[g], firstNode[g + 1]);
    }

    int[] positions(int g) {
        return Arrays.copyOfRange(at, first[g], first[g + 1]);
    }

    /** First column of each node of a group in its Z; the last entry is the number of columns. */
    int[] columns(int g) {
        int count = firstNode[g + 1] - firstNode[g];
        int[] out = new int[count + 1];
        for (int k = 0; k < count; k++) {
            out[k + 1] = out[k] + layout.width[factorOfNode[node[firstNode[g] + k]]];
        }
        return out;
    }

    /** Factor of each node of a group. */
    int[] factorsOf(int g) {
        int[] out = nodes(g);
        for (int k = 0; k < out.length; k++) {
            out[k] = factorOfNode[out[k]];
        }
        return out;
    }

    /**
     * Writes a group's Z.
     *
     * @param column first column of each of its nodes
     * @param stride numbers from one row of {@code out} to the next
     * @param out    zero where rows have no entry. Modified.
     */
    void spread(int g, int[] column, int stride, double[] out) {
        for (int i = 0; i < rows(g); i++) {
            int row = first[g] + i;
            int from = row * random;
            for (int f = 0; f < factors; f++) {
                int into = i * stride + column[place[row * factors + f]];
                System.arraycopy(z, from, out, into, layout.width[f]);
                from += layout.width[f];
            }
        }
    }
}
