package henderson.structures;

import henderson.api.Whitening;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whitening of each level present on the rows of that level; a pattern of one level is handed on as it is. */
final class ByWhitening implements Whitening {
    /** Rows of one level, its whitening and its coordinates. */
    private record Part(int from, int[] rows, Whitening whitening, double[] tau) {}

    /** A product in place on some rows. */
    private interface Product {
        void on(Whitening whitening, double[] x, int offset, int columns);
    }

    private static final Product WHITEN = Whitening::whiten;
    private static final Product COLOUR = Whitening::colour;
    private static final Product WHITEN_TRANSPOSED = Whitening::whitenTransposed;
    private static final Product COLOUR_TRANSPOSED = Whitening::colourTransposed;

    private final int n;
    private final Part[] parts;

    ByWhitening(BoundBy structure, int[] at) {
        this.n = at.length;
        List<Part> out = new ArrayList<>();
        for (int l = 0; l < structure.levelCount(); l++) {
            int[] rows = structure.rows(at, l);
            if (rows.length > 0) {
                Whitening whitening = structure.inner(l).whitening(structure.innerIndices(at, rows));
                double[] tau = new double[structure.start(l + 1) - structure.start(l)];
                out.add(new Part(structure.start(l), rows, whitening, tau));
            }
        }
        this.parts = out.toArray(new Part[0]);
    }

    @Override
    public boolean update(double[] tau) {
        for (Part p : parts) {
            System.arraycopy(tau, p.from, p.tau, 0, p.tau.length);
            if (!p.whitening.update(p.tau)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public double logDeterminant() {
        double sum = 0;
        for (Part p : parts) {
            sum += p.whitening.logDeterminant();
        }
        return sum;
    }

    private void each(Product product, double[] x, int offset, int columns) {
        if (parts.length == 1) {
            product.on(parts[0].whitening, x, offset, columns);
            return;
        }
        double[] work = WorkStack.take(n * columns);
        for (Part p : parts) {
            gather(p.rows, x, offset, columns, work);
            product.on(p.whitening, work, 0, columns);
            scatter(p.rows, work, 0, columns, x, offset);
        }
        WorkStack.give(work);
    }

    private static void gather(int[] rows, double[] x, int offset, int columns, double[] work) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(x, offset + rows[i] * columns, work, i * columns, columns);
        }
    }

    private static void scatter(int[] rows, double[] work, int from, int columns, double[] x, int offset) {
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(work, from + i * columns, x, offset + rows[i] * columns, columns);
        }
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        each(WHITEN, x, offset, columns);
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        each(COLOUR, x, offset, columns);
    }

    @Override
    public boolean transposes() {
        for (Part p : parts) {
            if (!p.whitening.transposes()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        each(WHITEN_TRANSPOSED, x, offset, columns);
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        each(COLOUR_TRANSPOSED, x, offset, columns);
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        Part p = part(k);
        if (parts.length > 1 || p == null) {
            Arrays.fill(out, offset, offset + n * columns, 0);
        }
        if (p == null) {
            return;
        }
        if (parts.length == 1) {
            p.whitening.q(k - p.from, x, offset, columns, out);
            return;
        }
        int size = p.rows.length * columns;
        double[] work = WorkStack.take(size);
        gather(p.rows, x, offset, columns, work);
        double[] product = WorkStack.take(size);
        p.whitening.q(k - p.from, work, 0, columns, product);
        scatter(p.rows, product, 0, columns, out, offset);
        WorkStack.give(product);
        WorkStack.give(work);
    }

    /** The part that coordinate {@code k} moves, or null. */
    private @Nullable Part part(int k) {
        for (Part p : parts) {
            if (k >= p.from && k < p.from + p.tau.length) {
                return p;
            }
        }
        return null;
    }

    @Override
    public double traceQ(int k) {
        Part p = part(k);
        return p == null ? 0 : p.whitening.traceQ(k - p.from);
    }
}
