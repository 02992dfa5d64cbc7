package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Model;
import henderson.testkit.InMemoryModel;
import henderson.testkit.KnownFits;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class GroupRegressionsTest {
    /** Sums of some dozen numbers of size ten. */
    private static final Offset<Double> ROUNDING = within(1e-12);

    private static final int GROUPS = 5;

    private final double[] y = new double[40];
    private final double[] x = new double[40];
    private final int[] level = new int[40];

    private Model model(double shiftY, double shiftX) {
        Random random = new Random(20260102);
        double[][] design = new double[40][];
        for (int i = 0; i < 40; i++) {
            level[i] = i % 7 % GROUPS;
            x[i] = random.nextGaussian() + level[i];
            y[i] = 3 + level[i] + 0.5 * x[i] + random.nextGaussian();
            design[i] = new double[] {1, x[i] - shiftX};
        }
        double[] shifted = y.clone();
        for (int i = 0; i < 40; i++) {
            shifted[i] -= shiftY;
        }
        double[][] z = new double[40][];
        java.util.Arrays.fill(z, new double[] {1});
        return InMemoryModel.builder(shifted, design)
                .shifts(shiftY, new double[] {0, shiftX})
                .term(
                        "g",
                        level,
                        z,
                        java.util.List.of("(Intercept)"),
                        "identity",
                        KnownFits.pig().model().random().get(0).structure(),
                        null)
                .build();
    }

    /** Intercept, slope, and sums of squares about the means of some points. */
    private static double[] line(double[] x, double[] y, java.util.function.IntPredicate which) {
        double n = 0;
        double mx = 0;
        double my = 0;
        for (int i = 0; i < x.length; i++) {
            if (which.test(i)) {
                n++;
                mx += x[i];
                my += y[i];
            }
        }
        mx /= n;
        my /= n;
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            if (which.test(i)) {
                xx += (x[i] - mx) * (x[i] - mx);
                xy += (x[i] - mx) * (y[i] - my);
                yy += (y[i] - my) * (y[i] - my);
            }
        }
        return new double[] {my - xy / xx * mx, xy / xx, xx, xy, yy, n, mx, my};
    }

    @Test
    void every_group_has_its_line() {
        GroupRegressions g = GroupRegressions.of(model(0, 0));

        for (int l = 0; l < GROUPS; l++) {
            int here = l;
            double[] expected = line(x, y, i -> level[i] == here);
            Regression fit = g.levels().get(l).fit();
            assertThat(fit.coefficients()[0]).isCloseTo(expected[0], ROUNDING);
            assertThat(fit.coefficients()[1]).isCloseTo(expected[1], ROUNDING);
            double rss = expected[4] - expected[3] * expected[3] / expected[2];
            double sigma = Math.sqrt(rss / (expected[5] - 2));
            assertThat(fit.sigma()).isCloseTo(sigma, ROUNDING);
            assertThat(fit.standardErrors()[1]).isCloseTo(sigma / Math.sqrt(expected[2]), ROUNDING);
        }
    }

    @Test
    void pooled_within_and_between_are_what_they_say() {
        GroupRegressions g = GroupRegressions.of(model(0, 0));
        double xx = 0;
        double xy = 0;
        double[] mx = new double[GROUPS];
        double[] my = new double[GROUPS];
        for (int l = 0; l < GROUPS; l++) {
            int here = l;
            double[] own = line(x, y, i -> level[i] == here);
            xx += own[2];
            xy += own[3];
            mx[l] = own[6];
            my[l] = own[7];
        }
        double[] all = line(x, y, i -> true);
        double[] means = line(mx, my, i -> true);

        assertThat(g.pooled().coefficients()).containsExactly(new double[] {all[0], all[1]}, ROUNDING);
        assertThat(g.within().coefficients()[0]).isNaN();
        assertThat(g.within().coefficients()[1]).isCloseTo(xy / xx, ROUNDING);
        assertThat(g.within().df()).isEqualTo(40 - GROUPS - 1);
        assertThat(g.between().coefficients()).containsExactly(new double[] {means[0], means[1]}, ROUNDING);
    }

    @Test
    void summaries_are_over_the_groups() {
        GroupRegressions g = GroupRegressions.of(model(0, 0));
        double sum = 0;
        double squares = 0;
        for (GroupRegressions.Level l : g.levels()) {
            sum += l.fit().coefficients()[1];
            squares += l.fit().coefficients()[1] * l.fit().coefficients()[1];
        }
        double variance = (squares - sum * sum / GROUPS) / (GROUPS - 1);

        assertThat(g.summaries().get(1).mean()).isCloseTo(sum / GROUPS, ROUNDING);
        assertThat(g.summaries().get(1).sd()).isCloseTo(Math.sqrt(variance), ROUNDING);
        assertThat(g.covariance().get(1, 1)).isCloseTo(variance, ROUNDING);
        assertThat(g.covariance().get(0, 1)).isEqualTo(g.covariance().get(1, 0));
    }

    @Test
    void shifts_of_response_and_columns_do_not_show() {
        GroupRegressions plain = GroupRegressions.of(model(0, 0));
        GroupRegressions shifted = GroupRegressions.of(model(3, -2));

        assertThat(shifted.pooled().coefficients())
                .containsExactly(plain.pooled().coefficients(), ROUNDING);
        assertThat(shifted.between().coefficients())
                .containsExactly(plain.between().coefficients(), ROUNDING);
        assertThat(shifted.levels().get(3).fit().coefficients())
                .containsExactly(plain.levels().get(3).fit().coefficients(), ROUNDING);
    }

    @Test
    void a_column_constant_in_a_group_is_not_determined_there() {
        Triangle t = new Triangle(3);
        t.add(new double[] {1, 4, 1}, 0);
        t.add(new double[] {1, 4, 2}, 0);
        t.add(new double[] {1, 4, 6}, 0);

        Regression fit = t.solve(3, 0, true);

        assertThat(fit.complete()).isFalse();
        assertThat(fit.coefficients()[0]).isCloseTo(3, ROUNDING);
        assertThat(fit.coefficients()[1]).isNaN();
        assertThat(fit.df()).isEqualTo(2);
    }

    @Test
    void a_combination_of_columns_before_it_is_left_out_and_the_rest_is_right() {
        Random random = new Random(7);
        Triangle with = new Triangle(5);
        Triangle without = new Triangle(4);
        for (int i = 0; i < 20; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            double response = random.nextGaussian();
            with.add(new double[] {1, a, 3 - 2 * a, b, response}, 0);
            without.add(new double[] {1, a, b, response}, 0);
        }

        double[] all = with.solve(20, 0, true).coefficients();
        double[] expected = without.solve(20, 0, true).coefficients();

        assertThat(all[2]).isNaN();
        assertThat(new double[] {all[0], all[1], all[3]}).containsExactly(expected, ROUNDING);
    }

    @Test
    void fewer_rows_than_columns_do_not_determine_them() {
        Triangle t = new Triangle(3);
        t.add(new double[] {1, 4, 1}, 0);

        assertThat(t.solve(1, 0, true).complete()).isFalse();
        assertThat(t.solve(1, 0, true).sigma()).isNaN();
    }
}
