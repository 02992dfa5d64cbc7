package henderson.em;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Moments;
import henderson.newton.Newton;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The M-step without a closed form. */
class NumericMaximizerTest {
    private static final int Q = 3;
    private static final int[] AT = {0, 1, 2};
    private static final double COUNT = 12;

    static Stream<CovarianceStructure> kinds() {
        return Stream.of(new Identity(), new Independent(), new Exchangeable(), new Unstructured());
    }

    static Stream<CovarianceStructure> open() {
        return Stream.of(
                Open.of(new Independent()),
                Open.of(new Exchangeable()),
                Open.of(new Unstructured()),
                Open.autoregressive());
    }

    private static BoundStructure bind(CovarianceStructure kind) {
        Random random = new Random(1);
        return model(random, kind, 1).random().get(0).structure();
    }

    private static InMemoryModel model(Random random, CovarianceStructure kind, double size) {
        int levels = 30;
        int rows = 8;
        double[] y = new double[levels * rows];
        double[][] x = new double[y.length][];
        double[][] z = new double[y.length][];
        int[] level = new int[y.length];
        for (int g = 0; g < levels; g++) {
            double common = random.nextGaussian();
            double[] b = random.doubles(Q)
                    .map(u -> size * (random.nextGaussian() + common))
                    .toArray();
            for (int i = 0; i < rows; i++) {
                int row = g * rows + i;
                level[row] = g;
                x[row] = new double[] {1, random.nextGaussian()};
                z[row] = random.doubles(Q).map(u -> random.nextGaussian()).toArray();
                y[row] = 1 + x[row][1] + random.nextGaussian();
                for (int k = 0; k < Q; k++) {
                    y[row] += z[row][k] * b[k];
                }
            }
        }
        return InMemoryModel.builder(y, x).term("g", level, z, kind).build();
    }

    private static DMatrixRMaj moments(Random random) {
        DMatrixRMaj draws = new DMatrixRMaj(Q, (int) COUNT);
        for (int i = 0; i < draws.getNumElements(); i++) {
            draws.data[i] = random.nextGaussian();
        }
        DMatrixRMaj out = new DMatrixRMaj(Q, Q);
        CommonOps_DDRM.multTransB(draws, draws, out);
        return out;
    }

    private static DMatrixRMaj factor(BoundStructure structure, double[] tau) {
        DMatrixRMaj out = new DMatrixRMaj(Q, Q);
        structure.factor(tau, AT, out);
        return out;
    }

    private static DMatrixRMaj matrix(BoundStructure structure, double[] tau) {
        return structure.matrix(tau, AT, new DMatrixRMaj(Q, Q));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void inside_it_finds_the_closed_form(CovarianceStructure kind) {
        BoundStructure structure = bind(kind);
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            double[] tau =
                    random.doubles(structure.coordinates().size(), 0.3, 2).toArray();
            boolean[] free = new boolean[tau.length];
            Arrays.fill(free, true);
            DMatrixRMaj lambda = factor(structure, tau);
            DMatrixRMaj w = moments(random);
            double[] best = tau.clone();
            DMatrixRMaj sum = NumericMaximizer.congruence(lambda, w);
            assertThat(structure.maximize(List.of(new Moments(AT, COUNT, sum)), best))
                    .isTrue();
            double[] found = NumericMaximizer.maximize(structure, AT, tau, free, lambda, w, COUNT);
            DMatrixRMaj expected = matrix(structure, best);
            // a decrement of 1e-18 is a relative error of 1e-9
            assertThat(matrix(structure, found).data)
                    .containsExactly(expected.data, within(1e-7 * CommonOps_DDRM.elementMaxAbs(expected)));
        }
    }

    @Test
    void on_the_boundary_the_range_stays_and_the_moments_on_it_are_met() {
        BoundStructure structure = bind(new Unstructured());
        double[] tau = {1.1, 0.4, 0.9, -0.3, 0.6, 0}; // rank 2
        boolean[] free = structure.free(tau);
        DMatrixRMaj lambda = factor(structure, tau);
        DMatrixRMaj w = moments(new Random(3));
        double[] found = NumericMaximizer.maximize(structure, AT, tau, free, lambda, w, COUNT);
        DMatrixRMaj range = CommonOps_DDRM.extract(lambda, 0, Q, 0, 2);
        DMatrixRMaj inside = CommonOps_DDRM.extract(w, 0, 2, 0, 2);
        CommonOps_DDRM.scale(1 / COUNT, inside);
        DMatrixRMaj expected = NumericMaximizer.congruence(range, inside);
        assertThat(found[5]).isZero();
        // the range is held by a weight of 1e6 beside curvatures of one
        assertThat(matrix(structure, found).data).containsExactly(expected.data, within(1e-5));
    }

    @ParameterizedTest
    @MethodSource("open")
    void structures_without_a_closed_form_end_where_newton_does(CovarianceStructure kind) {
        // without its rules at the boundary an unstructured matrix of small variances has no finite way there
        boolean inside = kind.name().equals("open-unstructured");
        for (double size : new double[] {inside ? 0.5 : 0.05, 1, 20}) {
            InMemoryModel model = model(new Random(8), kind, size);
            for (Criterion criterion : Criterion.values()) {
                FitOptions options = FitOptions.DEFAULT.withCriterion(criterion);
                Fit newton = new Newton().fit(model, options, Context.plain());
                for (ExpectationMaximization variant : List.of(
                        ExpectationMaximization.em(), ExpectationMaximization.ecme(), ExpectationMaximization.pxEm())) {
                    Fit fit = variant.fit(model, options, Context.plain());
                    String shown = kind.name() + " " + size + " " + variant.name() + " " + criterion + " "
                            + fit.convergence() + " " + newton.convergence() + fit.certificate() + fit.history();
                    assertThat(fit.convergence().certified()).as(shown).isTrue();
                    assertThat(fit.deviance()).as(shown).isCloseTo(newton.deviance(), within(1e-7));
                }
            }
        }
    }
}
