package henderson.newton;

import henderson.api.*;
import henderson.structures.*;
import henderson.testkit.InMemoryModel;
import java.nio.file.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class Scratch0Test {
    @Test
    void w3() throws Exception {
        int G = 100000, m = 10, n = G * m;
        Random r = new Random(1);
        double[] y = new double[n];
        double[][] x = new double[n][];
        int[] g = new int[n];
        double[][] z = new double[n][];
        for (int i = 0, row = 0; i < G; i++) {
            double b0 = r.nextGaussian(), b1 = r.nextGaussian() * .5;
            for (int j = 0; j < m; j++, row++) {
                double x1 = r.nextGaussian();
                x[row] = new double[] {1, x1, r.nextGaussian(), r.nextGaussian(), r.nextGaussian()};
                z[row] = new double[] {1, x1};
                g[row] = i;
                y[row] = 1 + x1 + b0 + b1 * x1 + r.nextGaussian();
            }
        }
        run(InMemoryModel.builder(y, x)
                .term("g", g, z, new Unstructured())
                .batchSize(4096)
                .build());
    }

    static void run(Model model) {
        for (int k = 0; k < 2; k++) {
            long t = System.nanoTime();
            Fit fit = new Newton().fit(model, FitOptions.DEFAULT, Context.plain());
            System.out.println((System.nanoTime() - t) * 1e-9 + " s " + fit.logLikelihood() + " "
                    + Arrays.toString(fit.beta()) + " " + fit.convergence() + " " + fit.certificate() + " evals "
                    + fit.evaluations() + " " + fit.seconds());
            for (var h : fit.history()) System.out.println("   " + h);
            for (int i = 0; i < fit.parameters().size(); i++)
                System.out.println("   " + fit.parameters().get(i).name() + " "
                        + fit.parameters().get(i).estimate() + " se "
                        + Math.sqrt(fit.parameterCovariance().get(i, i)));
        }
    }

    @Test
    void insteval() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("/work/shared/reference/data/insteval.csv"));
        int n = lines.size() - 1;
        double[] y = new double[n];
        double[][] x = new double[n][];
        int[][] g = new int[3][n];
        double[][] z = new double[n][];
        List<Map<String, Integer>> m = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (int i = 0; i < n; i++) {
            String[] f = lines.get(i + 1).split(",");
            y[i] = Double.parseDouble(f[6]);
            double[] xr = new double[9];
            xr[0] = 1;
            xr[1] = f[4].equals("1") ? 1 : 0;
            x[i] = new double[] {1, xr[1]};
            z[i] = new double[] {1};
            String[] key = {f[0], f[1], f[4] + ":" + f[5]};
            for (int k = 0; k < 3; k++) {
                m.get(k).putIfAbsent(key[k], m.get(k).size());
                g[k][i] = m.get(k).get(key[k]);
            }
        }
        run(InMemoryModel.builder(y, x)
                .term("s", g[0], z, new Identity())
                .term("d", g[1], z, new Identity())
                .term("dept:service", g[2], z, new Identity())
                .batchSize(4096)
                .build());
    }
}
