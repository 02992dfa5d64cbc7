package henderson.equations;

import henderson.api.Criterion;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import java.util.Objects;

/** {@code ∂d/∂ρ_k} of a residual structure at the last {@link Score}, theory (28) and (29). */
public final class ResidualScore {
    private final Evaluation evaluation;
    private final Score score;
    private final LinearEquations equations;
    private final ResidualRows rows;
    private final int border;
    private final int p;

    /** Reads from a score of equations that have a residual structure. */
    public ResidualScore(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.rows = Objects.requireNonNull(equations.residualRows, "a model with a residual structure");
        this.border = evaluation.border;
        this.p = evaluation.p;
    }

    /** {@code ∂d/∂ρ_k = tr Q_k − tr(E UᵀQ_kU)}. */
    public double derivative(int k) {
        double sum = rows.traceQ(k);
        double[] q = new double[rows.widest()];
        for (ResidualRows.Group group : rows.groups()) {
            int c = group.random + border;
            group.whitening().q(k, group.white, 0, c, q);
            double[] e = weights(group);
            for (int i = 0; i < group.rows; i++) {
                for (int a = 0; a < c; a++) {
                    double ua = group.white[i * c + a];
                    for (int b = 0; b < c; b++) {
                        sum -= e[a * c + b] * ua * q[i * c + b];
                    }
                }
            }
        }
        return sum;
    }

    /** E of one group, over its columns of Z, X and y. */
    private double[] weights(ResidualRows.Group group) {
        int c = group.random + border;
        double[] e = new double[c * c];
        double[] a = new double[c];
        double[][] n = new double[c][p];
        fillFixed(group, a, n);
        int column = 0;
        for (int i = 0; i < group.nodes.length; i++) {
            int other = 0;
            for (int j = 0; j < group.nodes.length; j++) {
                addVariance(group.nodes[i], group.nodes[j], column, other, c, e);
                other += equations.condensed.graph.size(group.nodes[j]);
            }
            fillRandom(group.nodes[i], column, a, n);
            column += equations.condensed.graph.size(group.nodes[i]);
        }
        boolean reml = evaluation.criterion == Criterion.REML;
        double[] row = new double[p];
        double[][] w = new double[c][p];
        for (int i = 0; i < c && reml; i++) {
            evaluation.rightSolve(n[i], 0, row, 0);
            System.arraycopy(row, 0, w[i], 0, p);
        }
        for (int i = 0; i < c; i++) {
            for (int j = 0; j < c; j++) {
                double sum = a[i] * a[j] / evaluation.sigma2;
                for (int k = 0; k < p && reml; k++) {
                    sum += w[i][k] * w[j][k];
                }
                e[i * c + j] += sum;
            }
        }
        return e;
    }

    private void fillFixed(ResidualRows.Group group, double[] a, double[][] n) {
        for (int j = 0; j < p; j++) {
            a[group.random + j] = -evaluation.betaInside[j];
            n[group.random + j][j] = 1;
        }
        a[group.random + p] = 1;
    }

    /** Rows −b̂ of a and −ΛM⁻¹ΛᵀB_X of N. */
    private void fillRandom(int node, int column, double[] a, double[][] n) {
        int q = equations.condensed.graph.size(node);
        int row = equations.condensed.row[node];
        double[] l = evaluation.lambda.of(equations.factorOfNode[node]);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                double f = l[i * q + j];
                a[column + i] -= f * score.vHat[row + j];
                for (int k = 0; k < p; k++) {
                    n[column + i][k] -= f * score.v[(row + j) * border + k];
                }
            }
        }
    }

    /** {@code E += Λ_i M⁻¹_ij Λ_jᵀ}. */
    private void addVariance(int first, int second, int column, int other, int c, double[] e) {
        BlockFactor factor = evaluation.factor;
        Elimination elimination = equations.elimination;
        boolean straight = first == second || elimination.earlier(first, second) == first;
        int z = factor.inverseOffset(first, second);
        int stride = factor.inverseStride(straight ? first : second);
        int q = equations.condensed.graph.size(first);
        int r = equations.condensed.graph.size(second);
        double[] l = evaluation.lambda.of(equations.factorOfNode[first]);
        double[] m = evaluation.lambda.of(equations.factorOfNode[second]);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < r; j++) {
                double sum = 0;
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < r; b++) {
                        double y =
                                straight ? factor.inverse()[z + a * stride + b] : factor.inverse()[z + b * stride + a];
                        sum += l[i * q + a] * y * m[j * r + b];
                    }
                }
                e[(column + i) * c + other + j] += sum;
            }
        }
    }
}
