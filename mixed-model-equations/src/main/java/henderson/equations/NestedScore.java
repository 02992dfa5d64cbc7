package henderson.equations;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sums the {@link NestedTensors} of the groups of a leaf at a Λ whose β̂ is known. One per thread. */
final class NestedScore {
    private final NestedShape shape;
    private final boolean reml;
    private final NestedReduction reduction;
    private final GroupDerivatives top;
    private final GroupDerivatives inner;
    final NestedTensors topSums;
    final NestedTensors innerSums;
    final NestedBridge bridge;

    NestedScore(NestedShape shape, boolean reml) {
        this.shape = shape;
        this.reml = reml;
        this.reduction = new NestedReduction(shape);
        int q = shape.top.q();
        int own = shape.sums.inner().q();
        this.top = new GroupDerivatives(shape, q, 0);
        this.topSums = new NestedTensors(q, shape.p, shape.lanes, reml);
        this.inner = shape.two ? new GroupDerivatives(shape, own, q) : top;
        this.innerSums = shape.two ? new NestedTensors(own, shape.p, shape.lanes, reml) : topSums;
        this.bridge = new NestedBridge(shape, own, q);
    }

    void clear() {
        topSums.clear();
        if (shape.two) {
            innerSums.clear();
            bridge.clear();
        }
    }

    /**
     * Adds a leaf.
     *
     * @param divided Λ⁻ᵀ of each factor where it is divided out, null otherwise
     * @param beta    β̂ inside
     * @param reduced upper triangular [R_X c; 0 r]
     */
    void leaf(
            int leaf, LambdaBlocks lambda, double @Nullable [][] divided, double[] beta, double[] reduced) {
        int first = shape.topStart[leaf];
        int last = shape.topStart[leaf + 1];
        int shift = 0;
        double[][] a = shape.top.a();
        double[][] b = shape.top.b();
        if (shape.two) {
            reduction.condenseInner(first, last, lambda, false);
            a = reduction.a;
            b = reduction.b;
            shift = first;
            bridge.begin(last - first);
        }
        double[] l = lambda.of(shape.top.factor());
        for (int from = first - shift; from < last - shift; from += shape.lanes) {
            int n = Math.min(shape.lanes, last - shift - from);
            top.derive(a, b, l, divided[shape.top.factor()], beta, from, n);
            if (shape.two) {
                bridge.keep(top, l, from, n);
            }
            sum(top, topSums, top.w, reduced, n);
        }
        if (shape.two) {
            innerGroups(first, last, lambda.of(shape.sums.inner().factor()), divided, beta, reduced);
            bridge.end();
            innerSums.gather();
        }
        topSums.gather();
    }

    private void innerGroups(
            int first, int last, double[] l, double @Nullable [][] divided, double[] beta, double[] reduced) {
        NestedSums.Level in = shape.sums.inner();
        double[] lt = divided[in.factor()];
        int end = shape.innerStart[last];
        for (int from = shape.innerStart[first]; from < end; from += shape.lanes) {
            int n = Math.min(shape.lanes, end - from);
            inner.derive(in.a(), in.b(), l, lt, beta, from, n);
            inner.edges(in.edge(), l, lt, from, n);
            bridge.complete(inner, from, first, n);
            // tr(W E W D) of one group with itself stands in bridge's sums over pairs of groups once too often
            sum(inner, innerSums, inner.alone, reduced, n);
            for (int i = 0; i < innerSums.pairs; i++) {
                for (int j = i; j < innerSums.pairs; j++) {
                    Lanes.subtractProduct(innerSums.ww[i * innerSums.pairs + j], bridge.g[i], bridge.g[j], n);
                }
            }
        }
    }

    /**
     * Adds the groups of a block.
     *
     * @param alone W as if a group had no group around it: what {@code uᵀE W D u} takes, the rest is the bridge's
     */
    private void sum(GroupDerivatives of, NestedTensors into, double[][] alone, double[] reduced, int n) {
        int q = into.q;
        int p = into.p;
        int pairs = into.pairs;
        for (int i = 0, at = 0; i < q; i++) {
            for (int j = i; j < q; j++, at++) {
                Lanes.add(into.w[at], of.w[at], n);
                Lanes.product(of.work, of.u[i], of.u[j], n);
                Lanes.add(into.uu[at], of.work, n);
                for (int k = 0; k < pairs; k++) {
                    Lanes.addProduct(into.uuw[at * pairs + k], of.work, alone[k], n);
                }
                for (int k = at; k < pairs; k++) {
                    Lanes.addProduct(into.ww[at * pairs + k], of.w[at], of.w[k], n);
                }
            }
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int c = 0; c < p; c++) {
                    Lanes.addProduct(into.fu[(i * q + j) * p + c], of.f[i * p + c], of.u[j], n);
                }
            }
        }
        if (reml) {
            fixed(of, into, alone, reduced, n);
        }
    }

    private void fixed(GroupDerivatives of, NestedTensors into, double[][] alone, double[] reduced, int n) {
        int q = into.q;
        int p = into.p;
        int pairs = into.pairs;
        of.divide(reduced, n);
        int size = p * (p + 1) / 2;
        for (int i = 0, at = 0; i < q; i++) {
            for (int j = i; j < q; j++, at++) {
                Arrays.fill(of.work, 0, n, 0);
                int k = 0;
                for (int c = 0; c < p; c++) {
                    Lanes.addProduct(of.work, of.f[i * p + c], of.f[j * p + c], n);
                    for (int d = c; d < p; d++, k++) {
                        double[] to = into.tt[at * size + k];
                        Lanes.addProduct(to, of.f[i * p + c], of.f[j * p + d], n);
                        if (i != j) {
                            Lanes.addProduct(to, of.f[j * p + c], of.f[i * p + d], n);
                        }
                    }
                }
                Lanes.add(into.ff[at], of.work, n);
                for (int r = 0; r < pairs; r++) {
                    Lanes.addProduct(into.ffw[at * pairs + r], of.work, alone[r], n);
                }
            }
        }
    }

    void merge(NestedScore from) {
        topSums.merge(from.topSums);
        if (shape.two) {
            innerSums.merge(from.innerSums);
            bridge.merge(from.bridge);
        }
    }
}
