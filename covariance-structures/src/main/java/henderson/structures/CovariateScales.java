package henderson.structures;

import henderson.api.Coordinate;
import henderson.api.HendersonException;
import henderson.api.Moments;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Scale;
import java.util.Arrays;
import java.util.List;

/**
 * {@code sᵢ = θ exp(δ zᵢ)}: {@code z = log|x|} makes the variance {@code θ²|x|^{2δ}}, {@code z = x} makes it {@code
 * θ²e^{2δx}}, theory (93). Searched are {@code θ̄ = θ exp(δ z̄)} and {@code δw}, {@code z̄} the mean of the positions' z and
 * {@code w} their root mean square around it: {@code s = θ̄ exp(δw · (z − z̄)/w)}, so that a covariate far from zero or of
 * large unit neither overflows nor ties the two parameters to one another. Reported are θ², the variance at {@code |x| =
 * 1} or {@code x = 0}, and δ.
 */
final class CovariateScales implements VarianceFunction {
    private static final int THETA = 0;

    private final Places places;
    /** {@code (zᵢ − z̄)/w} of each position. */
    private final double[] z;

    private final double centre;
    private final double width;
    private final Natural exponent;
    private final List<Coordinate> coordinates;

    private CovariateScales(double[] raw, Places places, String function, String symbol) {
        this.places = places;
        double sum = 0;
        for (double v : raw) {
            sum += v;
        }
        this.centre = sum / raw.length;
        this.z = new double[raw.length];
        double squares = 0;
        for (int i = 0; i < raw.length; i++) {
            z[i] = raw[i] - centre;
            squares += z[i] * z[i];
        }
        this.width = Math.sqrt(squares / raw.length);
        if (!(width > 1e-12 * Math.max(Math.abs(centre), Double.MIN_NORMAL))) {
            throw new HendersonException(
                    "The covariate of 'variances = " + function + "' does not vary"
                            + ("power".equals(function) ? " in size" : "")
                            + ", so that its effect cannot be told from the variance itself.",
                    "Maybe leave out 'variances'.");
        }
        for (int i = 0; i < z.length; i++) {
            z[i] /= width;
        }
        this.exponent = new Natural(symbol, -1, -1, List.of(), Scale.PLAIN);
        double w = width;
        this.coordinates = List.of(
                Coordinate.variance("sd", -1), new Coordinate(symbol, false, 0, new double[0], exponent, t -> t / w));
    }

    /** {@code |x|^δ}. */
    static CovariateScales power(Positions pairs, Places places) {
        double[] z = covariate(pairs, "power");
        for (int i = 0; i < z.length; i++) {
            if (z[i] == 0) {
                throw new HendersonException(
                        "The covariate of 'variances = power' is 0 at position '" + pairs.label(i)
                                + "'; a power of 0 is no variance.",
                        "Maybe 'variances = exp(…)', or a covariate that is never 0.");
            }
            z[i] = Math.log(Math.abs(z[i]));
        }
        return new CovariateScales(z, places, "power", "power");
    }

    /** {@code e^{δx}}. */
    static CovariateScales exponential(Positions pairs, Places places) {
        return new CovariateScales(covariate(pairs, "exp"), places, "exp", "exponent");
    }

    private static double[] covariate(Positions pairs, String function) {
        double[] out = new double[pairs.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = pairs.real(i);
            if (!Double.isFinite(out[i])) {
                throw new HendersonException("The covariate of 'variances = " + function + "' is " + out[i]
                        + " at position '" + pairs.label(i) + "'; it takes finite numbers.");
            }
        }
        return out;
    }

    @Override
    public List<Coordinate> coordinates() {
        return coordinates;
    }

    @Override
    public int scales() {
        return 1;
    }

    @Override
    public List<Natural> naturals(int reference) {
        return List.of(Natural.variance(reference < 0 ? -1 : places.ofInner(-1, reference)), exponent);
    }

    @Override
    public void natural(double[] tau, double reference, double[] out) {
        double delta = tau[1] / width;
        out[THETA] = tau[THETA] * tau[THETA] * Math.exp(-2 * delta * centre) * reference;
        out[1] = delta;
    }

    @Override
    public void values(double[] tau, int[] at, double[] out) {
        for (int i = 0; i < at.length; i++) {
            out[i] = tau[THETA] * Math.exp(tau[1] * z[at[i]]);
        }
    }

    @Override
    public void first(double[] tau, int k, int[] at, double[] out) {
        for (int i = 0; i < at.length; i++) {
            double e = Math.exp(tau[1] * z[at[i]]);
            out[i] = k == THETA ? e : tau[THETA] * z[at[i]] * e;
        }
    }

    @Override
    public void second(double[] tau, int j, int k, int[] at, double[] out) {
        if (j == THETA && k == THETA) {
            Arrays.fill(out, 0);
            return;
        }
        for (int i = 0; i < at.length; i++) {
            double e = z[at[i]] * Math.exp(tau[1] * z[at[i]]);
            out[i] = j == k ? tau[THETA] * z[at[i]] * e : e;
        }
    }

    @Override
    public int scaleOf(int i) {
        return THETA;
    }

    @Override
    public void start(List<Moments> moments, double[] innerVariances, double[] tau) {
        double sum = 0;
        double count = 0;
        for (Moments m : moments) {
            for (int i = 0; i < m.at().length; i++) {
                double inner = innerVariances[places.second(m.at()[i])];
                if (inner > 0) {
                    sum += m.sum().get(i, i) / inner;
                    count += m.count();
                }
            }
        }
        tau[THETA] = sum > 0 ? Math.sqrt(sum / count) : 1;
        tau[1] = 0;
    }

    @Override
    public List<String> levels() {
        return List.of();
    }
}
