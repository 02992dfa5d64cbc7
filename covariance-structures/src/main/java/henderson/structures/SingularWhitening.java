package henderson.structures;

import henderson.api.Whitening;

/** Of a pattern in which the matrix is singular whatever the parameters: every point is refused, rounding or not. */
final class SingularWhitening implements Whitening {
    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("A singular matrix has no whitening.");
    }

    @Override
    public boolean update(double[] tau) {
        return false;
    }

    @Override
    public double logDeterminant() {
        return Double.NEGATIVE_INFINITY;
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        throw refused();
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        throw refused();
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        throw refused();
    }

    @Override
    public double traceQ(int k) {
        throw refused();
    }
}
