package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.DenseLikelihood;
import henderson.testkit.DenseSolution;
import henderson.testkit.InMemoryModel;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Predictors that nearly repeat one another keep the digits of objective and score. */
class NearCollinearTest {
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-8})
    void objective_and_score_equal_the_dense_ones(double epsilon) {
        Random random = new Random(8);
        int n = 45;
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        int[] g = new int[n];
        for (int i = 0; i < n; i++) {
            double first = random.nextGaussian();
            x[i] = new double[] {1, first, first + epsilon * random.nextGaussian()};
            z[i] = new double[] {1};
            g[i] = i / 5;
            y[i] = first + random.nextGaussian();
        }
        for (Criterion criterion : Criterion.values()) {
            DenseSolution dense = new DenseLikelihood(y, x)
                    .term(g, 9, z, new double[][] {{0.6}})
                    .profiled(criterion);
            LinearEquations equations = LinearEquations.of(
                    InMemoryModel.builder(y, x)
                            .term("g", g, z, new Unstructured())
                            .build(),
                    FitListener.SILENT);
            Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters());
            double d = evaluation.value(new DMatrixRMaj[] {new DMatrixRMaj(new double[][] {{0.6}})});
            // a backward error of rounding turns the small direction by rounding over ε
            assertThat(Math.abs(d / dense.objective() - 1))
                    .as("objective, %s", criterion)
                    .isLessThan(Math.max(1e-12, 1e-16 / epsilon));
            Score score = new Score(evaluation);
            score.update();
            // rotations lose the digits of ε once, not twice
            double expected = 0.6 * dense.score(0)[0][0];
            assertThat(Math.abs(score.timesLambda(0).get(0, 0) - expected))
                    .as("score, %s", criterion)
                    .isLessThan(1e-13 / epsilon * (1 + Math.abs(expected)));
        }
    }
}
