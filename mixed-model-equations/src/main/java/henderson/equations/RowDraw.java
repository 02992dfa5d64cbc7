package henderson.equations;

import henderson.api.Batch;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Draws the response row by row, residuals independent, and sums its products anew. A row that counts f times stands for f
 * responses, of which only the sum and the sum of squares are drawn.
 */
final class RowDraw implements ResponseDraw.Road {
    private final LinearEquations equations;
    private final Condensed sums;
    private final int border;
    private final int factors;
    private final int widths;
    /** Nodes of each row. */
    private final int[] nodes;
    /** Entries of Z of each row. */
    private final double[] z;
    /** X̃ of each row, p each. */
    private final double[] x;
    /** Precision weights, or null. */
    private final double @Nullable [] weights;
    /** How often each row counts, or null. */
    private final double @Nullable [] frequencies;

    /** Of one row. */
    private final int[] ownNodes;

    private final double[] ownZ;
    private final double[] xy;

    RowDraw(LinearEquations equations) {
        this.equations = equations;
        this.sums = equations.condensed;
        this.border = sums.border;
        Layout layout = equations.layout;
        this.factors = layout.factors;
        this.widths = Arrays.stream(layout.width).sum();
        int n = Math.toIntExact(equations.model().rows());
        int p = border - 1;
        this.nodes = new int[n * factors];
        this.z = new double[n * widths];
        this.x = new double[n * p];
        boolean weighted = false;
        boolean counted = false;
        double[] w = new double[n];
        double[] f = new double[n];
        this.ownNodes = new int[factors];
        this.ownZ = new double[widths];
        this.xy = new double[border];
        int row = 0;
        for (Batch batch : equations.model().batches()) {
            weighted |= batch.weights() != null;
            counted |= batch.frequencies() != null;
            for (int i = 0; i < batch.rows(); i++, row++) {
                layout.row(batch, i, ownNodes, ownZ);
                equations.border.row(batch, i, xy);
                System.arraycopy(ownNodes, 0, nodes, row * factors, factors);
                System.arraycopy(ownZ, 0, z, row * widths, widths);
                System.arraycopy(xy, 0, x, row * p, p);
                w[row] = batch.weights() == null ? 1 : batch.weights()[i];
                f[row] = batch.frequencies() == null ? 1 : batch.frequencies()[i];
            }
        }
        this.weights = weighted ? w : null;
        this.frequencies = counted ? f : null;
    }

    @Override
    public void draw(double[] effects, double[] beta, double sigma, RandomGenerator random) {
        ResponseDraw.clear(sums);
        sums.clearRoot();
        int p = border - 1;
        int n = p == 0 && factors == 0 ? 0 : factors > 0 ? nodes.length / factors : x.length / p;
        double squares = 0;
        for (int row = 0; row < n; row++) {
            double mean = 0;
            for (int j = 0; j < p; j++) {
                mean += x[row * p + j] * beta[j];
            }
            int from = row * widths;
            for (int f = 0; f < factors; f++) {
                int at = sums.row[nodes[row * factors + f]];
                for (int a = 0; a < equations.layout.width[f]; a++) {
                    mean += z[from++] * effects[at + a];
                }
            }
            double w = weights == null ? 1 : weights[row];
            double count = frequencies == null ? 1 : frequencies[row];
            double noise = sigma / Math.sqrt(w);
            double sum = count * mean + noise * Math.sqrt(count) * random.nextGaussian();
            double within = count > 1 ? noise * noise * ChiSquare.draw(count - 1, random) : 0;
            squares += w * (sum * sum / count + within);
            add(row, w * sum);
            if (sums.hasRoot()) {
                rotate(row, w, count, sum / count, within);
            }
        }
        sums.c[border * border - 1] = squares;
    }

    private void rotate(int row, double weight, double count, double mean, double within) {
        System.arraycopy(nodes, row * factors, ownNodes, 0, factors);
        System.arraycopy(z, row * widths, ownZ, 0, widths);
        System.arraycopy(x, row * (border - 1), xy, 0, border - 1);
        xy[border - 1] = mean;
        sums.rotate(factors, ownNodes, ownZ, xy, Math.sqrt(count * weight));
        if (within > 0) {
            Arrays.fill(xy, 0, border - 1, 0);
            xy[border - 1] = Math.sqrt(within);
            sums.rotate(0, ownNodes, ownZ, xy, Math.sqrt(weight));
        }
    }

    private void add(int row, double weighted) {
        int p = border - 1;
        for (int j = 0; j < p; j++) {
            sums.c[j * border + p] += x[row * p + j] * weighted;
        }
        int from = row * widths;
        for (int f = 0; f < factors; f++) {
            int at = sums.row[nodes[row * factors + f]];
            for (int a = 0; a < equations.layout.width[f]; a++) {
                sums.b[(at + a) * border + p] += z[from++] * weighted;
            }
        }
    }
}
