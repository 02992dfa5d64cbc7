package henderson.equations;

/**
 * Least squares from the triangular factor {@code [R c; 0 r]} of {@code [X̃ ỹ]}.
 *
 * @param beta           coefficients inside, p
 * @param squares        sum of squares of the residuals {@code r²}
 * @param logDeterminant {@code 2 log|R|}
 */
record LeastSquares(double[] beta, double squares, double logDeterminant) {
    static LeastSquares of(double[] triangle, int p) {
        int width = p + 1;
        double[] beta = new double[p];
        double log = 0;
        for (int i = p - 1; i >= 0; i--) {
            double sum = triangle[i * width + p];
            for (int j = i + 1; j < p; j++) {
                sum -= triangle[i * width + j] * beta[j];
            }
            beta[i] = sum / triangle[i * width + i];
            log += 2 * Math.log(Math.abs(triangle[i * width + i]));
        }
        double r = triangle[width * width - 1];
        return new LeastSquares(beta, r * r, log);
    }
}
