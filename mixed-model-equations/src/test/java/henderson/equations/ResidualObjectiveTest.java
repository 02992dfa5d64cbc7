package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import henderson.api.Arguments;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Positions;
import henderson.equations.ResidualHeartTest.Draw;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.Parameters;
import henderson.structures.Exchangeable;
import henderson.structures.Unstructured;
import henderson.testkit.DenseLikelihood;
import henderson.testkit.InMemoryModel;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The objective over parameters of random effects and residuals together. */
class ResidualObjectiveTest {
    /** Λ of the subjects by its lower triangle, the raters' standard deviation, ρ. */
    private static final double[] TAU = {0.8, -0.3, 0.5, 0.6, 0.7};

    private static DevianceObjective objective(
            InMemoryModel model, Criterion criterion, henderson.api.Clusters clusters) {
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        DevianceObjective out =
                new DevianceObjective(new Parameters(model), new Evaluation(equations, criterion, clusters));
        boolean[] all = new boolean[new Parameters(model).size()];
        Arrays.fill(all, true);
        out.restrict(new double[all.length], all);
        return out;
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void gradient_equals_differences_in_every_coordinate(Criterion criterion) {
        DevianceObjective objective = objective(new Draw(5).model(), criterion, new SequentialClusters());
        double[] gradient = new double[TAU.length];
        objective.value(TAU);
        assertThat(objective.gradient(gradient)).isTrue();
        for (int k = 0; k < TAU.length; k++) {
            double h = 1e-3;
            double[] d = new double[4];
            for (int i = 0; i < 4; i++) {
                double[] x = TAU.clone();
                x[k] += h * new int[] {-2, -1, 1, 2}[i];
                d[i] = objective.value(x);
            }
            double difference = (8 * (d[2] - d[1]) - (d[3] - d[0])) / (12 * h);
            // the truncation of four points: h⁴/30 of the fifth derivative
            assertThat(gradient[k])
                    .as("coordinate %d", k)
                    .isCloseTo(difference, within(1e-8 * (1 + Math.abs(difference))));
        }
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void average_information_equals_the_dense_one(Criterion criterion) {
        Draw draw = new Draw(6);
        InMemoryModel model = draw.model();
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        double[] rho = {1, TAU[4]};
        assertThat(equations.whiten(rho)).isTrue();
        Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters());
        double[][] lambda = {{0.8, 0}, {-0.3, 0.5}};
        double[][] raters = {{0.6}};
        evaluation.value(new DMatrixRMaj[] {new DMatrixRMaj(lambda), new DMatrixRMaj(raters)});
        Score score = new Score(evaluation);
        score.update();
        DMatrixRMaj first = new DMatrixRMaj(new double[][] {{1, 0.3}, {0.3, -0.7}});
        DMatrixRMaj second = new DMatrixRMaj(new double[][] {{2}});
        ResidualScore residual = new ResidualScore(score);
        residual.update();
        DMatrixRMaj got = new DMatrixRMaj(3, 3);
        new Information(score, new int[] {0, 1}, residual, new int[] {1}, 2)
                .average(new DMatrixRMaj[] {first, second}, got);
        DMatrixRMaj[] v = {
            spread(draw.subject, draw.z, first), spread(draw.rater, draw.ones, second), residualDerivative(draw, rho)
        };
        DMatrixRMaj whole = weighted(draw, draw.residual(rho));
        DMatrixRMaj l = new DMatrixRMaj(lambda);
        DMatrixRMaj g = new DMatrixRMaj(2, 2);
        CommonOps_DDRM.multTransB(l, l, g);
        CommonOps_DDRM.addEquals(whole, spread(draw.subject, draw.z, g));
        CommonOps_DDRM.addEquals(whole, spread(draw.rater, draw.ones, new DMatrixRMaj(new double[][] {{0.36}})));
        DMatrixRMaj expected = DenseInformation.average(whole, draw.x, draw.y, criterion, v);
        for (int i = 0; i < 9; i++) {
            assertThat(got.data[i])
                    .as("entry %d", i)
                    .isCloseTo(expected.data[i], within(1e-9 * CommonOps_DDRM.elementMaxAbs(expected)));
        }
    }

    private static DMatrixRMaj residualDerivative(Draw draw, double[] rho) {
        DMatrixRMaj d = new DMatrixRMaj(ResidualHeartTest.TIMES.length, ResidualHeartTest.TIMES.length);
        ResidualHeartTest.AR1.derivative(
                rho, 1, IntStream.range(0, ResidualHeartTest.TIMES.length).toArray(), d);
        double[][] r = new double[draw.n][draw.n];
        for (int i = 0; i < draw.n; i++) {
            for (int j = 0; j < draw.n; j++) {
                r[i][j] = draw.subject[i] == draw.subject[j] ? d.get(draw.at[i], draw.at[j]) : 0;
            }
        }
        return weighted(draw, r);
    }

    private static DMatrixRMaj weighted(Draw draw, double[][] r) {
        DMatrixRMaj out = new DMatrixRMaj(r);
        for (int i = 0; i < draw.n; i++) {
            for (int j = 0; j < draw.n; j++) {
                out.set(i, j, out.get(i, j) / Math.sqrt(draw.weights[i] * draw.weights[j]));
            }
        }
        return out;
    }

    private static DMatrixRMaj spread(int[] level, double[][] z, DMatrixRMaj g) {
        int n = level.length;
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int a = 0; a < g.numRows && level[i] == level[j]; a++) {
                    for (int b = 0; b < g.numRows; b++) {
                        out.add(i, j, z[i][a] * g.get(a, b) * z[j][b]);
                    }
                }
            }
        }
        return out;
    }

    @Test
    void threads_do_not_change_a_bit() {
        InMemoryModel model = new Draw(7).model();
        double[] one = new double[TAU.length];
        double[] two = new double[TAU.length];
        DevianceObjective a = objective(model, Criterion.REML, new SequentialClusters());
        double first = a.value(TAU);
        a.gradient(one);
        try (ThreadedClusters threads = new ThreadedClusters(3)) {
            DevianceObjective b = objective(model, Criterion.REML, threads);
            assertThat(b.value(TAU)).isEqualTo(first);
            b.gradient(two);
        }
        assertThat(two).containsExactly(one);
    }

    @Test
    void a_value_and_its_gradient_allocate_nothing() {
        Draw draw = new Draw(8);
        InMemoryModel model = InMemoryModel.builder(draw.y, draw.x)
                .term("rater", draw.rater, draw.ones, new Unstructured())
                .residual(
                        "subject",
                        draw.subject,
                        draw.at,
                        IntStream.of(ResidualHeartTest.TIMES)
                                .mapToObj(Integer::toString)
                                .toList(),
                        "exchangeable",
                        new Exchangeable().bind(Arguments.none(), Positions.integers(ResidualHeartTest.TIMES)))
                .build();
        DevianceObjective objective = objective(model, Criterion.REML, new SequentialClusters());
        double[] x = {0.6, 0.9};
        double[] gradient = new double[x.length];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        int times = 300;
        for (int round = 0; round < 6; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < times; i++) {
                x[1] += 1e-7;
                objective.value(x);
                objective.gradient(gradient);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).isLessThan(2L * times);
    }

    /** Many groups with the same positions are replaced by few. */
    @ParameterizedTest
    @EnumSource(Criterion.class)
    void alike_groups_that_are_compressed_give_the_dense_likelihood(Criterion criterion) {
        Random random = new Random(3);
        int groups = 120;
        int[] kept = {0, 1, 3};
        int n = groups * kept.length;
        double[] y = new double[n];
        double[][] x = new double[n][];
        int[] group = new int[n];
        int[] at = new int[n];
        for (int i = 0; i < n; i++) {
            group[i] = i % groups;
            at[i] = kept[i / groups];
            x[i] = new double[] {1, random.nextGaussian(), at[i]};
            y[i] = random.nextGaussian() + at[i];
        }
        InMemoryModel model = InMemoryModel.builder(y, x)
                .residual(
                        "g",
                        group,
                        at,
                        IntStream.of(ResidualHeartTest.TIMES)
                                .mapToObj(Integer::toString)
                                .toList(),
                        "ar",
                        ResidualHeartTest.AR1)
                .build();
        double[] rho = {1, 0.4};
        DMatrixRMaj full =
                ResidualHeartTest.AR1.matrix(rho, IntStream.range(0, 7).toArray(), new DMatrixRMaj(7, 7));
        double[][] r = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                r[i][j] = group[i] == group[j] ? full.get(at[i], at[j]) : 0;
            }
        }
        double expected =
                new DenseLikelihood(y, x).residual(r).profiled(criterion).objective();
        DevianceObjective objective = objective(model, criterion, new SequentialClusters());
        assertThat(objective.value(new double[] {0.4})).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
        double[] gradient = new double[1];
        objective.gradient(gradient);
        double h = 1e-4;
        double difference =
                (objective.value(new double[] {0.4 + h}) - objective.value(new double[] {0.4 - h})) / (2 * h);
        assertThat(gradient[0]).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
    }
}
