package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Moments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Laws of {@code start} and {@code maximize}. */
public interface MomentsLaws extends StructureDraws {
    /** Whatever the moments: none, ordinary ones, singular ones, zero, patterns with positions missing. */
    @TestFactory
    default Stream<DynamicTest> start_is_feasible_and_off_the_boundary() {
        return forEachDraw(d -> {
            int q = d.size();
            List<List<Moments>> cases = new ArrayList<>();
            cases.add(List.of());
            cases.add(complete(d));
            cases.add(List.of(new Moments(d.all(), 7, Small.gram(d.random(), q, 1))));
            cases.add(List.of(new Moments(d.all(), 7, new DMatrixRMaj(q, q))));
            cases.add(incomplete(d));
            for (List<Moments> moments : cases) {
                double[] tau = d.bound().start(moments);
                assertThat(tau).hasSize(d.parameters());
                DMatrixRMaj g = d.matrix(tau);
                assertThat(Small.hasNaN(g)).isFalse();
                assertThat(Small.rank(g)).isEqualTo(q);
                assertThat(d.bound().free(tau)).containsOnly(true);
            }
        });
    }

    /** It is a maximizer, or nothing was touched. */
    @TestFactory
    default Stream<DynamicTest> maximize_finds_the_maximum_or_leaves_the_point_alone() {
        return forEachDraw(d -> {
            for (List<Moments> moments : List.of(complete(d), incomplete(d))) {
                double[] tau = d.tau().clone();
                if (!d.bound().maximize(moments, tau)) {
                    assertThat(tau).isEqualTo(d.tau());
                    continue;
                }
                double best = gain(d, moments, tau);
                for (double slope : NumericalDerivative.gradient(t -> gain(d, moments, t), tau)) {
                    // rounding of the gain over the step of the differences
                    assertThat(Math.abs(slope)).isLessThan(1e-9 * (1 + Math.abs(best)));
                }
                for (int other = 0; other < 50; other++) {
                    assertThat(gain(d, moments, near(d, tau, other)))
                            .isLessThanOrEqualTo(best + 1e-12 * Math.abs(best));
                }
            }
        });
    }

    private static double[] near(Draw d, double[] tau, int other) {
        double[] out = tau.clone();
        double width = Math.pow(10, -3.0 * other / 50);
        for (int k = 0; k < out.length; k++) {
            out[k] += width * d.random().nextGaussian();
        }
        return out;
    }

    /** {@code −Σ (count log|G| + tr(G⁻¹ sum))}; −∞ where it is not defined. */
    private static double gain(Draw d, List<Moments> moments, double[] tau) {
        double sum = 0;
        for (Moments m : moments) {
            int n = m.at().length;
            DMatrixRMaj g = d.bound().matrix(tau, m.at(), new DMatrixRMaj(n, n));
            if (Small.hasNaN(g)) {
                return Double.NEGATIVE_INFINITY;
            }
            SymmetricEigen eigen = SymmetricEigen.of(g);
            if (!(eigen.values()[0] > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum -= m.count() * eigen.logDeterminant() + eigen.traceOfSolve(m.sum());
        }
        return sum;
    }

    /** Two sets over all positions, the second in reverse order. */
    private static List<Moments> complete(Draw d) {
        int q = d.size();
        int[] reversed = new int[q];
        for (int i = 0; i < q; i++) {
            reversed[i] = q - 1 - i;
        }
        return List.of(
                new Moments(d.all(), 8, Small.gram(d.random(), q, q + 8)),
                new Moments(reversed, 5, Small.gram(d.random(), q, q + 5)));
    }

    /** All positions and all but the first. */
    private static List<Moments> incomplete(Draw d) {
        List<Moments> out = new ArrayList<>();
        for (int[] at : d.subsets()) {
            out.add(new Moments(at, at.length + 6, Small.gram(d.random(), at.length, at.length + 6)));
        }
        return out;
    }
}
