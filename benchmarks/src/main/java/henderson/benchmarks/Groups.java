package henderson.benchmarks;

import static henderson.benchmarks.CsvWriter.rounded;

import java.util.Random;

/** Seeded data of nested random effects, linear and generalized. */
final class Groups {
    private Groups() {}

    /** A number of groups times a scale, at least two. */
    static int scaled(int groups, double scale) {
        return (int) Math.max(2, Math.rint(groups * scale));
    }

    /** {@code y ~ x1 + x2 + x3 + x4 + (x1 | g)}: two correlated effects a group. */
    static DataFile.Writer randomSlope(int groups, int rows) {
        return (file, scale) -> {
            Random random = new Random(3);
            try (CsvWriter out = new CsvWriter(file, "y,x1,x2,x3,x4,g")) {
                for (int g = 1; g <= scaled(groups, scale); g++) {
                    double first = random.nextGaussian();
                    double b0 = 0.8 * first;
                    double b1 = 0.5 * (0.3 * first + Math.sqrt(0.91) * random.nextGaussian());
                    for (int i = 0; i < rows; i++) {
                        double x1 = rounded(random.nextGaussian(), 3);
                        double x2 = rounded(random.nextGaussian(), 3);
                        double x3 = rounded(random.nextGaussian(), 3);
                        double x4 = rounded(random.nextGaussian(), 3);
                        double mean = 1 + b0 + (0.5 + b1) * x1 - 0.3 * x2 + 0.2 * x3 + 0.1 * x4;
                        out.number(mean + random.nextGaussian(), 4);
                        out.number(x1, 3).number(x2, 3).number(x3, 3).number(x4, 3);
                        out.integer(g).end();
                    }
                }
            }
        };
    }

    /** {@code y ~ x1 + x2 + (1 | g)}. */
    static DataFile.Writer randomIntercept(int groups, int rows) {
        return (file, scale) -> {
            Random random = new Random(4);
            try (CsvWriter out = new CsvWriter(file, "y,x1,x2,g")) {
                for (int g = 1; g <= scaled(groups, scale); g++) {
                    double b = 0.7 * random.nextGaussian();
                    for (int i = 0; i < rows; i++) {
                        double x1 = rounded(random.nextGaussian(), 3);
                        double x2 = rounded(random.nextGaussian(), 3);
                        out.number(1 + b + 0.5 * x1 - 0.3 * x2 + random.nextGaussian(), 4);
                        out.number(x1, 3).number(x2, 3).integer(g).end();
                    }
                }
            }
        };
    }

    /** {@code y ~ x1 + x2 + (1 | school/class)}: {@code x2} belongs to the class. */
    static DataFile.Writer threeLevels(int schools, int classes, int pupils) {
        return (file, scale) -> {
            Random random = new Random(5);
            try (CsvWriter out = new CsvWriter(file, "y,x1,x2,school,class")) {
                for (int s = 1; s <= scaled(schools, scale); s++) {
                    double school = 0.6 * random.nextGaussian();
                    for (int c = 1; c <= classes; c++) {
                        double both = school + 0.4 * random.nextGaussian();
                        double x2 = rounded(random.nextGaussian(), 3);
                        for (int i = 0; i < pupils; i++) {
                            double x1 = rounded(random.nextGaussian(), 3);
                            out.number(1 + both + 0.5 * x1 + 0.2 * x2 + random.nextGaussian(), 4);
                            out.number(x1, 3)
                                    .number(x2, 3)
                                    .integer(s)
                                    .integer(c)
                                    .end();
                        }
                    }
                }
            }
        };
    }

    /** {@code y ~ age + urban + (1 | g)}, like Contraception: a continuous and a binary predictor, one random intercept. */
    static DataFile.Writer logistic(int groups, int rows) {
        return (file, scale) -> {
            Random random = new Random(8);
            try (CsvWriter out = new CsvWriter(file, "y,age,urban,g")) {
                for (int g = 1; g <= scaled(groups, scale); g++) {
                    double u = 0.7 * random.nextGaussian();
                    int urban = random.nextDouble() < 0.4 ? 1 : 0;
                    for (int i = 0; i < rows; i++) {
                        double age = rounded(9 * random.nextGaussian(), 1);
                        double eta = -0.5 + 0.03 * age + 0.6 * urban + u;
                        int y = random.nextDouble() < 1 / (1 + StrictMath.exp(-eta)) ? 1 : 0;
                        out.integer(y).number(age, 1).integer(urban).integer(g).end();
                    }
                }
            }
        };
    }

    /** {@code y ~ x1 + x2 + (1 + x1 | g)}: two correlated effects. */
    static DataFile.Writer poisson(int groups, int rows) {
        return (file, scale) -> {
            Random random = new Random(9);
            try (CsvWriter out = new CsvWriter(file, "y,x1,x2,g")) {
                for (int g = 1; g <= scaled(groups, scale); g++) {
                    double first = random.nextGaussian();
                    double b0 = 0.5 * first;
                    double b1 = 0.3 * (0.4 * first + Math.sqrt(0.84) * random.nextGaussian());
                    for (int i = 0; i < rows; i++) {
                        double x1 = rounded(random.nextGaussian(), 3);
                        double x2 = rounded(random.nextGaussian(), 3);
                        double mean = StrictMath.exp(0.5 + b0 + (0.2 + b1) * x1 - 0.3 * x2);
                        out.integer(count(mean, random));
                        out.number(x1, 3).number(x2, 3).integer(g).end();
                    }
                }
            }
        };
    }

    /** A Poisson number by counting exponential waiting times. */
    private static int count(double mean, Random random) {
        int count = 0;
        double time = -StrictMath.log(1 - random.nextDouble());
        while (time < mean) {
            count++;
            time -= StrictMath.log(1 - random.nextDouble());
        }
        return count;
    }
}
