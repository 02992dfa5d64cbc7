package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DenseLikelihoodTest {
    private static final int GROUPS = 4;
    private static final int EACH = 3;
    private static final double[] Y = {3, 4, 8, 1, 0, 2, 7, 7, 10, -4, -3, 1};

    /** Rows' groups: 0 0 0 1 1 1 … */
    private static int[] levels() {
        int[] out = new int[Y.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = i / EACH;
        }
        return out;
    }

    private static double[][] ones(int n) {
        double[][] out = new double[n][1];
        for (double[] row : out) {
            row[0] = 1;
        }
        return out;
    }

    private static DenseLikelihood oneWay(double lambda) {
        return new DenseLikelihood(Y, ones(Y.length)).term(levels(), GROUPS, ones(Y.length), new double[][] {{lambda}});
    }

    /** Within and between sums of squares of Y. */
    private static double[] sumsOfSquares() {
        double grand = 0;
        for (double v : Y) {
            grand += v / Y.length;
        }
        double within = 0;
        double between = 0;
        for (int g = 0; g < GROUPS; g++) {
            double mean = 0;
            for (int i = 0; i < EACH; i++) {
                mean += Y[g * EACH + i] / EACH;
            }
            between += EACH * (mean - grand) * (mean - grand);
            for (int i = 0; i < EACH; i++) {
                within += (Y[g * EACH + i] - mean) * (Y[g * EACH + i] - mean);
            }
        }
        return new double[] {within, between};
    }

    @ParameterizedTest
    @EnumSource
    void objective_equals_closed_form_of_balanced_one_way(Criterion criterion) {
        double lambda = 1.5;
        double ratio = 1 + EACH * lambda * lambda;
        double[] ss = sumsOfSquares();
        double r2 = ss[0] + ss[1] / ratio;
        int n = Y.length;
        double expected = GROUPS * Math.log(ratio);
        int degrees = n;
        if (criterion == Criterion.REML) {
            degrees = n - 1;
            expected += Math.log(n / ratio);
        }
        expected += degrees * (1 + Math.log(2 * Math.PI * r2 / degrees));
        DenseSolution d = oneWay(lambda).profiled(criterion);
        // a dozen roundings of numbers up to 60 in the closed form
        assertThat(d.objective()).isCloseTo(expected, within(1e-13));
        assertThat(d.sumOfSquares()).isCloseTo(r2, within(1e-12));
        assertThat(d.beta()[0]).isCloseTo(3, within(1e-15));
        assertThat(d.betaCovariance()[0][0]).isCloseTo(r2 / degrees * ratio / n, within(1e-12));
    }

    @Test
    void random_effects_are_shrunken_group_means() {
        double lambda = 1.5;
        double shrink = EACH * lambda * lambda / (1 + EACH * lambda * lambda);
        double[][] b = oneWay(lambda).profiled(Criterion.ML).randomEffects(0);
        assertThat(b).hasDimensions(GROUPS, 1);
        double[] means = {5, 1, 8, -2};
        for (int g = 0; g < GROUPS; g++) {
            assertThat(b[g][0]).isCloseTo(shrink * (means[g] - 3), within(1e-14));
        }
    }

    @ParameterizedTest
    @EnumSource
    void profiled_objective_is_least_over_sigma(Criterion criterion) {
        DenseLikelihood model = oneWay(0.7);
        DenseSolution profiled = model.profiled(criterion);
        double best = profiled.sigmaSquared();
        assertThat(model.given(criterion, best).objective()).isCloseTo(profiled.objective(), within(1e-13));
        assertThat(model.given(criterion, best * 1.1).objective()).isGreaterThan(profiled.objective());
        assertThat(model.given(criterion, best * 0.9).objective()).isGreaterThan(profiled.objective());
    }

    @ParameterizedTest
    @EnumSource
    void forty_digits_stand_when_effects_are_a_million_times_the_noise(Criterion criterion) {
        double[][] lambda = {{1e6, 0}, {3e5, 2e6}};
        Random random = new Random(7);
        double[][] z = new double[Y.length][2];
        double[] weights = new double[Y.length];
        for (int i = 0; i < z.length; i++) {
            z[i] = new double[] {1, random.nextGaussian()};
            weights[i] = 0.1 + random.nextDouble();
        }
        BigDecimal[] found = new BigDecimal[2];
        for (int k = 0; k < 2; k++) {
            found[k] = new DenseLikelihood(Y, z, DenseLikelihood.DIGITS + 60 * k)
                    .term(levels(), GROUPS, z, lambda)
                    .weights(weights)
                    .profiled(criterion)
                    .preciseObjective();
        }
        BigDecimal error = found[0].subtract(found[1]).abs().divide(found[1].abs(), MathContext.DECIMAL64);
        assertThat(error).isLessThan(new BigDecimal("1e-40"));
    }

    @ParameterizedTest
    @EnumSource
    void equals_double_arithmetic_at_moderate_ratios(Criterion criterion) {
        Random random = new Random(11);
        int n = 9;
        double[] y = new double[n];
        double[][] x = new double[n][2];
        double[][] z = new double[n][2];
        double[][] r = new double[n][n];
        double[] w = new double[n];
        int[] level = new int[n];
        double[][] lambda = {{1.2, 0}, {-0.4, 0.6}};
        for (int i = 0; i < n; i++) {
            y[i] = random.nextGaussian();
            x[i] = new double[] {1, random.nextGaussian()};
            z[i] = new double[] {1, random.nextGaussian()};
            w[i] = 0.5 + random.nextDouble();
            level[i] = random.nextInt(3);
            for (int j = 0; j < n; j++) {
                r[i][j] = Math.pow(0.5, Math.abs(i - j));
            }
        }
        DenseSolution d = new DenseLikelihood(y, x)
                .term(level, 3, z, lambda)
                .weights(w)
                .residual(r)
                .profiled(criterion);
        double expected = PlainLikelihood.profiled(y, x, z, level, lambda, r, w, criterion == Criterion.REML);
        // n³ roundings in the plain road, condition number below 100
        assertThat(d.objective()).isCloseTo(expected, within(1e-11));
    }

    @ParameterizedTest
    @EnumSource
    void score_is_the_derivative_of_the_objective(Criterion criterion) {
        double lambda = 0.9;
        double h = 0x1p-20;
        BigDecimal up = oneWay(lambda + h).profiled(criterion).preciseObjective();
        BigDecimal down = oneWay(lambda - h).profiled(criterion).preciseObjective();
        double difference = up.subtract(down).doubleValue() / (2 * h);
        double score = oneWay(lambda).profiled(criterion).score(0)[0][0];
        // h² times a third derivative of order ten
        assertThat(score * 2 * lambda).isCloseTo(difference, within(1e-10));
    }

    @Test
    void derivative_along_the_term_equals_its_score() {
        int n = Y.length;
        double[][] change = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                change[i][j] = i / EACH == j / EACH ? 1 : 0;
            }
        }
        DenseSolution d = oneWay(0.9).profiled(Criterion.REML);
        assertThat(d.derivative(change)).isCloseTo(d.score(0)[0][0], within(1e-14));
    }

    @Test
    void known_covariance_among_levels_couples_them() {
        double[][] k = {{1, 0.5, 0, 0}, {0.5, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        DenseSolution coupled = new DenseLikelihood(Y, ones(Y.length))
                .term(levels(), GROUPS, ones(Y.length), new double[][] {{1}}, k)
                .profiled(Criterion.ML);
        // log|I + 3K|: two levels (4² − 1.5²), two alone (4 each)
        assertThat(coupled.logDeterminant()).isCloseTo(Math.log((16 - 2.25) * 16), within(1e-15 * 10));
    }

    @Test
    void a_singular_covariance_is_refused() {
        double[][] r = new double[Y.length][Y.length];
        assertThatThrownBy(
                        () -> new DenseLikelihood(Y, ones(Y.length)).residual(r).profiled(Criterion.ML))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("pivot 0");
    }
}
