package henderson.structures;

import henderson.api.Whitening;

/** The whitening of a {@link Relative} structure: {@code Q} by its searched coordinates, all else as within. */
final class RelativeWhitening implements Whitening {
    private final Relative relative;
    private final Whitening inner;
    private final int rows;
    private final int held;
    private final int other;
    /** All coordinates of the structure. */
    private final double[] full;

    RelativeWhitening(Relative relative, Whitening inner, int rows, int held, int other) {
        this.relative = relative;
        this.rows = rows;
        this.inner = inner;
        this.held = held;
        this.other = other;
        this.full = new double[relative.size() + 1];
    }

    /** Prepares for searched coordinates found in {@code tau} from {@code from} on. */
    boolean update(double[] tau, int from) {
        return inner.update(relative.full(tau, from, full));
    }

    @Override
    public boolean update(double[] tau) {
        return update(tau, 0);
    }

    @Override
    public double logDeterminant() {
        return inner.logDeterminant();
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        inner.whiten(x, offset, columns);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        inner.colour(x, offset, columns);
    }

    @Override
    public boolean transposes() {
        return inner.transposes();
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        inner.whitenTransposed(x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        inner.colourTransposed(x, offset, columns);
    }

    /**
     * On the circle {@code hQₒ − oQₕ}, and since {@code oQₒ + hQₕ = 2I} by one of the two alone, the one that is divided by
     * the larger of o and h: {@code (Qₒ − 2oI)/h = (2hI − Qₕ)/o}, theory (78).
     */
    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        int own = relative.coordinate(k);
        if (own != other) {
            inner.q(own, x, offset, columns, out);
            return;
        }
        boolean byOther = byOther();
        inner.q(byOther ? other : held, x, offset, columns, out);
        double a = byOther ? 1 / full[held] : -1 / full[other];
        double b = byOther ? -2 * full[other] / full[held] : 2 * full[held] / full[other];
        for (int i = offset; i < offset + rows * columns; i++) {
            out[i] = a * out[i] + b * x[i];
        }
    }

    private boolean byOther() {
        return Math.abs(full[held]) >= Math.abs(full[other]);
    }

    @Override
    public double traceQ(int k) {
        int own = relative.coordinate(k);
        if (own != other) {
            return inner.traceQ(own);
        }
        return byOther()
                ? (inner.traceQ(other) - 2 * full[other] * rows) / full[held]
                : (2 * full[held] * rows - inner.traceQ(held)) / full[other];
    }
}
