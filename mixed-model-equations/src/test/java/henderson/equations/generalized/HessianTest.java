package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.CovarianceStructure;
import henderson.api.Model;
import henderson.equations.SequentialClusters;
import henderson.equations.ThreadedClusters;
import henderson.structures.Exchangeable;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.RandomDesigns.Options;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Second derivatives in closed form are those of the gradient. */
class HessianTest {
    private static final List<CovarianceStructure> STRUCTURES =
            List.of(new Unstructured(), new Independent(), new Exchangeable());
    /** Of central differences of sixth order. */
    private static final double[] WEIGHTS = {45.0 / 60, -9.0 / 60, 1.0 / 60};

    static Stream<NestedCase> cases() {
        return NestedCase.all(3, Options.PLAIN, new Options(true, false, 1))
                .filter(c -> c.name().startsWith("logit") && factors(c) == 1);
    }

    private static long factors(NestedCase c) {
        return c.design().terms().stream()
                .map(t -> Arrays.hashCode(t.level()))
                .distinct()
                .count();
    }

    private static Model model(NestedCase c, CovarianceStructure structure) {
        return c.design()
                .model(structure)
                .weights(null)
                .family(c.family())
                .offset(c.offset())
                .batchSize(5)
                .build();
    }

    private static JointObjective objective(
            Model model, Integration rule, double[] point, henderson.api.Clusters clusters) {
        JointObjective out = new JointObjective(new JointParameters(model), Approximations.of(model, rule, clusters));
        boolean[] all = new boolean[point.length];
        Arrays.fill(all, true);
        out.restrict(point, all);
        out.at(point);
        return out;
    }

    private static double[] point(Model model, NestedCase c) {
        JointParameters parameters = new JointParameters(model);
        double[] out = new Random(c.design().seed())
                .doubles(parameters.size(), 0.2, 0.9)
                .toArray();
        System.arraycopy(c.beta(), 0, out, 0, c.beta().length);
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void of_one_grouping_factor_they_are_the_slopes_of_the_gradient(NestedCase c) {
        slopes(c, Integration.LAPLACE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void so_they_are_of_a_quadrature_of_random_intercepts(NestedCase c) {
        if (c.lambda().length == 1 && c.lambda()[0].numRows == 1) {
            slopes(c, Integration.of("agq", 2));
            slopes(c, Integration.of("agq", 5));
        }
    }

    private static void slopes(NestedCase c, Integration rule) {
        for (CovarianceStructure structure : STRUCTURES) {
            Model model = model(c, structure);
            double[] at = point(model, c);
            JointObjective objective = objective(model, rule, at, new SequentialClusters());
            DMatrixRMaj h = new DMatrixRMaj(at.length, at.length);
            assertThat(objective.exactHessian(h)).isTrue();
            double largest = 0;
            for (double v : h.data) {
                largest = Math.max(largest, Math.abs(v));
            }
            for (int k = 0; k < at.length; k++) {
                double[] slope = slope(objective, at, k);
                for (int j = 0; j < at.length; j++) {
                    assertThat(h.get(j, k))
                            .as("%s, %d and %d", structure.name(), j, k)
                            .isCloseTo(slope[j], within(1e-7 * (1 + largest)));
                    assertThat(h.get(j, k)).isEqualTo(h.get(k, j));
                }
            }
        }
    }

    private static double[] slope(JointObjective objective, double[] at, int k) {
        double h = 0x1p-8;
        double[] out = new double[at.length];
        for (int s = 1; s <= WEIGHTS.length; s++) {
            for (int sign = -1; sign <= 1; sign += 2) {
                double[] moved = at.clone();
                moved[k] += sign * s * h;
                objective.at(moved);
                double[] g = objective.fullGradient();
                for (int j = 0; j < out.length; j++) {
                    out[j] += sign * WEIGHTS[s - 1] * g[j] / h;
                }
            }
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void they_have_the_same_bits_on_two_threads(NestedCase c) {
        boolean one = c.lambda().length == 1 && c.lambda()[0].numRows == 1;
        sameBits(c, one ? Integration.of("agq", 3) : Integration.LAPLACE);
    }

    private static void sameBits(NestedCase c, Integration rule) {
        Model model = model(c, new Unstructured());
        double[] at = point(model, c);
        DMatrixRMaj one = new DMatrixRMaj(at.length, at.length);
        DMatrixRMaj two = new DMatrixRMaj(at.length, at.length);
        assertThat(objective(model, rule, at, new SequentialClusters()).exactHessian(one))
                .isTrue();
        try (ThreadedClusters clusters = new ThreadedClusters(2)) {
            assertThat(objective(model, rule, at, clusters).exactHessian(two)).isTrue();
        }
        assertThat(two.data).isEqualTo(one.data);
    }
}
