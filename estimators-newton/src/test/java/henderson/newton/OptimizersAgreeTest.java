package henderson.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Optimizer;
import henderson.equations.linear.Parameters;
import henderson.testkit.InMemoryModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever optimizer searches, the fit ends at the same optimum, certified; on the boundary as well. */
class OptimizersAgreeTest {
    static LongStream seeds() {
        return LongStream.range(1, 41);
    }

    private static Fit fit(InMemoryModel model, Criterion criterion, String optimizer) {
        return new Newton()
                .fit(model, FitOptions.DEFAULT.withCriterion(criterion).withOptimizer(optimizer), Context.plain());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_optimizer_ends_certified_at_the_same_deviance(long seed) {
        InMemoryModel model = RandomProblemsTest.draw(seed);
        int parameters = new Parameters(model).size();
        for (Criterion criterion : Criterion.values()) {
            Fit newton = fit(model, criterion, Newton.OPTIMIZER);
            for (Optimizer optimizer : Context.plain().registry().optimizers().values()) {
                if (parameters == 1 && optimizer.name().equals("bobyqa")) {
                    continue;
                }
                Fit fit = fit(model, criterion, optimizer.name());
                assertThat(fit.convergence().certified())
                        .as("%s: %s %s %s", optimizer.name(), fit.convergence(), fit.certificate(), fit.history())
                        .isTrue();
                // two snaps and two decrements may lie between two certified fits
                assertThat(fit.deviance()).as(optimizer.name()).isCloseTo(newton.deviance(), within(1e-8));
            }
        }
    }

    @Test
    void an_optimizer_that_refuses_the_whole_model_is_named() {
        long seed = seeds().filter(s -> new Parameters(RandomProblemsTest.draw(s)).size() == 1)
                .findFirst()
                .orElseThrow();
        assertThatThrownBy(() -> fit(RandomProblemsTest.draw(seed), Criterion.ML, "bobyqa"))
                .isInstanceOf(HendersonException.class)
                .hasMessageContaining("Optimizer 'bobyqa' needs 2 parameters to search over, and here is 1.");
    }

    @Test
    void an_optimizer_that_refuses_what_the_boundary_leaves_is_succeeded_and_told_of() {
        List<String> notes = new ArrayList<>();
        FitListener listener = new FitListener() {
            @Override
            public void note(String text) {
                notes.add(text);
            }
        };
        Context plain = Context.plain();
        seeds().mapToObj(RandomProblemsTest::draw)
                .filter(model -> new Parameters(model).size() == 2)
                .forEach(model -> new Newton()
                        .fit(
                                model,
                                FitOptions.DEFAULT.withOptimizer("bobyqa"),
                                new Context(plain.registry(), plain.clusters(), listener)));
        assertThat(notes)
                .contains("Optimizer 'bobyqa' needs 2 parameters to search over, and here is 1."
                        + " trust-region-newton goes on");
    }
}
