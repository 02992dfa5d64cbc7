package henderson.glmm.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** {@code Σ log(1 + αj)} against its terms added one by one in 50 digits. */
class RisingSumsTest {
    private static final DfpField FIELD = new DfpField(50);
    private static final double[] COUNTS = {0, 1, 2, 3, 19, 20, 21, 22, 40, 137, 1000};

    private static Dfp dfp(double x) {
        return FIELD.newDfp(new BigDecimal(x).round(new MathContext(50)).toString());
    }

    @Test
    void sums_and_slopes_are_those_of_the_terms_at_every_dispersion() {
        for (double alpha : new double[] {0, 1e-14, 1e-12, 1e-9, 1e-6, 1e-3, 0.02, 0.05, 0.0501, 0.3, 1, 7, 150}) {
            RisingSums given = new RisingSums(alpha, COUNTS);
            Dfp product = FIELD.getOne();
            Dfp slope = FIELD.getZero();
            int j = 0;
            for (int k = 0; k < COUNTS.length; k++) {
                for (; j < COUNTS[k]; j++) {
                    Dfp factor = dfp(alpha).multiply(j).add(1);
                    product = product.multiply(factor);
                    slope = slope.add(FIELD.newDfp(j).divide(factor));
                }
                double sum = product.log().toDouble();
                String what = "α = " + alpha + ", y = " + COUNTS[k];
                // twenty terms' roundings and what the formula leaves out
                assertThat(given.sum[k]).as(what).isCloseTo(sum, within(1e-14 * sum));
                assertThat(given.slope[k]).as(what).isCloseTo(slope.toDouble(), within(1e-14 * slope.toDouble()));
            }
        }
    }
}
