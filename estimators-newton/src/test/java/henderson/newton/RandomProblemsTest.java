package henderson.newton;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.Optimizer;
import henderson.equations.Evaluation;
import henderson.equations.LinearEquations;
import henderson.equations.SequentialClusters;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.Parameters;
import henderson.optimizers.Bfgs;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many random fits, about half with the optimum on the boundary: every one certified, none beaten by descents from elsewhere. */
class RandomProblemsTest {
    private static final List<CovarianceStructure> KINDS =
            List.of(new Unstructured(), new Independent(), new Exchangeable(), new Identity());

    static LongStream seeds() {
        return LongStream.range(1, 161);
    }

    /** One to three columns, 5 to 30 levels of 2 to 8 rows, standard deviations of effects from nothing to 100 times the noise. */
    static InMemoryModel draw(long seed) {
        Random random = new Random(seed);
        int q = 1 + random.nextInt(3);
        int levels = 5 + random.nextInt(26);
        double[] sd = new double[q];
        for (int k = 0; k < q; k++) {
            sd[k] = random.nextInt(3) == 0 ? 0 : Math.pow(10, 3 * random.nextDouble() - 1);
        }
        boolean dependent = q > 1 && random.nextInt(4) == 0;
        int[] sizes = random.ints(levels, 2, 9).toArray();
        int n = java.util.Arrays.stream(sizes).sum();
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        int[] level = new int[n];
        int row = 0;
        for (int g = 0; g < levels; g++) {
            double[] b = new double[q];
            for (int k = 0; k < q; k++) {
                b[k] = dependent && k > 0 ? sd[k] * b[0] : sd[k] * random.nextGaussian();
            }
            for (int i = 0; i < sizes[g]; i++, row++) {
                level[row] = g;
                x[row] = new double[] {1, random.nextGaussian()};
                z[row] = new double[q];
                y[row] = 2 + x[row][1] + random.nextGaussian();
                for (int k = 0; k < q; k++) {
                    z[row][k] = k == 0 ? 1 : k == 1 ? x[row][1] : 10 * random.nextGaussian();
                    y[row] += z[row][k] * b[k] / (k == 2 ? 10 : 1);
                }
            }
        }
        return InMemoryModel.builder(y, x)
                .term("g", level, z, KINDS.get(random.nextInt(q == 1 ? 2 : 4)))
                .build();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_fit_is_certified_and_no_descent_from_elsewhere_gets_lower(long seed) {
        InMemoryModel model = draw(seed);
        for (Criterion criterion : Criterion.values()) {
            Fit fit = new Newton().fit(model, FitOptions.DEFAULT.withCriterion(criterion), Context.plain());
            assertThat(fit.convergence().certified())
                    .as("%s %s %s", fit.convergence(), fit.certificate(), fit.history())
                    .isTrue();
            assertThat(fit.history().size()).as("steps %s", fit.history()).isLessThanOrEqualTo(30);
            double lowest = elsewhere(model, criterion, seed);
            assertThat(fit.deviance()).as("%s", fit.certificate()).isLessThanOrEqualTo(lowest + 1e-7);
        }
    }

    private static double elsewhere(InMemoryModel model, Criterion criterion, long seed) {
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        Parameters parameters = new Parameters(model);
        DevianceObjective objective =
                new DevianceObjective(parameters, new Evaluation(equations, criterion, new SequentialClusters()));
        Random random = new Random(seed);
        double lowest = Double.POSITIVE_INFINITY;
        for (int start = 0; start < 6; start++) {
            double[] tau = random.doubles(parameters.size(), -3, 3).toArray();
            boolean[] all = new boolean[tau.length];
            java.util.Arrays.fill(all, true);
            objective.restrict(tau, all);
            Optimizer.Optimum o = new Bfgs()
                    .minimize(objective, objective.inside(tau), new Optimizer.Limits(500, 3000, 1e-12), s -> {});
            lowest = Math.min(lowest, o.value());
        }
        return lowest;
    }
}
