package henderson.glmm;

import henderson.api.BoundFamily;
import henderson.api.CovarianceStructure;
import henderson.api.Family;
import henderson.api.Link;
import henderson.api.Model;
import henderson.structures.Unstructured;
import henderson.testkit.InMemoryModel;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Seeded data of one grouping factor with two fixed effects, and models of them. */
record Simulated(double[] eta, double[][] x, int[] level, Random random) {
    /** Random intercepts of a standard deviation. */
    static Simulated of(int groups, int size, double sd, long seed) {
        Random random = new Random(seed);
        int n = groups * size;
        double[] eta = new double[n];
        double[][] x = new double[n][2];
        int[] level = new int[n];
        for (int g = 0; g < groups; g++) {
            double b = sd * random.nextGaussian();
            for (int i = g * size; i < (g + 1) * size; i++) {
                level[i] = g;
                x[i] = new double[] {1, random.nextGaussian()};
                eta[i] = 0.2 + 0.6 * x[i][1] + b;
            }
        }
        return new Simulated(eta, x, level, random);
    }

    /** A response of each row from its linear predictor. */
    double[] response(DoubleUnaryOperator draw) {
        double[] y = new double[eta.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = draw.applyAsDouble(eta[i]);
        }
        return y;
    }

    double[] ones() {
        return response(e -> random.nextDouble() < 1 / (1 + Math.exp(-e)) ? 1 : 0);
    }

    double[] counts() {
        return response(e -> {
            double limit = Math.exp(-Math.exp(e));
            int k = 0;
            for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
                k++;
            }
            return k;
        });
    }

    InMemoryModel.Builder builder(double[] y, boolean slope, CovarianceStructure structure) {
        double[][] z = new double[y.length][];
        for (int i = 0; i < z.length; i++) {
            z[i] = slope ? x[i] : new double[] {1};
        }
        return InMemoryModel.builder(y, x).term("g", level, z, structure);
    }

    Model model(double[] y, Family family, Link link) {
        return builder(y, false, new Unstructured())
                .family(bound(y, family, link, null))
                .build();
    }

    static BoundFamily bound(double[] y, Family family, Link link, String @Nullable [] levels) {
        return family.bind(new Family.Response("y", y, null, null, levels), link);
    }
}
