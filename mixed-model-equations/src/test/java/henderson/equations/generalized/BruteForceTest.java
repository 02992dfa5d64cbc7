package henderson.equations.generalized;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.equations.SequentialClusters;
import henderson.testkit.Design;
import henderson.testkit.RandomDesigns;
import henderson.testkit.RandomDesigns.Arrangement;
import henderson.testkit.RandomDesigns.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Quadratures converge to the integral: one, two and three dimensions, and nested levels. */
class BruteForceTest {
    static Stream<NestedCase> cases() {
        List<NestedCase> out = new ArrayList<>();
        for (String kind : List.of("logit", "counts")) {
            out.add(draw(Arrangement.ONE_UNBALANCED, 1, Options.PLAIN, 3, kind));
            out.add(draw(Arrangement.ONE_UNBALANCED, 1, new Options(false, false, 3), 2, kind));
            out.add(draw(Arrangement.SEVERAL_COLUMNS, 2, Options.PLAIN, 1, kind));
            out.add(draw(Arrangement.SEVERAL_COLUMNS, 3, Options.PLAIN, 1, kind));
            out.add(draw(Arrangement.TWO_BLOCKS, 2, Options.PLAIN, 1, kind));
            out.add(draw(Arrangement.NESTED_TWO, 3, Options.PLAIN, 1, kind));
        }
        return out.stream();
    }

    /** The first design with so many effects on the path to a row. */
    private static NestedCase draw(Arrangement arrangement, int dimensions, Options options, int size, String kind) {
        for (long seed = 61_000; ; seed++) {
            Design design = RandomDesigns.draw(arrangement, options, size, seed);
            if (design.terms().stream().mapToInt(Design.TermData::columns).sum() <= dimensions) {
                return NestedCase.of(design, kind);
            }
        }
    }

    static Stream<NestedCase> intercepts() {
        return Stream.of("logit", "counts")
                .map(kind ->
                        NestedCase.of(RandomDesigns.draw(Arrangement.ONE_UNBALANCED, Options.PLAIN, 3, 62_000), kind));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void adaptive_rules_converge_to_the_integral(NestedCase c) {
        double expected = new BruteForce(c).deviance();
        for (String rule : List.of("agq", "mvaghermite")) {
            double[] error = new double[3];
            int[] points = {5, 11, 23};
            for (int k = 0; k < points.length; k++) {
                double d = c.approximation(Integration.of(rule, points[k]), new SequentialClusters())
                        .value(c.beta(), c.lambda(), c.phi());
                error[k] = Math.abs(d - expected) / Math.abs(expected);
            }
            String seen = rule + ", errors " + java.util.Arrays.toString(error);
            assertThat(error[0]).as(seen).isLessThan(1e-2);
            assertThat(error[1]).as(seen).isLessThan(error[0] / 3 + 1e-10);
            assertThat(error[2]).as(seen).isLessThan(error[1] / 3 + 1e-10);
            assertThat(error[2]).as(seen).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("intercepts")
    void the_rule_that_does_not_adapt_converges_too(NestedCase c) {
        double expected = new BruteForce(c).deviance();
        double d = c.approximation(Integration.of("ghermite", 151), new SequentialClusters())
                .value(c.beta(), c.lambda(), c.phi());
        assertThat(d).isCloseTo(expected, within(1e-7 * Math.abs(expected)));
    }
}
