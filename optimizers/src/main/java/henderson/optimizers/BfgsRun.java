package henderson.optimizers;

import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;

/** One run of {@link Bfgs} from the accepted point of a search. */
final class BfgsRun {
    private final Search search;
    private final LineSearch line;
    private final int n;
    /** Approximate inverse Hessian, n × n. */
    private final double[][] b;
    /** Direction, n. */
    private final double[] p;
    /** Change of x, n. */
    private final double[] s;
    /** Change of the gradient, n. */
    private final double[] y;
    /** B y, n. */
    private final double[] by;

    private int updates;

    BfgsRun(Search search) {
        this.search = search;
        this.n = search.dimension();
        this.line = new LineSearch(search);
        this.b = new double[n][n];
        this.p = new double[n];
        this.s = new double[n];
        this.y = new double[n];
        this.by = new double[n];
    }

    Optimum run() {
        restart();
        search.report(Double.NaN, Double.NaN);
        while (true) {
            double decrement = direction();
            // before n updates the inverse Hessian is still a guess
            boolean small = decrement <= search.decrementWanted();
            if (decrement == 0 || (small && updates >= n)) {
                return search.end(Reason.CONVERGED);
            }
            Reason exhausted = search.exhausted();
            if (exhausted != null) {
                return search.end(exhausted);
            }
            System.arraycopy(search.x, 0, s, 0, n);
            System.arraycopy(search.g, 0, y, 0, n);
            if (line.search(p, updates == 0 ? Math.min(1, firstStep()) : 1)) {
                update();
                search.report(updates >= n ? decrement : Double.NaN, line.length());
            } else if (updates > 0) {
                restart();
            } else {
                Reason end = search.exhausted();
                return search.end(end != null ? end : small ? Reason.CONVERGED : Reason.NO_PROGRESS);
            }
        }
    }

    private void restart() {
        updates = 0;
        for (int i = 0; i < n; i++) {
            java.util.Arrays.fill(b[i], 0);
            b[i][i] = 1;
        }
    }

    /** A first step a tenth as long as x, or as one. */
    private double firstStep() {
        return 0.1 * Math.max(1, search.norm()) / Search.norm(p);
    }

    /** {@code p ← −Bg}; {@code ½gᵀBg}. */
    private double direction() {
        for (int i = 0; i < n; i++) {
            p[i] = -Search.dot(b[i], search.g);
        }
        return -0.5 * Search.dot(p, search.g);
    }

    private void update() {
        for (int i = 0; i < n; i++) {
            s[i] = search.x[i] - s[i];
            y[i] = search.g[i] - y[i];
        }
        double sy = Search.dot(s, y);
        if (!(sy > 1e-14 * Search.norm(s) * Search.norm(y))) {
            return; // no curvature to learn from
        }
        if (updates == 0) {
            scale(sy / Search.dot(y, y));
        }
        for (int i = 0; i < n; i++) {
            by[i] = Search.dot(b[i], y);
        }
        double factor = (1 + Search.dot(y, by) / sy) / sy;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                b[i][j] += factor * s[i] * s[j] - (by[i] * s[j] + s[i] * by[j]) / sy;
            }
        }
        updates++;
    }

    private void scale(double factor) {
        for (int i = 0; i < n; i++) {
            b[i][i] = factor;
        }
    }
}
