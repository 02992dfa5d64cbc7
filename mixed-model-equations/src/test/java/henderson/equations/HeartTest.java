package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.DenseSolution;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
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
                double[][] s = dense.score(t);
                DMatrixRMaj l = new DMatrixRMaj(design.terms().get(t).lambda());
                int q = l.numRows;
                double scale = 0;
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        scale = Math.max(scale, Math.abs(s[i][j]));
                    }
                }
                double lScale = 0;
                for (double v : l.data) {
                    lScale = Math.max(lScale, Math.abs(v));
                }
                for (int i = 0; i < q; i++) {
                    for (int j = 0; j < q; j++) {
                        double e = 0;
                        for (int k = 0; k < q; k++) {
                            e += s[i][k] * l.get(k, j);
                        }
                        double got = score.timesLambda(t).get(i, j);
                        assertThat(Math.abs(got - e) / (scale * lScale + 1e-300))
                                .as("score of term %d (%d,%d), %s: %s against %s", t, i, j, criterion, got, e)
                                .isLessThan(1e-8);
                    }
                }
            }
        }
    }
}
