package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Natural;
import henderson.api.Scale;
import henderson.api.Term;
import henderson.inference.LikelihoodRatio.Candidate;
import henderson.testkit.KnownFits;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikelihoodRatioOfFitsTest {
    private static Term term(String group, String structure, String columns) {
        return KnownFits.term(group, List.of(columns.split(" ")), structure);
    }

    private static Fit fit(double logLikelihood, List<String> fixed, Term random, int parameters) {
        List<Fit.Parameter> all = new ArrayList<>();
        for (int k = 0; k < parameters - 1; k++) {
            all.add(new Fit.Parameter(0, new Natural("var", k, -1, List.of(), Scale.LOG), "v" + k, 1, false));
        }
        all.add(new Fit.Parameter(-1, Natural.variance(-1), "var(Residual)", 1, false));
        return KnownFits.fit(
                KnownFits.model("y", fixed, random, KnownFits.report("d.csv", 100, random.group(), 10, 10, 10, 10)),
                logLikelihood,
                -300,
                new double[fixed.size()],
                new DMatrixRMaj(fixed.size(), fixed.size()),
                new DMatrixRMaj(1, 1),
                all,
                new DMatrixRMaj(parameters, parameters));
    }

    private static Candidate candidate(Fit fit, String name, String digest) {
        return new Candidate(fit, new RowStatistics(100, List.of("g"), 1, List.of(1.0), List.of(), digest), name);
    }

    private static final Fit SMALL = fit(-210, List.of("(Intercept)", "x"), term("g", "identity", "(Intercept)"), 2);
    private static final Fit LARGE =
            fit(-200, List.of("(Intercept)", "x"), term("g", "unstructured", "(Intercept) x"), 4);

    @Test
    void statistic_and_degrees_of_freedom_do_not_depend_on_the_order() {
        Candidate a = candidate(SMALL, "a", "1");
        Candidate b = candidate(LARGE, "b", "1");

        LikelihoodRatio one = LikelihoodRatio.of(a, b, false);

        assertThat(one.test().statistic()).isEqualTo(20);
        assertThat(one.test().df()).isEqualTo(2);
        assertThat(one.test().pValue()).isEqualTo(Math.exp(-10), org.assertj.core.data.Offset.offset(1e-18));
        assertThat(one.variance()).isTrue();
        assertThat(LikelihoodRatio.of(b, a, false)).isEqualTo(one);
    }

    private static void refuses(Candidate a, Candidate b, String message) {
        assertThatThrownBy(() -> LikelihoodRatio.of(a, b, false))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void different_rows_are_refused() {
        refuses(candidate(SMALL, "a", "1"), candidate(LARGE, "b", "2"), "a and b are fits of different rows");
    }

    @Test
    void different_criteria_are_refused() {
        Fit reml = KnownFits.asked(LARGE, FitOptions.DEFAULT.withCriterion(Criterion.REML));
        refuses(candidate(SMALL, "a", "1"), candidate(reml, "b", "1"), "a and b have different criteria: ML and REML.");
    }

    @Test
    void reml_with_different_fixed_effects_is_refused() {
        FitOptions reml = FitOptions.DEFAULT.withCriterion(Criterion.REML);
        Fit other = fit(-190, List.of("(Intercept)", "x", "w"), term("g", "unstructured", "(Intercept) x"), 4);
        refuses(
                candidate(KnownFits.asked(SMALL, reml), "a", "1"),
                candidate(KnownFits.asked(other, reml), "b", "1"),
                "REML fits with different fixed effects");
    }

    @Test
    void equal_numbers_of_parameters_are_refused() {
        refuses(candidate(SMALL, "a", "1"), candidate(SMALL, "b", "1"), "a and b have 4 parameters each");
    }

    @Test
    void models_that_are_not_nested_are_refused_unless_forced() {
        Fit other = fit(-190, List.of("(Intercept)", "w"), term("g", "unstructured", "(Intercept) x"), 4);
        Candidate a = candidate(SMALL, "a", "1");
        Candidate b = candidate(other, "b", "1");

        refuses(a, b, "a is not nested in b: it has the fixed effect x, and the other has not.");
        assertThat(LikelihoodRatio.of(a, b, true).test().statistic()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({
        "identity,     a,   unstructured, a b, true",
        "independent,  a b, unstructured, a b, true",
        "identity,     a b, unstructured, a b, true",
        "exchangeable, a b, unstructured, a b, true",
        "identity,     a b, independent,  a b, true",
        "identity,     a,   independent,  a b, true",
        "identity,     a b, exchangeable, a b, true",
        "unstructured, a b, unstructured, a b c, true",
        "unstructured, a b, independent,  a b, false",
        "exchangeable, a b, independent,  a b, false",
        "identity,     a,   exchangeable, a b, false",
        "identity,     a,   identity,     a b, false",
        "independent,  a b, identity,     a b, false",
        "unstructured, a b, exchangeable, a b, false",
    })
    void covariances_are_nested_as_their_matrices_are(
            String small, String columns, String large, String more, boolean nested) {
        Fit a = fit(0, List.of("x"), term("g", small, columns), 2);
        Fit b = fit(0, List.of("x"), term("g", large, more), 3);

        assertThat(Nested.obstacle(a, b) == null).isEqualTo(nested);
    }

    @Test
    void another_grouping_factor_is_not_nested() {
        Fit a = fit(0, List.of("x"), term("h", "identity", "a"), 2);

        assertThat(Nested.obstacle(a, LARGE)).isEqualTo("it has random effects of h (a), and the other has not");
    }
}
