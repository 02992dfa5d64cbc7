package henderson.em;

import henderson.equations.ResidualExpectation;
import henderson.equations.linear.Parameters;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * The conditional M-step of a residual structure: scoring, with halving, on {@code log|R| + tr(E UᵀU)} with E held (theory
 * 91), in the coordinates that are free.
 */
final class ResidualMaximizer {
    private static final int STEPS = 25;
    private static final int HALVINGS = 30;
    /** A predicted gain of so little is none. */
    private static final double NOTHING = 1e-18;

    private final Parameters parameters;
    private final ResidualExpectation expectation;

    ResidualMaximizer(Parameters parameters, ResidualExpectation expectation) {
        this.parameters = parameters;
        this.expectation = expectation;
    }

    /** {@code tau} with the residual structure at the maximizer, or as near to it as steps get. */
    double[] from(double[] tau, double sigma2) {
        expectation.update(sigma2);
        int[] at = parameters.residualAt();
        boolean[] free = parameters.free(tau);
        int[] coordinates = IntStream.range(0, at.length)
                .filter(i -> free[parameters.randomSize() + i])
                .map(i -> at[i])
                .toArray();
        double[] rho = parameters.residualOf(tau);
        int m = coordinates.length;
        if (m == 0) {
            return tau;
        }
        double value = expectation.value(rho);
        double[] gradient = new double[m];
        DMatrixRMaj information = new DMatrixRMaj(m, m);
        for (int step = 0; step < STEPS; step++) {
            expectation.derivatives(coordinates, gradient, information);
            double[] direction = SemidefiniteSystem.solve(information, gradient);
            double slope = 0;
            for (int k = 0; k < m; k++) {
                slope += gradient[k] * direction[k];
            }
            double[] next = slope > NOTHING ? halved(rho, coordinates, direction, value) : rho;
            if (next == rho) {
                break;
            }
            rho = next;
            value = expectation.value(rho);
        }
        return parameters.withResidual(tau, rho);
    }

    private double[] halved(double[] rho, int[] coordinates, double[] direction, double value) {
        double length = 1;
        for (int half = 0; half < HALVINGS; half++, length /= 2) {
            double[] trial = Arrays.copyOf(rho, rho.length);
            for (int k = 0; k < coordinates.length; k++) {
                trial[coordinates[k]] -= length * direction[k];
            }
            if (expectation.value(trial) < value) {
                return trial;
            }
        }
        return rho;
    }
}
