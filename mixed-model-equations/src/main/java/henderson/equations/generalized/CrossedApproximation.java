package henderson.equations.generalized;

import henderson.api.Fit;
import henderson.equations.LaplaceApproximation;
import henderson.equations.LaplaceReadings;
import org.ejml.data.DMatrixRMaj;

/** Laplace's approximation by the sparse block Cholesky factor, for any arrangement of grouping factors. */
final class CrossedApproximation implements Approximation {
    private final LaplaceApproximation laplace;
    private final LaplaceReadings readings;

    CrossedApproximation(LaplaceApproximation laplace) {
        this.laplace = laplace;
        this.readings = new LaplaceReadings(laplace);
    }

    @Override
    public double value(double[] beta, DMatrixRMaj[] lambda, double[] phi) {
        return laplace.value(beta, lambda, phi);
    }

    @Override
    public void gradient(double[] byBeta, DMatrixRMaj[] byLambda, double[] byPhi) {
        laplace.gradient(byBeta, byLambda, byPhi);
    }

    @Override
    public void fixedInformation(DMatrixRMaj out) {
        readings.fixedInformation(out);
    }

    @Override
    public Fit.Effects modes(int term) {
        double[] variances = readings.variances(term);
        return new Fit.Effects(readings.modes(term), variances, variances.clone());
    }

    @Override
    public double[] meanSquares(int term) {
        return readings.meanSquares(term);
    }

    @Override
    public double[] importance(int draws, long seed) {
        return readings.importance(draws, seed);
    }

    @Override
    public int rows() {
        return laplace.rows();
    }

    @Override
    public int clusters() {
        return laplace.components();
    }
}
