package henderson.glmm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.BoundFamily;
import henderson.api.Family;
import java.util.Random;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** Kernels over arrays against the library, decimals, and the way of single rows. */
class ArrayMathTest {
    private static final int N = 512;

    private static double[] exp(double[] x) {
        double[] out = new double[x.length];
        ArrayMath.exp(x, x.length, out, new double[x.length], new double[x.length]);
        return out;
    }

    private static double[] logOnePlus(double[] t) {
        double[] inverse = new double[t.length];
        for (int i = 0; i < t.length; i++) {
            inverse[i] = 1 / (1 + t[i]);
        }
        double[] out = new double[t.length];
        ArrayMath.logOnePlus(
                t, inverse, t.length, out, new double[t.length], new double[t.length], new double[t.length]);
        return out;
    }

    @Test
    void exponentials_and_logarithms_are_within_two_units_in_the_last_place_of_the_library() {
        Random random = new Random(17);
        for (double scale : new double[] {1e-12, 1e-3, 0.4, 1, 5, 40, 300, ArrayMath.MOST}) {
            for (int repeat = 0; repeat < 100; repeat++) {
                double[] x = random.doubles(N, -scale, scale).toArray();
                x[0] = scale;
                x[1] = -scale;
                x[2] = 0;
                double[] e = exp(x);
                double[] log = logOnePlus(e);
                for (int i = 0; i < N; i++) {
                    double exact = StrictMath.exp(x[i]);
                    assertThat(e[i]).as("exp %s", x[i]).isCloseTo(exact, within(2 * Math.ulp(exact)));
                    double also = StrictMath.log1p(e[i]);
                    assertThat(log[i]).as("log1p %s", e[i]).isCloseTo(also, within(2 * Math.ulp(also)));
                }
            }
        }
    }

    @Test
    void exponentials_are_those_of_decimals() {
        DfpField field = new DfpField(60);
        double[] x = new Random(18).doubles(64, -50, 50).toArray();
        double[] e = exp(x);
        for (int i = 0; i < x.length; i++) {
            Dfp exact = field.newDfp(x[i]).exp();
            double error = field.newDfp(e[i]).subtract(exact).divide(exact).toDouble();
            assertThat(error).as("exp %s", x[i]).isCloseTo(0, within(0x1p-52));
        }
    }

    @Test
    void nothing_beyond_the_range_is_called_moderate() {
        for (double far : new double[] {701, -701, 1e300, Double.POSITIVE_INFINITY, Double.NaN}) {
            for (int at = 0; at < 7; at++) {
                double[] x = new double[8];
                x[at + 1] = far;
                assertThat(ArrayMath.moderate(x, 1, 7)).isFalse();
            }
        }
        assertThat(ArrayMath.moderate(new double[] {Double.NaN, 5, -5}, 1, 2)).isTrue();
    }

    @Test
    void many_rows_at_once_are_as_single_rows() {
        Random random = new Random(19);
        int n = 1100;
        double[] ones = new double[n];
        double[] counts = new double[n];
        double[] trials = new double[n];
        double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            ones[i] = random.nextInt(2);
            trials[i] = 1 + random.nextInt(9);
            counts[i] = random.nextInt((int) trials[i] + 1);
            weights[i] = 1 + random.nextInt(3);
        }
        BoundFamily[] families = {
            new Binomial().bind(new Family.Response("y", ones, null, null, null), new Logit()),
            new Binomial().bind(new Family.Response("y", counts, trials, weights, null), new Logit()),
            new Poisson().bind(new Family.Response("y", counts, null, weights, null), new Log())
        };
        for (BoundFamily family : families) {
            for (double scale : new double[] {1, 30, 900}) {
                double[] eta = random.doubles(n, -scale, Math.min(scale, 690)).toArray();
                double[] at = new double[4 * n];
                double[] single = new double[4 * n];
                double[] slopes = new double[4 * n];
                assertThat(family.logDensity(3, n, eta, new double[0], 3, at)).isTrue();
                assertThat(family.derivatives(3, n, eta, new double[0], slopes)).isTrue();
                for (int i = 3; i < n; i++) {
                    family.logDensity(i, i + 1, eta, new double[0], 3, single);
                }
                for (int k = 0; k < 4 * n; k++) {
                    boolean one = family == families[0];
                    double parts = one ? Math.abs(single[k < 3 * n ? k : k - n]) : Math.abs(single[k]) + 30;
                    double size = 4e-15 * Math.max(1e-290, parts);
                    assertThat(at[k]).as("%d at %s", k / n, eta[k % n]).isCloseTo(single[k], within(size));
                    assertThat(slopes[k]).isEqualTo(k < n && k >= 3 ? slopes[k] : at[k]);
                }
            }
        }
    }

    @Test
    void shifted_sums_are_those_of_shifted_predictors() {
        Random random = new Random(20);
        int[] first = {0, 3, 10, 11, 1400, 1450};
        int n = 1450;
        int shifts = 3;
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            y[i] = random.nextInt(2);
        }
        BoundFamily family = new Binomial().bind(new Family.Response("y", y, null, null, null), new Logit());
        for (double scale : new double[] {0.5, 4, 12}) {
            double[] eta = random.doubles(n, -scale, scale).toArray();
            for (int from = 0; from < 2; from++) {
                int to = first.length - 1;
                double[] shift =
                        random.doubles((to - from) * shifts, -scale, scale).toArray();
                double[] sums = new double[shift.length];
                double[] slopes = new double[shift.length];
                double[] out = new double[shifts * n];
                assertThat(family.shiftedSums(first, from, to, eta, shift, shifts, sums, slopes, out, n))
                        .isTrue();
                for (int j = 0; j < shifts; j++) {
                    for (int r = from; r < to; r++) {
                        int place = (r - from) * shifts + j;
                        double[] moved = eta.clone();
                        for (int i = first[r]; i < first[r + 1]; i++) {
                            moved[i] += shift[place];
                        }
                        double[] density = new double[4 * n];
                        family.logDensity(first[r], first[r + 1], moved, new double[0], 1, density);
                        double sum = 0;
                        double slope = 0;
                        double size = 0;
                        for (int i = first[r]; i < first[r + 1]; i++) {
                            sum += density[i];
                            slope += density[n + i];
                            size += 1 + Math.abs(moved[i]);
                            assertThat(out[j * n + i - first[from]]).isCloseTo(density[n + i], within(2e-14));
                        }
                        assertThat(sums[place]).isCloseTo(sum, within(2e-14 * size));
                        assertThat(slopes[place]).isCloseTo(slope, within(2e-14 * size));
                    }
                }
            }
        }
        double[] far = new double[n];
        far[700] = 200;
        assertThat(family.shiftedSums(
                        first, 0, 5, far, new double[5], 1, new double[5], new double[5], new double[n], n))
                .isFalse();
        assertThat(family.shiftedSums(
                        first,
                        0,
                        5,
                        new double[n],
                        new double[] {0, 0, -160, 0, 0},
                        1,
                        new double[5],
                        new double[5],
                        new double[n],
                        n))
                .isFalse();
    }
}
