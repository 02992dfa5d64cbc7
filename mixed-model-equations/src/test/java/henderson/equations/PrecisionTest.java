package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.LevelPrecision;
import henderson.api.Model;
import henderson.api.Term;
import henderson.structures.Unstructured;
import henderson.testkit.DenseLikelihood;
import henderson.testkit.DenseSolution;
import henderson.testkit.InMemoryModel;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Levels correlated by a known matrix, through their sparse precision: value and score against the dense likelihood. */
class PrecisionTest {
    private static final int LEVELS = 7;

    /** A chain: K⁻¹ tridiagonal, so that K is full. The last level has no rows. */
    private static double[][] precision() {
        double[][] out = new double[LEVELS][LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            out[i][i] = 1.5 + 0.1 * i;
            if (i > 0) {
                out[i][i - 1] = -0.6;
                out[i - 1][i] = -0.6;
            }
        }
        return out;
    }

    private static LevelPrecision sparse(double[][] inverse) {
        List<int[]> places = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            for (int j = 0; j <= i; j++) {
                if (inverse[i][j] != 0) {
                    places.add(new int[] {i, j});
                }
            }
        }
        return new LevelPrecision(
                places.stream().mapToInt(p -> p[0]).toArray(),
                places.stream().mapToInt(p -> p[1]).toArray(),
                places.stream().mapToDouble(p -> inverse[p[0]][p[1]]).toArray(),
                Math.log(CommonOps_DDRM.det(new DMatrixRMaj(inverse))));
    }

    /** The model with a precision in its first term. */
    private static Model with(Model model, LevelPrecision precision) {
        Term first = model.random().get(0);
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            levels.add("a" + i);
        }
        List<Term> terms = new ArrayList<>(model.random());
        terms.set(
                0,
                new Term(
                        first.group(),
                        levels,
                        first.columns(),
                        first.structureName(),
                        first.call(),
                        first.structure(),
                        precision));
        return (Model) Proxy.newProxyInstance(
                Model.class.getClassLoader(),
                new Class<?>[] {Model.class},
                (proxy, method, arguments) ->
                        method.getName().equals("random") ? terms : method.invoke(model, arguments));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0})
    void value_and_score_equal_the_dense_ones(double last) {
        Random random = new Random(4);
        int n = 30;
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        double[][] ones = new double[n][];
        int[] animal = new int[n];
        int[] herd = new int[n];
        for (int i = 0; i < n; i++) {
            x[i] = new double[] {1, random.nextGaussian()};
            z[i] = new double[] {1, random.nextGaussian()};
            ones[i] = new double[] {1};
            animal[i] = random.nextInt(LEVELS - 1);
            herd[i] = random.nextInt(4);
            y[i] = random.nextGaussian() + animal[i];
        }
        double[][] inverse = precision();
        DMatrixRMaj k = new DMatrixRMaj(inverse);
        CommonOps_DDRM.invert(k);
        double[][] known = new double[LEVELS][LEVELS];
        for (int i = 0; i < LEVELS; i++) {
            for (int j = 0; j < LEVELS; j++) {
                known[i][j] = k.get(i, j);
            }
        }
        double[][] lambda = {{0.9, 0}, {0.4, last}};
        double[][] herds = {{0.7}};
        Model model = with(
                InMemoryModel.builder(y, x)
                        .term("animal", animal, z, new Unstructured())
                        .term("herd", herd, ones, new Unstructured())
                        .build(),
                sparse(inverse));
        for (Criterion criterion : Criterion.values()) {
            DenseSolution dense = new DenseLikelihood(y, x)
                    .term(animal, LEVELS, z, lambda, known)
                    .term(herd, 4, ones, herds)
                    .profiled(criterion);
            LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
            Evaluation evaluation = new Evaluation(equations, criterion, new SequentialClusters());
            double d = evaluation.value(new DMatrixRMaj[] {new DMatrixRMaj(lambda), new DMatrixRMaj(herds)});
            assertThat(d).as("%s", criterion).isCloseTo(dense.objective(), within(1e-10 * Math.abs(dense.objective())));
            Score score = new Score(evaluation);
            score.update();
            for (int t = 0; t < 2; t++) {
                DMatrixRMaj l = new DMatrixRMaj(t == 0 ? lambda : herds);
                DMatrixRMaj expected = new DMatrixRMaj(l.numRows, l.numRows);
                CommonOps_DDRM.mult(new DMatrixRMaj(dense.score(t)), l, expected);
                double scale = Math.max(1, CommonOps_DDRM.elementMaxAbs(new DMatrixRMaj(dense.score(t))));
                for (int i = 0; i < expected.getNumElements(); i++) {
                    assertThat(score.timesLambda(t).data[i])
                            .as("score %d of term %d, %s", i, t, criterion)
                            .isCloseTo(expected.data[i], within(1e-10 * scale));
                }
            }
            information(criterion, score, y, x, animal, z, lambda, known, herd, ones, herds);
            double[][] b = dense.randomEffects(0);
            double[] got = new Effects(score).of(0).values();
            for (int i = 0; i < LEVELS; i++) {
                assertThat(got[2 * i]).as("effect of level %d", i).isCloseTo(b[i][0], within(1e-10));
            }
        }
    }

    /** Average information from V itself, with K among the levels. */
    private static void information(
            Criterion criterion,
            Score score,
            double[] y,
            double[][] x,
            int[] animal,
            double[][] z,
            double[][] lambda,
            double[][] known,
            int[] herd,
            double[][] ones,
            double[][] herds) {
        double[][] identity = new double[4][4];
        for (int i = 0; i < 4; i++) {
            identity[i][i] = 1;
        }
        DMatrixRMaj first = new DMatrixRMaj(new double[][] {{1, 0.4}, {0.4, -0.6}});
        DMatrixRMaj second = new DMatrixRMaj(new double[][] {{1.5}});
        DMatrixRMaj got = new DMatrixRMaj(2, 2);
        new Information(score, new int[] {0, 1}).average(new DMatrixRMaj[] {first, second}, got);
        DMatrixRMaj v = CommonOps_DDRM.identity(y.length);
        CommonOps_DDRM.addEquals(v, spread(animal, z, square(lambda), known));
        CommonOps_DDRM.addEquals(v, spread(herd, ones, square(herds), identity));
        DMatrixRMaj expected = DenseInformation.average(v, x, y, criterion, new DMatrixRMaj[] {
            spread(animal, z, first, known), spread(herd, ones, second, identity)
        });
        for (int i = 0; i < 4; i++) {
            assertThat(got.data[i])
                    .as("information %d, %s", i, criterion)
                    .isCloseTo(expected.data[i], within(1e-10 * CommonOps_DDRM.elementMaxAbs(expected)));
        }
    }

    private static DMatrixRMaj square(double[][] lambda) {
        DMatrixRMaj l = new DMatrixRMaj(lambda);
        DMatrixRMaj out = new DMatrixRMaj(l.numRows, l.numRows);
        CommonOps_DDRM.multTransB(l, l, out);
        return out;
    }

    /** {@code Z(K ⊗ g)Zᵀ}. */
    private static DMatrixRMaj spread(int[] level, double[][] z, DMatrixRMaj g, double[][] k) {
        int n = level.length;
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int a = 0; a < g.numRows; a++) {
                    for (int b = 0; b < g.numRows; b++) {
                        sum += z[i][a] * g.get(a, b) * z[j][b];
                    }
                }
                out.set(i, j, k[level[i]][level[j]] * sum);
            }
        }
        return out;
    }
}
