package henderson.equations;

import henderson.api.Criterion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code d} of a model with one grouping factor and independent residuals, with its gradient and exact Hessian, from sums over
 * the groups that have the same {@code A = Z_gᵀZ_g}, theory (151) to (154): of every such class only {@code S = Σ B_gB_gᵀ} is
 * looked at, {@code B_g = Z_gᵀ[X̃ ỹ]}. A workspace; nothing is allocated by {@link #value} and {@link #derive}.
 *
 * <p>Letters: q columns of Z, w = p + 1 columns of [X̃ ỹ], γ = (−β̃, 1), N = (I + AG)⁻¹, H = NA.
 */
public final class CollapsedGroups {
    /** Beyond this size of diag(ΛᵀAΛ) cross-products lose too many digits, theory (10). */
    private static final double CROSS_PRODUCTS = 1e4;

    private final LinearEquations equations;
    private final boolean restricted;
    private final double m;
    private final int q;
    private final int w;
    private final int p;
    /** Groups of each class. */
    private final double[] count;
    /** Nodes of each class. */
    private final int[][] members;
    /** A of each class, q × q. */
    private final double[][] a;
    /** S of each class, entry ((i, c), (j, d)) at (i w + c) q w + j w + d. */
    private final double[][] s;
    /** T = ΛM⁻¹Λᵀ of each class at the last point, q × q. */
    private final double[][] t;

    private final LambdaBlocks lambda;
    private final CollapsedSums sums;
    /** Upper triangular [R_X c; 0 r], w × w. */
    final double[] reduced;
    /** β̃. */
    final double[] beta;

    private double r2;

    private CollapsedGroups(LinearEquations equations, Criterion criterion) {
        this.equations = equations;
        this.restricted = criterion == Criterion.REML;
        this.w = equations.condensed.border;
        this.p = w - 1;
        this.q = equations.layout.width[0];
        this.m = restricted ? equations.n - p : equations.n;
        this.members = classes(equations);
        this.count = new double[members.length];
        this.a = new double[members.length][];
        this.s = new double[members.length][q * w * q * w];
        this.t = new double[members.length][q * q];
        for (int c = 0; c < members.length; c++) {
            count[c] = members[c].length;
            int at = equations.condensed.diagonalOffset[members[c][0]];
            a[c] = Arrays.copyOfRange(equations.condensed.diagonal, at, at + q * q);
            for (int node : members[c]) {
                add(s[c], equations.condensed.row[node] * w, 0);
            }
        }
        this.lambda = new LambdaBlocks(equations.layout);
        this.reduced = new double[w * w];
        this.beta = new double[p];
        this.sums = new CollapsedSums(q, p, restricted);
    }

    /** Sums of a model, or null where it is not of this kind. */
    public static @Nullable CollapsedGroups of(LinearEquations equations, Criterion criterion) {
        boolean taken = equations.layout.factors == 1
                && !equations.layout.hasPrecision()
                && equations.residualRows == null
                && !equations.nearCollinear
                && equations.layout.width[0] * equations.condensed.border <= 64;
        return taken ? new CollapsedGroups(equations, criterion) : null;
    }

    private static int[][] classes(LinearEquations equations) {
        int q = equations.layout.width[0];
        Map<List<Double>, List<Integer>> alike = new LinkedHashMap<>();
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            int at = equations.condensed.diagonalOffset[node];
            List<Double> key = new ArrayList<>();
            for (int i = 0; i < q * q; i++) {
                key.add(equations.condensed.diagonal[at + i]);
            }
            alike.computeIfAbsent(key, k -> new ArrayList<>()).add(node);
        }
        return alike.values().stream()
                .map(nodes -> nodes.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Adds a group's products to S: columns {@code from ≤ d < w} with all columns c ≤ d, and their transposes. */
    private void add(double[] into, int at, int from) {
        double[] b = equations.condensed.b;
        int stride = q * w;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                for (int d = from; d < w; d++) {
                    double f = b[at + j * w + d];
                    for (int c = 0; c <= d; c++) {
                        double product = b[at + i * w + c] * f;
                        into[(i * w + c) * stride + j * w + d] += product;
                        if (c < d) {
                            into[(j * w + d) * stride + i * w + c] += product;
                        }
                    }
                }
            }
        }
    }

    /** Takes over another response from the equations. */
    public void refresh() {
        int stride = q * w;
        for (int c = 0; c < members.length; c++) {
            double[] sum = s[c];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    for (int d = 0; d < w; d++) {
                        sum[(i * w + d) * stride + j * w + p] = 0;
                        sum[(i * w + p) * stride + j * w + d] = 0;
                    }
                }
            }
            for (int node : members[c]) {
                add(sum, equations.condensed.row[node] * w, p);
            }
        }
    }

    /** Classes of groups. */
    public int classes() {
        return members.length;
    }

    /** Columns of Z of a group. */
    public int width() {
        return q;
    }

    /** Where the columns of a term begin among those of a group. */
    public int column(int term) {
        return equations.layout.columnOf[term];
    }

    /** {@code d} at Λ, one matrix per term; NaN where it cannot be computed from cross-products. */
    public double value(DMatrixRMaj[] lambdaOfTerm) {
        lambda.set(lambdaOfTerm);
        double[] l = lambda.of(0);
        System.arraycopy(equations.condensed.c, 0, reduced, 0, reduced.length);
        double log = equations.prior.logDeterminant - equations.logWeights;
        for (int c = 0; c < members.length; c++) {
            double own = sums.posterior(a[c], l, t[c], CROSS_PRODUCTS);
            if (Double.isNaN(own)) {
                return Double.NaN;
            }
            log += count[c] * own;
            subtract(t[c], s[c]);
        }
        if (!factorBorder()) {
            return Double.NaN;
        }
        for (int i = 0; i < p && restricted; i++) {
            log += 2 * Math.log(reduced[i * w + i]);
        }
        log += restricted ? equations.border.logScale() : 0;
        return log + m * (1 + Math.log(2 * Math.PI * r2 / m));
    }

    /** Upper triangle of {@code reduced −= Σ_ij T_ij S_(i·)(j·)}. */
    private void subtract(double[] posterior, double[] sum) {
        int stride = q * w;
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double f = posterior[i * q + j];
                for (int c = 0; c < w; c++) {
                    int at = (i * w + c) * stride + j * w;
                    for (int d = c; d < w; d++) {
                        reduced[c * w + d] -= f * sum[at + d];
                    }
                }
            }
        }
    }

    private boolean factorBorder() {
        for (int i = 0; i < w; i++) {
            double pivot = reduced[i * w + i];
            if (!(pivot > 0)) {
                return false;
            }
            double scale = 1 / Math.sqrt(pivot);
            for (int j = i; j < w; j++) {
                reduced[i * w + j] *= scale;
            }
            for (int k = i + 1; k < w; k++) {
                double f = reduced[i * w + k];
                for (int j = k; j < w; j++) {
                    reduced[k * w + j] -= f * reduced[i * w + j];
                }
            }
        }
        r2 = reduced[w * w - 1] * reduced[w * w - 1];
        for (int i = p - 1; i >= 0; i--) {
            double sum = reduced[i * w + p];
            for (int j = i + 1; j < p; j++) {
                sum -= reduced[i * w + j] * beta[j];
            }
            beta[i] = sum / reduced[i * w + i];
        }
        return r2 > 0 && r2 < Double.POSITIVE_INFINITY;
    }

    /** {@code σ̂²} at the last value. */
    public double sigma2() {
        return r2 / m;
    }

    /** Fixed effects of the columns as given at the last value. */
    public double[] fixedEffects() {
        return equations.border.outside(beta, equations.model());
    }

    /**
     * Gradient and Hessian at the last value, without the part of the Hessian that the curvature of τ ↦ G has.
     *
     * @param first    {@code ∂G/∂τ_k} over all columns of a group, q × q, zero outside the parameter's term
     * @param gradient Modified.
     * @param hessian  Modified.
     * @param score    {@code ∂d/∂G}, q × q: the Hessian still wants {@code tr(score ∂²G/∂τ_j∂τ_k)}. Modified.
     */
    public void derive(double[][] first, double[] gradient, DMatrixRMaj hessian, double[] score) {
        Arrays.fill(hessian.data, 0, first.length * first.length, 0);
        sums.begin(reduced, beta, r2 / m, r2, first.length);
        for (int c = 0; c < members.length; c++) {
            sums.add(count[c], a[c], t[c], s[c], first, hessian);
        }
        sums.end(first, gradient, hessian, score);
    }
}
