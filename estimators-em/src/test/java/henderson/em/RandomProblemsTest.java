package henderson.em;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Optimizer;
import henderson.newton.Newton;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many random fits, about half with the optimum on the boundary: never uphill, certified, where Newton ends. */
class RandomProblemsTest {
    private static final List<CovarianceStructure> KINDS =
            List.of(new Unstructured(), new Independent(), new Exchangeable(), new Identity());

    static LongStream seeds() {
        return LongStream.range(1, 81);
    }

    /**
     * One to three columns, 5 to 30 levels of 2 to 8 rows, standard deviations of effects from nothing to 100 times the
     * noise; every third problem with a second, crossed factor.
     */
    private static InMemoryModel draw(long seed) {
        Random random = new Random(seed);
        int q = 1 + random.nextInt(3);
        int levels = 5 + random.nextInt(26);
        double[] sd = new double[q];
        for (int k = 0; k < q; k++) {
            sd[k] = random.nextInt(3) == 0 ? 0 : Math.pow(10, 3 * random.nextDouble() - 1);
        }
        boolean dependent = q > 1 && random.nextInt(4) == 0;
        double across = seed % 3 == 0 ? random.nextInt(2) : -1;
        double[] other = random.doubles(6, -1.7, 1.7).toArray();
        int[] sizes = random.ints(levels, 2, 9).toArray();
        int n = Arrays.stream(sizes).sum();
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        double[][] one = new double[n][];
        int[] level = new int[n];
        int[] crossed = new int[n];
        int row = 0;
        for (int g = 0; g < levels; g++) {
            double[] b = new double[q];
            for (int k = 0; k < q; k++) {
                b[k] = dependent && k > 0 ? sd[k] * b[0] : sd[k] * random.nextGaussian();
            }
            for (int i = 0; i < sizes[g]; i++, row++) {
                level[row] = g;
                crossed[row] = random.nextInt(other.length);
                x[row] = new double[] {1, random.nextGaussian()};
                z[row] = new double[q];
                one[row] = new double[] {1};
                y[row] = 2 + x[row][1] + random.nextGaussian() + Math.max(0, across) * other[crossed[row]];
                for (int k = 0; k < q; k++) {
                    z[row][k] = k == 0 ? 1 : k == 1 ? x[row][1] : 10 * random.nextGaussian();
                    y[row] += z[row][k] * b[k] / (k == 2 ? 10 : 1);
                }
            }
        }
        InMemoryModel.Builder builder =
                InMemoryModel.builder(y, x).term("g", level, z, KINDS.get(random.nextInt(q == 1 ? 2 : 4)));
        return (across < 0 ? builder : builder.term("h", crossed, one, new Identity())).build();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_variant_goes_downhill_only_and_ends_certified_where_newton_does(long seed) {
        InMemoryModel model = draw(seed);
        for (Criterion criterion : Criterion.values()) {
            FitOptions options = FitOptions.DEFAULT.withCriterion(criterion);
            Fit newton = new Newton().fit(model, options, Context.plain());
            for (Estimator variant : List.of(
                    ExpectationMaximization.em(), ExpectationMaximization.ecme(), ExpectationMaximization.pxEm())) {
                List<Double> values = new ArrayList<>();
                Fit fit = variant.fit(model, options, Context.with(new FitListener() {
                    @Override
                    public void step(Optimizer.Step step) {
                        values.add(step.value());
                    }
                }));
                String shown = variant.name() + " " + criterion + " " + fit.convergence() + " " + fit.certificate()
                        + " " + fit.history();
                assertThat(fit.convergence().certified()).as(shown).isTrue();
                for (int i = 1; i < values.size(); i++) {
                    // rounding, and what a snap may cost
                    assertThat(values.get(i))
                            .as(shown)
                            .isLessThan(values.get(i - 1) + 2e-9 + 1e-12 * Math.abs(values.get(i)));
                }
                assertThat(fit.deviance()).as(shown).isLessThan(newton.deviance() + 1e-7);
                if (newton.deviance() < fit.deviance() + 1e-7) {
                    sameOptimum(fit, newton, shown);
                }
            }
        }
    }

    private static void sameOptimum(Fit fit, Fit newton, String shown) {
        assertThat(fit.convergence().status())
                .as(shown)
                .isEqualTo(newton.convergence().status());
        for (int k = 0; k < fit.parameters().size(); k++) {
            double a = fit.parameters().get(k).estimate();
            double b = newton.parameters().get(k).estimate();
            double se = Math.sqrt(newton.parameterCovariance().get(k, k));
            double unit = Double.isNaN(se) ? newton.sigma2() : se;
            assertThat(Math.abs(a - b))
                    .as("%s %s", newton.parameters().get(k).name(), shown)
                    .isLessThan(1e-5 * unit);
        }
    }
}
