package henderson.equations.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundStructure;
import henderson.api.Clusters;
import henderson.api.CovarianceStructure;
import henderson.api.FitContext;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.LevelPrecision;
import henderson.api.Model;
import henderson.api.Positions;
import henderson.api.Registry;
import henderson.api.Side;
import henderson.equations.Clustering;
import henderson.equations.SequentialClusters;
import henderson.structures.Ar;
import henderson.structures.Exchangeable;
import henderson.structures.Exponential;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Ma;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.InMemoryModel;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cluster scores against differences of each cluster's dense log-likelihood, at any point of the search. */
class LinearClusterScoresTest {
    private record Context(Registry registry, Clusters clusters, FitListener listener) implements FitContext {}

    private static final FitContext CONTEXT = new Context(
            Registry.of(List.of(), List.of(), List.of(), List.of(), List.of(), List.of()),
            new SequentialClusters(),
            FitListener.SILENT);

    private static final Registry STRUCTURES = Registry.of(
            List.of(new Ar(), new Exchangeable(), new Unstructured(), new Ma(), new Exponential()),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    static Stream<Arguments> cases() {
        List<Arguments> out = new ArrayList<>();
        long seed = 4100;
        for (Arrangement arrangement : List.of(
                Arrangement.ONE_BALANCED,
                Arrangement.ONE_UNBALANCED,
                Arrangement.SEVERAL_COLUMNS,
                Arrangement.NESTED_TWO,
                Arrangement.NESTED_THREE,
                Arrangement.TWO_BLOCKS)) {
            for (CovarianceStructure kind :
                    List.of(new Identity(), new Independent(), new Exchangeable(), new Unstructured())) {
                for (boolean weights : new boolean[] {false, true}) {
                    Design design = RandomDesigns.draw(arrangement, new Options(weights, false, 1), 4, seed++);
                    for (String where : List.of("inside", "on the boundary", "near it")) {
                        out.add(Arguments.of(design, kind, where));
                    }
                }
            }
        }
        return out.stream();
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("cases")
    void every_cluster_s_score_is_the_derivative_of_its_log_likelihood(
            Design design, CovarianceStructure kind, String where) {
        Model model = design.model(kind).build();
        Clustering clusters = Clustering.highest(model);
        LinearProblem problem = problem(model);
        Random random = new Random(design.seed());
        double[] tau = problem.start();
        for (int k = 0; k < tau.length; k++) {
            boolean last = k == tau.length - 1;
            tau[k] = 0.2 + random.nextDouble();
            tau[k] = !last || where.equals("inside") ? tau[k] : where.equals("near it") ? 1e-5 : 0;
        }
        check(model, problem, tau, clusters);
    }

    private static LinearProblem problem(Model model) {
        LinearProblem problem = LinearProblem.of(model, FitOptions.DEFAULT, CONTEXT);
        problem.units(problem.objective().at(problem.start()));
        return problem;
    }

    private static void check(Model model, LinearProblem problem, double[] tau, Clustering clusters) {
        clusters.require(model);
        LinearClusterScores scores = LinearClusterScores.of(problem, tau, clusters);
        problem.objective().at(tau);
        double[] beta = problem.objective().evaluation().beta();
        int p = beta.length;
        double[] point = java.util.Arrays.copyOf(beta, p + tau.length + 1);
        System.arraycopy(tau, 0, point, p, tau.length);
        point[p + tau.length] = Math.log(problem.objective().evaluation().sigma2()) / 2;
        DenseClusters dense = new DenseClusters(model, clusters);
        int[] active = problem.objective().active();
        double[] total = new double[scores.scores().numCols];
        for (int i = 0; i < clusters.count(); i++) {
            double[] expected = inside(dense.gradient(i, point), scores.jacobian(), problem, active, p);
            for (int c = 0; c < expected.length; c++) {
                assertThat(scores.scores().get(i, c))
                        .as("cluster %d, coordinate %d", i, c)
                        .isCloseTo(expected[c], within(1e-7 * (1 + Math.abs(expected[c]))));
                total[c] += scores.scores().get(i, c);
            }
        }
        for (int c = 0; c < total.length; c++) {
            boolean profiled = c < p || c == total.length - 1;
            double gradient = profiled ? 0 : gradient(problem, c - p);
            assertThat(total[c])
                    .as("sum of coordinate %d", c)
                    .isCloseTo(-gradient / 2, within(1e-8 * clusters.count()));
        }
    }

    private static double gradient(LinearProblem problem, int a) {
        double[] g = new double[problem.objective().dimension()];
        problem.objective().gradient(g);
        return g[a];
    }

    /** From (β, τ, log σ) to the coordinates of the scores. */
    private static double[] inside(
            double[] gradient, DMatrixRMaj jacobian, LinearProblem problem, int[] active, int p) {
        double[] out = new double[p + active.length + 1];
        for (int c = 0; c < p; c++) {
            for (int j = 0; j < p; j++) {
                out[c] += jacobian.get(j, c) * gradient[j];
            }
        }
        for (int a = 0; a < active.length; a++) {
            out[p + a] = gradient[p + active[a]] * problem.objective().unit(active[a]);
        }
        out[p + active.length] = gradient[gradient.length - 1];
        return out;
    }

    /** A crossed design several times over: factors cross within copies, and clusters are copies. */
    @ParameterizedTest
    @MethodSource("crossed")
    void crossed_factors_may_lie_within_clusters(Arrangement arrangement, CovarianceStructure kind) {
        Design design = RandomDesigns.draw(arrangement, new Options(true, false, 1), 2, 77);
        int n = design.rows();
        int copies = 4;
        Random random = new Random(3);
        double[] y = new double[copies * n];
        double[][] x = new double[copies * n][];
        double[] w = new double[copies * n];
        double[] frequencies = new double[copies * n];
        int[] of = new int[copies * n];
        for (int i = 0; i < y.length; i++) {
            y[i] = design.y()[i % n] + random.nextGaussian();
            x[i] = design.x()[i % n];
            w[i] = design.weights()[i % n];
            frequencies[i] = 1 + random.nextInt(3);
            of[i] = i / n;
        }
        InMemoryModel.Builder builder =
                InMemoryModel.builder(y, x).weights(w).frequencies(frequencies).batchSize(5);
        for (Design.TermData t : design.terms()) {
            int[] level = new int[copies * n];
            double[][] z = new double[copies * n][];
            for (int i = 0; i < level.length; i++) {
                level[i] = t.level()[i % n] + t.levels() * (i / n);
                z[i] = t.z()[i % n];
            }
            builder.term(t.group(), level, z, kind);
        }
        Model model = builder.build();
        LinearProblem problem = problem(model);
        double[] tau = problem.start();
        check(model, problem, tau, new Clustering("copy", List.of("1", "2", "3", "4"), of));

        assertThatThrownBy(() -> Clustering.highest(model))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("no grouping factor is: group '");
    }

    static Stream<Arguments> crossed() {
        return Stream.of(
                Arguments.of(Arrangement.CROSSED_TWO, new Unstructured()),
                Arguments.of(Arrangement.CROSSED_THREE, new Independent()),
                Arguments.of(Arrangement.NESTED_AND_CROSSED, new Exchangeable()));
    }

    static Stream<Arguments> residuals() {
        List<Arguments> out = new ArrayList<>();
        for (String kind : List.of("ar", "exchangeable", "unstructured", "ma", "exponential")) {
            for (int terms = 0; terms < 3; terms++) {
                out.add(Arguments.of(kind, terms, false));
                out.add(Arguments.of(kind, terms, true));
            }
        }
        return out.stream();
    }

    /** Groups share patterns, so that the fit itself works on fewer of them than there are. */
    @ParameterizedTest(name = "{0}, {1} random terms, weights {2}")
    @MethodSource("residuals")
    void residual_structures_have_scores_by_cluster(String kind, int terms, boolean weights) {
        Random random = new Random(kind.hashCode() + terms);
        int clusters = 7;
        int n = clusters * 3 * 4;
        double[] y = new double[n];
        double[][] x = new double[n][];
        double[][] z = new double[n][];
        double[] w = new double[n];
        int[] outer = new int[n];
        int[] inner = new int[n];
        int[] at = new int[n];
        for (int i = 0; i < n; i++) {
            outer[i] = i / 12;
            inner[i] = i / 4;
            at[i] = (i + inner[i] % 2) % 5 == 4 ? 4 : i % 4; // two patterns, not in order
            x[i] = new double[] {1, random.nextGaussian(), i % 4};
            z[i] = new double[] {random.nextGaussian()}; // a common level would be a common correlation
            w[i] = weights ? 0.5 + random.nextDouble() : 1;
            y[i] = outer[i] * 0.3 + inner[i] % 3 + random.nextGaussian();
        }
        CovarianceStructure structure = STRUCTURES.structure(Side.RESIDUAL, kind);
        Positions positions = Positions.integers(0, 1, 2, 3, 4);
        BoundStructure bound = structure.bind(
                henderson.api.Arguments.of(structure.name(), structure.arguments(), java.util.Map.of()), positions);
        InMemoryModel.Builder builder = InMemoryModel.builder(y, x).weights(w).batchSize(9);
        builder = terms > 0 ? builder.term("inner", inner, z, new Identity()) : builder;
        builder = terms > 1 ? builder.term("outer", outer, z, new Identity()) : builder;
        Model model = builder.residual("inner", inner, at, List.of("0", "1", "2", "3", "4"), kind, bound)
                .build();
        LinearProblem problem = problem(model);
        double[] tau = problem.start();
        for (int k = 0; k < tau.length; k++) {
            tau[k] += 0.05 * random.nextGaussian();
        }
        List<String> names = java.util.stream.IntStream.range(0, clusters)
                .mapToObj(Integer::toString)
                .toList();

        check(model, problem, tau, new Clustering("outer", names, outer));
        assertThat(Clustering.highest(model).count()).isEqualTo(terms > 1 ? clusters : clusters * 3);
    }

    @Test
    void related_groups_of_two_clusters_are_refused() {
        int[] level = {0, 0, 1, 1, 2, 2, 3, 3};
        double[][] ones = new double[8][];
        java.util.Arrays.fill(ones, new double[] {1});
        double[] y = {1, 2, 4, 3, 5, 2, 7, 1};
        // 0 and 3 have the parent 4 in common, who has no rows
        LevelPrecision precision = new LevelPrecision(
                new int[] {0, 1, 2, 3, 4, 4, 4},
                new int[] {0, 1, 2, 3, 0, 3, 4},
                new double[] {1, 1, 1, 1, -0.4, -0.4, 2},
                0);
        Model model = InMemoryModel.builder(y, ones)
                .term(
                        "animal",
                        level,
                        ones,
                        List.of("(Intercept)"),
                        "identity",
                        new Identity().bind(henderson.api.Arguments.none(), Positions.of(List.of("(Intercept)"))),
                        precision)
                .build();

        assertThatThrownBy(() -> Clustering.highest(model))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("are related and lie in animal ");
        new Clustering("herd", List.of("a", "b"), new int[] {0, 0, 1, 1, 1, 1, 0, 0}).require(model);
    }

    @Test
    void clusters_that_cut_a_group_are_refused_naming_it() {
        Design design = RandomDesigns.draw(Arrangement.ONE_BALANCED, Options.PLAIN, 2, 5);
        Model model = design.model(new Identity()).build();
        int[] of = new int[design.rows()];
        for (int i = 0; i < of.length; i++) {
            of[i] = i % 2;
        }
        Clustering parity = new Clustering("parity", List.of("even", "odd"), of);

        assertThatThrownBy(() -> parity.require(model))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith("The groups of the model are not nested in the clusters of parity: group '")
                .hasMessageContaining("lies in parity 'even' and 'odd'")
                .extracting(e -> ((HendersonException) e).advice())
                .asString()
                .startsWith("Maybe ");
    }

    @Test
    void one_cluster_is_too_few() {
        Design design = RandomDesigns.draw(Arrangement.ONE_BALANCED, Options.PLAIN, 2, 5);
        Model model = design.model(new Identity()).build();
        Clustering all = new Clustering("all", List.of("1"), new int[design.rows()]);

        assertThatThrownBy(() -> all.require(model))
                .isInstanceOf(HendersonException.class)
                .hasMessageStartingWith("There is one cluster of all; robust standard errors need at least 2.");
    }

    @Test
    void highest_factor_is_the_one_that_holds_all_others() {
        Design design = RandomDesigns.draw(Arrangement.NESTED_THREE, Options.PLAIN, 4, 5);
        Clustering highest = Clustering.highest(design.model(new Identity()).build());

        assertThat(highest.count())
                .isEqualTo(design.terms().stream()
                        .mapToInt(Design.TermData::levels)
                        .min()
                        .orElseThrow());
    }
}
