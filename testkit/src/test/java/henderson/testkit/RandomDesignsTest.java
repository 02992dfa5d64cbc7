package henderson.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RandomDesignsTest {
    static Stream<Design> designs() {
        return RandomDesigns.all(1);
    }

    @ParameterizedTest
    @MethodSource("designs")
    void every_level_has_a_row_and_every_design_is_small(Design design) {
        assertThat(design.rows()).isBetween(9, RandomDesigns.MAX_ROWS);
        for (Design.TermData t : design.terms()) {
            assertThat(IntStream.of(t.level()).distinct().sorted().toArray())
                    .isEqualTo(IntStream.range(0, t.levels()).toArray());
            assertThat(t.levels()).isGreaterThan(1);
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void the_dense_likelihood_takes_every_design(Design design) {
        DenseSolution d = design.dense().profiled(Criterion.REML);
        assertThat(d.objective()).isFinite();
        // y was drawn with σ² = 1 and at least five degrees of freedom: far tails, still bounded
        assertThat(d.sigmaSquared()).isBetween(0.01, 10.0);
    }

    @Test
    void a_seed_draws_the_same_design_again() {
        List<Design> once = designs().toList();
        List<Design> again = designs().toList();
        for (int i = 0; i < once.size(); i++) {
            assertThat(once.get(i).y()).isEqualTo(again.get(i).y());
            assertThat(once.get(i).name()).isEqualTo(again.get(i).name());
        }
        assertThat(once.stream().map(Design::name)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void inner_factors_lie_within_outer_ones_and_crossed_ones_do_not(Design design) {
        List<Design.TermData> terms = design.terms();
        for (int t = 1; t < terms.size(); t++) {
            String outer = terms.get(t - 1).group();
            boolean within = within(terms.get(t).level(), terms.get(t - 1).level());
            if (terms.get(t).group().startsWith(outer)) {
                assertThat(within).isTrue();
            } else if (!design.name().contains("size 1")) {
                assertThat(within).isFalse();
            }
        }
    }

    private static boolean within(int[] inner, int[] outer) {
        Map<Integer, Integer> parent = new HashMap<>();
        boolean out = true;
        for (int i = 0; i < inner.length; i++) {
            Integer before = parent.put(inner[i], outer[i]);
            out &= before == null || before == outer[i];
        }
        return out;
    }

    @Test
    void options_do_what_they_say() {
        long weighted = designs().filter(d -> d.weights() != null).count();
        assertThat(weighted).isEqualTo(designs().count() * 2 / 5);
        designs().filter(d -> d.name().contains("singular")).forEach(d -> assertThat(
                        d.terms().stream().filter(t -> t.lambda()[t.columns() - 1][t.columns() - 1] == 0))
                .as(d.name())
                .hasSize(1));
        designs()
                .filter(d -> d.name().contains(", ratio 1e+06") && !d.name().contains("singular"))
                .forEach(d -> assertThat(d.terms().stream()
                                .flatMapToDouble(t -> Stream.of(t.lambda()).flatMapToDouble(java.util.Arrays::stream)))
                        .as(d.name())
                        .anyMatch(v -> Math.abs(v) > 1e5));
    }

    @Test
    void some_groups_have_one_row() {
        Design d = RandomDesigns.draw(RandomDesigns.Arrangement.ONE_UNBALANCED, RandomDesigns.Options.PLAIN, 3, 5);
        Design.TermData t = d.terms().get(0);
        assertThat(IntStream.range(0, t.levels())
                        .mapToLong(
                                g -> IntStream.of(t.level()).filter(l -> l == g).count()))
                .contains(1L);
    }
}
