package henderson.structures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.CovarianceStructure;
import henderson.api.HendersonException;
import henderson.api.Natural;
import henderson.api.Positions;
import henderson.api.Scale;
import henderson.api.Whitening;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.junit.jupiter.api.Test;

/** One process by several kinds. */
class AgreementTest {
    private static final int[] TIMES = {1, 2, 3, 5, 9, 10};
    private static final int[] AT = {0, 1, 2, 3, 4, 5};

    private static BoundStructure bind(CovarianceStructure kind, Map<String, Object> given, Positions positions) {
        return kind.bind(Arguments.of(kind.name(), kind.arguments(), given), positions);
    }

    private static BoundStructure bind(CovarianceStructure kind, Map<String, Object> given) {
        return bind(kind, given, Positions.integers(TIMES));
    }

    private static double[] matrix(BoundStructure bound, double[] tau) {
        return bound.matrix(tau, AT, new DMatrixRMaj(AT.length, AT.length)).data;
    }

    /** Coordinate 1 such that natural parameter 1 has a value, by bisection between two points. */
    private static double[] solve(BoundStructure bound, double scale, double wanted, double low, double high) {
        double a = low;
        double b = high;
        for (int i = 0; i < 200; i++) {
            double middle = (a + b) / 2;
            boolean below = bound.natural(new double[] {scale, middle})[1] < wanted;
            boolean rising = bound.natural(new double[] {scale, high})[1] > bound.natural(new double[] {scale, low})[1];
            a = below == rising ? middle : a;
            b = below == rising ? b : middle;
        }
        return new double[] {scale, (a + b) / 2};
    }

    @Test
    void autoregression_of_positive_rho_is_exponential_at_whole_times() {
        BoundStructure exponential = bind(new Exponential(), Map.of());
        double[] tau = solve(exponential, 1.5, 0.6, 0.01, 1.56);
        double[] ar = {1.5, Math.asin(0.6)};
        assertThat(matrix(exponential, tau)).containsExactly(matrix(bind(new Ar(), Map.of()), ar), within(1e-13));
        Whitening one = exponential.whitening(AT);
        Whitening other = bind(new Ar(), Map.of()).whitening(AT);
        assertThat(one.update(tau) && other.update(ar)).isTrue();
        double[] x = {1, -2, 3, 0.5, 0, 4};
        double[] y = x.clone();
        one.whiten(x, 0, 1);
        other.whiten(y, 0, 1);
        assertThat(x).containsExactly(y, within(1e-12));
        assertThat(one.logDeterminant()).isCloseTo(other.logDeterminant(), within(1e-12));
    }

    @Test
    void continuous_ar1_is_exponential_in_other_words() {
        BoundStructure range = bind(new ContinuousAr1(), Map.of());
        BoundStructure rho = bind(new Exponential(), Map.of());
        double[] tau = {1.2, 0.9};
        assertThat(matrix(range, tau)).isEqualTo(matrix(rho, tau));
        assertThat(Math.exp(-1 / range.natural(tau)[1])).isCloseTo(rho.natural(tau)[1], within(1e-15));
        assertThat(range.naturals().get(1).scale()).isEqualTo(Scale.LOG);
        assertThat(rho.naturals().get(1).scale()).isEqualTo(Scale.LOGIT);
    }

    @Test
    void matern_of_nu_a_half_is_exponential_on_a_line() {
        BoundStructure matern = bind(new Matern(), Map.of("nu", 0.5));
        BoundStructure exponential = bind(new ContinuousAr1(), Map.of());
        double[] tau = {1.2, 0.9};
        assertThat(matrix(matern, tau)).isEqualTo(matrix(exponential, tau));
        assertThat(matern.natural(tau)).isEqualTo(exponential.natural(tau));
    }

    @Test
    void full_toeplitz_holds_every_stationary_kind() {
        Positions run = Positions.integers(0, 1, 2, 3, 4, 5);
        BoundStructure toeplitz = bind(new Toeplitz(), Map.of(), run);
        BoundStructure ar = bind(new Ar(), Map.of("order", 2), run);
        // partials beyond the order of an autoregression are zero
        assertThat(matrix(toeplitz, new double[] {1.5, 0.6, -0.3, 0, 0, 0}))
                .containsExactly(matrix(ar, new double[] {1.5, 0.6, -0.3}), within(1e-14));
        BoundStructure ma = bind(new Ma(), Map.of(), run);
        BoundStructure one = bind(new Toeplitz(), Map.of("order", 1), run);
        double theta = Math.sin(0.7);
        double[] tau = {1.5, Math.asin(theta / (1 + theta * theta))};
        assertThat(matrix(one, tau)).containsExactly(matrix(ma, new double[] {1.5, 0.7}), within(1e-14));
    }

    @Test
    void unstructured_holds_every_kind() {
        CholeskyDecompositionInner_DDRM cholesky = new CholeskyDecompositionInner_DDRM();
        BoundStructure arma = bind(new Arma(), Map.of());
        DMatrixRMaj wanted = new DMatrixRMaj(6, 6, true, matrix(arma, new double[] {1.3, 0.5, 0.4}));
        assertThat(cholesky.decompose(wanted.copy())).isTrue();
        DMatrixRMaj l = cholesky.getT(null);
        double[] tau = new double[21];
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j <= i; j++) {
                tau[i * (i + 1) / 2 + j] = l.get(i, j);
            }
        }
        BoundStructure unstructured = bind(new Unstructured(), Map.of());
        assertThat(matrix(unstructured, tau)).containsExactly(wanted.data, within(1e-14));
        Whitening w = arma.whitening(AT);
        Whitening u = unstructured.whitening(AT);
        assertThat(w.update(new double[] {1.3, 0.5, 0.4}) && u.update(tau)).isTrue();
        assertThat(w.logDeterminant()).isCloseTo(u.logDeterminant(), within(1e-13));
    }

    @Test
    void independence_is_a_true_boundary_of_correlation_by_distance() {
        BoundStructure exponential = bind(new Exponential(), Map.of());
        double[] none = {1, 0};
        DMatrixRMaj identity = CommonOps_DDRM.identity(6);
        assertThat(matrix(exponential, none)).isEqualTo(identity.data);
        assertThat(exponential.natural(none)[1]).isZero();
        Whitening w = exponential.whitening(AT);
        assertThat(w.update(none)).isTrue();
        assertThat(w.logDeterminant()).isZero();
        assertThat(w.traceQ(1)).isZero();
        assertThat(exponential.free(none)).containsExactly(true, false);
        // where everything is one, nothing can be whitened
        assertThat(w.update(new double[] {1, Math.PI / 2})).isFalse();
    }

    @Test
    void nearly_equal_times_keep_their_digits() {
        BoundStructure exponential = bind(new ContinuousAr1(), Map.of(), new Line(new double[] {0, 1e-9, 1}));
        double[] tau = solve(exponential, 1, 2.0, 0.01, 1.57);
        Whitening w = exponential.whitening(new int[] {0, 1});
        assertThat(w.update(tau)).isTrue();
        // 1 − e^{−1e-9}
        double range = exponential.natural(tau)[1];
        assertThat(w.logDeterminant()).isCloseTo(Math.log(-Math.expm1(-2e-9 / range)), within(1e-12));
    }

    @Test
    void rows_at_one_place_differ_by_the_nugget_alone() {
        Positions twice = new Line(new double[] {0, 1, 1, 1.5});
        BoundStructure bound = bind(new Matern(), Map.of("nugget", true), twice);
        double[] tau = {1, 0.8, 0.5};
        double nugget = bound.natural(tau)[2];
        DMatrixRMaj r = bound.matrix(tau, new int[] {0, 1, 2, 3}, new DMatrixRMaj(4, 4));
        assertThat(r.get(1, 2)).isCloseTo(1 - nugget, within(1e-15));
        assertThat(r.get(1, 1)).isEqualTo(1);
        Whitening w = bound.whitening(new int[] {0, 1, 2, 3});
        assertThat(w).isInstanceOf(StateSpaceWhitening.class);
        assertThat(w.update(tau)).isTrue();
        assertThat(w.logDeterminant()).isCloseTo(Math.log(CommonOps_DDRM.det(r)), within(1e-13));
        Map<String, Object> none = Map.of();
        Matern matern = new Matern();
        assertThat(matern.coincident(Arguments.of("matern", matern.arguments(), none)))
                .isFalse();
        assertThat(matern.coincident(Arguments.of("matern", matern.arguments(), Map.of("nugget", true))))
                .isTrue();
    }

    @Test
    void lags_that_no_two_occasions_have_are_no_parameters() {
        BoundStructure bound = bind(new Toeplitz(), Map.of(), Positions.integers(0, 1, 3, 12));
        assertThat(bound.naturals().stream().map(Natural::symbol).toList())
                .containsExactly("var", "corr", "corr", "corr", "corr", "corr", "corr");
        assertThat(bound.naturals().stream().skip(1).map(Natural::i).toList()).containsExactly(1, 2, 3, 9, 11, 12);
    }

    @Test
    void inadmissible_correlations_are_refused_where_they_are_needed_together() {
        BoundStructure bound = bind(new Toeplitz(), Map.of("order", 1), Positions.integers(0, 1, 2, 3));
        double[] tau = {1, Math.asin(0.6)};
        // r = 0.6 at lag 1 alone: fine for two and three occasions (below 1/√2), not for four (below 0.618…:
        // 1/(2cos(π/5)))
        assertThat(bound.whitening(new int[] {0, 1, 2, 3}).update(tau)).isTrue();
        double[] more = {1, Math.asin(0.65)};
        assertThat(bound.whitening(new int[] {0, 1, 2}).update(more)).isTrue();
        assertThat(bound.whitening(new int[] {0, 1, 2, 3}).update(more)).isFalse();
        assertThat(bound.matrix(more, new int[] {0, 1, 2, 3}, new DMatrixRMaj(4, 4)).data)
                .contains(Double.NaN);
        assertThat(bound.matrix(more, new int[] {0, 1, 1, 2}, new DMatrixRMaj(4, 4)).data)
                .doesNotContain(Double.NaN);
    }

    @Test
    void what_cannot_be_held_is_refused() {
        Positions many = Positions.integers(IntStream.range(0, 2001).toArray());
        for (CovarianceStructure kind : List.of(new Toeplitz(), new Unstructured())) {
            assertThatThrownBy(() -> bind(kind, Map.of(), many))
                    .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                            .contains(kind.name(), "2001 occasions; at most 2000", "Maybe"));
        }
        assertThatThrownBy(() -> bind(new Toeplitz(), Map.of("order", 10)))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("order 10 needs more than 10 occasions; there are 10");
        assertThatThrownBy(() -> bind(new Matern(), Map.of("nu", 2)))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("nu = 2", "0.5, 1.5, 2.5", "Maybe"));
        assertThatThrownBy(() -> bind(new Gaussian(), Map.of(), Positions.integers(3)))
                .isInstanceOfSatisfying(HendersonException.class, e -> assertThat(e.describe())
                        .contains("all its positions at one place, 3", "Maybe"));
        assertThatThrownBy(() -> bind(new Exponential(), Map.of(), Positions.of(List.of("_cons", "x"))))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("needs numeric positions");
    }
}
