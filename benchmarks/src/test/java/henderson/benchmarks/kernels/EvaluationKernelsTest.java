package henderson.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.benchmarks.PreparedWorkload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationKernelsTest {
    /** Relative, of differences of fourth order at steps of 1e-3. */
    private static final double DIFFERENCES = 1e-6;

    /** Few groups: the data are made for it. */
    private static final double SCALE = 0.01;

    @ParameterizedTest
    @ValueSource(strings = {"sleepstudy", "slope", "three-levels", "ar1", "arma", "visits-500"})
    void gradient_is_that_of_the_objective(String workload) {
        Evaluations evaluations = Evaluations.of(PreparedWorkload.of(workload, scale(workload)));
        double[] at = evaluations.start();
        double[] gradient = evaluations.gradient(at).clone();
        assertThat(gradient).hasSameSizeAs(at).isNotEmpty();
        double scale = 0;
        for (double g : gradient) {
            scale = Math.max(scale, Math.abs(g));
        }
        assertThat(scale).isPositive();
        for (int k = 0; k < at.length; k++) {
            assertThat(gradient[k]).isCloseTo(difference(evaluations, at, k), within(DIFFERENCES * scale));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleepstudy", "slope", "arma"})
    void points_move_and_values_come_again(String workload) {
        Evaluations evaluations = Evaluations.of(PreparedWorkload.of(workload, scale(workload)));
        double[] first = evaluations.next().clone();
        double value = evaluations.value(first);
        double[] second = evaluations.next().clone();
        assertThat(second).isNotEqualTo(first);
        assertThat(evaluations.value(second)).isFinite().isNotEqualTo(value);
        assertThat(evaluations.value(first)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleepstudy", "visits-500", "logistic-laplace", "poisson"})
    void fits_converge(String workload) {
        PreparedWorkload prepared = PreparedWorkload.of(workload, scale(workload));
        assertThat(prepared.fit().convergence()).isNotInstanceOf(Convergence.Stopped.class);
    }

    /** Five subjects do not tell ten parameters apart. */
    private static double scale(String workload) {
        return workload.startsWith("visits") ? 0.2 : SCALE;
    }

    private static double difference(Evaluations evaluations, double[] at, int k) {
        double h = 1e-3;
        return (8 * (moved(evaluations, at, k, h) - moved(evaluations, at, k, -h))
                        - (moved(evaluations, at, k, 2 * h) - moved(evaluations, at, k, -2 * h)))
                / (12 * h);
    }

    private static double moved(Evaluations evaluations, double[] at, int k, double by) {
        double[] x = at.clone();
        x[k] += by;
        return evaluations.value(x);
    }
}
