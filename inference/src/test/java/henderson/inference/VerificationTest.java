package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Convergence;
import henderson.api.Fit;
import henderson.testkit.KnownFits;
import org.junit.jupiter.api.Test;

class VerificationTest {
    private static Summary summary(Fit fit) {
        return Summary.of(fit, 95);
    }

    private static Fit with(Fit f, double[] beta) {
        return new Fit(
                f.model(),
                f.options(),
                f.estimator(),
                f.optimizer(),
                f.logLikelihood(),
                f.nullLogLikelihood(),
                beta,
                f.betaCovariance(),
                f.sigma2(),
                f.random(),
                f.residual(),
                f.parameters(),
                f.parameterCovariance(),
                f.convergence(),
                f.certificate(),
                f.history(),
                f.evaluations(),
                f.effects(),
                f.notes(),
                f.seconds());
    }

    @Test
    void a_fit_agrees_with_itself() {
        Verification v = Verification.of(summary(KnownFits.sleepstudy()), summary(KnownFits.sleepstudy()));

        assertThat(v.differences()).isEmpty();
        assertThat(v.compared()).isGreaterThan(12);
        assertThat(v.holds()).isTrue();
    }

    @Test
    void a_coefficient_off_by_a_millionth_is_told() {
        Fit pig = KnownFits.pig();
        double[] beta = pig.beta().clone();
        beta[1] *= 1 + 1e-6;

        Verification v = Verification.of(summary(pig), summary(with(pig, beta)));

        assertThat(v.differences()).extracting(Verification.Difference::name).containsExactly("week");
        assertThat(v.holds()).isFalse();
    }

    @Test
    void without_a_certificate_it_does_not_hold() {
        Fit pig = KnownFits.pig();
        Fit bare = KnownFits.ended(pig, new Convergence.Converged(), null);

        Verification v = Verification.of(summary(pig), summary(bare));

        assertThat(v.differences()).isEmpty();
        assertThat(v.holds()).isFalse();
    }
}
