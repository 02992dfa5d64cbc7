package henderson.optimizers;

import henderson.api.Optimizer.Optimum;
import henderson.api.Optimizer.Reason;

/** One run of {@link Bfgs} or {@link LimitedMemoryBfgs} from the accepted point of a search. */
final class QuasiNewtonRun {
    private final Search search;
    private final InverseHessian inverse;
    private final LineSearch line;
    private final int n;
    /** Direction, n. */
    private final double[] p;
    /** Change of x, n. */
    private final double[] s;
    /** Change of the gradient, n. */
    private final double[] y;

    private int updates;

    QuasiNewtonRun(Search search, InverseHessian inverse) {
        this.search = search;
        this.inverse = inverse;
        this.n = search.dimension();
        this.line = new LineSearch(search);
        this.p = new double[n];
        this.s = new double[n];
        this.y = new double[n];
    }

    Optimum run() {
        restart();
        search.report(Double.NaN, Double.NaN);
        while (true) {
            double decrement = direction();
            boolean small = decrement <= search.decrementWanted();
            if (decrement == 0 || (small && isLearned())) {
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
                search.report(isLearned() ? decrement : Double.NaN, line.length());
            } else if (updates > 0) {
                restart();
            } else {
                Reason end = search.exhausted();
                return search.end(end != null ? end : small ? Reason.CONVERGED : Reason.NO_PROGRESS);
            }
        }
    }

    /** Before, the inverse Hessian is still a guess. */
    private boolean isLearned() {
        return updates >= inverse.learned();
    }

    private void restart() {
        updates = 0;
        inverse.reset();
    }

    /** A first step a tenth as long as x, or as one. */
    private double firstStep() {
        return 0.1 * Math.max(1, search.norm()) / Search.norm(p);
    }

    /** {@code p ← −Bg}; {@code ½gᵀBg}. */
    private double direction() {
        inverse.direction(search.g, p);
        return -0.5 * Search.dot(p, search.g);
    }

    private void update() {
        for (int i = 0; i < n; i++) {
            s[i] = search.x[i] - s[i];
            y[i] = search.g[i] - y[i];
        }
        double sy = Search.dot(s, y);
        if (sy > 1e-14 * Search.norm(s) * Search.norm(y)) { // otherwise no curvature to learn from
            inverse.update(s, y, sy);
            updates++;
        }
    }
}
