package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Positions;
import henderson.api.Whitening;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Autoregressions and moving averages by roads that know no partial autocorrelations. */
class ArmaProcessTest {
    private static BoundStructure bind(CovarianceStructure kind, Map<String, Object> given, int... times) {
        return kind.bind(Arguments.of(kind.name(), kind.arguments(), given), Positions.integers(times));
    }

    private static int[] run(int n) {
        return IntStream.range(0, n).toArray();
    }

    private static double[] correlations(BoundStructure bound, double[] tau, int lags) {
        DMatrixRMaj r = bound.matrix(tau, run(lags + 1), new DMatrixRMaj(lags + 1, lags + 1));
        double[] out = new double[lags + 1];
        for (int h = 0; h <= lags; h++) {
            out[h] = r.get(0, h) / r.get(0, 0);
        }
        return out;
    }

    @Test
    void autoregression_solves_the_equations_of_yule_and_walker() {
        BoundStructure ar = bind(new Ar(), Map.of("order", 3), run(9));
        double[] tau = {1.3, 0.9, -0.4, 0.5};
        double[] natural = ar.natural(tau);
        double[] r = correlations(ar, tau, 8);
        // r_h = Σ φ_j r_|h−j|: three linear equations in φ
        DMatrixRMaj gram = new DMatrixRMaj(3, 3);
        DMatrixRMaj right = new DMatrixRMaj(3, 1);
        for (int i = 0; i < 3; i++) {
            right.set(i, 0, r[i + 1]);
            for (int j = 0; j < 3; j++) {
                gram.set(i, j, r[Math.abs(i - j)]);
            }
        }
        DMatrixRMaj phi = new DMatrixRMaj(3, 1);
        CommonOps_DDRM.solve(gram, right, phi);
        for (int j = 0; j < 3; j++) {
            assertThat(natural[1 + j]).isCloseTo(phi.get(j, 0), within(1e-13));
        }
        for (int h = 4; h <= 8; h++) {
            assertThat(r[h])
                    .isCloseTo(natural[1] * r[h - 1] + natural[2] * r[h - 2] + natural[3] * r[h - 3], within(1e-14));
        }
        assertThat(natural[0]).isEqualTo(1.3 * 1.3);
    }

    /** {@code γ(h) = Σ ψ_j ψ_{j+h}}, ψ the weights of past innovations, four thousand of them. */
    private static double[] byInnovations(double[] phi, double[] theta, int lags) {
        double[] psi = new double[4000];
        for (int j = 0; j < psi.length; j++) {
            psi[j] = j == 0 ? 1 : j <= theta.length ? theta[j - 1] : 0;
            for (int i = 1; i <= Math.min(j, phi.length); i++) {
                psi[j] += phi[i - 1] * psi[j - i];
            }
        }
        double[] out = new double[lags + 1];
        for (int h = 0; h <= lags; h++) {
            for (int j = 0; j + h < psi.length; j++) {
                out[h] += psi[j] * psi[j + h];
            }
        }
        for (int h = lags; h >= 0; h--) {
            out[h] /= out[0];
        }
        return out;
    }

    @Test
    void arma_is_a_sum_of_past_innovations() {
        BoundStructure arma = bind(new Arma(), Map.of("p", 2, "q", 2), run(9));
        double[] tau = {0.8, 0.7, -0.5, 0.6, -0.9};
        double[] n = arma.natural(tau);
        double[] expected = byInnovations(new double[] {n[1], n[2]}, new double[] {n[3], n[4]}, 8);
        assertThat(correlations(arma, tau, 8)).containsExactly(expected, within(1e-13));
    }

    @Test
    void moving_average_has_the_sign_of_stata_and_r() {
        // e_t = u_t + θ u_{t−1}: r(1) = θ/(1 + θ²), and nothing beyond
        BoundStructure ma = bind(new Ma(), Map.of("order", 1), run(4));
        double theta = Math.sin(0.7);
        assertThat(ma.natural(new double[] {1, 0.7})[1]).isCloseTo(theta, within(1e-15));
        assertThat(correlations(ma, new double[] {1, 0.7}, 3))
                .containsExactly(new double[] {1, theta / (1 + theta * theta), 0, 0}, within(1e-15));
    }

    @Test
    void roots_of_a_moving_average_lie_on_or_outside_the_unit_circle() {
        BoundStructure ma = bind(new Ma(), Map.of("order", 2), run(4));
        for (double a = -1.5; a <= 1.5; a += 0.3) {
            for (double b = -1.5; b <= 1.5; b += 0.3) {
                double[] n = ma.natural(new double[] {1, a, b});
                // the triangle of invertible θ
                assertThat(n[2]).isBetween(-1.0, 1.0);
                assertThat(Math.abs(n[1])).isLessThan(1 + n[2] + 1e-15);
            }
        }
    }

    @Test
    void unit_root_of_a_moving_average_is_regular_and_that_of_an_autoregression_is_not() {
        int[] at = run(5);
        double[] unit = {1, Math.PI / 2};
        Whitening ma = bind(new Ma(), Map.of(), at).whitening(at);
        assertThat(ma.update(unit)).isTrue();
        // |tridiagonal (1, ½)| of n rows is (n + 1)/2ⁿ
        assertThat(ma.logDeterminant()).isCloseTo(Math.log(6 / 32.0), within(1e-14));
        assertThat(bind(new Ar(), Map.of(), at).whitening(at).update(unit)).isFalse();
    }

    @Test
    void autoregression_without_gaps_computes_as_many_rows_as_its_order_and_one_to_see_that_nothing_moves() {
        int n = 1000;
        BoundStructure ar = bind(new Ar(), Map.of("order", 3), run(n));
        StateSpaceWhitening w = (StateSpaceWhitening) ar.whitening(run(n));
        assertThat(w.update(new double[] {1, 0.9, -0.4, 0.5})).isTrue();
        assertThat(w.computedRows()).isLessThanOrEqualTo(3 + 2);
    }

    @Test
    void a_gap_costs_an_autoregression_as_many_rows_again() {
        int[] times = run(1000);
        for (int i = 500; i < 1000; i++) {
            times[i] += 40;
        }
        BoundStructure ar = bind(new Ar(), Map.of("order", 3), times);
        StateSpaceWhitening w = (StateSpaceWhitening) ar.whitening(run(1000));
        assertThat(w.update(new double[] {1, 0.9, -0.4, 0.5})).isTrue();
        assertThat(w.computedRows()).isLessThanOrEqualTo(2 * (3 + 3));
    }

    @Test
    void moving_average_stands_still_when_its_gain_has_converged() {
        int n = 100_000;
        BoundStructure ma = bind(new Ma(), Map.of("order", 2), run(n));
        StateSpaceWhitening w = (StateSpaceWhitening) ma.whitening(run(n));
        assertThat(w.update(new double[] {1, 0.9, -0.4})).isTrue();
        // the larger inverse root is 0.907, and 0.907^(2n) < 2⁻⁵⁰ from n = 178 on; its derivative has a factor n more
        assertThat(w.computedRows()).isLessThan(2 * 178);
    }

    @Test
    void gaps_are_gaps_and_order_does_not_matter() {
        BoundStructure ar = bind(new Ar(), Map.of(), 7, 1, 4);
        double rho = Math.sin(0.8);
        double[] r = ar.matrix(new double[] {1, 0.8}, new int[] {0, 1, 2}, new DMatrixRMaj(3, 3)).data;
        assertThat(r)
                .containsExactly(
                        new double[] {
                            1,
                            Math.pow(rho, 6),
                            Math.pow(rho, 3),
                            Math.pow(rho, 6),
                            1,
                            Math.pow(rho, 3),
                            Math.pow(rho, 3),
                            Math.pow(rho, 3),
                            1
                        },
                        within(1e-15));
    }

    @Test
    void an_order_that_no_times_can_tell_is_refused() {
        assertThatThrownBy(() -> bind(new Ar(), Map.of("order", 4), 1, 2, 3))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("'ar'", "order 4", "there are 3", "Maybe"));
        assertThatThrownBy(() -> bind(new Ma(), Map.of("order", 0), 1, 2, 3))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("'ma'", "order 0", "at least 1", "Maybe"));
        assertThatThrownBy(() -> bind(new Arma(), Map.of("p", 2, "q", 1), 1, 2, 3))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("order 3");
    }

    @Test
    void one_occasion_or_none_with_numbers_is_refused() {
        assertThatThrownBy(() -> bind(new Ar(), Map.of(), 5))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("one position only, 5", "Maybe the time variable is constant"));
        Positions labels = Positions.of(java.util.List.of("_cons", "week"));
        assertThatThrownBy(() -> new Ar().bind(Arguments.of("ar", new Ar().arguments(), Map.of()), labels))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("needs whole-number positions", "Maybe"));
        assertThatThrownBy(() -> bind(new Ar(), Map.of(), 0, 1, 2_000_000_000))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("span 2000000000 occasions");
    }
}
