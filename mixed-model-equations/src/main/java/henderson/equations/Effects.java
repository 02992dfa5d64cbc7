package henderson.equations;

import henderson.api.Fit;
import henderson.linalg.BlockFactor;
import org.ejml.data.DMatrixRMaj;

/** Predicted random effects and their covariances at the last {@link Score}, theory (18), (20). */
public final class Effects {
    private final Evaluation evaluation;
    private final Score score;
    private final LinearEquations equations;

    /** Reads from a score. */
    public Effects(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
    }

    /** {@code b̂} and its covariances for all levels of a term. */
    public Fit.Effects of(int term) {
        Layout layout = equations.layout;
        int f = layout.factorOf[term];
        int q = layout.columns[term];
        int levels = layout.levels(f);
        double[] values = new double[levels * q];
        double[] conditional = new double[levels * q * q];
        double[] prediction = new double[levels * q * q];
        Level level = new Level(term);
        for (int i = 0; i < levels; i++) {
            level.read(layout.firstNode[f] + i);
            for (int a = 0; a < q; a++) {
                values[i * q + a] = level.b[a];
                for (int c = 0; c < q; c++) {
                    int at = i * q * q + a * q + c;
                    conditional[at] = evaluation.sigma2 * level.variance[a * q + c];
                    prediction[at] = conditional[at] + evaluation.sigma2 * level.fixed[a * q + c];
                }
            }
        }
        return new Fit.Effects(values, conditional, prediction);
    }

    /** One level of a term, relative to σ². */
    private final class Level {
        private final int term;
        private final int q;
        private final DMatrixRMaj lambda;
        private final double[] b;
        /** ΛM⁻¹Λᵀ. */
        private final double[] variance;
        /** N(XᵀV⁻¹X)⁻¹Nᵀ. */
        private final double[] fixed;

        private final double[] inside;
        private final double[] w;

        Level(int term) {
            this.term = term;
            this.q = equations.layout.columns[term];
            this.lambda = evaluation.lambdaOf(term);
            this.b = new double[q];
            this.variance = new double[q * q];
            this.fixed = new double[q * q];
            this.inside = new double[q * q];
            this.w = new double[q * evaluation.p];
        }

        void read(int node) {
            BlockFactor factor = evaluation.factor;
            int column = equations.layout.columnOf[term];
            int row = equations.condensed.row[node] + column;
            int p = evaluation.p;
            int stride = factor.inverseStride(node);
            int z = factor.inverseOffset(node, node) + column * stride + column;
            for (int i = 0; i < q; i++) {
                evaluation.rightSolve(score.v, (row + i) * evaluation.border, w, i * p);
                double value = 0;
                for (int j = 0; j < q; j++) {
                    value += lambda.data[i * q + j] * score.vHat[row + j];
                    inside[i * q + j] = factor.inverse()[z + i * stride + j];
                }
                b[i] = value;
            }
            congruence(inside, variance);
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int c = 0; c < p; c++) {
                        sum += w[i * p + c] * w[j * p + c];
                    }
                    inside[i * q + j] = sum;
                }
            }
            congruence(inside, fixed);
        }

        /** {@code out ← ΛaΛᵀ}. */
        private void congruence(double[] a, double[] out) {
            double[] l = lambda.data;
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    double sum = 0;
                    for (int k = 0; k < q; k++) {
                        for (int m = 0; m < q; m++) {
                            sum += l[i * q + k] * a[k * q + m] * l[j * q + m];
                        }
                    }
                    out[i * q + j] = sum;
                }
            }
        }
    }
}
