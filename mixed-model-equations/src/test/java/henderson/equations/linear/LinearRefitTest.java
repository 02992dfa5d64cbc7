package henderson.equations.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.equations.CollapsedGroups;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
import henderson.equations.SequentialClusters;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The collapsed objective against the ordinary one: value, gradient, Hessian, score and estimates. */
class LinearRefitTest {
    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        for (Arrangement arrangement : List.of(
                Arrangement.ONE_BALANCED,
                Arrangement.ONE_UNBALANCED,
                Arrangement.SEVERAL_COLUMNS,
                Arrangement.TWO_BLOCKS)) {
            for (boolean weights : new boolean[] {false, true}) {
                for (Criterion criterion : Criterion.values()) {
                    for (int size = 2; size < 5; size++) {
                        Options options = new Options(weights, false, 1);
                        out.add(Arguments.of(RandomDesigns.draw(arrangement, options, size, 100 + size), criterion));
                    }
                }
            }
        }
        return out.stream();
    }

    private static double[] near(Design design, Parameters parameters, Random random) {
        double[] tau = new double[parameters.size()];
        int next = 0;
        for (Design.TermData t : design.terms()) {
            for (double l : t.lowerByRows()) {
                tau[next++] = l + 0.1 * random.nextGaussian();
            }
        }
        return tau;
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("cases")
    void collapsed_groups_have_the_objective_of_all_groups(Design design, Criterion criterion) {
        LinearEquations equations =
                LinearEquations.of(design.model(new Unstructured()).build(), FitListener.SILENT);
        Parameters parameters = new Parameters(equations.model());
        DevianceObjective ordinary =
                new DevianceObjective(parameters, new Evaluation(equations, criterion, new SequentialClusters()));
        CollapsedGroups groups = CollapsedGroups.of(equations, criterion);
        assertThat(groups).isNotNull();
        CollapsedObjective collapsed = new CollapsedObjective(parameters, ordinary.profile(), groups);
        collapsed.scale(ordinary);
        int m = parameters.size();
        boolean[] all = new boolean[m];
        java.util.Arrays.fill(all, true);
        Random random = new Random(design.seed());
        for (int point = 0; point < 3; point++) {
            double[] tau = near(design, parameters, random);
            ordinary.restrict(tau, all);
            collapsed.restrict(tau, all);
            double expected = ordinary.value(tau);
            assertThat(collapsed.value(tau)).isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
            assertThat(collapsed.sigma2())
                    .isCloseTo(
                            ordinary.evaluation().sigma2(),
                            within(1e-12 * ordinary.evaluation().sigma2()));
            assertThat(collapsed.fixedEffects())
                    .containsExactly(ordinary.evaluation().beta(), within(1e-10));
            double[] g = new double[m];
            double[] own = new double[m];
            ordinary.gradient(g);
            collapsed.gradient(own);
            DMatrixRMaj h = new DMatrixRMaj(m, m);
            collapsed.hessian(h);
            DMatrixRMaj[] scores = collapsed.scores();
            double scale = 1;
            for (double v : h.data) {
                scale = Math.max(scale, Math.abs(v));
            }
            assertThat(own).containsExactly(g, within(1e-11 * scale));
            DMatrixRMaj[] wanted = ordinary.scores();
            for (int t = 0; t < scores.length; t++) {
                double size = 1;
                for (double v : wanted[t].data) {
                    size = Math.max(size, Math.abs(v));
                }
                assertThat(scores[t].data).containsExactly(wanted[t].data, within(1e-8 * size));
            }
            DMatrixRMaj differences = Curvature.at(ordinary, tau).hessian();
            assertThat(h.data).containsExactly(differences.data, within(1e-7 * scale));
        }
    }
}
