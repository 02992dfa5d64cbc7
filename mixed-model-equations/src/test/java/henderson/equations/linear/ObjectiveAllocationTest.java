package henderson.equations.linear;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
import henderson.equations.SequentialClusters;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The objective of the search and its gradient allocate nothing once they have been used. */
class ObjectiveAllocationTest {
    private static final int TIMES = 200;

    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        for (CovarianceStructure kind :
                List.of(new Identity(), new Independent(), new Exchangeable(), new Unstructured())) {
            for (Arrangement arrangement :
                    List.of(Arrangement.SEVERAL_COLUMNS, Arrangement.NESTED_TWO, Arrangement.CROSSED_TWO)) {
                Design design = RandomDesigns.draw(arrangement, Options.PLAIN, 4, 78);
                for (double last : new double[] {0.7, 0}) {
                    out.add(Arguments.of(kind.name(), kind, design, last));
                }
            }
        }
        return out.stream();
    }

    @ParameterizedTest(name = "{0}, {2}, last coordinate {3}")
    @MethodSource("cases")
    void a_value_and_its_gradient_allocate_nothing(String name, CovarianceStructure kind, Design design, double last) {
        Searched searched = new Searched(design, kind, last);
        searched.run();
        long least = Long.MAX_VALUE; // compiling may allocate on the side
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int round = 0; round < 4; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            searched.run();
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        // the measurement itself allocates a little; one object each time would be 16 · TIMES
        assertThat(least).isLessThan(2 * TIMES);
    }

    /** An objective at a point; the last variance may be zero. */
    private static final class Searched {
        private final DevianceObjective objective;
        private final double[] x;
        private final double[] gradient;

        Searched(Design design, CovarianceStructure kind, double last) {
            var model = design.model(kind).build();
            LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
            Parameters parameters = new Parameters(model);
            this.objective = new DevianceObjective(
                    parameters, new Evaluation(equations, Criterion.REML, new SequentialClusters()));
            double[] tau = new double[parameters.size()];
            boolean[] all = new boolean[tau.length];
            Arrays.fill(all, true);
            for (int k = 0; k < tau.length; k++) {
                tau[k] = 0.8 + 0.1 * k;
            }
            tau[tau.length - 1] = last;
            objective.restrict(tau, all);
            this.x = objective.inside(tau);
            this.gradient = new double[x.length];
        }

        private void run() {
            for (int i = 0; i < TIMES; i++) {
                x[0] += 1e-6; // a new point each time
                if (Double.isNaN(objective.value(x)) || !objective.gradient(gradient)) {
                    throw new AssertionError("The objective has no value.");
                }
            }
        }
    }
}
