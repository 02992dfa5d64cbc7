package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.framework.Henderson;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DisagreementTest {
    private static final Henderson HENDERSON = Henderson.create();
    private static final Model MODEL =
            HENDERSON.model(HENDERSON.parse("travel ~ 1 + (1 | Rail)"), HENDERSON.read(Path.of("data", "rail.csv")));

    private static Fit by(String estimator, int iterations) {
        return HENDERSON.fit(MODEL, FitOptions.DEFAULT.withEstimator(estimator).withIterations(iterations));
    }

    @Test
    void estimators_that_reach_the_optimum_agree() {
        assertThat(Disagreement.of(by("newton", 200), by("em", 200))).isNull();
    }

    @Test
    void a_fit_that_stopped_on_the_way_is_named_with_both_figures() {
        assertThat(Disagreement.of(by("newton", 200), by("newton", 0)))
                .startsWith("newton and newton disagree on ")
                .contains("apart");
    }
}
