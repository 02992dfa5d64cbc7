package henderson.equations.generalized;

import henderson.api.BoundFamily;
import henderson.api.Coordinate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Counts with negative binomial variance {@code μ + αμ²}, log link, {@code α = φ²}: every derivative is there, and the observed
 * information depends on the response.
 */
record Skewed(double[] y) implements BoundFamily {
    @Override
    public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
        int n = eta.length;
        double a = phi[0] * phi[0];
        for (int i = from; i < to; i++) {
            double mu = Math.exp(eta[i]);
            double u = 1 + a * mu;
            // ℓ = Σ_{j<y} log(1 + αj) − log y! + yη − (y + 1/α) log(1 + αμ)
            double log = y[i] * eta[i] - (y[i] + 1 / a) * Math.log1p(a * mu);
            double byA = Math.log1p(a * mu) / (a * a) - (y[i] + 1 / a) * mu / u;
            for (int j = 0; j < y[i]; j++) {
                log += Math.log1p(a * j) - Math.log(j + 1);
                byA += j / (1 + a * j);
            }
            double ay = 1 + a * y[i];
            out[i] = log;
            out[n + i] = (y[i] - mu) / u;
            out[2 * n + i] = -mu * ay / (u * u);
            out[3 * n + i] = -mu * ay * (1 - a * mu) / (u * u * u);
            double chain = 2 * phi[0];
            out[4 * n + i] = chain * byA;
            out[5 * n + i] = -chain * (y[i] - mu) * mu / (u * u);
            out[6 * n + i] = chain * -mu * (y[i] * u - 2 * mu * ay) / (u * u * u);
        }
        return true;
    }

    @Override
    public List<Coordinate> auxiliaries() {
        return List.of(Coordinate.variance("dispersion", -1));
    }

    @Override
    public double startEta(int i) {
        return Math.log(y[i] + 0.5);
    }

    @Override
    public double mean(int i, double eta, double[] phi) {
        return Math.exp(eta);
    }

    @Override
    public double variance(int i, double eta, double[] phi) {
        double mu = Math.exp(eta);
        return mu + phi[0] * phi[0] * mu * mu;
    }

    @Override
    public double draw(int i, double eta, double[] phi, RandomGenerator random) {
        throw new UnsupportedOperationException();
    }
}
