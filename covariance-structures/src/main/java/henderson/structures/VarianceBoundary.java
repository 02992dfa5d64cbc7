package henderson.structures;

import henderson.api.BoundStructure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The boundary of {@code SCS}: that of C, and zero scales. A scale alone passes through zero smoothly where its positions
 * correlate with others (they change sign), so scales that correlate reach their boundary only together, theory (75).
 * Levels that share an inner index (a factor that is constant in each group) are alternatives and do not correlate.
 */
final class VarianceBoundary {
    private final BoundStructure structure;
    private final VarianceFunction function;
    private final Places places;
    private final Relative inner;
    private final int own;

    VarianceBoundary(BoundStructure structure, VarianceFunction function, Places places, Relative inner) {
        this.structure = structure;
        this.function = function;
        this.places = places;
        this.inner = inner;
        this.own = function.size();
    }

    /** Whether C has nothing off its diagonal. */
    boolean independent(double[] tau) {
        if (places.size() > Combined.LARGEST) {
            return false;
        }
        DMatrixRMaj c = inner.matrix(inner.full(tau, own), places.second(places.all()));
        for (int i = 0; i < c.numRows; i++) {
            for (int j = 0; j < i; j++) {
                if (c.get(i, j) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Scales in sets that correlate with one another at some generic point; one set where there are many positions. */
    private List<int[]> sets() {
        int[] set = new int[function.scales()];
        if (places.size() <= Combined.LARGEST) {
            Arrays.setAll(set, l -> l);
            for (double move : new double[] {0.31, -0.23}) {
                join(inner.matrix(generic(move), places.second(places.all())), set);
            }
        }
        List<int[]> out = new ArrayList<>();
        for (int s = 0; s < set.length; s++) {
            List<Integer> members = new ArrayList<>();
            for (int l = 0; l < set.length; l++) {
                if (set[l] == s) {
                    members.add(l);
                }
            }
            if (!members.isEmpty()) {
                out.add(members.stream().mapToInt(Integer::intValue).toArray());
            }
        }
        return out;
    }

    private double[] generic(double move) {
        double[] out = inner.inner().coordinates().stream()
                .mapToDouble(c -> c.neutral())
                .toArray();
        for (int k = 0; k < out.length; k++) {
            out[k] += k == inner.inner().held() ? 0 : move * (1 + 0.1 * k / out.length);
        }
        return out;
    }

    private void join(DMatrixRMaj c, int[] set) {
        boolean[][] alternatives = alternatives();
        for (int i = 0; i < c.numRows; i++) {
            for (int j = 0; j < i; j++) {
                int from = set[function.scaleOf(i)];
                int into = set[function.scaleOf(j)];
                boolean together = !alternatives[function.scaleOf(i)][function.scaleOf(j)];
                if (c.get(i, j) != 0 && from != into && together) {
                    for (int l = 0; l < set.length; l++) {
                        set[l] = set[l] == from ? into : set[l];
                    }
                }
            }
        }
    }

    /** Scales that share an inner index: they never stand in one pattern, where the matrix would be singular. */
    private boolean[][] alternatives() {
        boolean[][] out = new boolean[function.scales()][function.scales()];
        for (int i = 0; i < places.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (places.second(i) == places.second(j)) {
                    out[function.scaleOf(i)][function.scaleOf(j)] = true;
                    out[function.scaleOf(j)][function.scaleOf(i)] = true;
                }
            }
        }
        return out;
    }

    private static boolean isZero(double[] tau, int[] set) {
        for (int l : set) {
            if (tau[l] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean anyZero(double[] tau) {
        for (int l = 0; l < function.scales(); l++) {
            if (tau[l] == 0) {
                return true;
            }
        }
        return false;
    }

    boolean[] free(double[] tau) {
        boolean[] out = new boolean[tau.length];
        Arrays.fill(out, true);
        inner.free(inner.full(tau, own), out, own);
        if (anyZero(tau)) {
            for (int[] set : sets()) {
                for (int l : set) {
                    out[l] = !isZero(tau, set);
                }
            }
        }
        return Combined.thatMove(structure, tau, out, places.all());
    }

    List<double[]> points(double[] tau) {
        List<double[]> out = new ArrayList<>();
        for (int[] set : sets()) {
            double[] point = tau.clone();
            for (int l : set) {
                point[l] = 0;
            }
            out.add(point);
        }
        for (double[] full : inner.inner().boundaryPoints(inner.full(tau, own))) {
            if (inner.holds(full)) {
                out.add(put(full, tau));
            }
        }
        return Combined.nearestFirst(structure, tau, out);
    }

    /** {@code tau} with C replaced by a point of any scale. */
    private double[] put(double[] full, double[] tau) {
        double[] out = tau.clone();
        double scale = inner.put(full, out, own);
        for (int l = 0; l < function.scales(); l++) {
            out[l] *= scale;
        }
        return out;
    }

    /** The sets of scales that are zero. */
    private List<int[]> zeroSets(double[] tau) {
        List<int[]> out = new ArrayList<>();
        if (anyZero(tau)) {
            for (int[] set : sets()) {
                if (isZero(tau, set)) {
                    out.add(set);
                }
            }
        }
        return out;
    }

    /** One block for each set at zero, then that of C; null where C leaves its own to others. */
    private @Nullable List<DMatrixRMaj> blocks(double[] tau, DMatrixRMaj score, List<int[]> zeros) {
        double[] full = inner.full(tau, own);
        List<DMatrixRMaj> out = new ArrayList<>();
        if (!zeros.isEmpty()) {
            DMatrixRMaj c = inner.matrix(full, places.second(places.all()));
            zeros.forEach(set -> out.add(curvature(set, score, c, tau)));
        }
        DMatrixRMaj within = innerScore(tau, score);
        if (zeros.isEmpty() || !Combined.isZero(within)) {
            DMatrixRMaj curvature = inner.inner().boundaryCurvature(full, within);
            if (curvature == null) {
                return null;
            }
            out.add(curvature);
        }
        return out;
    }

    /** {@code K_lm = Σ sᵢ′sⱼ′ Sᵢⱼ Cᵢⱼ} over i in l, j in m: {@code tr(SG) = θᵀKθ}. */
    private DMatrixRMaj curvature(int[] set, DMatrixRMaj score, DMatrixRMaj c, double[] tau) {
        int n = places.size();
        double[] unit = unitValues(tau);
        DMatrixRMaj out = new DMatrixRMaj(set.length, set.length);
        int[] rowOf = new int[function.scales()];
        Arrays.fill(rowOf, -1);
        for (int r = 0; r < set.length; r++) {
            rowOf[set[r]] = r;
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int a = rowOf[function.scaleOf(i)];
                int b = rowOf[function.scaleOf(j)];
                if (a >= 0 && b >= 0) {
                    out.add(a, b, unit[i] * unit[j] * score.get(i, j) * c.get(i, j));
                }
            }
        }
        return out;
    }

    /** {@code s} where every scale is 1. */
    private double[] unitValues(double[] tau) {
        double[] one = tau.clone();
        Arrays.fill(one, 0, function.scales(), 1);
        double[] out = new double[places.size()];
        function.values(one, places.all(), out);
        return out;
    }

    /** {@code ∂d/∂C}: the score times own standard deviations, summed by inner index. */
    private DMatrixRMaj innerScore(double[] tau, DMatrixRMaj score) {
        double[] s = new double[places.size()];
        function.values(tau, places.all(), s);
        int m = places.secondBound();
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                out.add(places.second(i), places.second(j), s[i] * s[j] * score.get(i, j));
            }
        }
        return out;
    }

    @Nullable
    DMatrixRMaj curvature(double[] tau, DMatrixRMaj score) {
        List<DMatrixRMaj> blocks = blocks(tau, score, zeroSets(tau));
        return blocks == null ? null : Combined.blockDiagonal(blocks);
    }

    double @Nullable [] release(double[] tau, DMatrixRMaj score, double t) {
        List<int[]> zeros = zeroSets(tau);
        List<DMatrixRMaj> blocks = blocks(tau, score, zeros);
        if (blocks == null) {
            return null;
        }
        int least = Combined.least(blocks);
        if (least < 0) {
            return tau.clone();
        }
        if (least < zeros.size()) {
            Combined.Least direction = java.util.Objects.requireNonNull(Combined.Least.of(blocks.get(least)));
            double[] out = tau.clone();
            int[] set = zeros.get(least);
            for (int r = 0; r < set.length; r++) {
                out[set[r]] = Math.sqrt(t) * direction.vector()[r];
            }
            return out;
        }
        double[] full = inner.inner().release(inner.full(tau, own), innerScore(tau, score), t);
        return full == null ? null : put(full, tau);
    }
}
