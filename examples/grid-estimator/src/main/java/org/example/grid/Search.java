package org.example.grid;

import henderson.api.FitOptions;
import henderson.api.Optimizer.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The least d over λ: the best point of a grid, then Newton's steps inside a bracket that always holds a minimum. */
final class Search {
    /** Half decades of λ, relative to the unit of {@link Sums}. */
    private static final int LOWEST = -12;

    private static final int HIGHEST = 28;

    private final Sums sums;
    private final FitOptions options;
    private final Consumer<Step> listener;
    final List<Step> history = new ArrayList<>();
    int evaluations;
    /** Whether no λ of the grid is large enough. */
    boolean unbounded;

    Search(Sums sums, FitOptions options, Consumer<Step> listener) {
        this.sums = sums;
        this.options = options;
        this.listener = listener;
    }

    Profile at(double lambda) {
        evaluations++;
        return new Profile(sums, options.criterion(), lambda);
    }

    private Profile gridPoint(int i) {
        return at(i < LOWEST ? 0 : sums.unit() * Math.pow(10, i / 2.0));
    }

    private Profile accept(Profile point) {
        Step step = new Step(history.size(), point.value, point.lambda == 0 ? 0 : point.decrement(), Double.NaN);
        history.add(step);
        listener.accept(step);
        return point;
    }

    Profile run() {
        int best = LOWEST - 1;
        Profile lowest = gridPoint(best);
        for (int i = LOWEST; i <= HIGHEST; i++) {
            Profile point = gridPoint(i);
            if (point.value < lowest.value) {
                lowest = point;
                best = i;
            }
        }
        accept(lowest);
        if (best == LOWEST - 1 && lowest.first >= 0) {
            return lowest;
        }
        unbounded = best == HIGHEST && lowest.first < 0;
        return unbounded ? lowest : bracketed(lowest, gridPoint(lowest.first < 0 ? best + 1 : best - 1));
    }

    /** Between two points of which the left falls to the right, and the right rises or is higher. */
    private Profile bracketed(Profile best, Profile other) {
        Profile low = best.lambda < other.lambda ? best : other;
        double high = Math.max(best.lambda, other.lambda);
        Profile here = best;
        boolean polished = false;
        while (!polished && history.size() <= options.iterations()) {
            polished = here.decrement() <= options.tolerance(); // one step beyond, for the last digits
            double next = here.lambda - here.first / here.second;
            boolean inside = here.second > 0 && next > low.lambda && next < high;
            if (polished && !inside) {
                return here;
            }
            Profile point = at(inside ? next : (low.lambda + high) / 2);
            if (point.first >= 0 || point.value > low.value) {
                high = point.lambda;
            } else {
                low = point;
            }
            here = accept(point);
        }
        return here;
    }
}
