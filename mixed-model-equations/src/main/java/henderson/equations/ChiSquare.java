package henderson.equations;

import java.util.random.RandomGenerator;

/** Draws from χ² distributions: twice a gamma variate by the method of Marsaglia and Tsang (2000). */
final class ChiSquare {
    private ChiSquare() {}

    /**
     * A draw.
     *
     * @param degrees degrees of freedom; 0 gives 0
     */
    static double draw(double degrees, RandomGenerator random) {
        if (!(degrees > 0)) {
            return 0;
        }
        if (degrees == 1) {
            double z = random.nextGaussian();
            return z * z;
        }
        double d = degrees / 2 - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double root = 1 + c * z;
            if (root <= 0) {
                continue;
            }
            double v = root * root * root;
            double u = 1 - random.nextDouble();
            double z2 = z * z;
            if (u < 1 - 0.0331 * z2 * z2 || Math.log(u) < z2 / 2 + d * (1 - v + Math.log(v))) {
                return 2 * d * v;
            }
        }
    }
}
