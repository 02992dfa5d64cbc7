package henderson.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FitOptionsTest {
    @Test
    void a_limit_that_was_not_asked_for_leaves_an_estimator_its_own() {
        assertThat(FitOptions.DEFAULT.limited()).isFalse();
        assertThat(FitOptions.DEFAULT.iterationsOr(20_000)).isEqualTo(20_000);
        assertThat(FitOptions.DEFAULT
                        .withThreads(2)
                        .withTolerance(1e-9)
                        .withCriterion(Criterion.REML)
                        .withEstimator("em")
                        .withOptimizer("bfgs")
                        .iterationsOr(7))
                .isEqualTo(7);
    }

    @Test
    void a_limit_that_was_asked_for_holds_though_it_is_the_default_s() {
        FitOptions asked = FitOptions.DEFAULT.withIterations(FitOptions.DEFAULT.iterations());
        assertThat(asked.iterationsOr(20_000)).isEqualTo(200);
        assertThat(asked.withThreads(3).withTolerance(1e-8).iterationsOr(20_000))
                .isEqualTo(200);
        assertThat(new FitOptions(Criterion.ML, null, null, 200, 1e-12, 1)).isEqualTo(asked);
    }
}
