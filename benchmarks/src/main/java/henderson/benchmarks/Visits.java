package henderson.benchmarks;

import static henderson.benchmarks.CsvWriter.rounded;

import java.util.Random;

/** Seeded data of repeated measurements whose residuals are correlated. */
final class Visits {
    private Visits() {}

    /** {@code y ~ x + t + (1 | id)} with residuals {@code ar(1, t | id)}: φ = 0.6, equal spacing. */
    static DataFile.Writer autoregressive(int subjects, int visits) {
        return series(6, subjects, visits, 0.7, 0.6, 0);
    }

    /** {@code y ~ x + t} with residuals {@code arma(1, 1, t | id)}: φ = 0.7, θ = 0.4. */
    static DataFile.Writer arma(int subjects, int visits) {
        return series(7, subjects, visits, 0, 0.7, 0.4);
    }

    private static DataFile.Writer series(long seed, int subjects, int visits, double sd, double phi, double theta) {
        return (file, scale) -> {
            Random random = new Random(seed);
            try (CsvWriter out = new CsvWriter(file, "y,x,t,id")) {
                for (int id = 1; id <= Groups.scaled(subjects, scale); id++) {
                    double intercept = sd * random.nextGaussian();
                    double shock = random.nextGaussian();
                    // the stationary distribution of the first residual given its shock
                    double e = shock + (phi + theta) / Math.sqrt(1 - phi * phi) * random.nextGaussian();
                    for (int t = 1; t <= visits; t++) {
                        double x = rounded(random.nextGaussian(), 3);
                        out.number(1 + intercept + 0.5 * x + 0.02 * t + e, 4);
                        out.number(x, 3).integer(t).integer(id).end();
                        double next = random.nextGaussian();
                        e = phi * e + next + theta * shock;
                        shock = next;
                    }
                }
            }
        };
    }

    /** {@code y ~ base + arm * visit} with residuals {@code unstructured(t | id)}: a trial with four visits, none missing. */
    static DataFile.Writer unstructured(int subjects) {
        double[][] factor = {{1, 0, 0, 0}, {0.6, 0.9, 0, 0}, {0.5, 0.5, 1, 0}, {0.3, 0.4, 0.6, 1.1}};
        return (file, scale) -> {
            Random random = new Random(11);
            double[] shock = new double[factor.length];
            try (CsvWriter out = new CsvWriter(file, "y,base,arm,visit,t,id")) {
                for (int id = 1; id <= Groups.scaled(subjects, scale); id++) {
                    double base = rounded(random.nextGaussian(), 3);
                    int active = id % 2;
                    for (int k = 0; k < shock.length; k++) {
                        shock[k] = random.nextGaussian();
                    }
                    for (int t = 0; t < factor.length; t++) {
                        double y = 0.5 * base + 0.3 * t + 0.2 * active * t;
                        for (int k = 0; k <= t; k++) {
                            y += factor[t][k] * shock[k];
                        }
                        out.number(y, 4).number(base, 3).text(active == 1 ? "active" : "control");
                        out.text("v" + (t + 1)).integer(t + 1).integer(id).end();
                    }
                }
            }
        };
    }
}
