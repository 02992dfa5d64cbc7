package henderson.equations;

import henderson.api.Batch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The Gram matrix of {@code Ṽ_kx} for random vectors x, theory (90): a combination of parameters leaves {@code Ṽ} unchanged
 * just when it is a null direction of this matrix. For models with a residual structure ({@code Ṽ_k = Q_k}) or a known
 * precision of levels ({@code Ṽ_k = Z̃(K ⊗ ∂G)Z̃ᵀ}), whose inner products have no cheap closed form.
 */
final class ProbedIdentifiability {
    private static final int PROBES = 4;
    private static final long SEED = 7;

    private final LinearEquations equations;
    private final int[] termOf;
    private final DMatrixRMaj[] derivative;
    private final int[] residualAt;
    private final int m;
    private final double[] gram;
    /** Z̃ᵀx, then h_k, order × parameters of random terms. */
    private final double[] h;

    private final double[] zx;

    /**
     * A workspace.
     *
     * @param residualAt coordinates of the residual structure that are parameters
     */
    ProbedIdentifiability(LinearEquations equations, int[] termOf, DMatrixRMaj[] derivative, int[] residualAt) {
        this.equations = equations;
        this.termOf = termOf;
        this.derivative = derivative;
        this.residualAt = residualAt;
        this.m = termOf.length + residualAt.length;
        this.gram = new double[(m + 1) * (m + 1)];
        this.zx = new double[equations.factor.order()];
        this.h = new double[equations.factor.order() * termOf.length];
    }

    /** Whitened rows of one residual group, or a row by itself. */
    private interface Visitor {
        /** {@code u} holds {@code rows} rows of {@code width} numbers, entries of the nodes first. */
        void visit(int[] nodes, double[] u, int rows, int width, ResidualRows.@Nullable Group group);
    }

    /** Products, (m + 1) × (m + 1); the last row and column belong to the identity. */
    double[] gram() {
        for (int s = 0; s < PROBES; s++) {
            SplittableRandom first = new SplittableRandom(SEED + s);
            SplittableRandom second = new SplittableRandom(SEED + s);
            Arrays.fill(zx, 0);
            each((nodes, u, rows, width, group) -> project(nodes, u, rows, width, first));
            spread();
            each((nodes, u, rows, width, group) -> add(nodes, u, rows, width, group, second));
        }
        return gram;
    }

    private void each(Visitor visitor) {
        if (equations.residualRows != null) {
            int border = equations.border.p + 1;
            for (ResidualRows.Group g : equations.residualRows.whitened()) {
                visitor.visit(g.nodes, g.white, g.rows, g.random + border, g);
            }
            return;
        }
        int[] nodes = new int[equations.layout.factors];
        double[] z = new double[Arrays.stream(equations.layout.width).sum()];
        for (Batch batch : equations.model().batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                equations.layout.row(batch, i, nodes, z);
                double root = batch.weights() == null ? 1 : Math.sqrt(batch.weights()[i]);
                for (int k = 0; k < z.length; k++) {
                    z[k] *= root;
                }
                visitor.visit(nodes, z, 1, z.length, null);
            }
        }
    }

    /** A number between −1 and 1, of mean 0. */
    private static double draw(SplittableRandom random) {
        return 2 * random.nextDouble() - 1;
    }

    private void project(int[] nodes, double[] u, int rows, int width, SplittableRandom random) {
        for (int i = 0; i < rows; i++) {
            double x = draw(random);
            int column = i * width;
            for (int node : nodes) {
                int row = equations.condensed.row[node];
                for (int a = 0; a < equations.condensed.graph.size(node); a++) {
                    zx[row + a] += u[column++] * x;
                }
            }
        }
    }

    /** h_k = (K ⊗ ∂G_k)Z̃ᵀx. */
    private void spread() {
        Arrays.fill(h, 0);
        int k = termOf.length;
        Layout layout = equations.layout;
        for (int node = 0; node < equations.condensed.graph.nodes(); node++) {
            for (int j = 0; j < k; j++) {
                int t = termOf[j];
                if (layout.factorOf[t] == equations.factorOfNode[node]) {
                    int row = equations.condensed.row[node] + layout.columnOf[t];
                    for (int a = 0; a < layout.columns[t]; a++) {
                        double sum = 0;
                        for (int b = 0; b < layout.columns[t]; b++) {
                            sum += derivative[j].get(a, b) * zx[row + b];
                        }
                        h[(row + a) * k + j] = sum;
                    }
                }
            }
        }
        if (equations.priorFactor != null) {
            for (int c = 0; c < equations.elimination.components(); c++) {
                equations.priorFactor.forward(c, h, k);
                equations.priorFactor.backward(c, h, k);
            }
        }
    }

    private void add(
            int[] nodes, double[] u, int rows, int width, ResidualRows.@Nullable Group group, SplittableRandom random) {
        double[][] y = new double[m + 1][rows];
        for (int i = 0; i < rows; i++) {
            y[m][i] = draw(random);
            int column = i * width;
            for (int node : nodes) {
                int row = equations.condensed.row[node];
                for (int a = 0; a < equations.condensed.graph.size(node); a++, column++) {
                    for (int k = 0; k < termOf.length; k++) {
                        y[k][i] += u[column] * h[(row + a) * termOf.length + k];
                    }
                }
            }
        }
        for (int k = 0; group != null && k < residualAt.length; k++) {
            group.whitening().q(residualAt[k], y[m], 0, 1, y[termOf.length + k]);
        }
        for (int j = 0; j <= m; j++) {
            for (int k = 0; k <= m; k++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += y[j][i] * y[k][i];
                }
                gram[j * (m + 1) + k] += sum;
            }
        }
    }
}
