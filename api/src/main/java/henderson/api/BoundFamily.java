package henderson.api;

import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A family with its response and link: the log density of each row as a function of {@code η} and {@code φ}. */
public interface BoundFamily {
    /**
     * Log densities and derivatives of rows {@code from ≤ i < to}, weights included.
     *
     * @param eta   linear predictor by row, offset included
     * @param phi   own parameters, may be empty
     * @param order highest derivative in η wanted, 0 … 3
     * @param out   {@code out[r * rows + i]} is derivative r of row i, {@code rows = eta.length}; after the η-derivatives,
     *              for each φ the derivative of ℓ, ℓ′ and ℓ″ (as far as {@code order} reaches). Modified.
     * @return false outside the domain
     */
    boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out);

    /**
     * Three derivatives of the log densities of rows {@code from ≤ i < to}, and those in φ, where {@link #logDensity} of order
     * 3 puts them; the log densities themselves need not be written. The more rows at a time, the faster.
     *
     * @return false outside the domain
     */
    default boolean derivatives(int from, int to, double[] eta, double[] phi, double[] out) {
        return logDensity(from, to, eta, phi, 3, out);
    }

    /**
     * Second derivatives in η from first ones at the same η, where the one follow from the other and the response, as they do
     * of means that are a response less a residual.
     *
     * @param first {@code first[i − from]} is ℓ′ of row i
     * @param out   {@code out[i − from]} is ℓ″. Modified.
     * @return false where they are not offered
     */
    default boolean secondDerivatives(int from, int to, double[] first, double[] out) {
        return false;
    }

    /**
     * Fourth derivatives in η of the log densities of rows {@code from ≤ i < to}, weights included.
     *
     * @param density three derivatives of these rows at {@code eta} and {@code phi}, where {@link #logDensity} puts them
     * @param out     {@code out[i − from]} is that of row i. Modified.
     * @return false where they are not offered
     */
    default boolean fourthDerivatives(int from, int to, double[] eta, double[] phi, double[] density, double[] out) {
        return false;
    }

    /**
     * The sum of the log densities of rows {@code from ≤ i < to}, and first derivatives as {@link #logDensity} gives them; the
     * log densities of single rows need not be written.
     *
     * @param out {@code out[rows + i]} is ℓ′ of row i, {@code rows = eta.length}. Modified.
     * @return NaN outside the domain
     */
    default double sumOfLogDensities(int from, int to, double[] eta, double[] phi, double[] out) {
        if (!logDensity(from, to, eta, phi, 1, out)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += out[i];
        }
        return sum;
    }

    /**
     * Sums of log densities and of their first derivatives over runs of rows whose predictors are all shifted by one number,
     * for several such numbers: what a quadrature needs of a random intercept. A family may share work among the shifts.
     *
     * @param first  first row of each run; run r ends before {@code first[r + 1]}
     * @param from   first run
     * @param to     past the last run
     * @param shift  {@code shift[(r − from) shifts + j]} is shift j of run r
     * @param sums   {@code Σ ℓ}, placed as the shifts are. Modified.
     * @param slopes {@code Σ ℓ′}, the same. Modified.
     * @param out    {@code out[j stride + i]} is ℓ′ at shift j of the i-th row of all runs. Modified.
     * @return false where it is not offered, or predictors are too large for it; nothing written counts then
     */
    default boolean shiftedSums(
            int[] first,
            int from,
            int to,
            double[] eta,
            double[] shift,
            int shifts,
            double[] sums,
            double[] slopes,
            double[] out,
            int stride) {
        return false;
    }

    /** Coordinates of the family's own parameters; their neutral values are where a search for this response may start. */
    default List<Coordinate> auxiliaries() {
        return List.of();
    }

    /** What the own parameters are reported as, as many as {@link #auxiliaries()}. */
    default List<Natural> naturals() {
        return auxiliaries().stream().map(Coordinate::natural).toList();
    }

    /** Values of {@link #naturals()} at φ. */
    default double[] natural(double[] phi) {
        List<Coordinate> all = auxiliaries();
        double[] out = new double[phi.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = all.get(k).value().applyAsDouble(phi[k]);
        }
        return out;
    }

    /** A linear predictor to start row {@code i} from. */
    double startEta(int i);

    /** Mean of row {@code i}, on the scale of the response's values. */
    double mean(int i, double eta, double[] phi);

    /** Variance of row {@code i}, its weight apart. */
    double variance(int i, double eta, double[] phi);

    /** A draw from the distribution of row {@code i}. */
    double draw(int i, double eta, double[] phi, RandomGenerator random);

    /**
     * Expected information {@code −E ℓ″} of row {@code i} about η, weights included; a positive stand-in where the
     * expectation has no closed form. For steps at which observed information is not positive definite.
     *
     * <p>By default {@code (∂μ/∂η)²/Var(y)}, μ differenced and without weights.
     */
    default double fisher(int i, double eta, double[] phi) {
        double h = 0x1p-10 * Math.max(1, Math.abs(eta));
        double near = mean(i, eta + h, phi) - mean(i, eta - h, phi);
        double far = mean(i, eta + 2 * h, phi) - mean(i, eta - 2 * h, phi);
        double slope = (8 * near - far) / (12 * h);
        return slope * slope / variance(i, eta, phi);
    }

    /**
     * Deviance of row {@code i}: twice what its log density lacks of the greatest over the mean, times the dispersion where
     * the family has one, weights included; NaN where the family gives none.
     */
    default double deviance(int i, double eta, double[] phi) {
        return Double.NaN;
    }

    /**
     * Anscombe's residual of row {@code i}: {@code (A(y) − A(μ)) / V(μ)^{1/6}} with {@code A = ∫ V^{−1/3}}, V the variance as a
     * function of the mean, dispersion apart; weights apart. NaN where the family gives none.
     */
    default double anscombe(int i, double eta, double[] phi) {
        return Double.NaN;
    }

    /**
     * Probability that row {@code i} has an outcome, an index of {@link #outcomes()}; of a response that counts successes that
     * of a success, whatever the index; otherwise NaN.
     */
    default double probability(int i, int outcome, double eta, double[] phi) {
        return Double.NaN;
    }

    /**
     * The same family with its rows in another order, so that those of a cluster stand together; null where it has none, and
     * its rows are asked for one by one.
     *
     * @param rows row {@code i} of the result is row {@code rows[i]} of this
     */
    default @Nullable BoundFamily ordered(int[] rows) {
        return null;
    }

    /** Trials of row {@code i} that its value counts successes of; 1 for other families. */
    default double trials(int i) {
        return 1;
    }

    /** Labels of the outcomes in their order, for an ordinal response; otherwise empty. */
    default List<String> outcomes() {
        return List.of();
    }
}
