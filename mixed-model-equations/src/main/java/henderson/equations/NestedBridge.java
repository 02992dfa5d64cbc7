package henderson.equations;

import java.util.Arrays;

/**
 * What joins the groups of a nested factor to those around them, theory (145). With {@code N = ΛM⁻¹Λᵀ} of an outer group and
 * {@code H} of its inner ones, two of these are joined by {@code W = −H N Hᵀ}, and one of them and the outer by {@code W = HR,
 * R = I − NA}. One per thread.
 */
final class NestedBridge {
    private final NestedShape shape;
    private final int own;
    private final int q;
    private final int p;
    private final int ownPairs;
    private final int pairs;
    /** By outer group of the leaf: b̂ = Gu, the same of the columns of X, N, R and u. */
    private final double[][] effects;

    private final double[][] fixedEffects;
    private final double[][] n;
    private final double[][] r;
    private final double[][] u;
    /** Σ Hᵀ(eu) of the inner groups, for each symmetric unit matrix e. */
    private final double[][] hu;
    /** Σ HᵀeH likewise, upper triangle. */
    private final double[][] hh;
    /** H N Hᵀ of inner groups, upper triangle. */
    final double[][] g;

    private final double[] work;
    private int tops;

    /** Σ tr(N(HᵀeH)N(HᵀdH)), pairs of units. */
    private final double[] traces;
    /** Σ (Hᵀeu)ᵀN(Hᵀdu). */
    private final double[] forms;
    /** Σ RᵀHᵀeH R, by unit and entry. */
    private final double[] crossTraces;
    /** Σ RᵀHᵀeu u_outerᵀ, by unit and entry. */
    private final double[] crossForms;

    NestedBridge(NestedShape shape, int own, int outer) {
        int most = shape.two ? shape.mostTops() : 0;
        this.shape = shape;
        this.own = own;
        this.q = outer;
        this.p = shape.p;
        this.ownPairs = own * (own + 1) / 2;
        this.pairs = q * (q + 1) / 2;
        this.effects = new double[q][most];
        this.fixedEffects = new double[q * p][most];
        this.n = new double[pairs][most];
        this.r = new double[q * q][most];
        this.u = new double[q][most];
        this.hu = new double[ownPairs * q][most];
        this.hh = new double[ownPairs * pairs][most];
        this.g = new double[ownPairs][shape.lanes];
        this.work = new double[shape.lanes];
        this.traces = new double[ownPairs * ownPairs];
        this.forms = new double[ownPairs * ownPairs];
        this.crossTraces = new double[ownPairs * q * q];
        this.crossForms = new double[ownPairs * q * q];
    }

    void clear() {
        Arrays.fill(traces, 0);
        Arrays.fill(forms, 0);
        Arrays.fill(crossTraces, 0);
        Arrays.fill(crossForms, 0);
    }

    /** A leaf of so many outer groups. */
    void begin(int count) {
        tops = count;
        for (double[] x : hu) {
            Arrays.fill(x, 0, count, 0);
        }
        for (double[] x : hh) {
            Arrays.fill(x, 0, count, 0);
        }
    }

    /** Keeps what inner groups need of a block of outer ones. */
    void keep(GroupDerivatives of, double[] l, int from, int count) {
        for (int i = 0; i < q; i++) {
            System.arraycopy(of.u[i], 0, u[i], from, count);
            for (int j = 0; j < q; j++) {
                Arrays.fill(r[i * q + j], from, from + count, i == j ? 1 : 0);
            }
            clear(effects[i], from, count);
            for (int c = 0; c < p; c++) {
                clear(fixedEffects[i * p + c], from, count);
            }
            for (int j = 0; j < q; j++) {
                double d = 0;
                for (int k = 0; k < q; k++) {
                    d += l[i * q + k] * l[j * q + k];
                }
                add(effects[i], d, of.u[j], from, count);
                for (int c = 0; c < p; c++) {
                    add(fixedEffects[i * p + c], d, of.f[j * p + c], from, count);
                }
                for (int k = 0; k < q; k++) {
                    add(r[i * q + k], -d, of.w[NestedSums.Level.entry(j, k, q)], from, count);
                }
            }
            for (int j = i; j < q; j++) {
                double[] to = n[NestedSums.Level.entry(i, j, q)];
                clear(to, from, count);
                for (int k = 0; k < q; k++) {
                    for (int lane = 0; lane < count; lane++) {
                        to[from + lane] += of.rl[k * q + i][lane] * of.rl[k * q + j][lane];
                    }
                }
            }
        }
    }

    private static void clear(double[] x, int from, int count) {
        Arrays.fill(x, from, from + count, 0);
    }

    private static void add(double[] to, double s, double[] x, int from, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[from + lane] += s * x[lane];
        }
    }

    /** Puts outer groups around inner groups {@code from, …}; {@code first} is the leaf's first outer group. */
    void complete(GroupDerivatives of, int from, int first, int count) {
        int[] parent = shape.sums.inner().parent();
        for (int i = 0; i < ownPairs; i++) {
            System.arraycopy(of.w[i], 0, of.alone[i], 0, count);
            Arrays.fill(g[i], 0, count, 0);
        }
        for (int i = 0; i < own; i++) {
            for (int k = 0; k < q; k++) {
                double[] h = of.h[i * q + k];
                subtract(of.u[i], h, effects[k], parent, from, first, count);
                for (int c = 0; c < p; c++) {
                    subtract(of.f[i * p + c], h, fixedEffects[k * p + c], parent, from, first, count);
                }
                for (int m = 0; m < q; m++) {
                    double[] entry = n[NestedSums.Level.entry(k, m, q)];
                    for (int lane = 0; lane < count; lane++) {
                        work[lane] = h[lane] * entry[parent[from + lane] - first];
                    }
                    for (int j = i; j < own; j++) {
                        Lanes.addProduct(g[NestedSums.Level.entry(i, j, own)], work, of.h[j * q + m], count);
                    }
                }
            }
        }
        for (int i = 0; i < ownPairs; i++) {
            for (int lane = 0; lane < count; lane++) {
                of.w[i][lane] -= g[i][lane];
            }
        }
        gather(of, parent, from, first, count);
    }

    private static void subtract(double[] to, double[] h, double[] x, int[] parent, int from, int first, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[lane] -= h[lane] * x[parent[from + lane] - first];
        }
    }

    private void gather(GroupDerivatives of, int[] parent, int from, int first, int count) {
        for (int a = 0, at = 0; a < own; a++) {
            for (int b = a; b < own; b++, at++) {
                for (int k = 0; k < q; k++) {
                    Lanes.product(work, of.h[a * q + k], of.u[b], count);
                    if (a != b) {
                        Lanes.addProduct(work, of.h[b * q + k], of.u[a], count);
                    }
                    scatter(hu[at * q + k], parent, from, first, count);
                    for (int m = k; m < q; m++) {
                        Lanes.product(work, of.h[a * q + k], of.h[b * q + m], count);
                        if (a != b) {
                            Lanes.addProduct(work, of.h[b * q + k], of.h[a * q + m], count);
                        }
                        scatter(hh[at * pairs + NestedSums.Level.entry(k, m, q)], parent, from, first, count);
                    }
                }
            }
        }
    }

    private void scatter(double[] to, int[] parent, int from, int first, int count) {
        for (int lane = 0; lane < count; lane++) {
            to[parent[from + lane] - first] += work[lane];
        }
    }

    /** Sums over the outer groups of the leaf. */
    void end() {
        double[] nh = new double[q * q];
        double[] other = new double[q * q];
        for (int t = 0; t < tops; t++) {
            for (int e = 0; e < ownPairs; e++) {
                times(t, e, nh);
                for (int d = e; d < ownPairs; d++) {
                    times(t, d, other);
                    double trace = 0;
                    for (int i = 0; i < q; i++) {
                        for (int j = 0; j < q; j++) {
                            trace += nh[i * q + j] * other[j * q + i];
                        }
                    }
                    traces[e * ownPairs + d] += trace;
                    forms[e * ownPairs + d] += form(t, e, d);
                }
                cross(t, e);
            }
        }
    }

    private double n(int t, int i, int j) {
        return n[NestedSums.Level.entry(i, j, q)][t];
    }

    private double hh(int t, int e, int i, int j) {
        return hh[e * pairs + NestedSums.Level.entry(i, j, q)][t];
    }

    /** {@code out ← N(HᵀeH)}. */
    private void times(int t, int e, double[] out) {
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    sum += n(t, i, k) * hh(t, e, k, j);
                }
                out[i * q + j] = sum;
            }
        }
    }

    private double form(int t, int e, int d) {
        double sum = 0;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                sum += hu[e * q + i][t] * n(t, i, j) * hu[d * q + j][t];
            }
        }
        return sum;
    }

    private void cross(int t, int e) {
        for (int i = 0; i < q; i++) {
            double ru = 0;
            for (int k = 0; k < q; k++) {
                ru += r[k * q + i][t] * hu[e * q + k][t];
            }
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int k = 0; k < q; k++) {
                    for (int m = 0; m < q; m++) {
                        sum += r[k * q + i][t] * hh(t, e, k, m) * r[m * q + j][t];
                    }
                }
                crossTraces[(e * q + i) * q + j] += sum;
                crossForms[(e * q + i) * q + j] += ru * u[j][t];
            }
        }
    }

    void merge(NestedBridge from) {
        add(traces, from.traces);
        add(forms, from.forms);
        add(crossTraces, from.crossTraces);
        add(crossForms, from.crossForms);
    }

    private static void add(double[] to, double[] from) {
        for (int i = 0; i < to.length; i++) {
            to[i] += from[i];
        }
    }

    /** What pairs of different inner groups add to Σ tr(W E W D) for two matrices of the inner factor. */
    double traces(double[] e, double[] d) {
        return contract(traces, e, d);
    }

    /** What they add to Σ uᵀE W D u. */
    double forms(double[] e, double[] d) {
        return -contract(forms, e, d);
    }

    private double contract(double[] tensor, double[] e, double[] d) {
        double sum = 0;
        for (int a = 0; a < ownPairs; a++) {
            for (int b = 0; b < ownPairs; b++) {
                sum += tensor[Math.min(a, b) * ownPairs + Math.max(a, b)] * unit(e, a) * unit(d, b);
            }
        }
        return sum;
    }

    /** Entry of a symmetric matrix by its number. */
    private double unit(double[] e, int number) {
        for (int i = 0, at = 0; i < own; i++) {
            for (int j = i; j < own; j++, at++) {
                if (at == number) {
                    return e[i * own + j];
                }
            }
        }
        throw new IndexOutOfBoundsException(number);
    }

    /** Σ tr(W E W D), E of the inner factor, D of the outer. */
    double crossTraces(double[] e, double[] d) {
        return contractCross(crossTraces, e, d);
    }

    /** Σ uᵀE W D u likewise. */
    double crossForms(double[] e, double[] d) {
        return contractCross(crossForms, e, d);
    }

    private double contractCross(double[] tensor, double[] e, double[] d) {
        double sum = 0;
        for (int a = 0; a < ownPairs; a++) {
            for (int i = 0; i < q * q; i++) {
                sum += tensor[a * q * q + i] * unit(e, a) * d[i];
            }
        }
        return sum;
    }
}
