package henderson.structures;

import henderson.api.Whitening;

/**
 * {@code A_slow ⊗ A_fast} over a whole grid: the fast root on each block of rows, the slow one on the blocks as rows of as
 * many columns as a block has numbers. Nothing is copied.
 */
final class KroneckerWhitening implements Whitening {
    private final int own;
    private final Whitening left;
    private final RelativeWhitening right;
    private final Grid grid;
    /** Coordinates of the left structure. */
    private final double[] leftTau;

    KroneckerWhitening(int own, Whitening left, Relative relative, Grid grid) {
        this.own = own;
        this.left = left;
        this.right = relative.whitening(grid.right());
        this.grid = grid;
        this.leftTau = new double[own];
    }

    @Override
    public boolean update(double[] tau) {
        System.arraycopy(tau, 0, leftTau, 0, own);
        return left.update(leftTau) && right.update(tau, own);
    }

    @Override
    public double logDeterminant() {
        return grid.rights() * left.logDeterminant() + grid.lefts() * right.logDeterminant();
    }

    private Whitening fast() {
        return grid.leftIsFast() ? left : right;
    }

    private Whitening slow() {
        return grid.leftIsFast() ? right : left;
    }

    private int fastRows() {
        return grid.leftIsFast() ? grid.lefts() : grid.rights();
    }

    private int slowRows() {
        return grid.leftIsFast() ? grid.rights() : grid.lefts();
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        int block = fastRows() * columns;
        for (int b = 0; b < slowRows(); b++) {
            fast().whiten(x, offset + b * block, columns);
        }
        slow().whiten(x, offset, block);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        int block = fastRows() * columns;
        for (int b = 0; b < slowRows(); b++) {
            fast().colour(x, offset + b * block, columns);
        }
        slow().colour(x, offset, block);
    }

    @Override
    public boolean transposes() {
        return left.transposes() && right.transposes();
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        int block = fastRows() * columns;
        for (int b = 0; b < slowRows(); b++) {
            fast().whitenTransposed(x, offset + b * block, columns);
        }
        slow().whitenTransposed(x, offset, block);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        int block = fastRows() * columns;
        for (int b = 0; b < slowRows(); b++) {
            fast().colourTransposed(x, offset + b * block, columns);
        }
        slow().colourTransposed(x, offset, block);
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        boolean ofLeft = k < own;
        int coordinate = ofLeft ? k : k - own;
        int block = fastRows() * columns;
        if (ofLeft != grid.leftIsFast()) {
            slow().q(coordinate, x, offset, block, out);
            return;
        }
        for (int b = 0; b < slowRows(); b++) {
            fast().q(coordinate, x, offset + b * block, columns, out);
        }
    }

    @Override
    public double traceQ(int k) {
        return k < own ? grid.rights() * left.traceQ(k) : grid.lefts() * right.traceQ(k - own);
    }
}
