package henderson.equations;

import java.util.Arrays;

/**
 * Rows of {@code D = ZΛ} with the places of their entries looked up once: in vectors, in the sums of cross-products and in the
 * selected inverse.
 */
final class ModeDesign {
    private final ModeEquations equations;
    private final int n;
    /** Entries of a row. */
    final int entries;
    /** Row of vectors of each entry, n × entries. */
    final int[] position;
    /** D, n × entries. */
    final double[] d;
    /** First entry of each factor in a row. */
    final int[] entryOf;
    /** Entries multiplied for a cross-product, those of one node first. */
    private final int[] left;

    private final int[] right;
    /** How many of them are of one node. */
    private final int within;
    /** Where each product goes, n × products. */
    private final int[] target;
    /** Entries {@code e ≤ f} of a quadratic form. */
    private final int[] first;

    private final int[] second;
    /** Their place in the selected inverse, n × forms. */
    private final int[] inverseAt;

    ModeDesign(ModeEquations equations) {
        this.equations = equations;
        this.n = equations.n;
        this.entries = equations.entries;
        this.d = new double[n * entries];
        Layout layout = equations.layout;
        int[] factorOf = new int[entries];
        this.entryOf = new int[layout.factors];
        int from = 0;
        for (int f = 0; f < layout.factors; f++) {
            entryOf[f] = from;
            Arrays.fill(factorOf, from, from + layout.width[f], f);
            from += layout.width[f];
        }
        int[][] own = new int[2][entries * entries];
        int[][] forms = new int[2][entries * (entries + 1) / 2];
        int products = 0;
        int formCount = 0;
        for (int pass = 0; pass < 2; pass++) {
            for (int e = 0; e < entries; e++) {
                for (int f = 0; f < entries; f++) {
                    boolean one = factorOf[e] == factorOf[f];
                    if (pass == 0 ? one : !one && e < f) {
                        own[0][products] = e;
                        own[1][products++] = f;
                    }
                    if (pass == 0 && e <= f) {
                        forms[0][formCount] = e;
                        forms[1][formCount++] = f;
                    }
                }
            }
        }
        this.left = Arrays.copyOf(own[0], products);
        this.right = Arrays.copyOf(own[1], products);
        this.first = forms[0];
        this.second = forms[1];
        int same = 0;
        for (int k = 0; k < products; k++) {
            same += factorOf[left[k]] == factorOf[right[k]] ? 1 : 0;
        }
        this.within = same;
        this.position = new int[n * entries];
        this.target = new int[n * products];
        this.inverseAt = new int[n * first.length];
        for (int i = 0; i < n; i++) {
            for (int e = 0; e < entries; e++) {
                int f = factorOf[e];
                position[i * entries + e] = equations.condensed.row[node(i, f)] + e - entryOf[f];
            }
            for (int k = 0; k < products; k++) {
                target[i * products + k] = target(i, factorOf, left[k], right[k]);
            }
            for (int k = 0; k < first.length; k++) {
                inverseAt[i * first.length + k] = inverse(i, factorOf, first[k], second[k]);
            }
        }
    }

    private int node(int i, int factor) {
        return equations.nodes[i * equations.layout.factors + factor];
    }

    private int target(int i, int[] factorOf, int e, int f) {
        Condensed condensed = equations.condensed;
        int a = node(i, factorOf[e]);
        int b = node(i, factorOf[f]);
        int k = e - entryOf[factorOf[e]];
        int m = f - entryOf[factorOf[f]];
        int q = equations.layout.width[factorOf[e]];
        if (a == b) {
            return condensed.diagonalOffset[a] + k * q + m;
        }
        int at = condensed.edgeOffset[condensed.graph.edge(a, b)];
        return a > b ? at + m * q + k : at + k * equations.layout.width[factorOf[f]] + m;
    }

    private int inverse(int i, int[] factorOf, int e, int f) {
        int a = node(i, factorOf[e]);
        int b = node(i, factorOf[f]);
        int k = e - entryOf[factorOf[e]];
        int m = f - entryOf[factorOf[f]];
        boolean straight = a == b || equations.elimination.earlier(a, b) == a;
        int stride = equations.factor.inverseStride(straight ? a : b);
        return equations.factor.inverseOffset(a, b) + (straight ? k * stride + m : m * stride + k);
    }

    /** {@code D = ZΛ}. */
    void set(LambdaBlocks lambda) {
        for (int f = 0; f < entryOf.length; f++) {
            double[] l = lambda.of(f);
            int q = equations.layout.width[f];
            int from = entryOf[f];
            for (int i = 0; i < n; i++) {
                int row = i * entries + from;
                for (int a = 0; a < q; a++) {
                    double sum = 0;
                    for (int b = 0; b < q; b++) {
                        sum += l[b * q + a] * equations.z[row + b];
                    }
                    d[row + a] = sum;
                }
            }
        }
    }

    /** {@code out ← base + Dv}, n. Modified. */
    void predictor(double[] base, double[] v, double[] out) {
        for (int i = 0; i < n; i++) {
            double sum = base[i];
            for (int e = i * entries; e < (i + 1) * entries; e++) {
                sum += d[e] * v[position[e]];
            }
            out[i] = sum;
        }
    }

    /** {@code d_iᵀv}. */
    double inner(int i, double[] v) {
        double sum = 0;
        for (int e = i * entries; e < (i + 1) * entries; e++) {
            sum += d[e] * v[position[e]];
        }
        return sum;
    }

    /** {@code out += f · d_i}. Modified. */
    void scatter(int i, double f, double[] out) {
        for (int e = i * entries; e < (i + 1) * entries; e++) {
            out[position[e]] += f * d[e];
        }
    }

    /** Column {@code column} of {@code columns}: {@code out += f · d_i}. Modified. */
    void scatter(int i, double f, int column, int columns, double[] out) {
        for (int e = i * entries; e < (i + 1) * entries; e++) {
            out[position[e] * columns + column] += f * d[e];
        }
    }

    /** Adds {@code weight · z_i z_iᵀ} to the cross-products. */
    void addWeighted(int i, double weight) {
        double[] z = equations.z;
        double[] diagonal = equations.condensed.diagonal;
        double[] edge = equations.condensed.edge;
        int row = i * entries;
        int at = i * left.length;
        for (int k = 0; k < within; k++) {
            diagonal[target[at + k]] += weight * z[row + left[k]] * z[row + right[k]];
        }
        for (int k = within; k < left.length; k++) {
            edge[target[at + k]] += weight * z[row + left[k]] * z[row + right[k]];
        }
    }

    /**
     * {@code d_iᵀH⁻¹d_i} from the selected inverse.
     *
     * @param image {@code H⁻¹d_i} at the entries of the row. Modified.
     */
    double quadratic(int i, double[] inverse, double[] image) {
        int row = i * entries;
        int at = i * first.length;
        Arrays.fill(image, 0);
        for (int k = 0; k < first.length; k++) {
            int e = first[k];
            int f = second[k];
            double entry = inverse[inverseAt[at + k]];
            image[e] += entry * d[row + f];
            if (e != f) {
                image[f] += entry * d[row + e];
            }
        }
        double sum = 0;
        for (int e = 0; e < entries; e++) {
            sum += d[row + e] * image[e];
        }
        return sum;
    }
}
