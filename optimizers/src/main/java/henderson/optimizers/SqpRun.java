package henderson.optimizers;

import henderson.api.Optimizer.Reason;

/** One run of {@link OjAlgoSqp}: a trust region that is a box, so that it and the bounds are of one kind. */
final class SqpRun {
    private static final double FIRST = 0.7;
    private static final double ACCEPT = 1e-4;
    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;
    private static final double GROW = 3;
    private static final double SHRINK = 0.25;
    /** A step must lower the decrement by this factor for an approximate matrix to stay. */
    private static final double FALL = 100;

    private final Search search;
    private final int n;
    private final BoxProgram program;
    private final ModelMatrix model;
    private double radius;
    /** Whether the box of the trust region held the planned step back. */
    private boolean held;

    SqpRun(Search search) {
        this.search = search;
        this.n = search.dimension();
        this.program = new BoxProgram(n);
        this.model = new ModelMatrix(search);
        this.radius = FIRST * Math.max(1, search.norm());
    }

    Reason run() {
        model.read();
        double before = Double.POSITIVE_INFINITY;
        double reported = Double.NaN;
        while (true) {
            boolean planned = plan(search.x, search.g);
            if (planned && !held && program.predicted() > before / FALL && model.makeExact()) {
                planned = plan(search.x, search.g);
            }
            reported = planned && !held ? program.predicted() : Double.NaN;
            search.report(reported, radius);
            if (planned && !held && program.predicted() <= search.decrementWanted()) {
                return Reason.CONVERGED;
            }
            Reason exhausted = search.exhausted();
            if (exhausted != null) {
                return exhausted;
            }
            if (planned && attempt()) {
                before = Double.isNaN(reported) ? Double.POSITIVE_INFINITY : reported;
                model.read();
            } else if (!planned || radius <= 1e-15 * (1 + search.norm())) {
                return Reason.NO_PROGRESS;
            }
        }
    }

    /** The step from {@code x}, where the gradient is {@code g}; false where there is none. */
    private boolean plan(double[] x, double[] g) {
        for (int k = 0; k < n; k++) {
            program.lower[k] = Math.max(-radius, search.objective().lower(k) - x[k]);
            program.upper[k] = Math.min(radius, search.objective().upper(k) - x[k]);
        }
        if (!program.solve(model.matrix(), g, Math.min(radius, model.newtonLength(g)))) {
            return false;
        }
        held = false;
        for (int k = 0; k < n; k++) {
            held |= Math.abs(program.d[k]) >= radius * (1 - 1e-9);
        }
        return true;
    }

    /** Tries the planned step; whether it was accepted. */
    private boolean attempt() {
        double length = 0;
        for (int k = 0; k < n; k++) {
            double to = search.x[k] + program.d[k];
            // the sum may round past a bound
            search.trial[k] = Math.min(
                    Math.max(to, search.objective().lower(k)),
                    search.objective().upper(k));
            length = Math.max(length, Math.abs(program.d[k]));
        }
        double predicted = program.predicted();
        double value = search.value();
        boolean rounding = predicted <= search.noise();
        double ratio = (search.value - value) / predicted;
        boolean better = rounding ? Math.abs(search.value - value) <= 10 * search.noise() : ratio > ACCEPT;
        if (!better || !search.gradientOfTrial() || (rounding && !flatter(predicted))) {
            radius = SHRINK * length;
            return false;
        }
        if (ratio > GOOD) {
            radius = Math.max(radius, GROW * length);
        } else if (ratio < POOR && !rounding) {
            radius = SHRINK * length;
        }
        model.learn();
        search.accept(value);
        return true;
    }

    /** Values say nothing any more: what the model promises must halve. */
    private boolean flatter(double predicted) {
        return plan(search.trial, search.trialGradient) && program.predicted() <= 0.5 * predicted;
    }
}
