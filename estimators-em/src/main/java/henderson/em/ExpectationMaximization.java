package henderson.em;

import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.equations.linear.LinearEnd;
import henderson.equations.linear.LinearProblem;
import org.jspecify.annotations.Nullable;

/**
 * Maximum likelihood and REML of linear mixed models by expectation-maximization ({@code docs/em.md}). All three
 * variants are accelerated, go to the boundary and leave it as Newton's estimator does, end with parameter-expanded steps, and
 * carry the same certificate; none takes a Newton step.
 *
 * <p>A limit of iterations at its default of {@link FitOptions#DEFAULT} means {@value #ITERATIONS} here: EM takes many cheap
 * steps.
 */
public final class ExpectationMaximization implements Estimator {
    /** Accepted steps at most, unless the options say another number than their default. */
    static final int ITERATIONS = 20_000;

    static final String ACCELERATION = "squarem";

    private final Variant variant;

    /** What the first steps are. */
    enum Variant {
        /** β by generalized least squares, G and σ² by the M-step. */
        EM("em"),
        /** G by the M-step; β and σ² maximize the likelihood itself. */
        ECME("ecme"),
        /** ECME with Λ as a regression coefficient besides. */
        PX_EM("px-em");

        private final String word;

        Variant(String word) {
            this.word = word;
        }
    }

    private ExpectationMaximization(Variant variant) {
        this.variant = variant;
    }

    /** {@code em}: random effects are the missing data, σ² and G come from the M-step. */
    public static ExpectationMaximization em() {
        return new ExpectationMaximization(Variant.EM);
    }

    /** {@code ecme}: G comes from the M-step, σ² is profiled out of the likelihood. */
    public static ExpectationMaximization ecme() {
        return new ExpectationMaximization(Variant.ECME);
    }

    /** {@code px-em}: as {@code ecme}, in a model expanded by regression coefficients of the random effects. */
    public static ExpectationMaximization pxEm() {
        return new ExpectationMaximization(Variant.PX_EM);
    }

    @Override
    public String name() {
        return variant.word;
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        if (options.optimizer() != null) {
            return "it uses no optimizer, and '" + options.optimizer() + "' was asked for";
        }
        return LinearProblem.refusal(model);
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        LinearProblem problem = LinearProblem.of(model, options, context);
        long begin = System.nanoTime();
        int limit = options.iterationsOr(ITERATIONS);
        LinearEnd end = new EmSearch(problem, variant, options.tolerance(), limit, context.listener()).run();
        return problem.fit(name(), ACCELERATION, end, LinearProblem.seconds(begin));
    }
}
