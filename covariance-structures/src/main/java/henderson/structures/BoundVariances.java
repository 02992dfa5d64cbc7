package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** {@code R = SCS}, theory (73): own coordinates of S first, then those of C without the held one. */
final class BoundVariances implements BoundStructure {
    private final VarianceFunction function;
    private final Places places;
    private final Relative inner;
    /** Number of own coordinates. */
    private final int own;

    private final List<Coordinate> coordinates;
    private final VarianceBoundary boundary;

    BoundVariances(VarianceFunction function, Places places, BoundStructure inner) {
        this.function = function;
        this.places = places;
        this.inner = new Relative(inner);
        this.own = function.size();
        List<Coordinate> all = new ArrayList<>(function.coordinates());
        all.addAll(this.inner.coordinates());
        this.coordinates = List.copyOf(all);
        this.boundary = new VarianceBoundary(this, function, places, this.inner);
    }

    @Override
    public String title() {
        return inner.title();
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public List<Natural> naturals() {
        List<Natural> out = new ArrayList<>(function.naturals(inner.referencePosition()));
        out.addAll(inner.naturals(i -> places.ofInner(-1, i)));
        return out;
    }

    @Override
    public double[] natural(double[] tau) {
        double[] full = inner.full(tau, own);
        double[] out = new double[tau.length];
        function.natural(tau, inner.reference(full), out);
        inner.natural(full, out, own);
        return out;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        inner.inner().matrix(inner.full(tau, own), places.second(at), out);
        double[] s = values(tau, at);
        scale(s, s, out);
        return out;
    }

    private double[] values(double[] tau, int[] at) {
        double[] s = new double[at.length];
        function.values(tau, at, s);
        return s;
    }

    /** {@code out ← diag(left) out diag(right)}. */
    private static void scale(double[] left, double[] right, DMatrixRMaj out) {
        int n = left.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out.data[i * n + j] *= left[i] * right[j];
            }
        }
    }

    /** {@code out ← out ∘ (u vᵀ + v uᵀ + w xᵀ + x wᵀ)}. */
    private static void scaleSum(double[] u, double[] v, double[] w, double[] x, DMatrixRMaj out) {
        int n = u.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out.data[i * n + j] *= u[i] * v[j] + v[i] * u[j] + w[i] * x[j] + x[i] * w[j];
            }
        }
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        double[] full = inner.full(tau, own);
        double[] s = values(tau, at);
        if (k >= own) {
            inner.derivative(full, k - own, places.second(at), out);
            scale(s, s, out);
            return;
        }
        inner.inner().matrix(full, places.second(at), out);
        double[] zero = new double[at.length];
        scaleSum(first(tau, k, at), s, zero, zero, out);
    }

    private double[] first(double[] tau, int k, int[] at) {
        double[] out = new double[at.length];
        function.first(tau, k, at, out);
        return out;
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        double[] full = inner.full(tau, own);
        double[] s = values(tau, at);
        double[] zero = new double[at.length];
        int[] index = places.second(at);
        if (j < own && k < own) {
            double[] jk = new double[at.length];
            function.second(tau, j, k, at, jk);
            inner.inner().matrix(full, index, out);
            scaleSum(jk, s, first(tau, j, at), first(tau, k, at), out);
        } else if (j >= own && k >= own) {
            inner.second(full, j - own, k - own, index, out);
            scale(s, s, out);
        } else {
            inner.derivative(full, Math.max(j, k) - own, index, out);
            scaleSum(first(tau, Math.min(j, k), at), s, zero, zero, out);
        }
    }

    /** {@code SΛ}, Λ the factor within. */
    @Override
    public void factor(double[] tau, int[] at, DMatrixRMaj out) {
        inner.inner().factor(inner.full(tau, own), places.second(at), out);
        scaleRows(values(tau, at), out);
    }

    @Override
    public boolean factorDerivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        double[] full = inner.full(tau, own);
        if (k < own) {
            inner.inner().factor(full, places.second(at), out);
            scaleRows(first(tau, k, at), out);
            return true;
        }
        if (!inner.factorDerivative(full, k - own, places.second(at), out)) {
            return false;
        }
        scaleRows(values(tau, at), out);
        return true;
    }

    private static void scaleRows(double[] s, DMatrixRMaj out) {
        int n = s.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                out.data[i * n + j] *= s[i];
            }
        }
    }

    /** The structure within starts from moments divided by own variances; its scale goes to the own ones. */
    @Override
    public double[] start(List<Moments> moments) {
        double[] tau = new double[coordinates.size()];
        double[] one = new double[places.secondBound()];
        java.util.Arrays.fill(one, 1);
        function.start(moments, one, tau);
        double[] full = inner.inner().start(standardized(moments, tau));
        inner.put(full, tau, own); // its scale goes to the own ones below
        function.start(moments, innerVariances(inner.full(tau, own)), tau);
        return tau;
    }

    /** Moments of patterns in which no inner index stands twice, over {@code s}. */
    private List<Moments> standardized(List<Moments> moments, double[] tau) {
        List<Moments> out = new ArrayList<>();
        for (Moments m : moments) {
            int[] index = places.second(m.at());
            if (Indices.distinct(index) == index.length) {
                double[] s = values(tau, m.at());
                for (int i = 0; i < s.length; i++) {
                    s[i] = 1 / s[i];
                }
                DMatrixRMaj sum = m.sum().copy();
                scale(s, s, sum);
                out.add(new Moments(index, m.count(), sum));
            }
        }
        return out;
    }

    /** Diagonal of C, by inner index. */
    private double[] innerVariances(double[] full) {
        double[] out = new double[places.secondBound()];
        for (int i = 0; i < places.size(); i++) {
            int index = places.second(i);
            if (out[index] == 0) {
                out[index] = inner.matrix(full, new int[] {index}).data[0];
            }
        }
        return out;
    }

    /** In closed form only where C is known and diagonal: independent within. */
    @Override
    public boolean maximize(List<Moments> moments, double[] tau) {
        if (inner.size() > 0 || !(function instanceof LevelScales levels) || !boundary.independent(tau)) {
            return false;
        }
        levels.maximize(moments, innerVariances(inner.full(tau, own)), tau);
        return true;
    }

    /**
     * By the whitening within; dense where that cannot be had for the inner indices or lacks a transpose. Two levels at one
     * inner index correlate fully: no point is admissible there.
     */
    @Override
    public Whitening whitening(int[] at) {
        int[] index = places.second(at);
        if (!Places.isAscending(index)) {
            return Places.hasRepeats(index) ? new SingularWhitening() : BoundStructure.super.whitening(at);
        }
        VarianceWhitening out = new VarianceWhitening(function, at, inner.whitening(index));
        return out.isComplete() ? out : BoundStructure.super.whitening(at);
    }

    @Override
    public boolean[] free(double[] tau) {
        return boundary.free(tau);
    }

    @Override
    public List<double[]> boundaryPoints(double[] tau) {
        return boundary.points(tau);
    }

    @Override
    public @Nullable DMatrixRMaj boundaryCurvature(double[] tau, DMatrixRMaj score) {
        return boundary.curvature(tau, score);
    }

    @Override
    public double @Nullable [] release(double[] tau, DMatrixRMaj score, double t) {
        return boundary.release(tau, score, t);
    }

    @Override
    public List<String> levels() {
        return Places.union(function.levels(), inner.inner().levels());
    }
}
