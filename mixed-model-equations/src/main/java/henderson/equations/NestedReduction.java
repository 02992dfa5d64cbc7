package henderson.equations;

import java.util.Arrays;

/** Eliminates the random effects of the groups of a leaf: {@code Σ log|M|} and {@code Σ KᵀK}, theory (5). One per thread. */
final class NestedReduction {
    private final NestedShape shape;
    private final LaneFactor inner;
    private final LaneFactor top;
    /** R⁻ᵀΛᵀ[Z_outer X̃ ỹ] of inner groups. */
    private final double[][] innerSide;
    /** R⁻ᵀΛᵀ[X̃ ỹ] of outermost groups. */
    private final double[][] topSide;
    /** A and B of the outermost groups of the leaf, the inner effects eliminated. */
    final double[][] a;

    final double[][] b;
    private final double[] work;
    /** KᵀK, upper triangle row by row, by lane. */
    private final double[][] squares;
    /** |M|, product of a few blocks by lane. */
    private final double[] det;

    private int factors;
    double logDeterminant;
    /** {@code Σ KᵀK}, w × w, upper triangle. */
    final double[] sum;

    NestedReduction(NestedShape shape) {
        this.shape = shape;
        NestedSums.Level in = shape.sums.inner();
        int w = shape.w;
        int lanes = shape.lanes;
        int q = shape.top.q();
        this.top = new LaneFactor(q, lanes);
        this.topSide = new double[q * w][lanes];
        this.squares = new double[w * (w + 1) / 2][lanes];
        this.det = new double[lanes];
        this.work = new double[lanes];
        this.sum = new double[w * w];
        int most = shape.two ? shape.mostTops() : 0;
        this.inner = shape.two ? new LaneFactor(in.q(), lanes) : top;
        this.innerSide = new double[shape.two ? in.q() * (q + w) : 0][lanes];
        this.a = shape.two ? new double[q * (q + 1) / 2][most] : shape.top.a();
        this.b = shape.two ? new double[q * w][most] : shape.top.b();
    }

    void clear() {
        for (double[] s : squares) {
            Arrays.fill(s, 0);
        }
        Arrays.fill(sum, 0);
        Arrays.fill(det, 1);
        factors = 0;
        logDeterminant = 0;
    }

    /** Adds a leaf. */
    void leaf(int leaf, LambdaBlocks lambda) {
        int first = shape.topStart[leaf];
        int last = shape.topStart[leaf + 1];
        if (shape.two) {
            condenseInner(first, last, lambda, true);
            first = 0;
            last = shape.topStart[leaf + 1] - shape.topStart[leaf];
        }
        int q = shape.top.q();
        double[] l = lambda.of(shape.top.factor());
        for (int from = first; from < last; from += shape.lanes) {
            int n = Math.min(shape.lanes, last - from);
            top.factor(a, l, from, n, det);
            factored(q);
            side(topSide, 0, shape.w, b, shape.w, l, q, from, n);
            top.forward(topSide, 0, shape.w, n);
            addSquares(topSide, q, shape.w, 0, n);
        }
        flush();
        gather();
    }

    /**
     * A and B of the outermost groups {@code first, …, last − 1} with the inner effects eliminated.
     *
     * @param count whether determinants and squares are summed too
     */
    void condenseInner(int first, int last, LambdaBlocks lambda, boolean count) {
        for (int k = 0; k < a.length; k++) {
            System.arraycopy(shape.top.a()[k], first, a[k], 0, last - first);
        }
        for (int k = 0; k < b.length; k++) {
            System.arraycopy(shape.top.b()[k], first, b[k], 0, last - first);
        }
        NestedSums.Level in = shape.sums.inner();
        int q = in.q();
        int outer = shape.top.q();
        int m = outer + shape.w;
        double[] l = lambda.of(in.factor());
        for (int from = shape.innerStart[first]; from < shape.innerStart[last]; from += shape.lanes) {
            int n = Math.min(shape.lanes, shape.innerStart[last] - from);
            inner.factor(in.a(), l, from, n, det);
            if (count) {
                factored(q);
            } else {
                Arrays.fill(det, 1);
            }
            side(innerSide, 0, m, in.edge(), outer, l, q, from, n);
            side(innerSide, outer, m, in.b(), shape.w, l, q, from, n);
            inner.forward(innerSide, 0, m, n);
            for (int i = 0; i < outer; i++) {
                for (int j = i; j < m; j++) {
                    double[] to = j < outer ? a[NestedSums.Level.entry(i, j, outer)] : b[i * shape.w + j - outer];
                    subtractSquare(to, q, m, i, j, from, first, n);
                }
            }
            if (count) {
                addSquares(innerSide, q, m, outer, n);
            }
        }
    }

    /** {@code out_i,first+c ← Σ_k Λ_ki x_kc}. */
    static void side(double[][] out, int first, int m, double[][] x, int columns, double[] l, int q, int from, int n) {
        for (int i = 0; i < q; i++) {
            for (int c = 0; c < columns; c++) {
                double[] to = out[i * m + first + c];
                int next = 0;
                boolean begun = q == 2 && l[i] != 0 && l[2 + i] != 0;
                if (begun) {
                    Lanes.combined(to, l[i], x[c], l[2 + i], x[columns + c], from, n);
                    next = 2;
                }
                for (int k = next; k < q; k++) {
                    double s = l[k * q + i];
                    if (s != 0 && begun) {
                        Lanes.addScaled(to, s, x[k * columns + c], from, n);
                    } else if (s != 0) {
                        Lanes.scaled(to, s, x[k * columns + c], from, n);
                        begun = true;
                    }
                }
                if (!begun) {
                    Arrays.fill(to, 0, n, 0);
                }
            }
        }
    }

    private void subtractSquare(double[] to, int q, int m, int i, int j, int from, int firstTop, int n) {
        int[] parent = shape.sums.inner().parent();
        Lanes.product(work, innerSide[i], innerSide[j], n);
        for (int r = 1; r < q; r++) {
            Lanes.addProduct(work, innerSide[r * m + i], innerSide[r * m + j], n);
        }
        for (int lane = 0; lane < n; lane++) {
            to[parent[from + lane] - firstTop] -= work[lane];
        }
    }

    private void addSquares(double[][] k, int q, int m, int first, int n) {
        int w = shape.w;
        for (int r = 0; r < q; r += 2) {
            int at = 0;
            for (int c = 0; c < w; c++) {
                double[] kc = k[r * m + first + c];
                for (int d = c; d < w; d++) {
                    double[] kd = k[r * m + first + d];
                    if (r + 1 < q) {
                        double[] lc = k[(r + 1) * m + first + c];
                        Lanes.addProducts(squares[at++], kc, kd, lc, k[(r + 1) * m + first + d], n);
                    } else {
                        Lanes.addProduct(squares[at++], kc, kd, n);
                    }
                }
            }
        }
    }

    /** Logarithms are taken before the products leave the range of doubles: pivots are at most about 1e4. */
    private void factored(int pivots) {
        factors += pivots;
        if (factors > 60) {
            flush();
        }
    }

    private void flush() {
        for (int i = 0; i < det.length; i++) {
            logDeterminant += Math.log(det[i]);
            det[i] = 1;
        }
        factors = 0;
    }

    private void gather() {
        int at = 0;
        for (int c = 0; c < shape.w; c++) {
            for (int d = c; d < shape.w; d++) {
                sum[c * shape.w + d] += Lanes.sum(squares[at], shape.lanes);
                Arrays.fill(squares[at++], 0);
            }
        }
    }

    void merge(NestedReduction from) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += from.sum[i];
        }
        logDeterminant += from.logDeterminant;
    }
}
