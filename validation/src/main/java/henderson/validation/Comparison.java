package henderson.validation;

import henderson.api.Fit;
import henderson.api.Term;
import henderson.inference.Coefficient;
import henderson.inference.Estimate;
import henderson.inference.LikelihoodRatioTest;
import henderson.inference.RandomSummary;
import henderson.inference.Summary;
import henderson.validation.ReferenceCase.Effect;
import henderson.validation.ReferenceCase.Expected;
import henderson.validation.ReferenceCase.Figure;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what a fit reports with a case, figure by figure. */
final class Comparison {
    private final ReferenceCase reference;
    private final Expected expected;
    private final Summary summary;
    private final @Nullable Summary robust;
    private final Judge judge;
    private final List<Check> checks = new ArrayList<>();

    private Comparison(ReferenceCase reference, Summary summary, @Nullable Summary robust, boolean secondOpinion) {
        this.reference = reference;
        this.expected = reference.expected();
        this.summary = summary;
        this.robust = robust;
        this.judge = new Judge(reference, secondOpinion);
    }

    /** All figures of the case, fitted by the default estimator or another one; {@code robust} where it has such. */
    static List<Check> of(ReferenceCase reference, Summary summary, @Nullable Summary robust, boolean secondOpinion) {
        Comparison c = new Comparison(reference, summary, robust, secondOpinion);
        c.facts();
        c.likelihood();
        c.extended();
        c.fixed();
        c.robust();
        c.variances();
        c.effects();
        return List.copyOf(c.checks);
    }

    /** The same figure from V itself: it settles who is right where two answers differ. */
    private void extended() {
        Fit fit = summary.fit();
        if (ExtendedLikelihood.takes(fit)) {
            double expected = ExtendedLikelihood.of(fit);
            double scale = Math.max(Math.abs(expected), fit.model().rows());
            add(Judge.extended(expected, fit.logLikelihood(), scale));
        }
    }

    private void facts() {
        Fit fit = summary.fit();
        add(Judge.fact("rows", Integer.toString(expected.rows()), Long.toString(summary.observations())));
        add(Judge.fact("parameters", Integer.toString(expected.parameters()), Integer.toString(fit.parameterCount())));
        String status = expected.singular() ? "boundary" : "converged";
        add(Judge.fact("status", status, fit.convergence().status()));
    }

    private void likelihood() {
        BigDecimal l = expected.logLikelihood();
        compare(
                Quantity.LOG_LIKELIHOOD,
                "logLik",
                l,
                summary.fit().logLikelihood(),
                l.abs().doubleValue());
        if (expected.wald() != null) {
            test("wald", expected.wald(), summary.wald().statistic());
        }
        if (expected.lrTest() != null) {
            LikelihoodRatioTest test = summary.versusNoRandomEffects();
            test("lrtest", expected.lrTest(), test == null ? null : (Double) test.statistic());
        }
    }

    private void test(String name, BigDecimal statistic, @Nullable Double got) {
        compare(Quantity.TEST, name, statistic, got, statistic.abs().doubleValue());
    }

    private void fixed() {
        for (Figure f : expected.fixed()) {
            Coefficient ours = summary.fixed().stream()
                    .filter(c -> c.name().equals(f.name()))
                    .findFirst()
                    .orElse(null);
            compare(Quantity.FIXED, f.name(), f.estimate(), ours == null ? null : (Double) ours.estimate(), f.scale());
            Double se = ours == null ? null : ours.standardError();
            // standard errors of a generalized model come from the same differences as those of its variances
            Quantity quantity = reference.integrated() == null ? Quantity.FIXED_SE : Quantity.VARIANCE_SE;
            compare(quantity, f.name(), f.se(), se, seScale(f));
            limits(Quantity.FIXED_LIMIT, f, ours == null ? null : ours.lower(), ours == null ? null : ours.upper());
        }
    }

    private void robust() {
        for (Figure f : expected.robust() == null
                ? List.<Figure>of()
                : expected.robust().fixed()) {
            Coefficient ours = robust == null
                    ? null
                    : robust.fixed().stream()
                            .filter(c -> c.name().equals(f.name()))
                            .findFirst()
                            .orElse(null);
            Double se = ours == null ? null : ours.standardError();
            compare(Quantity.ROBUST_SE, f.name(), f.estimate(), se, f.scale());
        }
    }

    private void variances() {
        for (Figure f : expected.variance()) {
            variance(Quantity.VARIANCE, f, random(f));
        }
        for (Figure f : expected.residual()) {
            variance(Quantity.SIGMA2, f, residual(f));
        }
    }

    private @Nullable Estimate residual(Figure f) {
        return find(
                Stream.concat(
                        summary.residual().parameters().stream(), summary.residual().standardDeviations().stream()),
                f);
    }

    private void variance(Quantity quantity, Figure f, @Nullable Estimate ours) {
        String of = f.level() == null ? f.group() : f.level();
        String name = of.isEmpty() ? f.name() : of + " " + f.name();
        double scale = reference.rule() == Agreement.PRINTED
                ? f.scale()
                : f.estimate().abs().doubleValue();
        compare(quantity, name, f.estimate(), ours == null ? null : (Double) ours.estimate(), scale);
        compare(Quantity.VARIANCE_SE, name, f.se(), ours == null ? null : ours.standardError(), seScale(f));
        limits(Quantity.VARIANCE_LIMIT, f, ours == null ? null : ours.lower(), ours == null ? null : ours.upper());
    }

    private @Nullable Estimate random(Figure f) {
        Stream<Estimate> all = summary.random().stream()
                .filter(r -> r.term().group().equals(f.group()))
                .flatMap(Comparison::estimates);
        return find(all, f);
    }

    private static Stream<Estimate> estimates(RandomSummary r) {
        return Stream.concat(r.parameters().stream(), r.standardDeviations().stream());
    }

    private static @Nullable Estimate find(Stream<Estimate> all, Figure f) {
        return all.filter(e -> e.name().equals(f.name()) && Objects.equals(e.level(), f.level()))
                .findFirst()
                .orElse(null);
    }

    private void limits(Quantity quantity, Figure f, @Nullable Double lower, @Nullable Double upper) {
        compare(quantity, f.name() + " lower", f.lower(), lower, f.scale());
        compare(quantity, f.name() + " upper", f.upper(), upper, f.scale());
    }

    /** A printed standard error is as wrong as the estimate it was taken at. */
    private double seScale(Figure f) {
        if (reference.rule() == Agreement.PRINTED) {
            return f.scale();
        }
        return f.se() == null ? 0 : f.se().doubleValue();
    }

    private void effects() {
        for (Effect e : expected.effects()) {
            for (int k = 0; k < e.columns().size(); k++) {
                effect(e, k);
            }
        }
    }

    private void effect(Effect e, int k) {
        String name = e.group() + " " + e.level() + " " + e.columns().get(k);
        Predicted ours = predicted(e.group(), e.level(), e.columns().get(k));
        boolean predicted = !e.predictionSd().isEmpty();
        double prediction =
                (predicted ? e.predictionSd() : e.conditionalSd()).get(k).doubleValue();
        double scale = Math.max(Math.abs(e.values().get(k).doubleValue()), prediction);
        compare(Quantity.EFFECT, name, e.values().get(k), ours == null ? null : (Double) ours.value(), scale);
        compare(
                Quantity.EFFECT_SD,
                name + " conditional",
                e.conditionalSd().get(k),
                ours == null ? null : (Double) ours.conditional(),
                e.conditionalSd().get(k).doubleValue());
        if (predicted) {
            compare(
                    Quantity.EFFECT_SD,
                    name + " prediction",
                    e.predictionSd().get(k),
                    ours == null ? null : (Double) ours.prediction(),
                    prediction);
        }
    }

    private record Predicted(double value, double conditional, double prediction) {}

    private @Nullable Predicted predicted(String group, String level, String column) {
        for (int t = 0; t < summary.random().size(); t++) {
            Term term = summary.random().get(t).term();
            int k = term.columns().indexOf(column);
            int j = term.group().equals(group) && k >= 0 ? term.levels().indexOf(level) : -1;
            if (j >= 0) {
                return predicted(summary.fit().effects().get(t), term.columns().size(), j, k);
            }
        }
        return null;
    }

    private static Predicted predicted(Fit.Effects effects, int q, int level, int k) {
        int diagonal = (level * q + k) * q + k;
        return new Predicted(
                effects.values()[level * q + k],
                Math.sqrt(effects.conditional()[diagonal]),
                Math.sqrt(effects.prediction()[diagonal]));
    }

    private void compare(
            Quantity quantity, String name, @Nullable BigDecimal reference, @Nullable Double got, double scale) {
        if (reference != null) {
            add(judge.figure(quantity, name, reference, got, scale));
        }
    }

    private void add(Check check) {
        checks.add(check);
    }
}
