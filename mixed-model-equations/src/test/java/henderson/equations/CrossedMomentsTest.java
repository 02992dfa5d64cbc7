package henderson.equations;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.FitListener;
import henderson.structures.Unstructured;
import henderson.testkit.Design;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Starting moments of crossed intercepts: in a balanced crossing they are those of the analysis of variance. */
class CrossedMomentsTest {
    private static final int A = 6;
    private static final int B = 5;
    private static final int REPEATS = 3;

    @Test
    void a_balanced_crossing_gives_the_analysis_of_variance() {
        int n = A * B * REPEATS;
        Random random = new Random(3);
        double[] a = random.doubles(A, -4, 4).toArray();
        double[] b = random.doubles(B, -3, 3).toArray();
        double[] y = new double[n];
        double[][] ones = new double[n][1];
        int[] levelA = new int[n];
        int[] levelB = new int[n];
        double mean = 0;
        double[] meanA = new double[A];
        double[] meanB = new double[B];
        for (int i = 0; i < n; i++) {
            ones[i][0] = 1;
            levelA[i] = i % A;
            levelB[i] = i / A % B;
            y[i] = 7 + a[levelA[i]] + b[levelB[i]] + random.nextGaussian();
            mean += y[i] / n;
            meanA[levelA[i]] += y[i] * A / n;
            meanB[levelB[i]] += y[i] * B / n;
        }
        double total = 0;
        double ssA = 0;
        double ssB = 0;
        for (int i = 0; i < n; i++) {
            total += (y[i] - mean) * (y[i] - mean);
            ssA += (meanA[levelA[i]] - mean) * (meanA[levelA[i]] - mean);
            ssB += (meanB[levelB[i]] - mean) * (meanB[levelB[i]] - mean);
        }
        double error = (total - ssA - ssB) / (n - A - B + 1);
        double[][] lambda = {{1}};
        Design design = new Design(
                "balanced",
                3,
                y,
                ones,
                List.of(
                        new Design.TermData("a", levelA, A, ones, lambda),
                        new Design.TermData("b", levelB, B, ones, lambda)),
                null);

        double[] ratios = CrossedMoments.ratios(
                LinearEquations.of(design.model(new Unstructured()).build(), FitListener.SILENT));

        assertThat(ratios).isNotNull();
        assertThat(ratios[0] * error / ((ssA / (A - 1) - error) / (B * REPEATS)) - 1)
                .isBetween(-1e-11, 1e-11);
        assertThat(ratios[1] * error / ((ssB / (B - 1) - error) / (A * REPEATS)) - 1)
                .isBetween(-1e-11, 1e-11);
    }
}
