package henderson.optimizers;

import henderson.api.Optimizer.Reason;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** One run of {@link TrustRegionNewton}: the loop, its radius and its step matrix. */
final class NewtonRun {
    /** A step that gains less than this part of the prediction is refused. */
    private static final double ACCEPT = 1e-4;

    /** First radius in units of the start. */
    private static final double FIRST = 0.7;

    private static final double POOR = 0.25;
    private static final double GOOD = 0.75;
    private static final double GROW = 3;
    private static final double SHRINK = 0.25;

    /** The decrement must fall by this factor in {@value #WINDOW} steps for the step matrix to stay. */
    private static final double FALL = 1e4;

    private static final int WINDOW = 2;
    /** Refused steps in a row after which the step matrix is mistrusted. */
    private static final int REFUSALS = 3;

    private final Search search;
    private final Curvature curvature;
    private final DMatrixRMaj matrix;
    /** Decrements of the last accepted points, the newest last. */
    private final double[] history = new double[WINDOW + 1];

    private int known;
    /** Whether the step matrix is the Hessian. */
    private boolean exact;

    private boolean mayBeExact = true;
    private double radius;
    private double decrement;
    private int refused;

    NewtonRun(Search search) {
        this.search = search;
        int n = search.dimension();
        this.curvature = new Curvature(n);
        this.matrix = new DMatrixRMaj(n, n);
        // not the distance to the origin, where symmetric objectives have a saddle
        this.radius = FIRST * Math.max(1, search.norm());
    }

    /** Why it ended, or null when something else must go on from the accepted point. */
    @Nullable
    Reason run() {
        if (!readMatrix()) {
            return null;
        }
        arrive();
        while (true) {
            boolean stationary = decrement <= search.decrementWanted();
            if (stationary && !canEscape()) {
                return Reason.CONVERGED;
            }
            Reason exhausted = search.exhausted();
            if (exhausted != null) {
                return exhausted;
            }
            switch (stationary ? escape() : attempt()) {
                case ACCEPTED -> {
                    if (!readMatrix()) {
                        return null;
                    }
                    arrive();
                    if (stagnates()) {
                        makeExact();
                    }
                }
                case REFUSED -> {
                    if (radius <= 1e-15 * (1 + search.norm())) {
                        return null;
                    }
                    if (refused >= REFUSALS) {
                        makeExact();
                    }
                }
                case ROUNDING -> {
                    if (!makeExact()) {
                        return Reason.NO_PROGRESS;
                    }
                }
                case MINIMUM -> {
                    return Reason.CONVERGED;
                }
            }
        }
    }

    private enum Outcome {
        ACCEPTED,
        REFUSED,
        /** The step was judged by gradients and was no better. */
        ROUNDING,
        /** No way down was found from a stationary point. */
        MINIMUM
    }

    /** The step matrix at the accepted point, which is the objective's last. */
    private boolean readMatrix() {
        if (!exact && readInformation()) {
            return true;
        }
        exact = search.objective().hessian(matrix) && curvature.set(matrix);
        return exact || readInformation();
    }

    private boolean readInformation() {
        return search.objective().information(matrix) && curvature.set(matrix);
    }

    /** Goes over to the Hessian, once; false where there is none or it is in use already. */
    private boolean makeExact() {
        if (exact || !mayBeExact || !search.mayEvaluate()) {
            return false;
        }
        search.returnTo();
        mayBeExact = false;
        exact = search.objective().hessian(matrix) && curvature.set(matrix);
        if (exact) {
            refused = 0;
            decrement = decrementOf(search.g);
        }
        return exact;
    }

    private void arrive() {
        refused = 0;
        decrement = decrementOf(search.g);
        System.arraycopy(history, 1, history, 0, WINDOW);
        history[WINDOW] = decrement;
        known++;
        search.report(decrement, radius);
    }

    /** A flat direction is one along which a step of the size of x changes the value by rounding only. */
    private double decrementOf(double[] g) {
        return curvature.decrement(g, 100 * search.noise() / Math.max(1, search.norm()));
    }

    private boolean stagnates() {
        return !exact && known > WINDOW && decrement > history[0] / FALL;
    }

    private Outcome attempt() {
        double length = curvature.step(search.x, radius, search.trial);
        double predicted = curvature.predicted();
        double value = search.value();
        if (Double.isNaN(value)) {
            return refuse(length);
        }
        double noise = search.noise();
        if (predicted <= noise) {
            return Math.abs(value - search.value) <= 10 * noise ? attemptByGradient(value) : refuse(length);
        }
        double ratio = (search.value - value) / predicted;
        if (!(ratio > ACCEPT) || !search.gradientOfTrial()) {
            return refuse(length);
        }
        if (ratio > GOOD) {
            radius = Math.max(radius, GROW * length);
        } else if (ratio < POOR) {
            radius = SHRINK * length;
        }
        search.accept(value);
        return Outcome.ACCEPTED;
    }

    private Outcome refuse(double length) {
        radius = SHRINK * length;
        refused++;
        return Outcome.REFUSED;
    }

    /** Values say nothing any more: the decrement must halve, both measured by one matrix. */
    private Outcome attemptByGradient(double value) {
        if (!search.gradientOfTrial() || !(decrementOf(search.trialGradient) <= 0.5 * decrement)) {
            return Outcome.ROUNDING;
        }
        search.accept(value);
        return Outcome.ACCEPTED;
    }

    /** Whether the point, though stationary, has a direction of negative curvature that the value can show. */
    private boolean canEscape() {
        if (curvature.negative() != 0) {
            makeExact();
        }
        return curvature.negative() != 0;
    }

    /** A step each way along the most negative curvature, ever shorter, until the value falls. */
    private Outcome escape() {
        double least = 1e-6 * Math.max(1, search.norm());
        for (double length = radius; length >= least; length *= SHRINK) {
            double wanted = -0.1 * curvature.negative() * length * length;
            for (double signed = length; signed >= -length; signed -= 2 * length) {
                if (!search.mayEvaluate()) {
                    return Outcome.REFUSED;
                }
                curvature.alongNegative(search.x, signed, search.trial);
                double value = search.value();
                if (search.value - value > Math.max(wanted, search.noise()) && search.gradientOfTrial()) {
                    search.accept(value);
                    return Outcome.ACCEPTED;
                }
            }
        }
        return Outcome.MINIMUM;
    }
}
