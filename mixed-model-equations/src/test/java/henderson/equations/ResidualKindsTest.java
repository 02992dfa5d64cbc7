package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.ArgumentSpec;
import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.Coordinate;
import henderson.api.CovarianceStructure;
import henderson.api.Criterion;
import henderson.api.FitListener;
import henderson.api.Positions;
import henderson.equations.linear.DevianceObjective;
import henderson.equations.linear.Parameters;
import henderson.structures.Antedependence;
import henderson.structures.Ar;
import henderson.structures.Arma;
import henderson.structures.Banded;
import henderson.structures.By;
import henderson.structures.ContinuousAr1;
import henderson.structures.Exchangeable;
import henderson.structures.Exponential;
import henderson.structures.Gaussian;
import henderson.structures.Identity;
import henderson.structures.Kronecker;
import henderson.structures.Ma;
import henderson.structures.Matern;
import henderson.structures.Toeplitz;
import henderson.structures.UnequalVariances;
import henderson.structures.Unstructured;
import henderson.testkit.DenseLikelihood;
import henderson.testkit.InMemoryModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every residual structure and combinator, with gaps, beside nested and crossed random effects, residual groups as fine as,
 * coarser than and crossed with those of random effects: value against V itself, gradient against differences.
 */
class ResidualKindsTest {
    static final int[] TIMES = {1, 2, 3, 5, 6, 9};
    private static final String[] LEVELS = {"a", "b"};

    enum Levels {
        BOTH,
        OF_SUBJECT,
        ANY
    }

    /** A bound structure over the times, or over pairs of a level and a time. */
    record Bound(String name, BoundStructure structure, boolean pairs) {
        Levels levels() {
            return name.contains("*") ? Levels.BOTH : name.contains("by") ? Levels.OF_SUBJECT : Levels.ANY;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static BoundStructure bind(CovarianceStructure kind, Object... arguments) {
        Map<String, Object> given = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            given.put((String) arguments[i], arguments[i + 1]);
        }
        return kind.bind(Arguments.of(kind.name(), kind.arguments(), given), Positions.integers(TIMES));
    }

    /** Pairs in the order of (inner, own). */
    private static Positions pairs() {
        return new Positions() {
            @Override
            public int size() {
                return TIMES.length * 2;
            }

            @Override
            public String label(int i) {
                return LEVELS[i % 2] + TIMES[i / 2];
            }

            @Override
            public double real(int i) {
                return 0.5 + i % 2;
            }

            @Override
            public int first(int i) {
                return i % 2;
            }

            @Override
            public int second(int i) {
                return i / 2;
            }

            @Override
            public List<String> levels() {
                return List.of(LEVELS);
            }
        };
    }

    private static BoundStructure combine(Combinator combinator, Map<String, Object> given, BoundStructure... inner) {
        List<ArgumentSpec> declared = combinator.arguments();
        return combinator.bind(Arguments.of(combinator.name(), declared, given), pairs(), List.of(inner));
    }

    static Stream<Bound> kinds() {
        List<Bound> out = new ArrayList<>();
        out.add(new Bound("exchangeable", bind(new Exchangeable()), false));
        out.add(new Bound("ar(1)", bind(new Ar()), false));
        out.add(new Bound("ar(2)", bind(new Ar(), "order", 2), false));
        out.add(new Bound("ma(1)", bind(new Ma()), false));
        out.add(new Bound("ma(2)", bind(new Ma(), "order", 2), false));
        out.add(new Bound("arma(1, 1)", bind(new Arma(), "p", 1, "q", 1), false));
        out.add(new Bound("toeplitz(2)", bind(new Toeplitz(), "order", 2), false));
        out.add(new Bound("toeplitz", bind(new Toeplitz()), false));
        out.add(new Bound("banded(1)", bind(new Banded(), "order", 1), false));
        out.add(new Bound("unstructured", bind(new Unstructured()), false));
        out.add(new Bound("exponential", bind(new Exponential()), false));
        out.add(new Bound("continuous-ar1", bind(new ContinuousAr1()), false));
        out.add(new Bound("gaussian", bind(new Gaussian(), "nugget", true), false));
        out.add(new Bound("matern", bind(new Matern(), "nu", 1.5), false));
        out.add(new Bound("antedependence", bind(new Antedependence()), false));
        out.add(new Bound("ar, by", combine(new By(), Map.of(), bind(new Ar())), true));
        out.add(new Bound("ar, variances", combine(new UnequalVariances(), Map.of(), bind(new Ar())), true));
        out.add(new Bound(
                "exchangeable, power",
                combine(new UnequalVariances(), Map.of("function", "power"), bind(new Exchangeable())),
                true));
        out.add(new Bound(
                "identity, exp",
                combine(new UnequalVariances(), Map.of("function", "exp"), bind(new Identity())),
                true));
        BoundStructure outcomes = new Unstructured().bind(Arguments.none(), Positions.of(List.of(LEVELS)));
        out.add(new Bound("unstructured * ar", combine(new Kronecker(), Map.of(), outcomes, bind(new Ar())), true));
        return out.stream();
    }

    /** Rows of 8 subjects in 4 clinics, raters crossed with both, weights. */
    private static final class Draw {
        final List<double[]> x = new ArrayList<>();
        final List<Double> y = new ArrayList<>();
        final List<Integer> subject = new ArrayList<>();
        final List<Integer> clinic = new ArrayList<>();
        final List<Integer> rater = new ArrayList<>();
        final List<Integer> at = new ArrayList<>();
        final List<Double> weight = new ArrayList<>();

        /** @param levels rows at both levels of each time, or one of them: that of the subject, or any */
        Draw(Random random, boolean pairs, Levels levels) {
            for (int s = 0; s < 8; s++) {
                for (int t = 0; t < TIMES.length; t++) {
                    for (int level = 0; level < (pairs && levels == Levels.BOTH ? 2 : 1); level++) {
                        if (random.nextDouble() < 0.3 && t > 0) {
                            continue;
                        }
                        int own =
                                levels == Levels.BOTH ? level : levels == Levels.OF_SUBJECT ? s % 2 : random.nextInt(2);
                        x.add(new double[] {1, random.nextGaussian(), TIMES[t]});
                        y.add(2 * random.nextGaussian() + TIMES[t]);
                        subject.add(s);
                        clinic.add(s / 2);
                        rater.add(random.nextInt(3));
                        at.add(pairs ? 2 * t + own : t);
                        weight.add(0.5 + random.nextDouble());
                    }
                }
            }
        }

        int n() {
            return y.size();
        }

        static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }

        static double[] doubles(List<Double> list) {
            return list.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void value_and_gradient_agree_with_the_dense_likelihood(Bound bound) {
        Random random = new Random(bound.name().hashCode());
        for (int arrangement = 0; arrangement < 5; arrangement++) {
            for (Criterion criterion : Criterion.values()) {
                Draw draw = new Draw(random, bound.pairs(), bound.levels());
                check(bound, arrangement, criterion, draw, random);
            }
        }
    }

    private static void check(Bound bound, int arrangement, Criterion criterion, Draw draw, Random random) {
        int n = draw.n();
        double[] y = Draw.doubles(draw.y);
        double[][] x = draw.x.toArray(double[][]::new);
        double[][] ones = new double[n][];
        double[][] slope = new double[n][];
        for (int i = 0; i < n; i++) {
            ones[i] = new double[] {1};
            slope[i] = new double[] {1, x[i][1]};
        }
        int[] subject = Draw.ints(draw.subject);
        int[] clinic = Draw.ints(draw.clinic);
        int[] rater = Draw.ints(draw.rater);
        int[] at = Draw.ints(draw.at);
        double[] weights = Draw.doubles(draw.weight);
        int positions = bound.pairs() ? 2 * TIMES.length : TIMES.length;
        List<String> labels =
                IntStream.range(0, positions).mapToObj(Integer::toString).toList();
        InMemoryModel.Builder builder = InMemoryModel.builder(y, x).weights(weights);
        DenseLikelihood dense = new DenseLikelihood(y, x).weights(weights);
        List<Double> tau = new ArrayList<>();
        double[][] lambda = {{0.8, 0}, {-0.3, 0.5}};
        double[][] scalar = {{0.7}};
        if (arrangement == 1 || arrangement == 3) { // as fine as the residual groups, and crossed with raters
            builder.term("subject", subject, slope, new Unstructured());
            dense.term(subject, 8, slope, lambda);
            tau.addAll(List.of(0.8, -0.3, 0.5));
        }
        if (arrangement == 2) { // coarser
            builder.term("clinic", clinic, ones, new Unstructured());
            dense.term(clinic, 4, ones, scalar);
            tau.add(0.7);
        }
        if (arrangement >= 3) { // crossed
            builder.term("rater", rater, ones, new Unstructured());
            dense.term(rater, 3, ones, scalar);
            tau.add(0.7);
        }
        builder.residual("subject", subject, at, labels, "tested", bound.structure());
        InMemoryModel model = builder.build();
        LinearEquations equations = LinearEquations.of(model, FitListener.SILENT);
        Parameters parameters = new Parameters(model);
        DevianceObjective objective =
                new DevianceObjective(parameters, new Evaluation(equations, criterion, new SequentialClusters()));
        double[] rho = admissible(bound.structure(), equations, random);
        double[] point = new double[parameters.size()];
        for (int k = 0; k < tau.size(); k++) {
            point[k] = tau.get(k);
        }
        point = parameters.withResidual(point, rho);
        boolean[] all = new boolean[point.length];
        Arrays.fill(all, true);
        objective.restrict(point, all);
        double value = objective.at(point);
        double expected = dense.residual(residual(bound.structure(), rho, subject, at))
                .profiled(criterion)
                .objective();
        assertThat(value)
                .as("%s, arrangement %d, %s", bound, arrangement, criterion)
                .isCloseTo(expected, within(1e-10 * Math.abs(expected)));
        gradients(objective, point, bound + ", arrangement " + arrangement + ", " + criterion);
    }

    private static void gradients(DevianceObjective objective, double[] point, String what) {
        double[] gradient = new double[point.length];
        objective.value(point);
        objective.gradient(gradient);
        double[] weights = {45.0 / 60, -9.0 / 60, 1.0 / 60};
        for (int k = 0; k < point.length; k++) {
            double h = 5e-4;
            double difference = 0;
            for (int s = 1; s <= 3; s++) {
                double[] up = point.clone();
                double[] down = point.clone();
                up[k] += s * h;
                down[k] -= s * h;
                difference += weights[s - 1] * (objective.value(up) - objective.value(down)) / h;
            }
            // rounding: 1e-13 of the value over the step; truncation: h⁶/140 of the seventh derivative
            assertThat(gradient[k])
                    .as("%s, coordinate %d", what, k)
                    .isCloseTo(difference, within(1e-7 * (1 + Math.abs(difference))));
        }
    }

    /** A random point with R positive definite and the held coordinate at 1. */
    static double[] admissible(BoundStructure structure, LinearEquations equations, Random random) {
        List<Coordinate> coordinates = structure.coordinates();
        for (double size = 0.6; size > 1e-6; size *= 0.8) {
            double[] rho = new double[coordinates.size()];
            for (int k = 0; k < rho.length; k++) {
                rho[k] = coordinates.get(k).neutral() + size * (random.nextDouble() - 0.4);
            }
            double held = rho[structure.held()];
            for (int k = 0; k < rho.length; k++) {
                rho[k] /= coordinates.get(k).scales() ? held : 1;
            }
            if (equations.whiten(rho)) {
                return rho;
            }
        }
        throw new AssertionError("No point with R positive definite near the neutral one.");
    }

    private static double[][] residual(BoundStructure structure, double[] rho, int[] group, int[] at) {
        int n = group.length;
        double[][] r = new double[n][n];
        DMatrixRMaj pair = new DMatrixRMaj(2, 2);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (group[i] == group[j]) {
                    structure.matrix(rho, new int[] {at[i], at[j]}, pair);
                    r[i][j] = i == j ? pair.get(0, 0) : pair.get(0, 1);
                }
            }
        }
        return r;
    }
}
