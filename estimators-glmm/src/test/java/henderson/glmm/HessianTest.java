package henderson.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.Family;
import henderson.api.Model;
import henderson.api.Objective;
import henderson.equations.SequentialClusters;
import henderson.equations.generalized.Approximations;
import henderson.equations.generalized.Integration;
import henderson.equations.generalized.JointCurvature;
import henderson.equations.generalized.JointObjective;
import henderson.equations.generalized.JointParameters;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.Poisson;
import henderson.structures.Unstructured;
import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hessians of the families that give fourth derivatives, against differences of the gradient. */
class HessianTest {
    record Case(String name, Model model, Integration rule) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        Simulated ones = Simulated.of(300, 8, 0.9, 71);
        Simulated counts = Simulated.of(300, 8, 0.6, 72);
        double[] weights = new double[300 * 8];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 0.5 + i % 3;
        }
        double[] y = ones.ones();
        double[] k = counts.counts();
        BoundFamily logit = new Binomial().bind(new Family.Response("y", y, null, weights, null), new Logit());
        BoundFamily log = new Poisson().bind(new Family.Response("y", k, null, weights, null), new Log());
        Integration laplace = Integration.LAPLACE;
        Stream<Case> modes = Stream.of(false, true)
                .flatMap(slope -> Stream.of(
                        new Case("binomial, slope " + slope, model(ones, y, logit, slope), laplace),
                        new Case("poisson, slope " + slope, model(counts, k, log, slope), laplace)));
        Integration nodes = Integration.of("agq", 5);
        BoundFamily single = new Binomial().bind(new Family.Response("y", y, null, null, null), new Logit());
        return Stream.concat(
                modes,
                Stream.of(
                        new Case("binomial, nodes", model(ones, y, logit, false), nodes),
                        new Case("zeros and ones, nodes", model(ones, y, single, false), nodes),
                        new Case("zeros and ones", model(ones, y, single, false), laplace),
                        new Case("poisson, nodes", model(counts, k, log, false), nodes)));
    }

    private static Model model(Simulated data, double[] y, BoundFamily family, boolean slope) {
        return data.builder(y, slope, new Unstructured()).family(family).build();
    }

    /** The same values and gradients, and nothing in closed form. */
    private record Plain(JointObjective of) implements Objective {
        @Override
        public int dimension() {
            return of.dimension();
        }

        @Override
        public double value(double[] x) {
            return of.value(x);
        }

        @Override
        public boolean gradient(double[] g) {
            return of.gradient(g);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void closed_form_and_differences_agree_without_another_value(Case c) {
        JointParameters parameters = new JointParameters(c.model());
        JointObjective objective =
                new JointObjective(parameters, Approximations.of(c.model(), c.rule(), new SequentialClusters()));
        double[] x = new double[parameters.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = 0.3 + 0.2 * i / x.length;
        }
        boolean[] all = new boolean[x.length];
        Arrays.fill(all, true);
        objective.restrict(x, all);
        objective.value(x);
        int before = objective.evaluations();
        DMatrixRMaj exact = JointCurvature.at(objective, x).hessian();
        assertThat(objective.evaluations()).isEqualTo(before);
        JointCurvature differences = JointCurvature.byDifferences(new Plain(objective), x);
        assertThat(differences.complete()).isTrue();
        assertThat(objective.evaluations()).isGreaterThan(before);
        double largest = Arrays.stream(exact.data).map(Math::abs).max().orElse(0);
        assertThat(exact.data).containsExactly(differences.hessian().data, within(1e-7 * largest));
    }
}
