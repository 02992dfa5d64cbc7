package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.Table;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hundreds of groups with the same visits and few different rows of X: two ways to write one model, and two estimators. */
class AlikeGroupsTest {
    private static final Henderson HENDERSON = Henderson.create();
    private static final String FORMULA = "y ~ arm:factor(visit) + factor(visit)";

    private static Table trial(int subjects, int visits) {
        Random random = new Random(20);
        int n = subjects * visits;
        double[] y = new double[n];
        double[] arm = new double[n];
        double[] visit = new double[n];
        double[] id = new double[n];
        for (int i = 0; i < n; i++) {
            int subject = i / visits;
            arm[i] = subject % 2;
            visit[i] = i % visits + 1;
            id[i] = subject + 1;
        }
        for (int s = 0; s < subjects; s++) {
            double effect = 0.9 * random.nextGaussian();
            for (int v = 0; v < visits; v++) {
                int i = s * visits + v;
                y[i] = 10 + 0.4 * v + 0.3 * arm[i] * v + effect + random.nextGaussian();
            }
        }
        return Table.builder("trial")
                .numeric("y", y)
                .numeric("arm", arm)
                .numeric("visit", visit)
                .numeric("id", id)
                .build();
    }

    @ParameterizedTest
    @EnumSource(Criterion.class)
    void exchangeable_residuals_are_a_random_intercept(Criterion criterion) {
        Table table = trial(300, 4);
        FitOptions options = FitOptions.DEFAULT.withCriterion(criterion);
        Fit intercept = HENDERSON.fit(HENDERSON.model(HENDERSON.parse(FORMULA + " + (1 | id)"), table), options);
        ModelSpec spec = HENDERSON.parse(FORMULA).withResidual(RFormula.parseResidual("exchangeable(visit | id)"));
        for (String estimator : new String[] {"newton", "px-em"}) {
            Fit fit = HENDERSON.fit(HENDERSON.model(spec, table), options.withEstimator(estimator));
            assertThat(fit.convergence()).isInstanceOf(Convergence.Converged.class);
            assertThat(fit.logLikelihood())
                    .isCloseTo(intercept.logLikelihood(), within(1e-11 * Math.abs(intercept.logLikelihood())));
        }
    }
}
