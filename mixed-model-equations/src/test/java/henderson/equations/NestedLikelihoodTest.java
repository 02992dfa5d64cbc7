package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Model;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.InMemoryModel;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The likelihood of nested models against the general one, whose numbers the dense likelihood has judged. */
class NestedLikelihoodTest {
    private static final List<Arrangement> NESTED = List.of(
            Arrangement.ONE_BALANCED,
            Arrangement.ONE_UNBALANCED,
            Arrangement.SEVERAL_COLUMNS,
            Arrangement.NESTED_TWO,
            Arrangement.TWO_BLOCKS);

    static Stream<Design> designs() {
        List<Design> out = new ArrayList<>();
        for (int size = 1; size <= 4; size++) {
            for (Arrangement arrangement : NESTED) {
                for (Options o : List.of(Options.PLAIN, new Options(false, true, 1), new Options(false, false, 5))) {
                    out.add(RandomDesigns.draw(arrangement, o, size, 31_000 + out.size()));
                }
            }
        }
        return out.stream();
    }

    private static DMatrixRMaj[] lambda(Design design) {
        return design.terms().stream().map(t -> new DMatrixRMaj(t.lambda())).toArray(DMatrixRMaj[]::new);
    }

    private static NestedLikelihood nested(Model model, Criterion criterion) {
        return Objects.requireNonNull(
                NestedLikelihood.of(new ByColumns(model), criterion, new SequentialClusters()), "a nested model");
    }

    private static Evaluation general(Model model, Criterion criterion) {
        return new Evaluation(
                        LinearEquations.of(model, FitListener.SILENT), criterion, new SequentialClusters())
                .road(Evaluation.Road.CROSS_PRODUCTS);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void value_and_estimates_equal_those_of_the_general_road(Design design) {
        for (Criterion criterion : Criterion.values()) {
            Model model = design.model(new Unstructured()).build();
            NestedLikelihood nested = nested(model, criterion);
            Evaluation general = general(model, criterion);
            double d = general.value(lambda(design));
            assertThat(nested.takes(lambda(design))).isTrue();
            assertThat(nested.value(lambda(design))).isCloseTo(d, within(1e-12 * Math.max(1, Math.abs(d))));
            assertThat(nested.probe(lambda(design))).isEqualTo(nested.value(lambda(design)));
            assertThat(nested.sigma2() / general.sigma2()).isCloseTo(1, within(1e-11));
            double[] beta = nested.beta();
            for (int j = 0; j < beta.length; j++) {
                double se = Math.sqrt(general.betaCovariance().get(j, j));
                assertThat(beta[j]).isCloseTo(general.beta()[j], within(1e-11 * se));
            }
            same(nested.betaCovariance(), general.betaCovariance(), 1e-10);
            Evaluation.Linear linear = nested.linear();
            assertThat(linear.deviance()).isCloseTo(general.linear().deviance(), within(1e-11 * Math.abs(d)));
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void score_information_and_gram_matrix_equal_those_of_the_general_road(Design design) {
        for (Criterion criterion : Criterion.values()) {
            Model model = design.model(new Unstructured()).build();
            NestedLikelihood nested = nested(model, criterion);
            Evaluation general = general(model, criterion);
            general.value(lambda(design));
            nested.value(lambda(design));
            Score score = new Score(general);
            score.update();
            for (int t = 0; t < design.terms().size(); t++) {
                int q = design.terms().get(t).columns();
                DMatrixRMaj s = new DMatrixRMaj(q, q);
                nested.score(t, s);
                DMatrixRMaj product = new DMatrixRMaj(q, q);
                CommonOps_DDRM.mult(s, lambda(design)[t], product);
                same(product, score.timesLambda(t), 1e-9);
            }
            List<DMatrixRMaj> units = new ArrayList<>();
            int[] termOf = units(design, units);
            DMatrixRMaj[] e = units.toArray(DMatrixRMaj[]::new);
            DMatrixRMaj average = new DMatrixRMaj(e.length, e.length);
            nested.curvature(termOf, e, average, new DMatrixRMaj(e.length, e.length), new double[e.length]);
            DMatrixRMaj expected = new DMatrixRMaj(e.length, e.length);
            new Information(score, termOf).average(e, expected);
            same(average, expected, 1e-9);
            same(nested.gram(termOf, e), Identifiability.gram(general.equations(), termOf, e), 1e-11);
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void hessian_is_the_derivative_of_the_score(Design design) {
        for (Criterion criterion : Criterion.values()) {
            NestedLikelihood nested =
                    nested(design.model(new Unstructured()).build(), criterion);
            if (!nested.hasCurvature()) {
                continue;
            }
            List<DMatrixRMaj> units = new ArrayList<>();
            int[] termOf = units(design, units);
            DMatrixRMaj[] e = units.toArray(DMatrixRMaj[]::new);
            DMatrixRMaj[] covariance = covariances(design);
            DMatrixRMaj hessian = new DMatrixRMaj(e.length, e.length);
            nested.value(factors(covariance));
            nested.curvature(termOf, e, new DMatrixRMaj(e.length, e.length), hessian, new double[e.length]);
            double size = CommonOps_DDRM.elementMaxAbs(hessian);
            for (int k = 0; k < e.length; k++) {
                double step = 1e-3 * covariance[termOf[k]].get(0, 0);
                double[][] g = new double[4][];
                for (int i = 0; i < 4; i++) {
                    double h = step * (i < 2 ? 1 : 0.5) * (i % 2 == 0 ? 1 : -1);
                    DMatrixRMaj before = covariance[termOf[k]].copy();
                    CommonOps_DDRM.addEquals(covariance[termOf[k]], h, e[k]);
                    nested.value(factors(covariance));
                    g[i] = gradient(nested, termOf, e);
                    covariance[termOf[k]] = before;
                }
                for (int j = 0; j < e.length; j++) {
                    double difference =
                            (4 * (g[2][j] - g[3][j]) / step - (g[0][j] - g[1][j]) / (2 * step)) / 3;
                    assertThat(hessian.get(j, k)).as("%d %d", j, k).isCloseTo(difference, within(1e-6 * size));
                }
            }
        }
    }

    private static double[] gradient(NestedLikelihood nested, int[] termOf, DMatrixRMaj[] e) {
        double[] out = new double[e.length];
        for (int k = 0; k < e.length; k++) {
            DMatrixRMaj s = new DMatrixRMaj(e[k].numRows, e[k].numRows);
            nested.score(termOf[k], s);
            out[k] = CommonOps_DDRM.elementSum(CommonOps_DDRM.elementMult(s, e[k], null));
        }
        return out;
    }

    /** ΛΛᵀ with a little on the diagonal. */
    private static DMatrixRMaj[] covariances(Design design) {
        DMatrixRMaj[] out = lambda(design);
        for (int t = 0; t < out.length; t++) {
            DMatrixRMaj g = new DMatrixRMaj(out[t].numRows, out[t].numRows);
            CommonOps_DDRM.multTransB(out[t], out[t], g);
            for (int i = 0; i < g.numRows; i++) {
                g.add(i, i, 0.1);
            }
            out[t] = g;
        }
        return out;
    }

    private static DMatrixRMaj[] factors(DMatrixRMaj[] covariance) {
        DMatrixRMaj[] out = new DMatrixRMaj[covariance.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = covariance[t].copy();
            henderson.api.Semidefinite.cholesky(out[t]);
        }
        return out;
    }

    /** Symmetric matrices of each term with a one, or two. */
    private static int[] units(Design design, List<DMatrixRMaj> out) {
        List<Integer> termOf = new ArrayList<>();
        for (int t = 0; t < design.terms().size(); t++) {
            int q = design.terms().get(t).columns();
            for (int i = 0; i < q; i++) {
                for (int j = 0; j <= i; j++) {
                    DMatrixRMaj e = new DMatrixRMaj(q, q);
                    e.set(i, j, 1);
                    e.set(j, i, 1);
                    out.add(e);
                    termOf.add(t);
                }
            }
        }
        return termOf.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void same(DMatrixRMaj a, DMatrixRMaj b, double tolerance) {
        double size = CommonOps_DDRM.elementMaxAbs(b);
        for (int i = 0; i < b.getNumElements(); i++) {
            assertThat(a.data[i]).isCloseTo(b.data[i], within(tolerance * Math.max(size, 1e-300)));
        }
    }

    /** 20 000 groups of one to three rows in shuffled order, half of them in pairs around which stands another factor. */
    private static Model many(boolean two) {
        Random random = new Random(77);
        int groups = 20_000;
        int n = 2 * groups;
        double[] y = new double[n];
        double[][] x = new double[n][2];
        double[][] z = new double[n][2];
        double[][] ones = new double[n][1];
        int[] inner = new int[n];
        int[] outer = new int[n];
        for (int i = 0; i < n; i++) {
            inner[i] = i < groups ? i : random.nextInt(groups);
            outer[i] = (int) (inner[i] * 7L % (groups / 4));
            x[i][0] = 1;
            x[i][1] = random.nextGaussian();
            z[i][0] = 1;
            z[i][1] = x[i][1];
            ones[i][0] = 1;
            y[i] = random.nextGaussian() + (inner[i] % 5) + x[i][1] * (inner[i] % 3);
        }
        InMemoryModel.Builder out = InMemoryModel.builder(y, x).term("g", inner, z, new Unstructured());
        return two ? out.term("h", outer, ones, new Unstructured()).build() : out.build();
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void many_groups_give_the_same_bits_on_any_number_of_threads(Criterion criterion) {
        for (boolean two : new boolean[] {false, true}) {
            Model model = new ByColumns(many(two));
            DMatrixRMaj slope = new DMatrixRMaj(new double[][] {{0.9, 0}, {0.2, 0.5}});
            DMatrixRMaj one = new DMatrixRMaj(new double[][] {{0.4}});
            DMatrixRMaj[] lambda = two ? new DMatrixRMaj[] {slope, one} : new DMatrixRMaj[] {slope};
            Evaluation general = general(model, criterion);
            double d = general.value(lambda);
            List<Double> first = new ArrayList<>();
            for (int threads = 1; threads <= 3; threads++) {
                try (ThreadedClusters clusters = new ThreadedClusters(threads)) {
                    NestedLikelihood nested = Objects.requireNonNull(NestedLikelihood.of(model, criterion, clusters));
                    List<Double> numbers = new ArrayList<>();
                    numbers.add(nested.value(lambda));
                    assertThat(numbers.get(0)).isCloseTo(d, within(1e-12 * d));
                    for (int t = 0; t < lambda.length; t++) {
                        DMatrixRMaj s = new DMatrixRMaj(lambda[t].numRows, lambda[t].numRows);
                        nested.score(t, s);
                        for (double v : s.data) {
                            numbers.add(v);
                        }
                    }
                    if (threads == 1) {
                        first.addAll(numbers);
                    }
                    assertThat(numbers).isEqualTo(first);
                }
            }
        }
    }

    @Test
    void sample_is_the_likelihood_of_its_groups() {
        NestedLikelihood all = nested(many(false), Criterion.ML);
        NestedSums sample = Objects.requireNonNull(all.sums().sample());
        NestedSums whole = all.sums();
        assertThat(sample.inner().nodes()).isBetween(1000, 1100);
        int stride = whole.inner().nodes() / 1024;
        for (int i = 0; i < sample.inner().nodes(); i++) {
            assertThat(sample.inner().a()[1][i]).isEqualTo(whole.inner().a()[1][i * stride]);
        }
        DMatrixRMaj[] lambda = {new DMatrixRMaj(new double[][] {{0.9, 0}, {0.2, 0.5}})};
        assertThat(Objects.requireNonNull(all.sample()).value(lambda) / sample.n())
                .isCloseTo(all.value(lambda) / whole.n(), within(0.1));
    }

    @Test
    void crossed_factors_are_left_to_the_general_road() {
        for (int size = 2; size <= 4; size++) {
            Design design = RandomDesigns.draw(Arrangement.CROSSED_TWO, Options.PLAIN, size, 5 + size);
            Model model = new ByColumns(design.model(new Unstructured()).build());
            assertThat(NestedLikelihood.of(model, Criterion.ML, new SequentialClusters()))
                    .isNull();
        }
    }
}
