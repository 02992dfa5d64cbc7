package henderson.equations;

import henderson.api.Columns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a nested model and which of their products are summed: those with a column of Z by group, all others over
 * the rows. Columns are carried centred and scaled, {@code ũ = (u − centre)/scale}; {@code A} and {@code B} are put together
 * from sums of their products.
 */
final class NestedColumns {
    private final Layout layout;
    private final Columns columns;
    /** Number of columns, the constant included: it comes first, column k is number k + 1. */
    final int size;

    final double[] centre;
    final double[] scale;
    /** Number of each column of {@code [X y]}. */
    final int[] xy;
    /** Number of each column of Z of the inner and the outer factor. */
    final int[] zInner;

    final int[] zOuter;
    /** Pairs of numbers, the smaller first, summed by group; the constant's with itself is the first. */
    final List<int[]> byGroup = new ArrayList<>();
    /** Place of a pair among them, or −1; size × size, upper triangle. */
    private final int[] place;
    /** Pairs of {@code [X y]} summed over the rows only. */
    final List<int[]> byBlock = new ArrayList<>();

    /** @param outer factor that is around the inner one, or −1 */
    NestedColumns(Layout layout, Columns columns, int inner, int outer) {
        this.layout = layout;
        this.columns = columns;
        this.size = columns.count() + 1;
        int p = columns.x().length;
        this.xy = new int[p + 1];
        for (int j = 0; j < p; j++) {
            xy[j] = columns.x()[j] + 1;
        }
        xy[p] = columns.y() + 1;
        this.zInner = ofFactor(inner);
        this.zOuter = outer < 0 ? new int[0] : ofFactor(outer);
        this.centre = new double[size];
        this.scale = new double[size];
        Arrays.fill(scale, 1);
        this.place = new int[size * size];
        Arrays.fill(place, -1);
        pairs();
    }

    private int[] ofFactor(int factor) {
        int[] out = new int[layout.width[factor]];
        for (int t = 0; t < layout.columns.length; t++) {
            for (int i = 0; layout.factorOf[t] == factor && i < layout.columns[t]; i++) {
                out[layout.columnOf[t] + i] = columns.z(t)[i] + 1;
            }
        }
        return out;
    }

    /** Whether no two columns of {@code [X y]} are one: each has a centre and a scale of its own. */
    boolean distinct() {
        return Arrays.stream(xy).distinct().count() == xy.length;
    }

    private void pairs() {
        addPair(0, 0);
        for (int[] z : new int[][] {zInner, zOuter}) {
            for (int i : z) {
                addPair(0, i);
                for (int k : xy) {
                    addPair(0, k);
                    addPair(i, k);
                }
                for (int k : zInner) {
                    addPair(i, k);
                }
                for (int k : zOuter) {
                    addPair(i, k);
                }
            }
        }
        for (int j = 0; j < xy.length; j++) {
            for (int k = j; k < xy.length; k++) {
                int a = Math.min(xy[j], xy[k]);
                int b = Math.max(xy[j], xy[k]);
                if (place[a * size + b] < 0) {
                    byBlock.add(new int[] {a, b});
                }
            }
        }
    }

    private void addPair(int i, int k) {
        int a = Math.min(i, k);
        int b = Math.max(i, k);
        if (place[a * size + b] < 0) {
            place[a * size + b] = byGroup.size();
            byGroup.add(new int[] {a, b});
        }
    }

    /** Fixes centres and scales, here and in a border. */
    void moments(Border border) {
        double[][] moments = ColumnMoments.of(columns);
        double[] mean = new double[xy.length];
        double[] variance = new double[xy.length];
        for (int j = 0; j < xy.length; j++) {
            mean[j] = xy[j] == 0 ? 1 : moments[0][xy[j] - 1];
            variance[j] = xy[j] == 0 ? 0 : moments[1][xy[j] - 1];
        }
        border.close(mean, variance);
        for (int j = 0; j < border.p; j++) {
            centre[xy[j]] = border.centre[j];
            scale[xy[j]] = border.scale[j];
        }
        centre[xy[border.p]] = border.responseCentre;
    }

    /** Zᵀ Z, upper triangle. */
    double[][] triangle(double[][] of, int nodes, int[] z) {
        double[][] out = new double[z.length * (z.length + 1) / 2][];
        for (int i = 0; i < z.length; i++) {
            for (int j = i; j < z.length; j++) {
                out[NestedSums.Level.entry(i, j, z.length)] = raw(of, nodes, z[i], z[j]);
            }
        }
        return out;
    }

    /** Zᵀ times other columns of Z. */
    double[][] products(double[][] of, int nodes, int[] z, int[] other) {
        double[][] out = new double[z.length * other.length][];
        for (int i = 0; i < z.length; i++) {
            for (int j = 0; j < other.length; j++) {
                out[i * other.length + j] = raw(of, nodes, z[i], other[j]);
            }
        }
        return out;
    }

    /** Z̃ᵀ[X̃ ỹ]: only the columns of Z are put back as they were. */
    double[][] sides(double[][] of, int nodes, int[] z) {
        int w = xy.length;
        double[][] out = new double[z.length * w][];
        for (int i = 0; i < z.length; i++) {
            for (int k = 0; k < w; k++) {
                double[] product = pair(of, z[i], xy[k]);
                out[i * w + k] =
                        z[i] == 0 ? product : combined(nodes, scale[z[i]], product, centre[z[i]], pair(of, 0, xy[k]));
            }
        }
        return out;
    }

    /** Sums of products of two columns as given, from those of {@code ũ = (u − centre)/scale}. */
    private double[] raw(double[][] of, int nodes, int i, int j) {
        if (i == 0 && j == 0) {
            return pair(of, 0, 0);
        }
        if (i == 0 || j == 0) {
            int k = Math.max(i, j);
            return combined(nodes, scale[k], pair(of, 0, k), centre[k], pair(of, 0, 0));
        }
        double[] half = combined(nodes, scale[i], pair(of, i, j), centre[i], pair(of, 0, j));
        double[] rest = combined(nodes, scale[i], pair(of, 0, i), centre[i], pair(of, 0, 0));
        return combined(nodes, scale[j], half, centre[j], rest);
    }

    private double[] pair(double[][] of, int i, int j) {
        return of[place[Math.min(i, j) * size + Math.max(i, j)]];
    }

    private static double[] combined(int nodes, double s, double[] x, double t, double[] y) {
        double[] out = new double[nodes];
        for (int i = 0; i < nodes; i++) {
            out[i] = s * x[i] + t * y[i];
        }
        return out;
    }
}
