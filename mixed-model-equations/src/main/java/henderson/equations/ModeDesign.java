package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * Rows of {@code D = ZΛ}, entry by entry over all rows, with the places of the entries looked up once: in vectors, in the sums
 * of cross-products and in the selected inverse.
 */
final class ModeDesign {
    private final ModeEquations equations;
    private final int n;
    /** Entries of a row. */
    final int entries;
    /** Row of vectors of each entry, entries × n. */
    final int[][] position;
    /** Z, entries × n. */
    final double[][] z;
    /** D, entries × n. */
    final double[][] d;
    /** First entry of each factor in a row. */
    final int[] entryOf;
    /** Entries {@code e ≤ f} of a quadratic form. */
    private final int[] first;

    private final int[] second;
    /** Where their product goes in the panels, forms × n. */
    private final int[][] target;
    /** Their place in the selected inverse, forms × n. */
    private final int[][] inverseAt;

    ModeDesign(ModeEquations equations) {
        this.equations = equations;
        this.n = equations.n;
        this.entries = equations.entries;
        Layout layout = equations.layout;
        int[] factorOf = new int[entries];
        this.entryOf = new int[layout.factors];
        int from = 0;
        for (int f = 0; f < layout.factors; f++) {
            entryOf[f] = from;
            Arrays.fill(factorOf, from, from + layout.width[f], f);
            from += layout.width[f];
        }
        this.first = new int[entries * (entries + 1) / 2];
        this.second = new int[first.length];
        int forms = 0;
        for (int e = 0; e < entries; e++) {
            for (int f = e; f < entries; f++) {
                first[forms] = e;
                second[forms++] = f;
            }
        }
        this.position = new int[entries][n];
        this.z = new double[entries][n];
        this.d = new double[entries][n];
        this.target = new int[forms][n];
        this.inverseAt = new int[forms][n];
        place(factorOf);
    }

    private void place(int[] factorOf) {
        for (int i = 0; i < n; i++) {
            for (int e = 0; e < entries; e++) {
                int f = factorOf[e];
                position[e][i] = equations.factor.row(node(i, f)) + e - entryOf[f];
                z[e][i] = equations.z[i * entries + e];
            }
            for (int k = 0; k < first.length; k++) {
                place(i, factorOf, k);
            }
        }
    }

    private int node(int i, int factor) {
        return equations.nodes[i * equations.layout.factors + factor];
    }

    private void place(int i, int[] factorOf, int form) {
        int e = first[form];
        int f = second[form];
        int a = node(i, factorOf[e]);
        int b = node(i, factorOf[f]);
        int k = e - entryOf[factorOf[e]];
        int m = f - entryOf[factorOf[f]];
        boolean straight = a == b || equations.elimination.earlier(a, b) == a;
        int row = straight ? k : m;
        int column = straight ? m : k;
        int stride = equations.factor.inverseStride(straight ? a : b);
        target[form][i] = equations.elimination.offset(a, b) + row * equations.elimination.stride(a, b) + column;
        inverseAt[form][i] = equations.factor.inverseOffset(a, b) + row * stride + column;
    }

    /** {@code D = ZΛ}. */
    void set(LambdaBlocks lambda) {
        for (int f = 0; f < entryOf.length; f++) {
            double[] l = lambda.of(f);
            int q = equations.layout.width[f];
            for (int a = 0; a < q; a++) {
                double[] out = d[entryOf[f] + a];
                Arrays.fill(out, 0);
                for (int b = 0; b < q; b++) {
                    addMultiple(z[entryOf[f] + b], l[b * q + a], out);
                }
            }
        }
    }

    private static void addMultiple(double[] x, double f, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] += f * x[i];
        }
    }

    /** {@code out ← base + Dv}, n. Modified. */
    void predictor(double[] base, double[] v, double[] out) {
        System.arraycopy(base, 0, out, 0, n);
        int e = 0;
        for (; e + 1 < entries; e += 2) {
            addGathered(d[e], position[e], d[e + 1], position[e + 1], v, out);
        }
        if (e < entries) {
            addGathered(d[e], position[e], v, out);
        }
    }

    private static void addGathered(double[] d, int[] position, double[] v, double[] out) {
        for (int i = 0; i < d.length; i++) {
            out[i] += d[i] * v[position[i]];
        }
    }

    /** Two entries at a time. */
    private static void addGathered(
            double[] d, int[] position, double[] other, int[] otherPosition, double[] v, double[] out) {
        for (int i = 0; i < d.length; i++) {
            out[i] = out[i] + d[i] * v[position[i]] + other[i] * v[otherPosition[i]];
        }
    }

    /** {@code out += Dᵀf}. Modified. */
    void scatter(double[] f, int from, double[] out) {
        int e = 0;
        for (; e + 1 < entries; e += 2) {
            addScattered(d[e], position[e], d[e + 1], position[e + 1], f, from, out);
        }
        if (e < entries) {
            addScattered(d[e], position[e], f, from, out);
        }
    }

    /** Two entries at a time. */
    private static void addScattered(
            double[] d, int[] position, double[] other, int[] otherPosition, double[] f, int from, double[] out) {
        for (int i = 0; i < d.length; i++) {
            double fi = f[from + i];
            out[position[i]] += fi * d[i];
            out[otherPosition[i]] += fi * other[i];
        }
    }

    private static void addScattered(double[] d, int[] position, double[] f, int from, double[] out) {
        for (int i = 0; i < d.length; i++) {
            out[position[i]] += f[from + i] * d[i];
        }
    }

    /** {@code out += DᵀW X} for the rows of X, n × columns; out is order × columns. Modified. */
    void scatter(double[] weight, double[] x, int columns, double[] out) {
        for (int e = 0; e < entries; e++) {
            double[] de = d[e];
            int[] place = position[e];
            for (int i = 0; i < n; i++) {
                double f = weight[i] * de[i];
                int to = place[i] * columns;
                int row = i * columns;
                for (int j = 0; j < columns; j++) {
                    out[to + j] += f * x[row + j];
                }
            }
        }
    }

    /** Adds {@code DᵀWD} to panels, W diagonal. */
    void addWeighted(double[] weight, double[] panels) {
        for (int k = 0; k < target.length; k++) {
            addProducts(d[first[k]], d[second[k]], weight, target[k], panels);
        }
    }

    private static void addProducts(double[] x, double[] y, double[] weight, int[] target, double[] out) {
        for (int i = 0; i < target.length; i++) {
            out[target[i]] += weight[i] * (x[i] * y[i]);
        }
    }

    /**
     * {@code d_iᵀH⁻¹d_i} of all rows from the selected inverse.
     *
     * @param image {@code H⁻¹d_i} at the entries of the rows, entries × n. Modified.
     * @param form  n. Modified.
     */
    void quadratic(double[] inverse, double[][] image, double[] form) {
        Arrays.fill(form, 0);
        for (double[] row : image) {
            Arrays.fill(row, 0);
        }
        for (int k = 0; k < first.length; k++) {
            int e = first[k];
            int f = second[k];
            addGathered(d[f], inverseAt[k], inverse, image[e]);
            if (e != f) {
                addGathered(d[e], inverseAt[k], inverse, image[f]);
            }
        }
        for (int e = 0; e < entries; e++) {
            addProducts(d[e], image[e], form);
        }
    }

    private static void addProducts(double[] x, double[] y, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] += x[i] * y[i];
        }
    }

    /** Adds {@code Zᵀe vᵀ + Zᵀf aᵀ} on the pattern of Λ, f standing at {@code from}. {@code out}, one per term, is modified. */
    void addOuters(double[] e, double[] v, double[] f, int from, double[] a, DMatrixRMaj[] out) {
        Layout layout = equations.layout;
        for (int t = 0; t < out.length; t++) {
            int first = entryOf[layout.factorOf[t]] + layout.columnOf[t];
            int q = layout.columns[t];
            for (int k = 0; k < q; k++) {
                double[] zk = z[first + k];
                for (int m = 0; m < q; m++) {
                    int[] place = position[first + m];
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += zk[i] * (e[i] * v[place[i]] + f[from + i] * a[place[i]]);
                    }
                    out[t].data[k * q + m] += sum;
                }
            }
        }
    }

    /** Adds {@code −2Zᵀdiag(f) H⁻¹D} on the pattern of Λ, f standing at {@code from}. {@code out}, one per term, is modified. */
    void addImages(double[] f, int from, double[][] image, DMatrixRMaj[] out) {
        Layout layout = equations.layout;
        for (int t = 0; t < out.length; t++) {
            int first = entryOf[layout.factorOf[t]] + layout.columnOf[t];
            int q = layout.columns[t];
            for (int k = 0; k < q; k++) {
                double[] zk = z[first + k];
                for (int m = 0; m < q; m++) {
                    double[] row = image[first + m];
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum -= f[from + i] * zk[i] * row[i];
                    }
                    out[t].data[k * q + m] += 2 * sum;
                }
            }
        }
    }
}
