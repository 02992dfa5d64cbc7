package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Natural;
import henderson.api.Scale;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Laws of the natural parameters. */
public interface NaturalLaws extends StructureDraws {
    /** As many as coordinates. */
    @TestFactory
    default Stream<DynamicTest> there_are_as_many_natural_parameters_as_coordinates() {
        return forEachDraw(d -> {
            assertThat(d.bound().coordinates()).hasSize(d.parameters());
            assertThat(d.bound().naturals()).hasSize(d.parameters()).doesNotHaveDuplicates();
            assertThat(d.bound().natural(d.tau())).hasSize(d.parameters());
        });
    }

    /** The reference is a variance. */
    @TestFactory
    default Stream<DynamicTest> the_reference_is_a_variance() {
        return forEachDraw(d -> {
            Natural reference = d.bound().naturals().get(d.bound().reference());
            assertThat(reference.symbol()).isEqualTo("var");
            assertThat(reference.scale()).isEqualTo(Scale.LOG);
        });
    }

    /** What is called {@code var} and {@code cov} stands in the matrix. */
    @TestFactory
    default Stream<DynamicTest> variances_and_covariances_are_entries_of_the_matrix() {
        return forEachDraw(d -> {
            DMatrixRMaj g = d.matrix();
            double[] natural = d.bound().natural(d.tau());
            List<Natural> names = d.bound().naturals();
            for (int k = 0; k < natural.length; k++) {
                Natural name = names.get(k);
                if (name.levels().isEmpty()
                        && (name.symbol().equals("var") || name.symbol().equals("cov"))) {
                    boolean variance = name.symbol().equals("var");
                    int i = Math.max(0, name.i());
                    int j = variance ? i : Math.max(name.j(), name.i() < 0 ? 1 : 0);
                    assertThat(natural[k])
                            .as("%s", name)
                            .isCloseTo(g.get(i, j), within(1e-14 * d.size() * Small.largest(g)));
                }
            }
        });
    }

    /** Nothing is lost on the way to natural parameters: from them alone the matrix is found again. */
    @TestFactory
    default Stream<DynamicTest> natural_parameters_determine_the_matrix() {
        return forEachDraw(d -> {
            double[] wanted = d.bound().natural(d.tau());
            double[] tau = d.tau().clone();
            for (int k = 0; k < tau.length; k++) {
                tau[k] += 0.01 * d.random().nextGaussian();
            }
            for (int step = 0; step < 12; step++) {
                newtonStep(d, tau, wanted);
            }
            // Newton's method ends at rounding, the condition of the map is below 1e4
            assertThat(Small.largestDifference(d.matrix(tau), d.matrix())).isLessThan(1e-9 * Small.largest(d.matrix()));
        });
    }

    private static void newtonStep(Draw d, double[] tau, double[] wanted) {
        int n = tau.length;
        double[][] jacobian = new double[n][n];
        for (int k = 0; k < n; k++) {
            DMatrixRMaj column = NumericalDerivative.of(
                    t -> new DMatrixRMaj(n, 1, true, d.bound().natural(t)), tau, k);
            for (int i = 0; i < n; i++) {
                jacobian[i][k] = column.get(i, 0);
            }
        }
        double[] now = d.bound().natural(tau);
        double[] miss = new double[n];
        for (int i = 0; i < n; i++) {
            miss[i] = wanted[i] - now[i];
        }
        double[] move = Small.solve(jacobian, miss);
        for (int k = 0; k < n; k++) {
            tau[k] += move[k];
        }
    }
}
