package henderson.glmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.equations.ThreadedClusters;
import henderson.glmm.family.Binomial;
import henderson.glmm.family.Logit;
import org.junit.jupiter.api.Test;

/** Searches over so many clusters that a part of them is fitted first. */
class PilotTest {
    @Test
    void the_maximum_is_certified_and_has_the_same_bits_on_two_threads() {
        Simulated data = Simulated.of(4500, 10, 0.8, 31);
        Model model = data.model(data.ones(), new Binomial(), new Logit());
        FitOptions options = FitOptions.DEFAULT.withIntegration("agq").withPoints(5);
        Fit one = new Glmm().fit(model, options, Context.plain());
        assertThat(one.convergence().certified()).isTrue();
        assertThat(one.beta()).containsExactly(new double[] {0.2, 0.6}, within(0.06));
        assertThat(one.logLikelihood()).isGreaterThan(one.nullLogLikelihood());
        assertThat(one.evaluations()).isLessThan(30);
        try (ThreadedClusters clusters = new ThreadedClusters(2)) {
            Fit two = new Glmm().fit(model, options, Context.with(clusters));
            assertThat(two.logLikelihood()).isEqualTo(one.logLikelihood());
            assertThat(two.beta()).isEqualTo(one.beta());
        }
        Fit there = new Glmm().at(model, one, options, Context.plain());
        assertThat(there.logLikelihood()).isCloseTo(one.logLikelihood(), within(1e-9 * Math.abs(one.logLikelihood())));
    }
}
