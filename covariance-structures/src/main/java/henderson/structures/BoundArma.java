package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * {@code θ² r(|s − t|)} of an ARMA(p, q) process at whole-number times, {@code τ = (θ, p partial autocorrelations of the
 * autoregression, q of the moving average)}, theory (55) to (57). {@code e_t = Σ φ_j e_{t−j} + u_t + Σ θ_l u_{t−l}}; θ² is the
 * variance of {@code e_t}.
 */
final class BoundArma implements BoundStructure {
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    private final int p;
    private final int q;
    private final Times times;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    BoundArma(int p, int q, Times times) {
        this.p = p;
        this.q = q;
        this.times = times;
        List<Coordinate> all = new ArrayList<>();
        List<Natural> reported = new ArrayList<>();
        all.add(Coordinate.variance("sd", -1));
        reported.add(Natural.variance(-1));
        for (int k = 1; k <= p; k++) {
            all.add(partial("ar" + k, q == 0));
            // an AR(1) coefficient is a correlation
            reported.add(p == 1 && q == 0 ? Natural.correlation("rho", -1, -1) : plain("phi" + k));
        }
        for (int k = 1; k <= q; k++) {
            all.add(Coordinate.correlation("ma" + k));
            reported.add(plain("theta" + k));
        }
        this.coordinates = List.copyOf(all);
        this.naturals = List.copyOf(reported);
    }

    /**
     * A partial autocorrelation. At ±1 an autoregression has a singular matrix, which is a boundary of random effects and out
     * of reach of residuals; a moving average has unit roots and a regular one. In between, ARMA has no rest there.
     */
    private static Coordinate partial(String name, boolean snaps) {
        Coordinate c = Coordinate.correlation(name);
        return snaps ? c : new Coordinate(name, false, c.neutral(), new double[0], c.natural(), c.value());
    }

    private static Natural plain(String symbol) {
        return new Natural(symbol, -1, -1, List.of(), Scale.PLAIN);
    }

    @Override
    public String title() {
        String orders = p == 0 ? "(" + q + ")" : q == 0 ? "(" + p + ")" : "(" + p + "," + q + ")";
        return (p > 0 ? "AR" : "") + (q > 0 ? "MA" : "") + orders;
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public List<Natural> naturals() {
        return naturals;
    }

    /** The variance, φ, θ. */
    @Override
    public double[] natural(double[] tau) {
        ArmaCorrelations process = new ArmaCorrelations(p, q, tau, 0);
        double[] out = new double[tau.length];
        out[0] = tau[0] * tau[0];
        for (int k = 0; k < p; k++) {
            out[1 + k] = process.phi(k);
        }
        for (int k = 0; k < q; k++) {
            out[1 + p + k] = process.theta(k);
        }
        return out;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        return fill(at, tau[0] * tau[0], new ArmaCorrelations(p, q, tau, times.span(at)).all(), out);
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        ArmaCorrelations process = new ArmaCorrelations(p, q, tau, times.span(at));
        if (k == 0) {
            fill(at, 2 * tau[0], process.all(), out);
        } else {
            fill(at, tau[0] * tau[0], process.slopes(k - 1), out);
        }
    }

    /** By six-point differences of the correlations' slopes, lag by lag. */
    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        int first = Math.min(j, k);
        int last = Math.max(j, k);
        int span = times.span(at);
        ArmaCorrelations process = new ArmaCorrelations(p, q, tau, span);
        if (last == 0) {
            fill(at, 2, process.all(), out);
        } else if (first == 0) {
            fill(at, 2 * tau[0], process.slopes(last - 1), out);
        } else {
            double[] byLag = new double[span + 1];
            double h = 0x1p-8 * Math.max(1, Math.abs(tau[first]));
            double[] moved = tau.clone();
            for (int s = 1; s <= WEIGHTS.length; s++) {
                moved[first] = tau[first] + s * h;
                double[] up = new ArmaCorrelations(p, q, moved, span).slopes(last - 1);
                moved[first] = tau[first] - s * h;
                double[] down = new ArmaCorrelations(p, q, moved, span).slopes(last - 1);
                for (int lag = 0; lag <= span; lag++) {
                    byLag[lag] += WEIGHTS[s - 1] * (up[lag] - down[lag]) / h;
                }
            }
            fill(at, tau[0] * tau[0], byLag, out);
        }
    }

    private DMatrixRMaj fill(int[] at, double variance, double[] byLag, DMatrixRMaj out) {
        int m = at.length;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double v = variance * byLag[(int) times.distance(at[i], at[j])];
                out.data[i * m + j] = v;
                out.data[j * m + i] = v;
            }
        }
        return out;
    }

    /**
     * On a boundary also those stand still that have no effect of their own there: partials after a perfect prediction, all at
     * variance zero, and some of those below a unit root, which together move less roots than they are.
     */
    @Override
    public boolean[] free(double[] tau) {
        boolean[] free = BoundStructure.super.free(tau);
        boolean inside = true;
        for (boolean f : free) {
            inside &= f;
        }
        if (!inside) {
            ArmaCorrelations process = new ArmaCorrelations(p, q, tau, p + q);
            Independence changes = new Independence();
            for (int k = 1; k < tau.length; k++) {
                free[k] &= tau[0] != 0 && changes.add(process.slopes(k - 1));
            }
        }
        return free;
    }

    @Override
    public Whitening whitening(int[] at) {
        if (!times.isAscending(at)) {
            return BoundStructure.super.whitening(at);
        }
        Times.Steps steps = times.steps(at);
        return new StateSpaceWhitening(new ArmaStates(p, q, steps.gaps()), steps.of());
    }
}
