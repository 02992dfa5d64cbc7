package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Natural;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterNamesTest {
    private final List<String> columns = List.of("week", "_cons");

    @Test
    void pair_is_named_in_the_order_of_columns_whichever_way_it_is_given() {
        assertThat(ParameterNames.random("cov", Natural.covariance(1, 0), columns))
                .isEqualTo("cov(week,_cons)");
        assertThat(ParameterNames.random("cov", Natural.covariance(0, 1), columns))
                .isEqualTo("cov(week,_cons)");
    }

    @Test
    void common_variance_names_all_columns() {
        assertThat(ParameterNames.random("var", Natural.variance(-1), List.of("a", "b", "c")))
                .isEqualTo("var(a b c)");
    }

    @Test
    void common_covariance_of_two_columns_is_written_as_a_pair() {
        assertThat(ParameterNames.random("cov", Natural.covariance(-1, -1), columns))
                .isEqualTo("cov(week,_cons)");
        assertThat(ParameterNames.random("cov", Natural.covariance(-1, -1), List.of("a", "b", "c")))
                .isEqualTo("cov(a b c)");
    }

    @Test
    void residual_parameters_are_named_by_e_and_position() {
        List<String> times = List.of("1", "3");
        assertThat(ParameterNames.residual("var", Natural.variance(-1), times)).isEqualTo("var(e)");
        assertThat(ParameterNames.residual("var", Natural.variance(1), times)).isEqualTo("var(e3)");
        assertThat(ParameterNames.residual("cov", Natural.covariance(1, 0), times))
                .isEqualTo("cov(e1,e3)");
        assertThat(ParameterNames.residual("phi1", Natural.correlation("phi1", -1, -1), times))
                .isEqualTo("phi1");
    }

    @Test
    void correlation_at_a_lag_is_named_by_the_lag_on_either_side() {
        Natural lag = Natural.correlationAtLag(12);
        assertThat(ParameterNames.random("corr", lag, columns)).isEqualTo("corr(12)");
        assertThat(ParameterNames.residual("corr", lag, columns)).isEqualTo("corr(12)");
    }
}
