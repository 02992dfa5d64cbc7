package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laplace's approximation of a logistic model at fixed parameters against dense brute force. */
class LaplaceTest {
    /** A logistic model on a design, with offset and case weights. */
    private record Case(Design design, BoundFamily family, double[] offset, double[] beta, DMatrixRMaj[] lambda) {
        static Case of(Design design) {
            Random random = new Random(design.seed());
            double[] ones = new double[design.rows()];
            double[] offset = new double[design.rows()];
            for (int i = 0; i < ones.length; i++) {
                ones[i] = random.nextBoolean() ? 1 : 0;
                offset[i] = 0.3 * random.nextGaussian();
            }
            double[] beta = random.doubles(design.x()[0].length, -1, 1).toArray();
            DMatrixRMaj[] lambda = design.terms().stream()
                    .map(t -> new DMatrixRMaj(t.lambda()))
                    .toArray(DMatrixRMaj[]::new);
            return new Case(design, new BernoulliLogit(ones, design.weights()), offset, beta, lambda);
        }

        LaplaceApproximation approximation() {
            return approximation(family);
        }

        LaplaceApproximation approximation(BoundFamily other) {
            return new LaplaceApproximation(ModeEquations.of(design.model(new Unstructured())
                    .weights(null)
                    .family(other)
                    .offset(offset)
                    .batchSize(5)
                    .build()));
        }

        double dense(double[] b, DMatrixRMaj[] l) {
            return new DenseLaplace(design, family, offset).value(b, l);
        }

        Case withLambda(DMatrixRMaj... other) {
            return new Case(design, family, offset, beta, other);
        }

        @Override
        public String toString() {
            return design.name();
        }
    }

    static Stream<Case> cases() {
        List<Case> out = new ArrayList<>();
        long seed = 40_000;
        for (int size = 1; size <= 4; size++) {
            for (Arrangement arrangement : Arrangement.values()) {
                for (Options options :
                        List.of(Options.PLAIN, new Options(true, true, 1), new Options(false, true, 3))) {
                    out.add(Case.of(RandomDesigns.draw(arrangement, options, size, seed++)));
                }
            }
        }
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void value_equals_the_dense_one(Case c) {
        double expected = c.dense(c.beta, c.lambda);
        assertThat(c.approximation().value(c.beta, c.lambda, new double[0]))
                .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void without_variance_it_is_the_likelihood_of_the_fixed_part(Case c) {
        DMatrixRMaj[] zero = Stream.of(c.lambda)
                .map(l -> new DMatrixRMaj(l.numRows, l.numCols))
                .toArray(DMatrixRMaj[]::new);
        int n = c.design.rows();
        double[] eta = c.offset.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < c.beta.length; j++) {
                eta[i] += c.design.x()[i][j] * c.beta[j];
            }
        }
        double[] density = new double[4 * n];
        c.family.logDensity(0, n, eta, new double[0], 3, density);
        double d = 0;
        for (int i = 0; i < n; i++) {
            d -= 2 * density[i];
        }
        // a sum of n numbers in the same order
        assertThat(c.approximation().value(c.beta, zero, new double[0])).isCloseTo(d, within(1e-13 * d));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradient_equals_differences_of_the_dense_value(Case c) {
        assertGradient(c, c::dense, 1e-7);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradient_equals_differences_of_its_own_value(Case c) {
        LaplaceApproximation moved = c.approximation();
        assertGradient(c, (b, l) -> moved.value(b, l, new double[0]), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradient_at_zero_variance_equals_differences(Case c) {
        DMatrixRMaj[] zero = c.lambda.clone();
        zero[0] = new DMatrixRMaj(zero[0].numRows, zero[0].numCols);
        assertGradient(c.withLambda(zero), c::dense, 1e-7);
    }

    /** d as a function of β and Λ. */
    private interface Deviance {
        double at(double[] beta, DMatrixRMaj[] lambda);
    }

    /** Every entry of β and of each Λ, the upper triangle too; relative to the largest. */
    private static void assertGradient(Case c, Deviance deviance, double tolerance) {
        LaplaceApproximation laplace = c.approximation();
        laplace.value(c.beta, c.lambda, new double[0]);
        double[] byBeta = new double[c.beta.length];
        DMatrixRMaj[] byLambda =
                Stream.of(c.lambda).map(DMatrixRMaj::createLike).toArray(DMatrixRMaj[]::new);
        laplace.gradient(byBeta, byLambda);
        for (int j = 0; j < byBeta.length; j++) {
            int at = j;
            double expected = DenseLaplace.derivative(
                    h -> {
                        double[] b = c.beta.clone();
                        b[at] += h;
                        return deviance.at(b, c.lambda);
                    },
                    0.04);
            assertThat(byBeta[j]).as("beta %d", j).isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
        }
        for (int t = 0; t < byLambda.length; t++) {
            for (int e = 0; e < byLambda[t].data.length; e++) {
                int term = t;
                int entry = e;
                double expected = DenseLaplace.derivative(
                        h -> {
                            DMatrixRMaj[] l = c.lambda.clone();
                            l[term] = l[term].copy();
                            l[term].data[entry] += h;
                            return deviance.at(c.beta, l);
                        },
                        0.04);
                assertThat(byLambda[t].data[e])
                        .as("entry %d of term %d", e, t)
                        .isCloseTo(expected, within(tolerance * (1 + Math.abs(expected))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_far_point_and_back_gives_the_same(Case c) {
        LaplaceApproximation laplace = c.approximation();
        double here = laplace.value(c.beta, c.lambda, new double[0]);
        double[] farBeta = c.beta.clone();
        farBeta[0] += 300;
        DMatrixRMaj[] farLambda = Stream.of(c.lambda).map(l -> scaled(l, 200)).toArray(DMatrixRMaj[]::new);
        for (double[] b : new double[][] {farBeta, c.beta}) {
            double far = laplace.value(b, farLambda, new double[0]);
            double fresh = c.approximation().value(b, farLambda, new double[0]);
            assertThat(far).isCloseTo(fresh, within(1e-10 * Math.abs(fresh)));
            assertThat(laplace.value(c.beta, c.lambda, new double[0])).isCloseTo(here, within(1e-10 * Math.abs(here)));
        }
    }

    private static DMatrixRMaj scaled(DMatrixRMaj l, double by) {
        DMatrixRMaj out = l.copy();
        for (int i = 0; i < out.data.length; i++) {
            out.data[i] *= by;
        }
        return out;
    }

    @Test
    void where_there_is_no_mode_the_value_is_not_a_number_and_the_next_is_right() {
        Case c = Case.of(RandomDesigns.draw(Arrangement.CROSSED_TWO, Options.PLAIN, 2, 5));
        Switched family = new Switched(c.family);
        LaplaceApproximation laplace = c.approximation(family);
        double here = laplace.value(c.beta, c.lambda, new double[0]);
        List<Function<Double, double[]>> hopeless = List.of(
                eta -> new double[] {eta * eta, 2 * eta, 2, 0}, // −h is convex
                eta -> new double[] {-eta * eta, 2 * eta, -2, 0}, // the slope points the wrong way
                eta -> new double[] {Double.NaN, 0, -1, 0},
                eta -> new double[] {0, Double.NaN, -1, 0},
                eta -> new double[] {0, 0, Double.NaN, 0});
        for (int k = 0; k < hopeless.size(); k++) {
            family.replaced = hopeless.get(k);
            assertThat(laplace.value(c.beta, c.lambda, new double[0]))
                    .as("density %d", k)
                    .isNaN();
            assertThat(laplace.deviance()).isNaN();
            family.replaced = null;
            assertThat(laplace.value(c.beta, c.lambda, new double[0]))
                    .as("after density %d", k)
                    .isCloseTo(here, within(1e-10 * Math.abs(here)));
        }
        double[] unknown = c.beta.clone();
        unknown[0] = Double.NaN;
        assertThat(laplace.value(unknown, c.lambda, new double[0])).isNaN();
        assertThat(laplace.value(c.beta, c.lambda, new double[0])).isCloseTo(here, within(1e-10 * Math.abs(here)));
    }

    @Test
    void outside_the_domain_it_steps_back_and_finds_the_mode() {
        // Poisson counts with the identity link: η > 0
        Case c = Case.of(RandomDesigns.draw(Arrangement.ONE_UNBALANCED, Options.PLAIN, 3, 8));
        Switched family = new Switched(c.family);
        family.replaced = eta -> eta <= 0
                ? null
                : new double[] {Math.log(eta) * 2 - eta, 2 / eta - 1, -2 / (eta * eta), 4 / (eta * eta * eta)};
        double[] beta = new double[c.beta.length];
        beta[0] = 5;
        DMatrixRMaj[] lambda = {new DMatrixRMaj(new double[][] {{0.8}})};
        double[] none = new double[c.offset.length];
        Case counted = new Case(c.design, family, none, beta, lambda);
        double expected = counted.dense(beta, lambda);
        assertThat(counted.approximation().value(beta, lambda, new double[0]))
                .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
        beta[0] = -5;
        assertThat(counted.approximation().value(beta, lambda, new double[0])).isNaN();
    }

    @Test
    void modes_are_the_random_effects_at_the_mode() {
        Case c = Case.of(RandomDesigns.draw(Arrangement.NESTED_TWO, Options.PLAIN, 3, 9));
        LaplaceApproximation laplace = c.approximation();
        laplace.value(c.beta, c.lambda, new double[0]);
        int n = c.design.rows();
        double[] eta = c.offset.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < c.beta.length; j++) {
                eta[i] += c.design.x()[i][j] * c.beta[j];
            }
            for (int t = 0; t < c.lambda.length; t++) {
                Design.TermData term = c.design.terms().get(t);
                for (int a = 0; a < term.columns(); a++) {
                    eta[i] += term.z()[i][a] * laplace.modes(t)[term.level()[i] * term.columns() + a];
                }
            }
        }
        double[] density = new double[4 * n];
        c.family.logDensity(0, n, eta, new double[0], 3, density);
        for (int t = 0; t < c.lambda.length; t++) {
            Design.TermData term = c.design.terms().get(t);
            int q = term.columns();
            double[] sums = new double[term.levels() * q]; // b = G Σ zℓ′ at the mode
            for (int i = 0; i < n; i++) {
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < q; b++) {
                        double g = 0;
                        for (int k = 0; k < q; k++) {
                            g += c.lambda[t].get(a, k) * c.lambda[t].get(b, k);
                        }
                        sums[term.level()[i] * q + a] += g * term.z()[i][b] * density[n + i];
                    }
                }
            }
            // a decrement of 1e-20 is 1e-10 in the mode
            assertThat(laplace.modes(t)).containsExactly(sums, within(1e-9));
        }
    }

    /** A family whose density, the same for all rows, can be replaced; null is outside the domain. */
    private static final class Switched implements BoundFamily {
        private final BoundFamily usual;
        private Function<Double, double[]> replaced;

        Switched(BoundFamily usual) {
            this.usual = usual;
        }

        @Override
        public boolean logDensity(int from, int to, double[] eta, double[] phi, int order, double[] out) {
            if (replaced == null) {
                return usual.logDensity(from, to, eta, phi, order, out);
            }
            for (int i = from; i < to; i++) {
                double[] density = replaced.apply(eta[i]);
                if (density == null) {
                    return false;
                }
                for (int r = 0; r <= order; r++) {
                    out[r * eta.length + i] = density[r];
                }
            }
            return true;
        }

        @Override
        public double startEta(int i) {
            return usual.startEta(i);
        }

        @Override
        public double mean(int i, double eta, double[] phi) {
            return usual.mean(i, eta, phi);
        }

        @Override
        public double variance(int i, double eta, double[] phi) {
            return usual.variance(i, eta, phi);
        }

        @Override
        public double draw(int i, double eta, double[] phi, java.util.random.RandomGenerator random) {
            return usual.draw(i, eta, phi, random);
        }
    }
}
