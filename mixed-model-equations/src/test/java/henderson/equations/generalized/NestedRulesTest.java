package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.equations.DenseLaplace;
import henderson.equations.SequentialClusters;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of integration for nested factors: values by other roads, gradients by differences. */
class NestedRulesTest {
    private static final List<Integration> RULES = List.of(
            Integration.LAPLACE,
            Integration.of("agq", 3),
            Integration.of("mvaghermite", 3),
            Integration.of("mvaghermite", 4),
            Integration.of("ghermite", 4));

    static Stream<NestedCase> cases() {
        return NestedCase.all(3, Options.PLAIN, new Options(true, true, 1), new Options(false, false, 3));
    }

    static Stream<Arguments> rules() {
        List<Arguments> out = new ArrayList<>();
        NestedCase.all(2, Options.PLAIN, new Options(true, true, 1))
                .forEach(c -> RULES.forEach(rule -> out.add(Arguments.of(c, rule))));
        return out.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void laplace_equals_the_dense_one(NestedCase c) {
        if (c.phi().length > 0) {
            return;
        }
        double expected = new DenseLaplace(c.design(), c.family(), c.offset()).value(c.beta(), c.lambda());
        Approximation laplace = c.approximation(Integration.LAPLACE, new SequentialClusters());
        assertThat(laplace.value(c.beta(), c.lambda(), c.phi()))
                .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void one_node_at_mode_and_curvature_is_laplace(NestedCase c) {
        Approximation laplace = c.approximation(Integration.LAPLACE, new SequentialClusters());
        Approximation one = c.approximation(new Integration(Integration.Method.AGQ, 1), new SequentialClusters());
        double expected = laplace.value(c.beta(), c.lambda(), c.phi());
        assertThat(one.value(c.beta(), c.lambda(), c.phi())).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void gradient_equals_differences(NestedCase c, Integration rule) {
        Approximation a = c.approximation(rule, new SequentialClusters());
        assertThat(a.value(c.beta(), c.lambda(), c.phi())).isFinite();
        double[] byBeta = new double[c.beta().length];
        double[] byPhi = new double[c.phi().length];
        DMatrixRMaj[] byLambda =
                Stream.of(c.lambda()).map(DMatrixRMaj::createLike).toArray(DMatrixRMaj[]::new);
        a.gradient(byBeta, byLambda, byPhi);
        for (int j = 0; j < byBeta.length; j++) {
            int at = j;
            check("beta " + j, byBeta[j], h -> a.value(moved(c.beta(), at, h), c.lambda(), c.phi()));
        }
        for (int k = 0; k < byPhi.length; k++) {
            int at = k;
            check("phi " + k, byPhi[k], h -> a.value(c.beta(), c.lambda(), moved(c.phi(), at, h)));
        }
        for (int t = 0; t < byLambda.length; t++) {
            for (int e = 0; e < byLambda[t].data.length; e++) {
                int term = t;
                int entry = e;
                check("entry " + e + " of term " + t, byLambda[t].data[e], h -> {
                    DMatrixRMaj[] l = c.lambda().clone();
                    l[term] = l[term].copy();
                    l[term].data[entry] += h;
                    return a.value(c.beta(), l, c.phi());
                });
            }
        }
    }

    private static void check(String what, double given, DoubleUnaryOperator value) {
        double expected = DenseLaplace.derivative(value::applyAsDouble, 0.02);
        assertThat(given).as(what).isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
    }

    private static double[] moved(double[] x, int at, double h) {
        double[] out = x.clone();
        out[at] += h;
        return out;
    }
}
