package henderson.newton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Arguments;
import henderson.api.BoundStructure;
import henderson.api.Combinator;
import henderson.api.CovarianceStructure;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Positions;
import henderson.structures.By;
import henderson.structures.Exchangeable;
import henderson.structures.Identity;
import henderson.structures.Independent;
import henderson.structures.Kronecker;
import henderson.structures.UnequalVariances;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Combinators as covariances of random effects end where the same model ends that is written without them. */
class CombinatorsTest {
    private static final int GROUPS = 40;
    private static final int ROWS = 8;

    /** {@code columns} labels, each twice: first for own level 0, then for own level 1. */
    private record Pairs(int columns, boolean leftIsFast) implements Positions {
        @Override
        public int size() {
            return 2 * columns;
        }

        @Override
        public String label(int i) {
            return "c" + second(i);
        }

        @Override
        public int first(int i) {
            return leftIsFast ? i % 2 : i / columns;
        }

        @Override
        public int second(int i) {
            return leftIsFast ? i / 2 : i % columns;
        }

        @Override
        public List<String> levels() {
            return List.of("a", "b");
        }
    }

    private record Kind(String name, Supplier<BoundStructure> bound) implements CovarianceStructure {
        @Override
        public BoundStructure bind(Arguments arguments, Positions positions) {
            return bound.get();
        }
    }

    private static Kind over(Combinator combinator, Positions pairs, BoundStructure... inner) {
        Arguments none = Arguments.of(combinator.name(), combinator.arguments(), Map.of());
        return new Kind(combinator.name(), () -> combinator.bind(none, pairs, List.of(inner)));
    }

    private static BoundStructure plain(CovarianceStructure kind, int q) {
        List<String> labels = IntStream.range(0, q).mapToObj(i -> "c" + i).toList();
        return kind.bind(Arguments.none(), Positions.of(labels));
    }

    /** Rows of groups whose effects of some columns vary little or not at all; the level belongs to the group. */
    private static final class Data {
        private final double[] y = new double[GROUPS * ROWS];
        private final double[][] x = new double[y.length][];
        private final int[] level = new int[y.length];
        private final double[][] z = new double[y.length][];

        Data(long seed, int columns) {
            Random random = new Random(seed);
            double[] spread = random.doubles(columns, 0, 1.5).toArray();
            spread[random.nextInt(columns)] *= random.nextInt(2); // often none at all
            double[] b = new double[columns];
            for (int i = 0; i < y.length; i++) {
                if (i % ROWS == 0) {
                    double common = random.nextGaussian();
                    for (int j = 0; j < columns; j++) {
                        b[j] = spread[j] * (random.nextGaussian() + common) / 2;
                    }
                }
                level[i] = i / ROWS;
                z[i] = new double[columns];
                z[i][0] = 1;
                for (int j = 1; j < columns; j++) {
                    z[i][j] = random.nextGaussian();
                }
                x[i] = new double[] {1, random.nextGaussian()};
                y[i] = 1 + x[i][1] + random.nextGaussian();
                for (int j = 0; j < columns; j++) {
                    y[i] += z[i][j] * b[j];
                }
            }
        }

        /** {@code z} in the columns of the group's level (even groups a, odd ones b), the others zero. */
        double[][] ofLevel(int own, int stride, int from) {
            double[][] out = new double[y.length][];
            for (int i = 0; i < y.length; i++) {
                out[i] = new double[stride];
                if (own < 0 || level[i] % 2 == own) {
                    for (int j = 0; j < z[i].length; j++) {
                        int at = from < 0 ? 2 * j + level[i] % 2 : from + j;
                        out[i][at] = z[i][j];
                    }
                }
            }
            return out;
        }

        InMemoryModel.Builder model() {
            return InMemoryModel.builder(y, x);
        }
    }

    private static Fit fit(InMemoryModel.Builder model) {
        Fit fit = new Newton().fit(model.build(), FitOptions.DEFAULT, Context.plain());
        assertThat(fit.certificate()).isNotNull();
        assertThat(fit.certificate().holds())
                .as("%s %s", fit.convergence(), fit.certificate())
                .isTrue();
        return fit;
    }

    private static void endsAlike(Fit a, Fit b) {
        // both at a decrement of 1e-12, snaps at 1e-9
        assertThat(a.deviance()).isCloseTo(b.deviance(), within(5e-9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void by_ends_where_two_terms_of_their_own_do(long seed) {
        Data data = new Data(seed, 3);
        for (CovarianceStructure kind : List.of(new Unstructured(), new Exchangeable(), new Independent())) {
            Fit by = fit(data.model()
                    .term(
                            "g",
                            data.level,
                            data.ofLevel(-1, 6, -1),
                            over(new By(), new Pairs(3, true), plain(kind, 3))));
            Fit two = fit(data.model()
                    .term("g", data.level, data.ofLevel(0, 3, 0), kind)
                    .term("g", data.level, data.ofLevel(1, 3, 0), kind));
            endsAlike(by, two);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void variances_over_identity_end_where_independent_does(long seed) {
        Data data = new Data(seed, 2);
        Positions pairs = new Pairs(1, true);
        Positions twoColumns = new Positions() {
            @Override
            public int size() {
                return 2;
            }

            @Override
            public String label(int i) {
                return pairs.label(i);
            }

            @Override
            public int first(int i) {
                return i;
            }

            @Override
            public int second(int i) {
                return i;
            }

            @Override
            public List<String> levels() {
                return pairs.levels();
            }
        };
        Fit variances = fit(data.model()
                .term("g", data.level, data.z, over(new UnequalVariances(), twoColumns, plain(new Identity(), 2))));
        endsAlike(variances, fit(data.model().term("g", data.level, data.z, new Independent())));
        // two variances and a correlation: unstructured, also where the correlation is at its boundary
        endsAlike(
                fit(data.model()
                        .term(
                                "g",
                                data.level,
                                data.z,
                                over(new UnequalVariances(), twoColumns, plain(new Exchangeable(), 2)))),
                fit(data.model().term("g", data.level, data.z, new Unstructured())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_product_with_identity_ends_where_the_columns_in_two_terms_of_one_matrix_do(long seed) {
        Data data = new Data(seed, 2);
        // unstructured(2) ⊗ identity(2): the same matrix for even and for odd groups
        Kind product =
                over(new Kronecker(), new Pairs(2, false), plain(new Unstructured(), 2), plain(new Identity(), 2));
        double[][] z = new double[data.y.length][];
        for (int i = 0; i < z.length; i++) {
            z[i] = new double[4];
            z[i][data.level[i] % 2] = data.z[i][0];
            z[i][2 + data.level[i] % 2] = data.z[i][1];
        }
        endsAlike(
                fit(data.model().term("g", data.level, z, product)),
                fit(data.model().term("g", data.level, data.z, new Unstructured())));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void a_level_without_variation_ends_at_zero_and_leaves_the_other_level_alone(long seed) {
        Data data = new Data(seed, 2);
        for (int i = 0; i < data.y.length; i++) {
            if (data.level[i] % 2 == 1) {
                // residuals of equal mean in each group: less variance between groups than by chance
                data.y[i] = 1 + data.x[i][1] + (i % ROWS < ROWS / 2 ? 1 : -1);
            }
        }
        Fit variances = fit(data.model()
                .term(
                        "g",
                        data.level,
                        data.ofLevel(-1, 4, -1),
                        over(new UnequalVariances(), new Pairs(2, true), plain(new Identity(), 2))));
        Fit one = fit(data.model().term("g", data.level, data.ofLevel(0, 2, 0), new Identity()));
        Fit both = fit(data.model()
                .term("g", data.level, data.ofLevel(0, 2, 0), new Identity())
                .term("g", data.level, data.ofLevel(1, 2, 0), new Identity()));
        endsAlike(variances, both);
        endsAlike(both, one);
        assertThat(variances.parameters().get(1).estimate()).isZero();
        assertThat(variances.parameters().get(1).boundary()).isTrue();
    }
}
