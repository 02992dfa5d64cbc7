package henderson.structures;

import henderson.api.Coordinate;
import henderson.api.Moments;
import henderson.api.Natural;
import java.util.List;

/**
 * The standard deviations {@code s} of {@code R = SCS}, {@code S = diag(s)}, as a function of own coordinates, the first
 * of which scale. Each {@code sᵢ} depends on the position alone.
 */
interface VarianceFunction {
    /** Own coordinates. */
    List<Coordinate> coordinates();

    /** How many. */
    default int size() {
        return coordinates().size();
    }

    /** How many own coordinates are scales: the first ones. */
    int scales();

    /** Own natural parameters; {@code reference} is the inner index of the inner reference variance, or −1. */
    List<Natural> naturals(int reference);

    /** Their values where the inner reference variance is {@code reference}, into the first entries of {@code out}. */
    void natural(double[] tau, double reference, double[] out);

    /** {@code s} at positions {@code at}. {@code out} is modified. */
    void values(double[] tau, int[] at, double[] out);

    /** {@code ∂s/∂τₖ}. {@code out} is modified. */
    void first(double[] tau, int k, int[] at, double[] out);

    /** {@code ∂²s/∂τⱼ∂τₖ}. {@code out} is modified. */
    void second(double[] tau, int j, int k, int[] at, double[] out);

    /** Index of the scale on which position {@code i} depends. */
    int scaleOf(int i);

    /** What a search may start from, given the inner variances at its start, one for each inner index. */
    void start(List<Moments> moments, double[] innerVariances, double[] tau);

    /** Levels, where there are some. */
    List<String> levels();
}
