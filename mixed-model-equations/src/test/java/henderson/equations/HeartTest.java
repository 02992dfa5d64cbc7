package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.DenseSolution;
import henderson.testkit.Design;
import henderson.testkit.InMemoryModel;
import henderson.testkit.RandomDesigns;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The heart at fixed parameters against the dense likelihood in high precision. */
class HeartTest {
    static Stream<Design> designs() {
        return RandomDesigns.all(20_000);
    }

    private static Evaluation evaluate(Design design, Criterion criterion) {
        LinearEquations equations =
                LinearEquations.of(design.model(new Unstructured()).batchSize(5).build(), FitListener.SILENT);
        return new Evaluation(equations, criterion, new SequentialClusters());
    }

    private static DMatrixRMaj[] lambda(Design design) {
        return design.terms().stream().map(t -> new DMatrixRMaj(t.lambda())).toArray(DMatrixRMaj[]::new);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void objective_effects_and_score_equal_the_dense_ones(Design design) {
        for (Criterion criterion : Criterion.values()) {
            DenseSolution dense = design.dense().profiled(criterion);
            Evaluation evaluation = evaluate(design, criterion);
            double d = evaluation.value(lambda(design));
            double expected = dense.objective();
            assertThat(Math.abs(d - expected) / Math.max(1, Math.abs(expected)))
                    .as("objective %s: %s against %s", criterion, d, expected)
                    .isLessThan(1e-10);
            assertThat(evaluation.residualSumOfSquares() / dense.sumOfSquares() - 1)
                    .as("r²")
                    .isBetween(-1e-9, 1e-9);
            double[] beta = evaluation.beta();
            double[][] covariance = dense.betaCovariance();
            for (int j = 0; j < beta.length; j++) {
                double se = Math.sqrt(covariance[j][j]);
                assertThat((beta[j] - dense.beta()[j]) / se).as("beta " + j).isBetween(-1e-7, 1e-7);
            }
            Score score = new Score(evaluation);
            score.update();
            for (int t = 0; t < design.terms().size(); t++) {
                compare(design, criterion, t, dense.score(t), score);
            }
            compareEffects(design, dense, score);
        }
    }

    /**
     * {@code S_GΛ}: taken by dividing Λ out it is exact to rounding relative to levels/Λ; taken directly it loses the
     * digits of diag(ΛᵀAΛ).
     */
    private static void compare(Design design, Criterion criterion, int t, double[][] s, Score score) {
        DMatrixRMaj l = new DMatrixRMaj(design.terms().get(t).lambda());
        int q = l.numRows;
        DMatrixRMaj expected = new DMatrixRMaj(q, q);
        CommonOps_DDRM.mult(new DMatrixRMaj(s), l, expected);
        double size = CommonOps_DDRM.elementMaxAbs(l);
        double scale = CommonOps_DDRM.elementMaxAbs(new DMatrixRMaj(s)) * size;
        double tolerance = 1e-9;
        if (score.invertible[t]) {
            scale = Math.max(scale, design.terms().get(t).levels() / size);
        } else {
            double rows = design.y().length;
            double largest = 0;
            for (Design.TermData term : design.terms()) {
                largest = Math.max(largest, CommonOps_DDRM.elementMaxAbs(new DMatrixRMaj(term.lambda())));
            }
            tolerance += 64 * Math.ulp(1.0) * rows * largest * largest;
        }
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double got = score.timesLambda(t).get(i, j);
                assertThat(Math.abs(got - expected.get(i, j)))
                        .as("score of term %d (%d,%d), %s: %s against %s", t, i, j, criterion, got, expected.get(i, j))
                        .isLessThanOrEqualTo(tolerance * scale);
            }
        }
    }

    private static void compareEffects(Design design, DenseSolution dense, Score score) {
        for (int t = 0; t < design.terms().size(); t++) {
            double[][] b = dense.randomEffects(t);
            double[] got = new Effects(score).of(t).values();
            int q = b[0].length;
            double size = 1e-300;
            for (double[] level : b) {
                for (double v : level) {
                    size = Math.max(size, Math.abs(v));
                }
            }
            for (int i = 0; i < b.length; i++) {
                for (int a = 0; a < q; a++) {
                    assertThat(Math.abs(got[i * q + a] - b[i][a]) / size)
                            .as("effect %d of level %d of term %d", a, i, t)
                            .isLessThan(1e-9);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("plain")
    void average_information_equals_its_dense_definition(Design design) {
        for (Criterion criterion : Criterion.values()) {
            Evaluation evaluation = evaluate(design, criterion);
            DMatrixRMaj[] lambda = lambda(design);
            evaluation.value(lambda);
            Score score = new Score(evaluation);
            score.update();
            List<Integer> termOf = new ArrayList<>();
            List<DMatrixRMaj> derivative = new ArrayList<>();
            Random random = new Random(design.seed());
            for (int t = 0; t < lambda.length; t++) {
                for (int k = 0; k < 2; k++) {
                    int q = lambda[t].numRows;
                    DMatrixRMaj d = new DMatrixRMaj(q, q);
                    for (int i = 0; i < q; i++) {
                        for (int j = 0; j <= i; j++) {
                            d.set(i, j, random.nextGaussian());
                            d.set(j, i, d.get(i, j));
                        }
                    }
                    termOf.add(t);
                    derivative.add(d);
                }
            }
            int m = termOf.size();
            DMatrixRMaj got = new DMatrixRMaj(m, m);
            new Information(score, termOf.stream().mapToInt(Integer::intValue).toArray())
                    .average(derivative.toArray(DMatrixRMaj[]::new), got);
            DMatrixRMaj expected = DenseInformation.average(design, criterion, termOf, derivative);
            double scale = CommonOps_DDRM.elementMaxAbs(expected);
            for (int i = 0; i < m * m; i++) {
                assertThat(got.data[i])
                        .as("entry %d, %s", i, criterion)
                        .isCloseTo(expected.data[i], within(1e-9 * scale));
            }
        }
    }

    static Stream<Design> plain() {
        return designs().filter(d -> !d.name().contains("1e+06"));
    }

    @ParameterizedTest
    @EnumSource(RandomDesigns.Arrangement.class)
    void both_roads_agree(RandomDesigns.Arrangement arrangement) {
        Design design = RandomDesigns.draw(arrangement, RandomDesigns.Options.PLAIN, 4, 11);
        Evaluation evaluation = evaluate(design, Criterion.REML);
        double products = evaluation.road(Evaluation.Road.CROSS_PRODUCTS).value(lambda(design));
        assertThat(evaluation.tookSquareRoot()).isFalse();
        double root = evaluation.road(Evaluation.Road.SQUARE_ROOT).value(lambda(design));
        assertThat(evaluation.tookSquareRoot()).isTrue();
        assertThat(products).isCloseTo(root, within(1e-11 * Math.abs(root)));
    }

    @Test
    void frequency_weights_replicate_rows() {
        double[] y = {1, 3, 2, 5, 4, 7};
        double[][] x = {{1, 0}, {1, 1}, {1, 2}, {1, 3}, {1, 4}, {1, 6}};
        int[] g = {0, 0, 1, 1, 2, 2};
        double[][] z = {{1}, {1}, {1}, {1}, {1}, {1}};
        double[] times = {1, 2, 3, 1, 2, 1};
        int[] rows = {0, 1, 1, 2, 2, 2, 3, 4, 4, 5};
        DMatrixRMaj[] lambda = {new DMatrixRMaj(new double[][] {{0.7}})};
        LinearEquations counted = LinearEquations.of(
                InMemoryModel.builder(y, x)
                        .term("g", g, z, new Unstructured())
                        .frequencies(times)
                        .build(),
                FitListener.SILENT);
        LinearEquations written = LinearEquations.of(
                InMemoryModel.builder(
                                IntStream.of(rows).mapToDouble(i -> y[i]).toArray(),
                                IntStream.of(rows).mapToObj(i -> x[i]).toArray(double[][]::new))
                        .term(
                                "g",
                                IntStream.of(rows).map(i -> g[i]).toArray(),
                                IntStream.of(rows).mapToObj(i -> z[i]).toArray(double[][]::new),
                                new Unstructured())
                        .build(),
                FitListener.SILENT);
        for (Criterion criterion : Criterion.values()) {
            double a = new Evaluation(counted, criterion, new SequentialClusters()).value(lambda);
            double b = new Evaluation(written, criterion, new SequentialClusters()).value(lambda);
            assertThat(a).isCloseTo(b, within(1e-12 * Math.abs(b)));
        }
    }
}
