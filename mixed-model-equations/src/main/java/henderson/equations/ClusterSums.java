package henderson.equations;

import henderson.api.Batch;
import henderson.api.Model;
import henderson.api.Term;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/**
 * The sums behind a {@link Score} and the fixed effects, cluster by cluster, theory (81) to (83) and (87): one pass over the rows
 * for what they give, and the components of each cluster for {@code S_GΛ}. Letters: {@code e = ỹ − X̃β̂ − Z̃b̂ =
 * V⁻¹(ỹ − X̃β̂)}.
 */
public final class ClusterSums {
    private final Clustering clusters;
    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final Score score;
    private final int p;
    /** b̂ of each node, order. */
    private final double[] b;
    /** Cluster of each node. */
    private final int[] clusterOfNode;
    /** {@code X̃ᵢᵀVᵢ⁻¹(ỹᵢ − X̃ᵢβ̂)/σ̂²}, clusters × p, columns as they are inside. */
    private final DMatrixRMaj fixed;
    /** {@code (ỹᵢ − X̃ᵢβ̂)ᵀVᵢ⁻¹(ỹᵢ − X̃ᵢβ̂)}. */
    private final double[] squares;
    /** Rows, replications counted. */
    private final double[] rows;
    /** {@code ∂ℓᵢ/∂ρ}, clusters × coordinates of the residual structure; none for independent residuals. */
    private final double[][] residual;

    /**
     * Goes through the rows.
     *
     * @param score    up to date
     * @param clusters in which the model's groups are nested
     */
    public ClusterSums(Score score, Clustering clusters) {
        this.clusters = clusters;
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.p = evaluation.p;
        this.b = effects();
        this.clusterOfNode = new int[equations.layout.nodes()];
        this.fixed = new DMatrixRMaj(clusters.count(), p);
        this.squares = new double[clusters.count()];
        this.rows = new double[clusters.count()];
        Arrays.fill(clusterOfNode, -1);
        Term structured = equations.model().residual();
        this.residual = new double[clusters.count()]
                [structured == null ? 0 : structured.structure().coordinates().size()];
        if (structured == null) {
            pass(equations.model());
        } else {
            pass(equations.model(), structured);
        }
        for (int i = 0; i < fixed.getNumElements(); i++) {
            fixed.data[i] /= evaluation.sigma2;
        }
    }

    /** {@code b̂ = Λv̂}. */
    private double[] effects() {
        double[] out = new double[score.vHat.length];
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            evaluation.lambda.times(
                    equations.factorOfNode[node], false, score.vHat, equations.condensed.row[node], 1, out);
        }
        return out;
    }

    private void pass(Model model) {
        Layout layout = equations.layout;
        int[] nodes = new int[layout.factors];
        double[] z = new double[Arrays.stream(layout.width).sum()];
        double[] xy = new double[p + 1];
        int at = 0;
        for (Batch batch : model.batches()) {
            double[] weights = batch.weights();
            double[] frequencies = batch.frequencies();
            for (int i = 0; i < batch.rows(); i++) {
                layout.row(batch, i, nodes, z);
                equations.border.row(batch, i, xy);
                double frequency = frequencies == null ? 1 : frequencies[i];
                add(clusters.of()[at++], nodes, z, xy, frequency * (weights == null ? 1 : weights[i]), frequency);
            }
        }
    }

    /** By residual group: whitened rows. */
    private void pass(Model model, Term structured) {
        ResidualRows groups = new ResidualRows(model, structured, equations.layout, equations.border, false);
        int[] clusterOf = clusterOfGroup(model, groups.groups().size());
        groups.patterns().forEach(pattern -> pattern.whitening.update(equations.whitenedAt()));
        ResidualScore residualScore = new ResidualScore(score);
        double[] own = new double[structured.structure().coordinates().size()];
        for (int g = 0; g < clusterOf.length; g++) {
            ResidualRows.Group group = groups.groups().get(g);
            int width = group.random + p + 1;
            System.arraycopy(group.raw, 0, group.white, 0, group.raw.length);
            group.whitening().whiten(group.white, 0, width);
            for (int i = 0; i < group.rows; i++) {
                double[] z = Arrays.copyOfRange(group.white, i * width, i * width + group.random);
                double[] xy = Arrays.copyOfRange(group.white, i * width + group.random, (i + 1) * width);
                add(clusterOf[g], group.nodes, z, xy, 1, 1);
            }
            residualScore.ofGroup(group, own);
            for (int k = 0; k < own.length; k++) {
                residual[clusterOf[g]][k] -= own[k] / 2;
            }
        }
    }

    /** Residual groups in the order of their first rows, as the rows of {@link ResidualRows} are. */
    private int[] clusterOfGroup(Model model, int groups) {
        Map<Integer, Integer> known = new LinkedHashMap<>();
        int[] out = new int[groups];
        int at = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, at++) {
                int cluster = clusters.of()[at];
                if (known.putIfAbsent(batch.residualGroup()[i], known.size()) == null) {
                    out[known.size() - 1] = cluster;
                }
            }
        }
        return out;
    }

    /** A row, or a line of whitened rows. */
    private void add(int cluster, int[] nodes, double[] z, double[] xy, double weight, double frequency) {
        double marginal = xy[p];
        for (int j = 0; j < p; j++) {
            marginal -= xy[j] * evaluation.betaInside[j];
        }
        double conditional = marginal;
        int column = 0;
        for (int f = 0; f < nodes.length; f++) {
            clusterOfNode[nodes[f]] = cluster;
            int row = equations.condensed.row[nodes[f]];
            for (int a = 0; a < equations.condensed.graph.size(nodes[f]); a++) {
                conditional -= z[column++] * b[row + a];
            }
        }
        for (int j = 0; j < p; j++) {
            fixed.data[cluster * p + j] += weight * xy[j] * conditional;
        }
        squares[cluster] += weight * marginal * conditional;
        rows[cluster] += frequency;
    }

    /** {@code ∂ℓᵢ/∂β}, clusters × p, of the columns of X as they are inside. */
    public DMatrixRMaj fixed() {
        return fixed;
    }

    /** {@code ∂ℓᵢ/∂log σ} with G and R relative to σ²: {@code rᵢᵀVᵢ⁻¹rᵢ/σ̂² − nᵢ}. */
    public double logSigma(int cluster) {
        return squares[cluster] / evaluation.sigma2 - rows[cluster];
    }

    /** {@code ∂ℓᵢ/∂ρ_k} of coordinate k of the residual structure, not the held one. */
    public double residual(int cluster, int k) {
        return residual[cluster][k];
    }

    /** {@code σ̂²(X̃ᵀV⁻¹X̃)⁻¹} of the columns as they are inside, p × p. */
    public DMatrixRMaj fixedCovariance() {
        DMatrixRMaj out = new DMatrixRMaj(p, p);
        double[] unit = new double[p];
        double[][] inverse = new double[p][p]; // R_X⁻¹ by rows
        for (int i = 0; i < p; i++) {
            Arrays.fill(unit, 0);
            unit[i] = 1;
            evaluation.rightSolve(unit, 0, inverse[i], 0);
        }
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    out.data[i * p + j] += evaluation.sigma2 * inverse[i][k] * inverse[j][k];
                }
            }
        }
        return out;
    }

    /** {@code ∂β/∂β̃}: from the columns inside to those given, p × p. */
    public DMatrixRMaj fixedJacobian() {
        return DMatrixRMaj.wrap(p, p, equations.border.transform(equations.model()));
    }

    /** {@code S_GΛ} of each cluster and term at the point of the score. */
    public DMatrixRMaj[][] timesLambda() {
        return score.byPart(clusterOfComponent(), clusters.count());
    }

    /** {@code S_G} of each cluster and term, null directions of G included; moves evaluation and score. */
    public DMatrixRMaj[][] matrices() {
        int terms = equations.layout.columns.length;
        DMatrixRMaj[] lambda = new DMatrixRMaj[terms];
        for (int t = 0; t < terms; t++) {
            lambda[t] = evaluation.lambdaOf(t);
        }
        new ScoreMatrices(score).at(lambda, true);
        DMatrixRMaj[][] out = timesLambda();
        for (DMatrixRMaj[] cluster : out) {
            for (int t = 0; t < terms; t++) {
                cluster[t] = ScoreMatrices.dividedByLambda(cluster[t], evaluation.lambdaOf(t));
            }
        }
        return out;
    }

    /** Levels without rows belong to no cluster and add nothing; any will do. */
    private int[] clusterOfComponent() {
        int[] out = new int[equations.elimination.components()];
        for (int c = 0; c < out.length; c++) {
            for (int s = equations.elimination.firstStep(c); s < equations.elimination.firstStep(c + 1); s++) {
                for (int k = 0; k < equations.elimination.memberCount(s); k++) {
                    out[c] = Math.max(out[c], clusterOfNode[equations.elimination.member(s, k)]);
                }
            }
        }
        return out;
    }
}
