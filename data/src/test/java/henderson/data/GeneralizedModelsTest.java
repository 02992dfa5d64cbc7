package henderson.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.DataReport;
import henderson.api.Family;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Language;
import henderson.api.Link;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Registry;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Gamma;
import henderson.glmm.family.Gaussian;
import henderson.glmm.family.Identity;
import henderson.glmm.family.Log;
import henderson.glmm.family.Logit;
import henderson.glmm.family.NegativeBinomial;
import henderson.glmm.family.Ordinal;
import henderson.glmm.family.Poisson;
import henderson.glmm.family.Probit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses of models with a family: what is read, what is bound, what is refused. */
class GeneralizedModelsTest {
    private static final double NA = Double.NaN;
    private static final List<Family> FAMILIES =
            List.of(new Binomial(), new Poisson(), new NegativeBinomial(), new Gamma(), new Gaussian(), new Ordinal());
    private static final List<Link> LINKS = List.of(new Logit(), new Probit(), new Log(), new Identity());

    private static Registry registry() {
        Registry structures = TestStructure.registry();
        return Registry.of(
                structures.structures(henderson.api.Side.RANDOM).values().stream()
                        .distinct()
                        .toList(),
                List.of(),
                FAMILIES,
                LINKS,
                List.of(),
                List.of());
    }

    private static Table table() {
        return Table.builder("data")
                .numeric("y", new double[] {0, 1, 1, 0, 1, 0, 1, 0})
                .numeric("s", new double[] {3, 0, 4, NA, 2, 0, 5, 1})
                .numeric("f", new double[] {1, 2, 0, 1, 2, 0, 1, 3})
                .numeric("n", new double[] {4, 2, 4, 3, 4, 0, 6, 4})
                .numeric("p", new double[] {0.75, 0, 1, 0.3333, 0.5, 0.5, 0.8333, 0.25})
                .numeric("x", new double[] {1, 7, 3, 5, 4, 2, 9, 8})
                .numeric("e", new double[] {1, 2, 4, 8, 1, 2, 4, 8})
                .numeric("w", new double[] {1, 2, 1, 2, 1, 2, 1, 2})
                .numeric("rate", new double[] {0.5, 1.5, 2, 3, 0.1, 2.5, 7, 1})
                .numeric("bad", new double[] {1, 2, 0, 3, 1, 2, 1, 1})
                .numeric("grade", new double[] {2, 1, 5, 2, 1, 5, 2, 1})
                .categorical("g", List.of("a", "a", "b", "b", "c", "c", "d", "d"))
                .categorical("level", Arrays.asList("low", "high", "mid", "low", "high", "mid", null, "low"))
                .categorical("dead", List.of("no", "yes", "yes", "no", "yes", "no", "yes", "no"))
                .build();
    }

    private static Model model(String formula, String family) {
        return model(Built.spec(formula).withFamily(family));
    }

    private static Model model(ModelSpec spec) {
        return Models.build(spec, table(), registry(), FitListener.SILENT);
    }

    private static BoundFamily family(Model model) {
        BoundFamily out = model.family();
        assertThat(out).isNotNull();
        return out;
    }

    /** Log densities of all rows at η = 0.3, φ neutral. */
    private static double[] density(Model model) {
        BoundFamily family = family(model);
        int n = (int) model.rows();
        double[] eta = new double[n];
        Arrays.fill(eta, 0.3);
        double[] phi =
                family.auxiliaries().stream().mapToDouble(c -> c.neutral()).toArray();
        double[] out = new double[n * (4 + 3 * phi.length)];
        assertThat(family.logDensity(0, n, eta, phi, 0, out)).isTrue();
        return Arrays.copyOf(out, n);
    }

    private static double binomial(double k, double n) {
        double mu = 1 / (1 + Math.exp(-0.3));
        double choose = 0;
        for (int j = 1; j <= k; j++) {
            choose += Math.log((n - k + j) / j);
        }
        return choose + k * Math.log(mu) + (n - k) * Math.log1p(-mu);
    }

    @Test
    void a_linear_model_has_no_family() {
        assertThat(model("x ~ y + (1 | g)", "gaussian").family()).isNull();
        assertThat(model(Built.spec("x ~ y + (1 | g)").withLink("identity")).family())
                .isNull();
        assertThat(model(Built.spec("x ~ y + (1 | g)").withLink("log")).family())
                .isNotNull();
    }

    @Test
    void zeros_and_ones_are_bound_unshifted() {
        Model model = model("y ~ x + (1 | g)", "binomial");
        assertThat(model.responseShift()).isZero();
        assertThat(Built.y(model)).containsExactly(0, 1, 1, 0, 1, 0, 1, 0);
        double[] density = density(model);
        for (int i = 0; i < 8; i++) {
            assertThat(density[i]).isCloseTo(binomial(Built.y(model)[i], 1), within(1e-14));
        }
    }

    @Test
    void successes_and_failures_or_trials_are_the_same_model_and_rows_without_trials_are_counted() {
        Model failures = model("cbind(s, f) ~ x + (1 | g)", "binomial");
        assertThat(failures.report().dropped())
                .containsExactlyInAnyOrder(
                        new DataReport.Dropped("missing", "s", 1), new DataReport.Dropped("zero trials", "s + f", 1));
        assertThat(Built.y(failures)).containsExactly(3, 0, 4, 2, 5, 1);
        Model trials = model("s/n ~ x + (1 | g)", "binomial");
        assertThat(density(trials)).containsExactly(density(failures));
        assertThat(density(trials)[3]).isCloseTo(binomial(2, 4), within(1e-14));
        assertThat(family(trials).trials(4)).isEqualTo(6);
    }

    @Test
    void proportions_with_trials_as_weights_are_successes() {
        ModelSpec spec = Built.spec("p ~ x + (1 | g)").withFamily("binomial").withWeights("n");
        Model model = model(spec); // the row of zero weight is left out
        double[] density = density(model);
        assertThat(density[0]).isCloseTo(binomial(3, 4), within(1e-14));
        assertThat(density[3]).isCloseTo(binomial(1, 3), within(1e-14));
        assertThat(density[5]).isCloseTo(binomial(5, 6), within(1e-14));
        // successes/trials with the trials as weights again, as some write it, does not count them twice
        ModelSpec twice = Built.spec("s/n ~ x + (1 | g)").withFamily("binomial").withWeights("n");
        assertThat(density(model(twice))).containsExactly(density(model("s/n ~ x + (1 | g)", "binomial")));
    }

    @Test
    void weights_and_frequencies_multiply() {
        double[] plain = density(model("y ~ x + (1 | g)", "binomial"));
        ModelSpec spec = Built.spec("y ~ x + (1 | g)").withFamily("binomial");
        double[] weighted = density(model(spec.withWeights("w").withFrequencyWeights("e")));
        double[] w = {1, 2, 1, 2, 1, 2, 1, 2};
        double[] e = {1, 2, 4, 8, 1, 2, 4, 8};
        for (int i = 0; i < 8; i++) {
            assertThat(weighted[i]).isCloseTo(w[i] * e[i] * plain[i], within(1e-13));
        }
    }

    @Test
    void a_factor_of_two_levels_is_a_response_and_its_second_level_a_success() {
        Model model = model("dead ~ x + (1 | g)", "binomial");
        assertThat(Built.y(model)).containsExactly(0, 1, 1, 0, 1, 0, 1, 0);
        assertThat(density(model)).containsExactly(density(model("y ~ x + (1 | g)", "binomial")));
        Model turned = model(Built.spec("dead ~ x + (1 | g)")
                .withFamily("binomial")
                .withFactors(Map.of("dead", List.of("yes", "no"))));
        assertThat(Built.y(turned)).containsExactly(1, 0, 0, 1, 0, 1, 0, 1);
    }

    @Test
    void an_ordinal_response_has_cut_points_and_no_intercept_but_factors_keep_their_base() {
        Model model = model(Built.spec("level ~ x + dead + (1 | g)")
                .withFamily("ordinal")
                .withFactors(Map.of("level", List.of("low", "mid", "high"))));
        assertThat(model.rows()).isEqualTo(7);
        assertThat(model.fixedNames()).containsExactly("x", "deadyes");
        assertThat(model.interceptColumn()).isEqualTo(-1);
        assertThat(model.fixedShifts()).containsExactly(0, 0);
        assertThat(Built.x(model)[0][0]).isEqualTo(1);
        assertThat(Built.y(model)).containsExactly(0, 2, 1, 0, 2, 1, 0);
        assertThat(family(model).outcomes()).containsExactly("low", "mid", "high");
        assertThat(family(model).auxiliaries()).hasSize(2);
        Model numbers = model("grade ~ x + (1 | g)", "ordinal");
        assertThat(family(numbers).outcomes()).containsExactly("1", "2", "5");
        assertThat(numbers.fixedNames()).containsExactly("x");
    }

    @Test
    void rows_of_other_data_are_coded_as_an_ordinal_fit_coded_them() {
        Model model = model("grade ~ x + dead + (1 | g)", "ordinal");
        Model rows = Models.rebind(model.spec(), model.frame(), model.random(), table());
        assertThat(rows.fixedNames()).isEqualTo(model.fixedNames());
        assertThat(Built.x(rows)).isDeepEqualTo(Built.x(model));
    }

    @Test
    void an_effect_for_each_row_is_a_model_of_counts() {
        assertThat(model("s ~ x + (1 | x)", "poisson").random().get(0).levels()).hasSize(7);
    }

    @Test
    void an_exposure_is_an_offset_on_the_log_scale() {
        Model model = model("x ~ y + offset(log(e)) + (1 | g)", "poisson");
        double[] offset = model.batches().iterator().next().offset();
        assertThat(offset[2]).isEqualTo(Math.log(4));
        assertThatThrownBy(() -> model("x ~ y + offset(log(bad)) + (1 | g)", "poisson"))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("row 3, column 'bad'")
                .hasMessageContaining("the exposure 0 is not positive");
    }

    @Test
    void any_value_but_zero_is_a_success_in_stata() {
        ModelSpec spec = Built.spec("x ~ (1 | g)").withFamily("binomial");
        assertThat(Built.y(model(
                        Built.spec("s ~ x + (1 | g)").withFamily("binomial").withLanguage(Language.STATA))))
                .containsExactly(1, 0, 1, 1, 0, 1, 1);
        assertThatThrownBy(() -> model(spec)).hasMessageContaining("row 2: 7 is not 0 or 1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '"',
            value = {
                "s ~ x + (1 | g)#binomial#Response 's', row 1: 3 is not 0 or 1",
                "p ~ x + (1 | g)#binomial#0.75 is not 0 or 1",
                "n/s ~ x + (1 | g)#binomial#4 successes are more than 3 trials",
                "cbind(p, n) ~ x + (1 | g)#binomial#0.75 successes of 4.75 trials are not whole numbers",
                "level ~ x + (1 | g)#binomial#'level' has 3 levels, high, low, mid; a binomial response has 2",
                "rate ~ x + (1 | g)#poisson#row 1: 0.5 is not a whole number of 0 or more",
                "rate ~ x + (1 | g)#nbinomial#row 1: 0.5 is not a whole number of 0 or more",
                "cbind(s, f) ~ x + (1 | g)#poisson#counts successes and failures; the family 'poisson' does not",
                "s ~ x + (1 | g)#gamma#row 2: 0 is not a positive number",
                "level ~ x + (1 | g)#poisson#Column 'level' of 'data' is categorical",
                "level ~ x + (1 | g)#gaussian#Column 'level' of 'data' is categorical",
                "rate ~ x + (1 | g)#ordinal#0.5 is not a whole number, as the code of an ordered outcome is",
                "grade ~ x - 1 + (1 | g)#ordinal#parameters in the place of an intercept",
                "y ~ x + (1 | g)#weibull#No family is named 'weibull'. Known: bernoulli, binomial",
                "z ~ x + (1 | g)#binomial#'z'",
                "z/n ~ x + (1 | g)#binomial#'z'"
            })
    void what_cannot_be_a_response_is_refused_with_its_row(String formula, String family, String message) {
        assertThatThrownBy(() -> model(formula, family))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void an_unknown_link_and_a_link_without_probabilities_are_refused() {
        assertThatThrownBy(() -> model(
                        Built.spec("y ~ x + (1 | g)").withFamily("binomial").withLink("logistic")))
                .hasMessageContaining("No link is named 'logistic'. Known: identity, log, logit, probit");
        assertThatThrownBy(() -> model(
                        Built.spec("grade ~ x + (1 | g)").withFamily("ordinal").withLink("log")))
                .hasMessageContaining("The link 'log' gives numbers that are no probabilities");
        ModelSpec residual = Built.spec("y ~ x + (1 | g)").withFamily("binomial");
        ModelSpec both = new ModelSpec(
                residual.formula(),
                RFormula.parseResidual("ar(1, x | g)"),
                null,
                null,
                null,
                Map.of(),
                java.util.Set.of(),
                "binomial",
                null);
        assertThatThrownBy(() -> model(both)).hasMessageContaining("residual structure 'ar'");
    }
}
