package henderson.em;

import henderson.api.FitListener;
import henderson.api.Optimizer;
import java.util.ArrayList;
import java.util.List;

/** Accepted steps, the later the fewer: the first ten, every tenth up to a hundred, every hundredth up to a thousand, … */
final class History {
    private final FitListener listener;
    private final List<Optimizer.Step> shown = new ArrayList<>();
    private int iterations;

    History(FitListener listener) {
        this.listener = listener;
    }

    /** A step was accepted. */
    void accepted(double value, double decrement) {
        iterations++;
        int every = 1;
        while (iterations > 10 * every) {
            every *= 10;
        }
        if (iterations % every == 0) {
            show(value, decrement);
        }
    }

    /** Shows where the search is. */
    void show(double value, double decrement) {
        Optimizer.Step step = new Optimizer.Step(iterations, value, decrement, Double.NaN);
        if (!shown.isEmpty() && shown.get(shown.size() - 1).iteration() == iterations) {
            shown.remove(shown.size() - 1);
        } else {
            listener.step(step);
        }
        shown.add(step);
    }

    int iterations() {
        return iterations;
    }

    List<Optimizer.Step> shown() {
        return shown;
    }
}
