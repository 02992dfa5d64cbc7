package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussHermiteTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 15, 51, 100, 200, 250})
    void moments_of_the_normal_distribution_are_exact(int points) {
        GaussHermite rule = GaussHermite.of(points);
        double moment = Math.sqrt(Math.PI);
        for (int degree = 0; degree <= Math.min(2 * points - 1, 30); degree += 2) {
            double sum = 0;
            for (int j = 0; j < points; j++) {
                sum += Math.exp(rule.logWeights()[j]) * Math.pow(rule.nodes()[j], degree);
            }
            assertThat(sum).as("degree %d", degree).isCloseTo(moment, within(1e-12 * moment));
            moment *= (degree + 1) / 2.0;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 60, 200})
    void nodes_interlace_and_are_symmetric(int points) {
        GaussHermite rule = GaussHermite.of(points);
        GaussHermite next = GaussHermite.of(points + 1);
        for (int j = 0; j < points; j++) {
            assertThat(rule.nodes()[j]).isBetween(next.nodes()[j], next.nodes()[j + 1]);
            assertThat(rule.nodes()[j]).isEqualTo(-rule.nodes()[points - 1 - j]);
        }
    }
}
