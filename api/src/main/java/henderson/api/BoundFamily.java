package henderson.api;

import java.util.List;
import java.util.random.RandomGenerator;

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

    /** Coordinates of the family's own parameters. */
    default List<Coordinate> auxiliaries() {
        return List.of();
    }

    /** A linear predictor to start row {@code i} from. */
    double startEta(int i);

    /** Mean of row {@code i}. */
    double mean(int i, double eta, double[] phi);

    /** Variance of row {@code i}. */
    double variance(int i, double eta, double[] phi);

    /** A draw from the distribution of row {@code i}. */
    double draw(int i, double eta, double[] phi, RandomGenerator random);
}
