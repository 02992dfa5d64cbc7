package henderson.framework;

import static org.assertj.core.api.Assertions.assertThat;

import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.ModelSpec;
import henderson.data.RFormula;
import henderson.data.ReadOptions;
import henderson.data.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A fit of columns held in a file is that of columns in memory, bit for bit, on any number of threads. */
class StreamingTest {
    /** More than two chunks of a column. */
    private static final int ROWS = 70_000;

    @TempDir
    private Path folder;

    private final Henderson henderson = Henderson.create();

    /** Groups in groups, levels that come late, fields that are missing or quoted, weights. */
    private Path file(int seed) throws IOException {
        Random random = new Random(seed);
        String end = seed % 2 == 0 ? "\r\n" : "\n";
        StringBuilder text = new StringBuilder("y,x,\"other, too\",w,school,class,sex").append(end);
        double[] school = random.doubles(40, -1, 1).toArray();
        double[] room = random.doubles(400, -1, 1).toArray();
        for (int i = 0; i < ROWS; i++) {
            int late = i < ROWS - 3000 ? 38 : 40;
            int s = random.nextInt(late);
            int c = random.nextInt(10);
            double x = random.nextInt(10_000) / 1000.0;
            double y = 100_000 + 2 * x + school[s] + room[10 * s + c] + random.nextGaussian();
            text.append(random.nextInt(500) == 0 ? "NA" : String.format(java.util.Locale.ROOT, "%.3f", y));
            text.append(',').append(random.nextInt(700) == 0 ? "" : x);
            text.append(random.nextInt(50) == 0 ? ",\"a\nb\"" : ",7");
            text.append(',').append(1 + random.nextInt(3));
            text.append(",\"the \"\"").append(s).append("\"\", school\",").append(c);
            text.append(i % 2 == 0 ? ",M" : i < ROWS - 500 ? ",F" : ",X").append(end);
        }
        return Files.writeString(folder.resolve("d.csv"), text);
    }

    private Fit fit(Path file, ModelSpec spec, boolean streamed, int threads) {
        ReadOptions options = ReadOptions.DEFAULT
                .withThreads(threads)
                .withStreamed(streamed)
                .withWanted(spec.toString() + spec.weights() + spec.where());
        Table table = henderson.read(file, options, FitListener.SILENT);
        return henderson.fit(henderson.model(spec, table), FitOptions.DEFAULT.withThreads(threads));
    }

    private static String bits(Fit fit) {
        StringBuilder out = new StringBuilder();
        out.append(fit.logLikelihood()).append(' ').append(fit.sigma2()).append('\n');
        out.append(Arrays.toString(fit.beta())).append(Arrays.toString(fit.betaCovariance().data));
        fit.random().forEach(r -> out.append(Arrays.toString(r.tau()))
                .append(r.term().levels()));
        fit.effects().forEach(e -> out.append(Arrays.toString(e.values())).append(Arrays.toString(e.prediction())));
        return out.append(fit.model().report()).toString();
    }

    @ParameterizedTest(name = "{0}, weights {1}, where {2}")
    @CsvSource(
            nullValues = "-",
            delimiter = ';',
            value = {
                "y ~ x + sex + (1 | school); -; -",
                "y ~ x + (x | school/class); -; x > 1",
                "y ~ I(x^2) + sex + (1 | class) + (1 | school); w; -"
            })
    void it_is_the_fit_in_memory(String formula, String weights, String where) throws IOException {
        Path file = file(formula.length());
        ModelSpec spec = henderson
                .parse(formula)
                .withWeights(weights)
                .withWhere(where == null ? null : RFormula.parseFilter(where));
        Fit memory = fit(file, spec, false, 1);
        assertThat(memory.model().report().rowsUsed()).isLessThan(ROWS);
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(bits(fit(file, spec, true, threads))).isEqualTo(bits(memory));
        }
    }

    @Test
    void columns_are_the_same_to_the_last_digit() throws IOException {
        Path file = file(3);
        Table memory = henderson.read(file, ReadOptions.DEFAULT.withThreads(1), FitListener.SILENT);
        Table streamed = henderson.read(file, ReadOptions.DEFAULT.withStreamed(true), FitListener.SILENT);
        assertThat(streamed.digest()).isEqualTo(memory.digest());
        for (String name : memory.names()) {
            assertThat(streamed.column(name)).isEqualTo(memory.column(name));
            assertThat(Arrays.equals(streamed.codes(name), memory.codes(name))).isTrue();
        }
        assertThat(Arrays.equals(streamed.numbers("y"), memory.numbers("y"))).isTrue();
    }
}
