package henderson.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import henderson.api.Fit;
import henderson.api.Model;
import henderson.api.Term;
import henderson.testkit.InMemoryModel;
import henderson.testkit.KnownFits;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

class RowStatisticsTest {
    /** Sums of a dozen small whole numbers. */
    private static final Offset<Double> ROUNDING = within(1e-13);

    private static final double[] Y = {1, 2, 3, 4, 6, 8, 5, 7, 9, 2, 4, 6};
    private static final int[] COARSE = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
    private static final int[] FINE = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3};
    private static final int[] CROSSED = {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2};

    private static Fit fit(double[] y, int[] first, int[] second) {
        double[][] x = new double[y.length][];
        double[][] z = new double[y.length][];
        for (int i = 0; i < y.length; i++) {
            x[i] = new double[] {1, i % 2};
            z[i] = new double[] {1, i % 3};
        }
        var structure = KnownFits.pig().model().random().get(0).structure();
        List<String> columns = List.of("(Intercept)", "z");
        Model model = InMemoryModel.builder(y, x)
                .term("a", first, z, columns, "unstructured", structure, null)
                .term("b", second, z, columns, "unstructured", structure, null)
                .batchSize(5)
                .build();
        List<Fit.RandomEstimate> random = new ArrayList<>();
        for (Term t : model.random()) {
            random.add(new Fit.RandomEstimate(t, new double[0], new DMatrixRMaj(new double[][] {{2, 1}, {1, 3}})));
        }
        Fit known = KnownFits.fit(
                model,
                -20,
                -25,
                new double[] {4, 3},
                new DMatrixRMaj(2, 2),
                new DMatrixRMaj(1, 1),
                KnownFits.pig().parameters(),
                new DMatrixRMaj(2, 2));
        return new Fit(
                model,
                known.options(),
                "newton",
                "none",
                -20,
                -25,
                known.beta(),
                known.betaCovariance(),
                1.5,
                random,
                null,
                known.parameters(),
                known.parameterCovariance(),
                known.convergence(),
                known.certificate(),
                List.of(),
                0,
                List.of(),
                List.of(),
                known.seconds());
    }

    @Test
    void nested_factors_are_ordered_from_the_outermost_however_they_are_written() {
        assertThat(RowStatistics.of(fit(Y, FINE, COARSE)).nesting()).containsExactly("b", "a");
        assertThat(RowStatistics.of(fit(Y, COARSE, FINE)).nesting()).containsExactly("a", "b");
    }

    @Test
    void crossed_factors_have_no_order() {
        assertThat(RowStatistics.of(fit(Y, COARSE, CROSSED)).nesting()).isNull();
    }

    @Test
    void variances_over_the_rows_are_means() {
        RowStatistics s = RowStatistics.of(fit(Y, COARSE, FINE));

        assertThat(s.fixedVariance()).isCloseTo(9.0 / 4, ROUNDING); // 3 times a fair zero or one
        // zᵀGz for z = (1, 0), (1, 1), (1, 2): 2, 7, 18
        assertThat(s.randomVariances().get(0)).isCloseTo(9, ROUNDING);
        VarianceExplained v = VarianceExplained.of(fit(Y, COARSE, FINE), s);
        assertThat(v.marginal()).isCloseTo(2.25 / (2.25 + 18 + 1.5), ROUNDING);
        assertThat(v.conditional()).isCloseTo(20.25 / (2.25 + 18 + 1.5), ROUNDING);
    }

    @Test
    void analysis_of_variance_is_that_of_the_response() {
        OneWayAnalysis a = RowStatistics.of(fit(Y, COARSE, FINE)).analyses().get(1);

        // means 2, 6, 7, 4; sums of squares about them 2, 8, 8, 8; grand mean 19/4
        assertThat(a.group()).isEqualTo("b");
        assertThat(a.between()).isCloseTo(3 * 14.75 / 3, ROUNDING);
        assertThat(a.within()).isCloseTo(26.0 / 8, ROUNDING);
        assertThat(a.size()).isCloseTo(3, ROUNDING);
        assertThat(a.plain()).isCloseTo(44.25 / 70.25, ROUNDING);
        assertThat(a.unbiased()).isCloseTo((14.75 - 3.25) / (14.75 + 2 * 3.25), ROUNDING);
    }

    @Test
    void the_digest_knows_the_response_row_by_row() {
        double[] other = Y.clone();
        other[3] = Math.nextUp(other[3]);

        String digest = RowStatistics.of(fit(Y, COARSE, FINE)).responseDigest();

        assertThat(RowStatistics.of(fit(Y, CROSSED, FINE)).responseDigest()).isEqualTo(digest);
        assertThat(RowStatistics.of(fit(other, COARSE, FINE)).responseDigest()).isNotEqualTo(digest);
    }
}
