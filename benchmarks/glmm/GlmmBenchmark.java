import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.data.Table;
import henderson.framework.Henderson;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * The workloads of generalized models: {@code generate FOLDER VERBAGG.csv [CLUSTERS]} writes them, {@code time FOLDER REPEATS
 * [WORKLOAD ...]} fits each in this process on one thread, after two fits that are not counted, and prints one line: workload,
 * program, median CPU seconds from data frame to fit, median elapsed seconds, log-likelihood, version.
 */
public final class GlmmBenchmark {
    private static final int WARM = 2;

    private GlmmBenchmark() {}

    private record Workload(String name, String formula, String family, String integration, int points) {
        String file() {
            return name.substring(0, name.indexOf('-')) + ".csv";
        }
    }

    private static final Workload[] WORKLOADS = {
        new Workload(
                "verbagg-laplace", "r2n ~ Anger + Gender + btype + situ + mode + (1 | id) + (1 | item)", "binomial", "laplace", 0),
        new Workload("poisson-laplace", "y ~ x1 + x2 + (1 + x1 | g)", "poisson", "laplace", 0),
        new Workload("logistic-laplace", "y ~ age + urban + (1 | g)", "binomial", "laplace", 0),
        new Workload("logistic-agq7", "y ~ age + urban + (1 | g)", "binomial", "agq", 7),
    };

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        if (arguments[0].equals("generate")) {
            Files.createDirectories(folder);
            int clusters = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 20_000;
            logistic(folder.resolve("logistic.csv"), clusters, 10);
            poisson(folder.resolve("poisson.csv"), clusters / 10, 10);
            Files.copy(Path.of(arguments[2]), folder.resolve("verbagg.csv"), StandardCopyOption.REPLACE_EXISTING);
            return;
        }
        int repeats = Integer.parseInt(arguments[2]);
        Henderson henderson = Henderson.create();
        for (Workload each : WORKLOADS) {
            if (arguments.length == 3 || Arrays.asList(arguments).contains(each.name)) {
                time(henderson, each, folder, repeats);
            }
        }
    }

    private static void time(Henderson henderson, Workload w, Path folder, int repeats) {
        Table table = henderson.read(folder.resolve(w.file()));
        FitOptions options =
                FitOptions.DEFAULT.withThreads(1).withIntegration(w.integration).withPoints(w.points);
        double[] cpu = new double[repeats];
        double[] elapsed = new double[repeats];
        double logLikelihood = Double.NaN;
        for (int k = -WARM; k < repeats; k++) {
            long began = System.nanoTime();
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Model model = henderson.model(henderson.parse(w.formula).withFamily(w.family), table);
            Fit fit = henderson.fit(model, options);
            if (k >= 0) {
                cpu[k] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) * 1e-9;
                elapsed[k] = (System.nanoTime() - began) * 1e-9;
            }
            logLikelihood = fit.logLikelihood();
        }
        System.out.printf(
                Locale.ROOT,
                "%s\thenderson\t%.3f\t%.3f\t%.6f\tJava %s%n",
                w.name,
                median(cpu),
                median(elapsed),
                logLikelihood,
                System.getProperty("java.version"));
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Like Contraception: a continuous and a binary predictor, one random intercept. */
    private static void logistic(Path file, int clusters, int rows) throws IOException {
        Random random = new Random(8);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("y,age,urban,g");
            for (int g = 1; g <= clusters; g++) {
                double u = 0.7 * random.nextGaussian();
                int urban = random.nextDouble() < 0.4 ? 1 : 0;
                for (int i = 0; i < rows; i++) {
                    double age = Math.rint(90 * random.nextGaussian()) / 10;
                    double eta = -0.5 + 0.03 * age + 0.6 * urban + u;
                    int y = random.nextDouble() < 1 / (1 + Math.exp(-eta)) ? 1 : 0;
                    out.println(y + "," + age + "," + urban + "," + g);
                }
            }
        }
    }

    /** Two correlated effects. */
    private static void poisson(Path file, int clusters, int rows) throws IOException {
        Random random = new Random(9);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            out.println("y,x1,x2,g");
            for (int g = 1; g <= clusters; g++) {
                double first = random.nextGaussian();
                double b0 = 0.5 * first;
                double b1 = 0.3 * (0.4 * first + Math.sqrt(0.84) * random.nextGaussian());
                for (int i = 0; i < rows; i++) {
                    double x1 = Math.rint(1000 * random.nextGaussian()) / 1000;
                    double x2 = Math.rint(1000 * random.nextGaussian()) / 1000;
                    double mean = Math.exp(0.5 + b0 + (0.2 + b1) * x1 - 0.3 * x2);
                    out.println(draw(mean, random) + "," + x1 + "," + x2 + "," + g);
                }
            }
        }
    }

    /** By counting exponential waiting times. */
    private static int draw(double mean, Random random) {
        int count = 0;
        double time = -Math.log(1 - random.nextDouble());
        while (time < mean) {
            count++;
            time -= Math.log(1 - random.nextDouble());
        }
        return count;
    }
}
