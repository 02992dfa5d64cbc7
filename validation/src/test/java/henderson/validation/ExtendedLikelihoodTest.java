package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.framework.Henderson;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtendedLikelihoodTest {
    private static final Henderson HENDERSON = Henderson.create();

    /** Log-likelihoods of the reference set, twelve digits. */
    @ParameterizedTest
    @CsvSource({
        "sleepstudy.csv, Reaction ~ Days + (Days | Subject), ML, -875.969672231599",
        "sleepstudy.csv, Reaction ~ Days + (Days | Subject), REML, -871.814135979246",
        "penicillin.csv, diameter ~ 1 + (1 | plate) + (1 | sample), ML, -166.09417433425",
    })
    void the_likelihood_of_V_itself_is_that_of_the_reference(
            String file, String formula, Criterion criterion, double expected) {
        Fit fit = fit(file, formula, criterion);

        assertThat(ExtendedLikelihood.takes(fit)).isTrue();
        assertThat(ExtendedLikelihood.of(fit)).isCloseTo(expected, within(1e-11 * Math.abs(expected)));
    }

    @ParameterizedTest
    @CsvSource("pig.csv, weight ~ week + (1 | id)")
    void large_fits_are_left_alone(String file, String formula) {
        assertThat(ExtendedLikelihood.takes(fit(file, formula, Criterion.ML))).isFalse();
    }

    private static Fit fit(String file, String formula, Criterion criterion) {
        Model model = HENDERSON.model(HENDERSON.parse(formula), HENDERSON.read(Path.of("data", file)));
        return HENDERSON.fit(model, FitOptions.DEFAULT.withCriterion(criterion));
    }
}
