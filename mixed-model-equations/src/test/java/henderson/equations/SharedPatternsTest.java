package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Term;
import henderson.equations.ResidualKindsTest.Bound;
import henderson.equations.ResidualKindsTest.Levels;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.Parameters;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The road by patterns of groups beside the one by rows, for every structure. */
class SharedPatternsTest {
    private static final int[][] KEPT = {{0, 1, 2, 3, 4, 5}, {0, 1, 3, 4}, {1, 2, 5}, {4}};
    private static final int SUBJECTS = 70;

    static Stream<Bound> kinds() {
        return ResidualKindsTest.kinds();
    }

    /** Subjects with one of four patterns of visits; effects at equal times are the same in all of them. */
    private static InMemoryModel model(Bound bound, boolean effects, Random random) {
        List<double[]> x = new ArrayList<>();
        List<double[]> slope = new ArrayList<>();
        List<double[]> ones = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        List<Double> weight = new ArrayList<>();
        List<Integer> subject = new ArrayList<>();
        List<Integer> phase = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int t = ResidualKindsTest.TIMES.length - 1; t >= 0; t--) { // groups are not together, positions descend
            for (int s = 0; s < SUBJECTS; s++) {
                int visit = t;
                if (Arrays.stream(KEPT[s % 7 % 4]).noneMatch(k -> k == visit)) {
                    continue;
                }
                for (int level = 0; level < (bound.levels() == Levels.BOTH ? 2 : 1); level++) {
                    int own = bound.levels() == Levels.BOTH ? level : s % 2;
                    x.add(new double[] {1, random.nextGaussian(), t});
                    slope.add(new double[] {1, t});
                    ones.add(new double[] {1});
                    y.add(2 * random.nextGaussian() + t + s % 5);
                    weight.add(1 + 0.25 * t);
                    subject.add(s);
                    phase.add(2 * s + t / 3);
                    at.add(bound.pairs() ? 2 * t + own : t);
                }
            }
        }
        int positions = bound.pairs() ? 2 * ResidualKindsTest.TIMES.length : ResidualKindsTest.TIMES.length;
        InMemoryModel.Builder out = InMemoryModel.builder(doubles(y), x.toArray(double[][]::new))
                .weights(doubles(weight))
                .batchSize(17);
        if (effects) {
            out.term("subject", ints(subject), slope.toArray(double[][]::new), new Unstructured());
            out.term("phase", ints(phase), ones.toArray(double[][]::new), new Unstructured());
        }
        return out.residual(
                        "subject",
                        ints(subject),
                        ints(at),
                        IntStream.range(0, positions)
                                .mapToObj(Integer::toString)
                                .toList(),
                        "tested",
                        bound.structure())
                .build();
    }

    private static int[] ints(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** A model, a point of it and the two objectives there. */
    private static final class Case {
        final LinearEquations equations;
        final Parameters parameters;
        final double[] point;
        final DevianceObjective byRows;
        final DevianceObjective byPatterns;

        Case(Bound bound, boolean effects, Criterion criterion, Random random) {
            InMemoryModel model = model(bound, effects, random);
            equations = LinearEquations.of(model, FitListener.SILENT);
            assertThat(Objects.requireNonNull(equations.residualRows).shared()).isNotNull();
            parameters = new Parameters(model);
            double[] rho = ResidualKindsTest.admissible(bound.structure(), equations, random);
            double[] tau = new double[parameters.size()];
            double[] own = {0.4, -0.1, 0.2, 0.3};
            System.arraycopy(own, 0, tau, 0, effects ? own.length : 0);
            point = parameters.withResidual(tau, rho);
            byRows = objective(model, criterion);
            byPatterns = objective(model, criterion);
            byPatterns.preferPatterns();
        }

        private DevianceObjective objective(InMemoryModel model, Criterion criterion) {
            LinearEquations own = LinearEquations.of(model, FitListener.SILENT);
            DevianceObjective out =
                    new DevianceObjective(parameters, new Evaluation(own, criterion, new SequentialClusters()));
            boolean[] all = new boolean[point.length];
            Arrays.fill(all, true);
            out.restrict(point, all);
            return out;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void value_gradient_and_scores_equal_those_by_rows(Bound bound) {
        Random random = new Random(bound.name().hashCode());
        for (Criterion criterion : Criterion.values()) {
            for (boolean effects : new boolean[] {false, true}) {
                Case c = new Case(bound, effects, criterion, random);
                String what = bound + ", " + criterion + (effects ? ", effects" : "");
                double expected = c.byRows.at(c.point);
                assertThat(c.byPatterns.at(c.point)).as(what).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
                double[] g = new double[c.point.length];
                double[] wanted = new double[c.point.length];
                assertThat(c.byRows.gradient(wanted)).isTrue();
                assertThat(c.byPatterns.gradient(g)).isTrue();
                double size = Arrays.stream(wanted).map(Math::abs).max().orElse(1);
                for (int k = 0; k < g.length; k++) {
                    assertThat(g[k]).as("%s, coordinate %d", what, k).isCloseTo(wanted[k], within(1e-10 * (1 + size)));
                }
                DMatrixRMaj[] scores = c.byRows.scores();
                DMatrixRMaj[] own = c.byPatterns.scores();
                for (int t = 0; t < scores.length; t++) {
                    for (int i = 0; i < scores[t].getNumElements(); i++) {
                        assertThat(own[t].data[i]).isCloseTo(scores[t].data[i], within(1e-9 * (1 + size)));
                    }
                }
                // and back: the evaluation by rows is brought to the same point
                assertThat(c.byPatterns.evaluation().deviance()).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_exact_hessian_equals_differences_of_the_gradient(Bound bound) {
        Random random = new Random(bound.name().hashCode() + 1);
        for (Criterion criterion : Criterion.values()) {
            for (boolean effects : new boolean[] {false, true}) {
                Case c = new Case(bound, effects, criterion, random);
                int m = c.point.length;
                DMatrixRMaj exact = new DMatrixRMaj(m, m);
                c.byPatterns.value(c.point);
                assertThat(c.byPatterns.hessian(exact)).isTrue();
                double size = 1;
                double[][] differences = new double[m][];
                for (int k = 0; k < m; k++) {
                    differences[k] = differences(c.byPatterns, c.point, k);
                    size = Math.max(
                            size,
                            Arrays.stream(differences[k]).map(Math::abs).max().orElse(0));
                }
                for (int j = 0; j < m; j++) {
                    for (int k = 0; k < m; k++) {
                        assertThat(exact.get(j, k))
                                .as("%s, %s, effects %s: (%d, %d)", bound, criterion, effects, j, k)
                                .isCloseTo(differences[k][j], within(1e-7 * size));
                    }
                }
            }
        }
    }

    private static double[] differences(DevianceObjective objective, double[] point, int k) {
        double[] weights = {45.0 / 60, -9.0 / 60, 1.0 / 60};
        double[] out = new double[point.length];
        double[] up = new double[point.length];
        double[] down = new double[point.length];
        double h = 0x1p-9;
        for (int s = 1; s <= 3; s++) {
            double[] moved = point.clone();
            moved[k] += s * h;
            objective.value(moved);
            objective.gradient(up);
            moved[k] = point[k] - s * h;
            objective.value(moved);
            objective.gradient(down);
            for (int j = 0; j < out.length; j++) {
                out[j] += weights[s - 1] * (up[j] - down[j]) / h;
            }
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void condensed_sums_equal_those_of_whitened_rows(Bound bound) {
        Random random = new Random(bound.name().hashCode() + 2);
        Case c = new Case(bound, true, Criterion.ML, random);
        double[] rho = c.parameters.residualOf(c.point);
        assertThat(c.equations.whiten(rho)).isTrue();
        Term residual = Objects.requireNonNull(c.equations.model().residual());
        Condensed rows = new Condensed(c.equations.factor, false);
        double log = new ResidualRows(c.equations.model(), residual, c.equations.layout, c.equations.border, false)
                .whiten(rho, new SequentialClusters(), rows);
        assertThat(c.equations.logResidual).isCloseTo(log, within(1e-12 * (1 + Math.abs(log))));
        same(c.equations.condensed.c, rows.c);
        same(c.equations.condensed.b, rows.b);
        same(c.equations.condensed.diagonal, rows.diagonal);
        same(c.equations.condensed.edge, rows.edge);
    }

    private static void same(double[] a, double[] b) {
        double size = Arrays.stream(b).map(Math::abs).max().orElse(0);
        for (int i = 0; i < b.length; i++) {
            assertThat(a[i]).isCloseTo(b[i], within(1e-12 * size));
        }
    }

    /** The sum of products of probes tends to the exact one; a null direction of the one is one of the other. */
    @ParameterizedTest
    @MethodSource("kinds")
    void inner_products_of_derivatives_are_those_that_probes_estimate(Bound bound) {
        Random random = new Random(bound.name().hashCode() + 3);
        Case c = new Case(bound, true, Criterion.ML, random);
        double[] rho = c.parameters.residualOf(c.point);
        assertThat(c.equations.whiten(rho)).isTrue();
        DMatrixRMaj intercept = new DMatrixRMaj(new double[][] {{1, 0}, {0, 0}});
        DMatrixRMaj slope = new DMatrixRMaj(new double[][] {{0.1, 0.3}, {0.3, 1}});
        DMatrixRMaj phase = new DMatrixRMaj(new double[][] {{1}});
        DMatrixRMaj[] derivative = {intercept, slope, phase};
        int[] termOf = {0, 0, 1};
        int[] residualAt = c.parameters.residualAt();
        DMatrixRMaj exact = Identifiability.gram(c.equations, termOf, derivative, residualAt);
        int size = exact.numRows;
        double[] probed = new ProbedIdentifiability(c.equations, termOf, derivative, residualAt).gram();
        for (int j = 0; j < size; j++) {
            for (int k = 0; k < size; k++) {
                double root = Math.sqrt(probed[j * size + j] * probed[k * size + k]);
                // four probes of some 300 numbers
                assertThat(exact.get(j, k)).isCloseTo(root > 0 ? probed[j * size + k] / root : 0, within(0.25));
            }
        }
    }

    private static Bound ar() {
        return kinds().filter(b -> b.name().equals("ar(1)")).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void near_singular_covariances_are_left_to_the_rows(Criterion criterion) {
        Case c = new Case(ar(), true, criterion, new Random(9));
        double[] far = c.point.clone();
        far[0] = 3e3; // a variance ten million times that of the residuals
        double expected = c.byRows.at(far);
        assertThat(c.byPatterns.at(far)).isEqualTo(expected);
    }

    @Test
    void effects_that_groups_share_are_left_to_the_rows() {
        Random random = new Random(3);
        int n = 40;
        double[] y = random.doubles(n).toArray();
        double[][] ones = new double[n][];
        int[] group = new int[n];
        int[] clinic = new int[n];
        int[] at = new int[n];
        for (int i = 0; i < n; i++) {
            ones[i] = new double[] {1};
            group[i] = i / 4;
            clinic[i] = i / 8;
            at[i] = i % 4;
        }
        InMemoryModel model = InMemoryModel.builder(y, ones)
                .term("clinic", clinic, ones, new Unstructured())
                .residual("g", group, at, List.of("1", "2", "3", "4", "5", "6"), "ar", ar().structure())
                .build();
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        assertThat(Objects.requireNonNull(equations.residualRows).shared()).isNull();
    }
}
