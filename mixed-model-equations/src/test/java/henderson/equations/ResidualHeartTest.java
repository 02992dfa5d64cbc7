package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Whitening;
import henderson.structures.Unstructured;
import henderson.testkit.DenseLikelihood;
import henderson.testkit.DenseSolution;
import henderson.testkit.InMemoryModel;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A residual structure through the same heart: AR(1) with gaps beside a random intercept and slope, and crossed factors. */
class ResidualHeartTest {
    static final int[] TIMES = {1, 2, 4, 7, 8, 9, 13};
    static final BoundStructure AR1 = new GappedAr1(TIMES);
    private static final double[] RHO = {1, 0.7};

    /** Subjects with some of the times each, a slope in time, and raters that meet several subjects. */
    static final class Draw {
        final int n;
        final double[] y;
        final double[][] x;
        final double[][] z;
        final double[][] ones;
        final int[] subject;
        final int[] rater;
        final int[] at;
        final double[] weights;

        Draw(long seed) {
            Random random = new Random(seed);
            int subjects = 6;
            int[][] kept = new int[subjects][];
            for (int s = 0; s < subjects; s++) {
                boolean few = s % 3 == 2;
                kept[s] = IntStream.range(0, TIMES.length)
                        .filter(i -> few ? i == 3 : random.nextDouble() < 0.75 || i == 0)
                        .toArray();
            }
            n = IntStream.range(0, subjects).map(s -> kept[s].length).sum();
            y = new double[n];
            x = new double[n][];
            z = new double[n][];
            ones = new double[n][];
            subject = new int[n];
            rater = new int[n];
            at = new int[n];
            weights = new double[n];
            int row = 0;
            // position by position, so that groups arrive with their rows apart
            for (int t = TIMES.length - 1; t >= 0; t--) {
                for (int s = 0; s < subjects; s++) {
                    int time = t;
                    if (IntStream.of(kept[s]).anyMatch(k -> k == time)) {
                        y[row] = random.nextGaussian() * 3 + TIMES[t];
                        x[row] = new double[] {1, TIMES[t], random.nextGaussian()};
                        z[row] = new double[] {1, TIMES[t] / 5.0};
                        ones[row] = new double[] {1};
                        subject[row] = s;
                        rater[row] = random.nextInt(4);
                        at[row] = t;
                        weights[row] = 0.5 + random.nextDouble();
                        row++;
                    }
                }
            }
        }

        InMemoryModel model() {
            return InMemoryModel.builder(y, x)
                    .weights(weights)
                    .term("subject", subject, z, new Unstructured())
                    .term("rater", rater, ones, new Unstructured())
                    .residual(
                            "subject",
                            subject,
                            at,
                            IntStream.of(TIMES).mapToObj(Integer::toString).toList(),
                            "ar",
                            AR1)
                    .batchSize(7)
                    .build();
        }

        double[][] residual(double[] rho) {
            double[][] r = new double[n][n];
            DMatrixRMaj full = AR1.matrix(
                    rho, IntStream.range(0, TIMES.length).toArray(), new DMatrixRMaj(TIMES.length, TIMES.length));
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    r[i][j] = subject[i] == subject[j] ? full.get(at[i], at[j]) : 0;
                }
            }
            return r;
        }

        DenseSolution dense(Criterion criterion, double[][] lambda, double[][] raters, double[] rho) {
            return new DenseLikelihood(y, x)
                    .term(subject, 6, z, lambda)
                    .term(rater, 4, ones, raters)
                    .weights(weights)
                    .residual(residual(rho))
                    .profiled(criterion);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void objective_and_scores_equal_the_dense_ones(long seed) {
        Draw draw = new Draw(seed);
        double[][] lambda = {{0.8, 0}, {-0.3, seed == 4 ? 0 : 0.5}};
        double[][] raters = {{seed == 3 ? 0 : 0.6}};
        for (Criterion criterion : Criterion.values()) {
            LinearEquations equations = LinearEquations.of(draw.model(), FitListener.SILENT);
            assertThat(equations.whiten(RHO)).isTrue();
            Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters());
            double d = evaluation.value(new DMatrixRMaj[] {new DMatrixRMaj(lambda), new DMatrixRMaj(raters)});
            double expected = draw.dense(criterion, lambda, raters, RHO).objective();
            assertThat(d).as("objective, %s", criterion).isCloseTo(expected, within(1e-10 * Math.abs(expected)));
            Score score = new Score(evaluation);
            score.update();
            double h = 1e-4;
            double up = draw.dense(criterion, lambda, raters, new double[] {1, RHO[1] + h})
                    .objective();
            double down = draw.dense(criterion, lambda, raters, new double[] {1, RHO[1] - h})
                    .objective();
            // a central difference of step 1e-4 errs by about 1e-8 of the third derivative
            ResidualScore residualScore = new ResidualScore(score);
            residualScore.update();
            assertThat(residualScore.derivative(1))
                    .as("score in rho, %s", criterion)
                    .isCloseTo((up - down) / (2 * h), within(2e-7 * Math.max(1, Math.abs(up - down) / h)));
        }
    }

    @Test
    void linear_time_whitening_equals_the_dense_default() {
        Random random = new Random(7);
        int[] at = {0, 2, 3, 6};
        Whitening fast = AR1.whitening(at);
        BoundStructure plain = new DenseAr1();
        Whitening dense = plain.whitening(at);
        double[] tau = {1.3, -0.4};
        assertThat(fast.update(tau)).isTrue();
        assertThat(dense.update(tau)).isTrue();
        assertThat(fast.logDeterminant()).isCloseTo(dense.logDeterminant(), within(1e-13));
        double[] x = random.doubles(8).toArray();
        double[] a = x.clone();
        double[] b = x.clone();
        fast.whiten(a, 0, 2);
        dense.whiten(b, 0, 2);
        assertThat(a).containsExactly(b, within(1e-13));
        for (int k = 0; k < 2; k++) {
            double[] qa = new double[8];
            double[] qb = new double[8];
            fast.q(k, a, 0, 2, qa);
            dense.q(k, b, 0, 2, qb);
            // the default differentiates by six-point differences
            assertThat(qa).containsExactly(qb, within(1e-9));
            assertThat(fast.traceQ(k)).isCloseTo(dense.traceQ(k), within(1e-9));
        }
        fast.colour(a, 0, 2);
        assertThat(a).containsExactly(x, within(1e-14));
    }

    /** The same covariance with every default of the SPI. */
    private static final class DenseAr1 implements BoundStructure {
        @Override
        public List<henderson.api.Coordinate> coordinates() {
            return AR1.coordinates();
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            return AR1.matrix(tau, at, out);
        }
    }
}
