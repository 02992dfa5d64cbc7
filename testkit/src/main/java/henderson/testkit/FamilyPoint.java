package henderson.testkit;

import henderson.api.BoundFamily;
import henderson.api.Family.Response;
import henderson.api.Link;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** A family with a link at one linear predictor, for all values of the response at once: one row a value. */
final class FamilyPoint {
    private final FamilyContract contract;
    private final Link link;
    private final double eta;
    private final double[] phi;
    private final double[] values;
    private final double[] weights;
    private final BoundFamily bound;

    FamilyPoint(FamilyContract contract, Link link, double eta, double[] phi) {
        this.contract = contract;
        this.link = link;
        this.eta = eta;
        this.phi = phi;
        BoundFamily any = bind(contract.rule(0.5, 0.5)[0], 1);
        double[][] rule = contract.rule(any.mean(0, eta, phi), any.variance(0, eta, phi));
        this.values = rule[0];
        this.weights = rule[1];
        this.bound = bind(values, 1);
    }

    private FamilyPoint(FamilyPoint of, double frequency) {
        this.contract = of.contract;
        this.link = of.link;
        this.eta = of.eta;
        this.phi = of.phi;
        this.values = of.values;
        this.weights = of.weights;
        this.bound = bind(values, frequency);
    }

    private BoundFamily bind(double[] y, double frequency) {
        Response r = contract.response(y);
        if (frequency != 1) {
            double[] often = new double[y.length];
            Arrays.fill(often, frequency);
            r = new Response(r.name(), r.values(), r.trials(), r.weights(), r.levels(), often, r.rows());
        }
        return contract.family().bind(r, link);
    }

    /** The same with every row counted so often. */
    FamilyPoint withFrequencies(double frequency) {
        return new FamilyPoint(this, frequency);
    }

    BoundFamily bound() {
        return bound;
    }

    Link link() {
        return link;
    }

    double eta() {
        return eta;
    }

    double[] phi() {
        return phi;
    }

    double[] values() {
        return values;
    }

    int rows() {
        return values.length;
    }

    double mean() {
        return bound.mean(0, eta, phi);
    }

    double variance() {
        return bound.variance(0, eta, phi);
    }

    boolean isPossible() {
        return density(eta, phi, 0).length > 0;
    }

    /** One array for each row of the result; none outside the domain. */
    double[][] density(double at, double[] parameters, int order) {
        int n = values.length;
        double[] predictor = new double[n];
        Arrays.fill(predictor, at);
        double[] flat = new double[n * (4 + 3 * parameters.length)];
        if (!bound.logDensity(0, n, predictor, parameters, order, flat)) {
            return new double[0][];
        }
        double[][] out = new double[flat.length / n][];
        for (int r = 0; r < out.length; r++) {
            out[r] = Arrays.copyOfRange(flat, r * n, (r + 1) * n);
        }
        return out;
    }

    /** Mean of a function of the response. */
    double expectation(DoubleUnaryOperator f) {
        double[] density = density(eta, phi, 0)[0];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * Math.exp(density[i]) * f.applyAsDouble(values[i]);
        }
        return sum;
    }

    /** Mean of something known for each value. */
    double expectationOf(double[] f) {
        double[] density = density(eta, phi, 0)[0];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += weights[i] * Math.exp(density[i]) * f[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return contract.family().name() + ", " + link.name() + " at " + eta + ", " + Arrays.toString(phi);
    }
}
