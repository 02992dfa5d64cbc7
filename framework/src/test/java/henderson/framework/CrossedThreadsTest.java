package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Criterion;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.ModelSpec;
import henderson.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Fits of crossed factors are the same to the last bit on any number of threads: estimates, Hessian, effects, evidence. */
class CrossedThreadsTest {
    private static final int ROWS = 2500;

    @TempDir
    private Path folder;

    private final Henderson henderson = Henderson.create();

    /** A measured and a binary response; factors that are crossed in part (a, b) and in full (p, i), and one that is small. */
    private Table table() throws IOException {
        Random random = new Random(17);
        StringBuilder text = new StringBuilder("y,r,x,a,b,p,i,c\n");
        double[] a = random.doubles(300, -1, 1).toArray();
        double[] b = random.doubles(70, -1, 1).toArray();
        for (int row = 0; row < ROWS; row++) {
            int s = random.nextInt(a.length);
            int d = random.nextInt(b.length);
            int c = random.nextInt(6);
            double x = random.nextGaussian();
            double eta = 0.5 * x + a[s] + b[d] + 0.3 * (c % 3);
            boolean success = random.nextDouble() < 1 / (1 + Math.exp(-eta));
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%s,%.3f,a%d,b%d,p%d,i%d,c%d%n",
                    eta + random.nextGaussian(),
                    success ? "yes" : "no",
                    x,
                    s,
                    d,
                    row / 25,
                    row % 25,
                    c));
        }
        return henderson.read(Files.writeString(folder.resolve("d.csv"), text));
    }

    private static String bits(Fit fit) {
        StringBuilder out = new StringBuilder();
        out.append(fit.logLikelihood()).append(' ').append(fit.sigma2()).append('\n');
        out.append(Arrays.toString(fit.beta())).append(Arrays.toString(fit.betaCovariance().data));
        out.append(Arrays.toString(fit.parameterCovariance().data)).append(fit.certificate());
        out.append(fit.history()).append(fit.evaluations());
        fit.random().forEach(r -> out.append(Arrays.toString(r.tau())));
        fit.effects().forEach(e -> out.append(Arrays.toString(e.values())).append(Arrays.toString(e.prediction())));
        return out.toString();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            nullValues = "-",
            value = {
                "y ~ x + (1 | a) + (1 | b), -, ML",
                "y ~ x + (1 | a) + (1 | b), -, REML",
                "y ~ x + (1 | a) + (1 | b) + (1 | c), -, REML",
                "y ~ x + (1 + x | a) + (1 | b), -, ML",
                "y ~ x + (1 | p) + (1 | i), -, REML",
                "r ~ x + (1 | p) + (1 | i), binomial, ML",
                "r ~ x + (1 | a) + (1 | b), binomial, ML"
            })
    void bits_do_not_depend_on_threads(String formula, String family, Criterion criterion) throws IOException {
        Table table = table();
        ModelSpec spec = henderson.parse(formula);
        ModelSpec asked = family == null ? spec : spec.withFamily(family);
        String expected = null;
        for (int threads = 1; threads <= 3; threads++) {
            Fit fit = henderson.fit(
                    henderson.model(asked, table),
                    FitOptions.DEFAULT.withThreads(threads).withCriterion(criterion));
            expected = expected == null ? bits(fit) : expected;
            assertThat(bits(fit)).isEqualTo(expected);
        }
    }
}
