package henderson.equations;

import java.util.Arrays;

/**
 * Sums over the groups of one grouping factor that derivatives by its covariance matrix are made of, theory (144): with
 * {@code W = Z̃ᵀV⁻¹Z̃}, {@code u = Z̃ᵀV⁻¹(ỹ − X̃β̂)}, {@code F = Z̃ᵀV⁻¹X̃} of a group. By lane until they are gathered.
 */
final class NestedTensors {
    final int q;
    final int p;
    /** Entries of a symmetric q × q matrix. */
    final int pairs;
    /** Σ W. */
    final double[][] w;
    /** Σ uuᵀ. */
    final double[][] uu;
    /** Σ W ⊗ W, less what stands for different groups, upper triangle of pairs × pairs. */
    final double[][] ww;
    /** Σ uuᵀ ⊗ W, pairs × pairs. */
    final double[][] uuw;
    /** Σ F_ac u_b, (a, b, c). */
    final double[][] fu;
    /** Under REML, with F̃ = F R_X⁻¹: Σ F̃F̃ᵀ; empty otherwise. */
    final double[][] ff;
    /** Under REML Σ F̃F̃ᵀ ⊗ W. */
    final double[][] ffw;
    /** Under REML, for each pair (a, b): Σ F̃_a F̃_bᵀ + F̃_b F̃_aᵀ (half of it for a = b), upper triangle by (c, d). */
    final double[][] tt;

    private final double[][][] all;
    /** One number for each. */
    private final double[][] gathered;

    NestedTensors(int q, int p, int lanes, boolean reml) {
        this.q = q;
        this.p = p;
        this.pairs = q * (q + 1) / 2;
        this.w = new double[pairs][lanes];
        this.uu = new double[pairs][lanes];
        this.ww = new double[pairs * pairs][];
        for (int i = 0; i < pairs; i++) {
            for (int j = i; j < pairs; j++) {
                ww[i * pairs + j] = new double[lanes];
            }
        }
        this.uuw = new double[pairs * pairs][lanes];
        this.fu = new double[q * q * p][lanes];
        this.ff = new double[reml ? pairs : 0][lanes];
        this.ffw = new double[reml ? pairs * pairs : 0][lanes];
        this.tt = new double[reml ? pairs * p * (p + 1) / 2 : 0][lanes];
        this.all = new double[][][] {w, uu, ww, uuw, fu, ff, ffw, tt};
        this.gathered = new double[all.length][];
        for (int i = 0; i < all.length; i++) {
            gathered[i] = new double[all[i].length];
        }
    }

    void clear() {
        for (double[] g : gathered) {
            Arrays.fill(g, 0);
        }
    }

    /** Sums of lanes are added to the numbers; lanes begin anew. */
    void gather() {
        for (int t = 0; t < all.length; t++) {
            for (int i = 0; i < all[t].length; i++) {
                double[] lanes = all[t][i];
                if (lanes != null) {
                    gathered[t][i] += Lanes.sum(lanes, lanes.length);
                    Arrays.fill(lanes, 0);
                }
            }
        }
    }

    void merge(NestedTensors from) {
        for (int t = 0; t < gathered.length; t++) {
            for (int i = 0; i < gathered[t].length; i++) {
                gathered[t][i] += from.gathered[t][i];
            }
        }
    }

    private int entry(int i, int j) {
        return NestedSums.Level.entry(i, j, q);
    }

    /** Σ W. */
    double w(int i, int j) {
        return gathered[0][entry(i, j)];
    }

    /** Σ uuᵀ. */
    double uu(int i, int j) {
        return gathered[1][entry(i, j)];
    }

    /** Σ F̃F̃ᵀ. */
    double ff(int i, int j) {
        return gathered[5][entry(i, j)];
    }

    /** Σ tr(W E W D). */
    double traces(double[] e, double[] d) {
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    for (int l = 0; l < q; l++) {
                        int a = entry(i, j);
                        int b = entry(k, l);
                        sum += gathered[2][Math.min(a, b) * pairs + Math.max(a, b)] * e[j * q + k] * d[l * q + i];
                    }
                }
            }
        }
        return sum;
    }

    /** Σ uᵀE W D u. */
    double forms(double[] e, double[] d) {
        return contract(gathered[3], e, d);
    }

    /** Σ tr(F̃ᵀE W D F̃). */
    double fixedForms(double[] e, double[] d) {
        return contract(gathered[6], e, d);
    }

    private double contract(double[] tensor, double[] e, double[] d) {
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int k = 0; k < q; k++) {
                    for (int l = 0; l < q; l++) {
                        sum += tensor[entry(i, l) * pairs + entry(j, k)] * e[i * q + j] * d[k * q + l];
                    }
                }
            }
        }
        return sum;
    }

    /** {@code out[c] += Σ F_cᵀE u}. */
    void fixed(double[] e, double[] out) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int c = 0; c < p; c++) {
                    out[c] += gathered[4][(i * q + j) * p + c] * e[i * q + j];
                }
            }
        }
    }

    /** {@code out += Σ F̃ᵀE F̃}, p × p, upper triangle row by row. */
    void fixedSquares(double[] e, double[] out) {
        int size = p * (p + 1) / 2;
        for (int i = 0; i < q; i++) {
            for (int j = i; j < q; j++) {
                for (int k = 0; k < size; k++) {
                    out[k] += gathered[7][entry(i, j) * size + k] * e[i * q + j];
                }
            }
        }
    }
}
