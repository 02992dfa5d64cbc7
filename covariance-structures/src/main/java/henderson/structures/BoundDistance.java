package henderson.structures;

import henderson.api.BoundStructure;
import henderson.api.Coordinate;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * {@code θ²(1 − ν)k(d)} at distance d, {@code θ²} on the diagonal; k is a {@link Kernel} of decay {@code x = −log sin²τ} per
 * reference distance δ, ν a nugget {@code sin²τ} or none; {@code τ = (θ, decay, nugget)}, theory (63). At {@code τ = 0} of the
 * decay nothing is correlated; that and the two ends of the nugget leave the matrix regular.
 */
final class BoundDistance implements BoundStructure {
    /** Positions at which it is seen which coordinates act on a boundary. */
    private static final int WITNESSES = 12;

    private final String kind;
    private final Kernel kernel;
    private final Sites sites;
    private final boolean nugget;
    private final boolean correlation;
    private final double reference;
    private final List<Coordinate> coordinates;
    private final List<Natural> naturals;

    private BoundDistance(String kind, Kernel kernel, Sites sites, boolean nugget, boolean correlation) {
        this.kind = kind;
        this.kernel = kernel;
        this.sites = sites;
        this.nugget = nugget;
        this.correlation = correlation;
        this.reference = sites.reference();
        Natural decay = correlation
                ? new Natural("rho", -1, -1, List.of(), Scale.LOGIT)
                : new Natural("range", -1, -1, List.of(), Scale.LOG);
        // correlated ½ half way, by order of magnitude, between the reference and the extent
        double middle = Math.sqrt(sites.extent() / reference);
        double neutral = Decay.inverse(Math.log(2) / (kernel == Kernel.GAUSSIAN ? middle * middle : middle));
        List<Coordinate> all = new ArrayList<>();
        all.add(Coordinate.variance("sd", -1));
        all.add(new Coordinate(
                decay.symbol(), false, neutral, new double[] {0, Math.PI / 2}, decay, t -> decay(Decay.at(t))));
        if (nugget) {
            all.add(Coordinate.unit("nugget"));
        }
        this.coordinates = List.copyOf(all);
        this.naturals = all.stream().map(Coordinate::natural).toList();
    }

    /** Reported by the correlation at distance 1; without nugget. */
    static BoundDistance byCorrelation(String kind, Sites sites) {
        return new BoundDistance(kind, Kernel.EXPONENTIAL, sites, false, true);
    }

    /** Reported by the range. */
    static BoundDistance byRange(String kind, Kernel kernel, Sites sites, boolean nugget) {
        return new BoundDistance(kind, kernel, sites, nugget, false);
    }

    /** The natural parameter of a decay: {@code ρ = e^{−x/δ}}, or the range. */
    private double decay(double x) {
        return correlation ? Math.exp(-x / reference) : reference * kernel.range(x);
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public List<Natural> naturals() {
        return naturals;
    }

    @Override
    public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
        double c = nugget ? Angles.cos(tau[2]) : 1;
        double variance = tau[0] * tau[0];
        fillCorrelation(tau[1], at, variance * c * c, variance, out);
        return out;
    }

    @Override
    public void derivative(double[] tau, int k, int[] at, DMatrixRMaj out) {
        double c = nugget ? Angles.cos(tau[2]) : 1;
        double variance = tau[0] * tau[0];
        switch (k) {
            case 0 -> fillCorrelation(tau[1], at, 2 * tau[0] * c * c, 2 * tau[0], out);
            case 1 -> fillSlope(tau[1], at, variance * c * c, out);
            default -> fillCorrelation(tau[1], at, -2 * variance * Math.sin(tau[2]) * c, 0, out);
        }
    }

    /** In closed form but where nothing is correlated. */
    @Override
    public void second(double[] tau, int j, int k, int[] at, DMatrixRMaj out) {
        if (Double.isInfinite(Decay.at(tau[1]))) {
            BoundStructure.super.second(tau, j, k, at, out);
            return;
        }
        int first = Math.min(j, k);
        int last = Math.max(j, k);
        double c = nugget ? Angles.cos(tau[2]) : 1;
        // derivatives of cos² of the nugget's coordinate
        double once = nugget ? -2 * Math.sin(tau[2]) * c : 0;
        double sd = tau[0];
        if (first == 1 && last == 1) {
            fillBend(tau[1], at, sd * sd * c * c, out);
        } else if (last == 1) {
            fillSlope(tau[1], at, 2 * sd * c * c, out);
        } else if (first == 1) {
            fillSlope(tau[1], at, sd * sd * once, out);
        } else if (last == 0) {
            fillCorrelation(tau[1], at, 2 * c * c, 2, out);
        } else if (first == 0) {
            fillCorrelation(tau[1], at, 2 * sd * once, 0, out);
        } else {
            fillCorrelation(tau[1], at, -2 * sd * sd * Math.cos(2 * tau[2]), 0, out);
        }
    }

    private void fillBend(double decay, int[] at, double factor, DMatrixRMaj out) {
        double x = Decay.at(decay);
        double slope = Decay.slope(decay);
        double bend = Decay.second(decay);
        int m = at.length;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double d = sites.distance(at[i], at[j]);
                double u = d / reference;
                double v = d == 0 ? 0 : factor * (slope * slope * kernel.second(u, x) + bend * kernel.slope(u, x));
                out.data[i * m + j] = v;
                out.data[j * m + i] = v;
            }
        }
    }

    private void fillCorrelation(double decay, int[] at, double off, double diagonal, DMatrixRMaj out) {
        double x = Decay.at(decay);
        int m = at.length;
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double d = sites.distance(at[i], at[j]);
                double k = d == 0 ? 1 : Double.isInfinite(x) ? 0 : kernel.at(d / reference, x);
                double v = at[i] == at[j] ? diagonal : off * k;
                out.data[i * m + j] = v;
                out.data[j * m + i] = v;
            }
        }
    }

    private void fillSlope(double decay, int[] at, double factor, DMatrixRMaj out) {
        double x = Decay.at(decay);
        int m = at.length;
        if (Double.isInfinite(x)) {
            Arrays.fill(out.data, 0, m * m, 0);
            return;
        }
        double slope = factor * Decay.slope(decay);
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                double d = sites.distance(at[i], at[j]);
                double v = d == 0 ? 0 : slope * kernel.slope(d / reference, x);
                out.data[i * m + j] = v;
                out.data[j * m + i] = v;
            }
        }
    }

    /** On a boundary also those that have no effect there. */
    @Override
    public boolean[] free(double[] tau) {
        int[] at = new int[Math.min(sites.size(), WITNESSES)];
        Arrays.setAll(at, i -> i);
        return Independence.free(this, tau, BoundStructure.super.free(tau), at);
    }

    @Override
    public Whitening whitening(int[] at) {
        @Nullable Times line = sites.line();
        boolean markov =
                line != null && kernel.states() > 0 && (nugget ? line.isNowhereDescending(at) : line.isAscending(at));
        if (line != null && markov) {
            Times.Steps steps = line.steps(at);
            double[] gaps = steps.gaps();
            for (int s = 0; s < gaps.length; s++) {
                gaps[s] /= reference;
            }
            return new StateSpaceWhitening(new MaternStates(kernel.states(), nugget, gaps), steps.of());
        }
        Orders.requireFew(at.length, kind, "matern along one axis, which has no such limit");
        return BoundStructure.super.whitening(at);
    }
}
