package henderson.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.validation.OptimizerTable.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTableTest {
    private static final OptimizerTable TABLE = new OptimizerTable(Path.of(".."));
    private static final List<Problem> PROBLEMS = TABLE.problems();

    static Stream<String> optimizers() {
        return TABLE.optimizers().stream();
    }

    @Test
    void there_are_ten_cases_and_six_optimizers() {
        assertThat(PROBLEMS).hasSize(10);
        assertThat(TABLE.optimizers())
                .containsExactly("bfgs", "bobyqa", "l-bfgs", "nelder-mead", "ojalgo-sqp", "trust-region-newton");
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void every_case_ends_certified_at_the_reference_optimum(String optimizer) {
        for (Problem problem : PROBLEMS) {
            if (OptimizerTable.takes(optimizer, problem)) {
                Fit fit = TABLE.fit(problem, optimizer);
                assertThat(fit.convergence().certified())
                        .as("%s %s", problem.reference().id(), fit.certificate())
                        .isTrue();
                // printed figures have eight digits; the others more
                double expected = problem.reference().expected().logLikelihood().doubleValue();
                assertThat(fit.logLikelihood())
                        .as(problem.reference().id())
                        .isCloseTo(expected, within(1e-7 * Math.abs(expected)));
            } else {
                assertThatThrownBy(() -> TABLE.fit(problem, optimizer))
                        .isInstanceOf(HendersonException.class)
                        .hasMessageContaining("Optimizer '" + optimizer + "' needs");
            }
        }
    }
}
