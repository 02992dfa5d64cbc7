package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.structures.Unstructured;
import henderson.testkit.RandomDesigns.Options;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modes found for many clusters at a time against those found for one cluster after the other, steps halved. */
class ModeSweepsTest {
    static Stream<NestedCase> cases() {
        return NestedCase.all(4, Options.PLAIN, new Options(true, true, 1), new Options(false, false, 3));
    }

    private static NestedPoint point(NestedCase c) {
        return new NestedPoint(NestedRows.of(c.design()
                .model(new Unstructured())
                .weights(null)
                .family(c.family())
                .offset(c.offset())
                .batchSize(5)
                .build()));
    }

    /** Σ over clusters of {@code h + ½ log|H|}, one by one. */
    private static double careful(NestedPoint point) {
        ClusterMode mode = new ClusterMode(point);
        double out = 0;
        for (int c = 0; c < point.rows.clusters(); c++) {
            assertThat(mode.search(c)).isFinite();
            out += mode.laplace(c);
        }
        return out;
    }

    private static double together(NestedPoint point) {
        ClusterMode mode = new ClusterMode(point);
        new ModeSweeps(point, mode).search(0, point.rows.clusters(), true);
        double out = 0;
        for (int c = 0; c < point.rows.clusters(); c++) {
            assertThat(point.searched(c)).isTrue();
            out += mode.laplace(c);
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void many_clusters_at_a_time_are_as_one_after_the_other(NestedCase c) {
        NestedPoint one = point(c);
        NestedPoint all = point(c);
        double[] beta = c.beta().clone();
        DMatrixRMaj[] lambda = Stream.of(c.lambda()).map(DMatrixRMaj::copy).toArray(DMatrixRMaj[]::new);
        for (double step : new double[] {0, 0.3, 1e-3, 1e-7, -0.8}) { // from far, and from near to the last mode
            beta[0] += step;
            for (DMatrixRMaj l : lambda) {
                l.data[0] += step / 4;
            }
            one.set(beta, lambda, c.phi());
            all.set(beta, lambda, c.phi());
            double expected = careful(one);
            assertThat(together(all)).as("step %s", step).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
            for (int l = 0; l < one.rows.depths; l++) {
                for (int k = 0; k < one.mode[l].length; k++) {
                    assertThat(all.mode[l][k])
                            .as("mode %d at step %s", k, step)
                            .isCloseTo(one.mode[l][k], within(1e-10));
                }
                for (int k = 0; k < one.curvature.root[l].length; k++) {
                    assertThat(all.curvature.root[l][k]).isCloseTo(one.curvature.root[l][k], within(1e-9));
                }
            }
        }
    }
}
