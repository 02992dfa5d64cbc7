package henderson.glmm.family;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import henderson.api.Family.Response;
import henderson.api.Link;
import henderson.api.Natural;
import henderson.api.Scale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Ordered outcomes. {@code φ₁ = κ₁}, {@code φ_k = log(κ_k − κ_{k−1})}: any φ gives ordered cut points. */
final class BoundOrdinal implements BoundFamily {
    /** Cut points at the last φ. */
    private record Cuts(double[] phi, double[] kappa, double[] gap) {
        static Cuts of(double[] phi) {
            double[] kappa = phi.clone();
            double[] gap = new double[phi.length];
            for (int k = 1; k < phi.length; k++) {
                gap[k] = Math.exp(phi[k]);
                kappa[k] = kappa[k - 1] + gap[k];
            }
            return new Cuts(phi.clone(), kappa, gap);
        }
    }

    private static final ThreadLocal<OrdinalDensity> SCRATCH = ThreadLocal.withInitial(OrdinalDensity::new);

    /** Outcomes in their order, as values of the response. */
    private final double[] outcomes;
    /** Index of each row's outcome, n. */
    private final int[] code;

    private final double @Nullable [] weights;
    private final Link link;
    private final List<String> labels;
    private final List<Coordinate> own = new ArrayList<>();
    private final List<Natural> naturals = new ArrayList<>();
    /** Threads that race make them twice, alike. */
    private volatile Cuts cuts;

    BoundOrdinal(Response y, double[] outcomes, Link link) {
        this.outcomes = outcomes;
        this.code = new int[y.values().length];
        this.weights = Responses.multipliers(y);
        this.link = link;
        double[] share = new double[outcomes.length];
        double all = 0;
        for (int i = 0; i < code.length; i++) {
            code[i] = Arrays.binarySearch(outcomes, y.values()[i]);
            share[code[i]] += Responses.at(weights, i);
            all += Responses.at(weights, i);
        }
        this.labels = Arrays.stream(outcomes)
                .mapToObj(v -> y.levels() == null ? Responses.text(v) : y.levels()[(int) v])
                .toList();
        start(share, all);
        double[] neutral = own.stream().mapToDouble(Coordinate::neutral).toArray();
        this.cuts = Cuts.of(neutral);
    }

    /** Cut points of the observed shares. */
    private void start(double[] share, double all) {
        double below = 0;
        double before = 0;
        for (int k = 0; k < share.length - 1; k++) {
            below += share[k];
            double kappa = link.eta(below / all);
            double phi = k == 0 ? kappa : Math.log(kappa - before);
            Natural cut = new Natural("cut" + (k + 1), -1, -1, List.of(), Scale.PLAIN);
            naturals.add(cut);
            own.add(
                    k == 0
                            ? new Coordinate("cut1", false, phi, new double[0], cut, t -> t)
                            : new Coordinate(
                                    "log(cut" + (k + 1) + " - cut" + k + ")", false, phi, new double[0], cut, t -> t));
            before = kappa;
        }
    }

    @Override
    public List<Coordinate> auxiliaries() {
        return own;
    }

    @Override
    public List<Natural> naturals() {
        return naturals;
    }

    /** The cut points. */
    @Override
    public double[] natural(double[] phi) {
        return cuts(phi).kappa.clone();
    }

    private Cuts cuts(double[] phi) {
        Cuts known = cuts;
        if (!Arrays.equals(known.phi, phi)) {
            known = Cuts.of(phi);
            cuts = known;
        }
        return known;
    }

    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        OrdinalDensity d = SCRATCH.get();
        Cuts at = cuts(phi);
        int n = eta.length;
        int own = Math.min(order, 2);
        for (int i = from; i < to; i++) {
            if (!evaluate(d, code[i], eta[i], at)) {
                return false;
            }
            double w = Responses.at(weights, i);
            for (int r = 0; r <= order; r++) {
                out[r * n + i] = w * d.eta[r];
            }
            for (int k = 0; k < phi.length; k++) {
                double stretch = k == 0 ? 1 : at.gap[k];
                for (int r = 0; r <= own; r++) {
                    double slope = (k <= code[i] ? d.upper[r] : 0) + (k <= code[i] - 1 ? d.lower[r] : 0);
                    out[(4 + 3 * k + r) * n + i] = w * stretch * slope;
                }
            }
        }
        return true;
    }

    private boolean evaluate(OrdinalDensity d, int outcome, double eta, Cuts at) {
        boolean first = outcome == 0;
        boolean last = outcome == outcomes.length - 1;
        double below = first ? Double.NEGATIVE_INFINITY : at.kappa[outcome - 1] - eta;
        double above = last ? Double.POSITIVE_INFINITY : at.kappa[outcome] - eta;
        return d.evaluate(link, below, above);
    }

    @Override
    public double startEta(int i) {
        return 0;
    }

    private double probability(int outcome, double eta, Cuts at, OrdinalDensity d) {
        return evaluate(d, outcome, eta, at) ? Math.exp(d.eta[0]) : 0;
    }

    /** {@code Σ P ℓ′²} over the outcomes. */
    @Override
    public double fisher(int i, double eta, double[] phi) {
        OrdinalDensity d = SCRATCH.get();
        Cuts at = cuts(phi);
        double sum = 0;
        for (int k = 0; k < outcomes.length; k++) {
            double p = probability(k, eta, at, d);
            sum += p > 0 ? p * d.eta[1] * d.eta[1] : 0;
        }
        return Responses.at(weights, i) * sum;
    }

    /** Mean of the outcomes' values. */
    @Override
    public double mean(int i, double eta, double[] phi) {
        OrdinalDensity d = SCRATCH.get();
        Cuts at = cuts(phi);
        double sum = 0;
        for (int k = 0; k < outcomes.length; k++) {
            sum += probability(k, eta, at, d) * outcomes[k];
        }
        return sum;
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        OrdinalDensity d = SCRATCH.get();
        Cuts at = cuts(phi);
        double mean = mean(i, eta, phi);
        double sum = 0;
        for (int k = 0; k < outcomes.length; k++) {
            sum += probability(k, eta, at, d) * (outcomes[k] - mean) * (outcomes[k] - mean);
        }
        return sum;
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        OrdinalDensity d = SCRATCH.get();
        Cuts at = cuts(phi);
        double left = random.nextDouble();
        for (int k = 0; k < outcomes.length - 1; k++) {
            left -= probability(k, eta, at, d);
            if (left < 0) {
                return outcomes[k];
            }
        }
        return outcomes[outcomes.length - 1];
    }

    @Override
    public double deviance(int i, double eta, double[] phi) {
        OrdinalDensity d = SCRATCH.get();
        return evaluate(d, code[i], eta, cuts(phi))
                ? -2 * Responses.at(weights, i) * d.eta[0]
                : Double.POSITIVE_INFINITY;
    }

    @Override
    public double probability(int i, int outcome, double eta, double[] phi) {
        return probability(outcome, eta, cuts(phi), SCRATCH.get());
    }

    @Override
    public List<String> outcomes() {
        return labels;
    }
}
