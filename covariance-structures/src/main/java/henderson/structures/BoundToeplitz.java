package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code θ² r(|s − t|)} with a correlation for each lag, {@code τ = (θ, one coordinate a lag)}, see {@link Lags}. Where the
 * coordinates are correlations themselves, not all are admissible: the matrix is NaN, and that is no boundary to rest on.
 */
final class BoundToeplitz implements BoundStructure {
    private final Times times;
    private final Lags lags;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    BoundToeplitz(Times times, Lags lags) {
        this.times = times;
        this.lags = lags;
        List<Coordinate> all = new ArrayList<>();
        List<Natural> reported = new ArrayList<>();
        all.add(Coordinate.variance("sd", -1));
        reported.add(Natural.variance(-1));
        for (int s = 1; s <= lags.size(); s++) {
            Natural natural = Natural.correlationAtLag(lags.lag(s));
            Coordinate c = Coordinate.correlation((lags.isPartial() ? "partial" : "lag") + lags.lag(s));
            double[] snaps = lags.isPartial() ? c.snaps() : new double[0];
            all.add(new Coordinate(c.name(), false, 0, snaps, natural, c.value()));
            reported.add(natural);
        }
        this.coordinates = List.copyOf(all);
        this.naturals = List.copyOf(reported);
    }

    @Override
    public String title() {
        return "Toeplitz(" + lags.size() + ")";
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public List<Natural> naturals() {
        return naturals;
    }

    private Lags.Table table(double[] tau) {
        Lags.Table out = lags.table();
        out.update(tau);
        return out;
    }

    /** The variance, and the correlation at each lag. */
    @Override
    public double[] natural(double[] tau) {
        Lags.Table table = table(tau);
        double[] out = new double[tau.length];
        out[0] = tau[0] * tau[0];
        System.arraycopy(table.r, 1, out, 1, tau.length - 1);
        return out;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        Lags.Table table = table(tau);
        fill(at, table::at, out);
        double variance = lags.isPartial() || Semidefiniteness.holds(out, at) ? tau[0] * tau[0] : Double.NaN;
        for (int i = 0; i < at.length * at.length; i++) {
            out.data[i] *= variance;
        }
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        Lags.Table table = table(tau);
        if (k == 0) {
            fill(at, s -> 2 * tau[0] * table.at(s), out);
        } else {
            fill(at, s -> tau[0] * tau[0] * table.slope(k - 1, s), out);
        }
    }

    /** A number for each slot, −1 included. */
    private interface BySlot {
        double at(int slot);
    }

    private void fill(int[] at, BySlot value, DMatrixRMaj out) {
        int m = at.length;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double v = value.at(lags.slot(times.distance(at[i], at[j])));
                out.data[i * m + j] = v;
                out.data[j * m + i] = v;
            }
        }
    }

    /** On a boundary also those that have no effect there. */
    @Override
    public boolean[] free(double[] tau) {
        boolean[] free = BoundStructure.super.free(tau);
        boolean inside = true;
        for (boolean f : free) {
            inside &= f;
        }
        Lags.Table table = table(tau);
        Independence changes = new Independence();
        for (int k = 1; k < tau.length && !inside; k++) {
            double[] slopes = new double[lags.size() + 1];
            for (int s = 1; s < slopes.length; s++) {
                slopes[s] = table.slope(k - 1, s);
            }
            free[k] &= tau[0] != 0 && changes.add(slopes);
        }
        return free;
    }

    @Override
    public Whitening whitening(int[] at) {
        return new LagWhitening(lags, times, at);
    }
}
