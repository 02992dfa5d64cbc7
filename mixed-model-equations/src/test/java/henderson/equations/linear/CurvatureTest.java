package henderson.equations.linear;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
import henderson.equations.SequentialClusters;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exact second derivatives of models of single variances, against differences of the gradient. */
class CurvatureTest {
    /** What differences at two steps are good for, theory (33). */
    private static final double DIFFERENCES = 2e-8;

    private static List<Design> designs() {
        Stream<Design> more = Stream.empty();
        for (RandomDesigns.Arrangement arrangement : RandomDesigns.Arrangement.values()) {
            for (int seed = 0; seed < 12; seed++) {
                more = Stream.concat(
                        more,
                        Stream.of(RandomDesigns.draw(
                                arrangement, new RandomDesigns.Options(seed % 2 == 1, false, 1), 4, 500 + seed)));
            }
        }
        return more.filter(CurvatureTest::exact).toList();
    }

    private static DevianceObjective objective(Design design, Criterion criterion) {
        var model = design.model(new Unstructured()).build();
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        DevianceObjective objective = new DevianceObjective(
                new Parameters(model), new Evaluation(equations, criterion, new SequentialClusters()));
        double[] tau = new double[new Parameters(model).size()];
        boolean[] all = new boolean[tau.length];
        Arrays.fill(all, true);
        for (int k = 0; k < tau.length; k++) {
            tau[k] = 0.6 + 0.2 * k;
        }
        objective.restrict(tau, all);
        double[] units = new double[tau.length];
        Arrays.fill(units, 0.3);
        objective.scale(units);
        objective.at(tau);
        return objective;
    }

    private static boolean exact(Design design) {
        DevianceObjective objective = objective(design, Criterion.ML);
        int m = objective.dimension();
        return objective.closedHessian(new DMatrixRMaj(m, m), new double[m]);
    }

    @Test
    void there_are_designs_of_the_kind_with_one_term_and_with_several() {
        assertThat(designs().stream().map(d -> d.terms().size()).distinct().toList())
                .contains(1, 2);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void exact_second_derivatives_match_differences(Design design) {
        for (Criterion criterion : Criterion.values()) {
            DevianceObjective objective = objective(design, criterion);
            double[] x = objective.inside(objective.point());
            Curvature exact = Curvature.at(objective, x);
            Curvature differences = Curvature.byDifferences(objective, x);
            double largest = 0;
            for (double h : differences.hessian().data) {
                largest = Math.max(largest, Math.abs(h));
            }
            for (int i = 0; i < differences.hessian().data.length; i++) {
                assertThat(exact.hessian().data[i] - differences.hessian().data[i])
                        .as("%s entry %d", criterion, i)
                        .isBetween(-DIFFERENCES * largest, DIFFERENCES * largest);
            }
            for (int k = 0; k < x.length; k++) {
                double size = DIFFERENCES * (1 + Math.abs(differences.logResidual[k]));
                assertThat(exact.logResidual[k] - differences.logResidual[k]).isBetween(-size, size);
                assertThat(exact.gradient()[k]).isEqualTo(differences.gradient()[k]);
            }
        }
    }
}
