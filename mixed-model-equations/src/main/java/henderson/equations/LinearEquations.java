package henderson.equations;

import henderson.api.Batch;
import henderson.api.BoundStructure;
import henderson.api.Clusters;
import henderson.api.Coordinate;
import henderson.api.FitListener;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Moments;
import henderson.api.Term;
import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear mixed model condensed: the problem an evaluation works on. Made by two passes over the rows (levels and means,
 * then sums); afterwards rows are needed no more. Precision and frequency weights, offset. With a residual structure the
 * rows are kept, to be whitened and condensed again at each evaluation.
 */
public final class LinearEquations {
    /** Rotating all rows may cost so many operations; beyond it only cross-products are kept. */
    private static final double ROTATIONS = 4e9;
    /** Columns of X̃ that leave less of one another lose more than four digits in cross-products. */
    private static final double SHARE = 1e-4;
    /** Steps in a leaf of the fold, at least. */
    private static final int LEAF = 256;

    private final Model model;
    final Layout layout;
    final Border border;
    final Elimination elimination;
    final BlockFactor factor;
    final Condensed condensed;
    final EdgeLists edges;
    final Prior prior;
    /** Rows, replications counted. */
    final double n;
    /** Rows by residual group, or null for independent residuals. */
    final @Nullable ResidualRows residualRows;
    /** log|R|. */
    double logResidual;
    /** {@code P} of theory (13), factored, where levels have a known precision; null otherwise. */
    final @Nullable BlockFactor priorFactor;
    /** Parameters of the residual structure that rows are whitened with. */
    private double[] whitenedAt = new double[0];
    /** Whether the square root of the sums is that of the rows as they are whitened. */
    private boolean rootFresh = true;
    /** Whether cross-products of X̃ are too close to singular to be used. */
    final boolean nearCollinear;
    /** Σ log w. */
    final double logWeights;
    /** Mean of the diagonal of A over levels, by term and column. */
    final double[][] meanDiagonal;
    /** Largest diagonal entry of A over levels, by term and column. */
    final double[][] maxDiagonal;
    /** First component of each leaf; the last entry is the number of components. */
    final int[] leafStart;
    /** Factor of each node. */
    final int[] factorOfNode;

    private LinearEquations(Model model, FitListener listener, boolean compress) {
        this.model = model;
        this.layout = new Layout(model.random());
        this.border = new Border(model);
        listener.stage("reading levels");
        BlockGraph graph = layout.graph();
        firstPass(graph);
        border.close();
        Term residual = model.residual();
        ResidualRows rowsOfGroups =
                residual == null ? null : new ResidualRows(model, residual, layout, border, compress);
        this.residualRows = rowsOfGroups;
        if (rowsOfGroups != null) {
            rowsOfGroups.join(graph);
        }
        layout.joinPrecisions(graph);
        this.prior = new Prior(layout, graph);
        listener.stage("ordering");
        this.elimination = Elimination.of(graph, layout.leading(), border.p + 1);
        this.factor = new BlockFactor(elimination);
        double rowCost = layout.factors == 0 ? 0 : elimination.rotationCost() / Math.max(1, factor.order());
        this.condensed = new Condensed(
                factor,
                !layout.hasPrecision()
                        && model.rows() * rowCost <= ROTATIONS
                        && elimination.rotationCost() <= ROTATIONS);
        this.edges = new EdgeLists(factor);
        listener.stage("condensing rows");
        double[] sums =
                rowsOfGroups == null ? secondPass(listener) : new double[] {model.rows(), rowsOfGroups.logWeights()};
        this.n = sums[0];
        this.logWeights = sums[1];
        this.factorOfNode = layout.factorOfNode();
        this.priorFactor = layout.hasPrecision() ? factoredPrior() : null;
        int terms = layout.terms.size();
        this.meanDiagonal = new double[terms][];
        this.maxDiagonal = new double[terms][];
        for (int t = 0; t < terms; t++) {
            meanDiagonal[t] = new double[layout.columns[t]];
            maxDiagonal[t] = new double[layout.columns[t]];
            diagonals(t);
        }
        if (rowsOfGroups != null) {
            whiten(neutral(model), new SequentialClusters());
        }
        this.nearCollinear = smallestShare(condensed.c, border.p) < SHARE;
        this.leafStart = leaves();
    }

    /** The neutral point with the held coordinate at 1. */
    private static double[] neutral(Model model) {
        BoundStructure structure = Objects.requireNonNull(model.residual()).structure();
        List<Coordinate> coordinates = structure.coordinates();
        double[] rho = new double[coordinates.size()];
        double held = coordinates.get(structure.held()).neutral();
        for (int k = 0; k < rho.length; k++) {
            rho[k] = coordinates.get(k).neutral() / (coordinates.get(k).scales() ? held : 1);
        }
        return rho;
    }

    private BlockFactor factoredPrior() {
        BlockFactor out = new BlockFactor(elimination);
        LambdaBlocks zero = new LambdaBlocks(layout);
        double[] work = new double
                [Arrays.stream(layout.width).max().orElse(1)
                        * Arrays.stream(layout.width).max().orElse(1)];
        double[] sum = new double[(border.p + 1) * (border.p + 1)];
        BlockFactor.Scratch scratch = out.scratch();
        for (int c = 0; c < elimination.components(); c++) {
            Assembler.assemble(elimination, condensed, edges, zero, factorOfNode, prior, c, out, work);
            if (!out.cholesky(c, sum, scratch)) {
                throw new HendersonException("The known precision among levels is not positive definite.");
            }
        }
        return out;
    }

    /** {@link #whiten(double[], Clusters)} by one thread. */
    public boolean whiten(double[] rho) {
        return whiten(rho, new SequentialClusters());
    }

    /**
     * Whitens with a residual structure at ρ and condenses anew, unless the rows are whitened with ρ already; evaluations
     * speak of this from their next value on.
     *
     * @param rho all coordinates of the structure, the held one at 1
     * @return false where R is not positive definite
     */
    public boolean whiten(double[] rho, Clusters clusters) {
        if (residualRows == null) {
            throw new IllegalStateException("This model has independent residuals.");
        }
        if (!Arrays.equals(rho, whitenedAt)) {
            whitenedAt = rho.length == whitenedAt.length ? whitenedAt : new double[rho.length];
            System.arraycopy(rho, 0, whitenedAt, 0, rho.length);
            logResidual = residualRows.whiten(whitenedAt, clusters, condensed);
            rootFresh = false;
            for (int t = 0; t < layout.terms.size(); t++) {
                diagonals(t);
            }
        }
        return !Double.isNaN(logResidual);
    }

    /** Where rows were last whitened. Not copied: do not modify. */
    double[] whitenedAt() {
        return whitenedAt;
    }

    /** Somebody updates the whitenings at other parameters: rows are whitened anew at the next evaluation. */
    void forgetWhitening() {
        whitenedAt = new double[0];
    }

    /** Brings the square root of the sums up to date; only where there is one. */
    void refreshRoot() {
        if (!rootFresh && residualRows != null) {
            condensed.clearRoot();
            residualRows.rotate(condensed);
            rootFresh = true;
        }
    }

    /** Second moments of the residuals of least squares in units of their variance, by pattern of residual positions. */
    public List<Moments> residualMoments() {
        ResidualRows rows = Objects.requireNonNull(residualRows, "a model with a residual structure");
        LeastSquares plain = LeastSquares.of(rows.plain(), border.p);
        return rows.moments(plain.beta(), plain.squares() / n);
    }

    /** Condenses a model; with a residual structure at its neutral point. */
    public static LinearEquations of(Model model, FitListener listener) {
        return new LinearEquations(model, listener, true);
    }

    /** The same to have its response replaced by others: every residual group stays by itself. */
    public static LinearEquations forResponses(Model model, FitListener listener) {
        return new LinearEquations(model, listener, false);
    }

    private void firstPass(BlockGraph graph) {
        int[] nodes = new int[layout.factors];
        int[] last = new int[layout.factors];
        Arrays.fill(last, -1);
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                border.see(batch, i);
                nodesOf(batch, i, nodes);
                if (layout.factors > 1 && !Arrays.equals(nodes, last)) {
                    for (int a = 0; a < nodes.length; a++) {
                        for (int b = a + 1; b < nodes.length; b++) {
                            graph.join(nodes[a], nodes[b]);
                        }
                    }
                    System.arraycopy(nodes, 0, last, 0, nodes.length);
                }
            }
        }
    }

    private void nodesOf(Batch batch, int row, int[] nodes) {
        for (int f = 0; f < layout.factors; f++) {
            nodes[f] = layout.firstNode[f] + batch.level(layout.anyTerm[f])[row];
        }
    }

    private double[] secondPass(FitListener listener) {
        int[] nodes = new int[layout.factors];
        double[] z = new double[Arrays.stream(layout.width).sum()];
        double[] xy = new double[border.p + 1];
        double count = 0;
        double logs = 0;
        long done = 0;
        for (Batch batch : model.batches()) {
            double[] weights = batch.weights();
            double[] frequencies = batch.frequencies();
            for (int i = 0; i < batch.rows(); i++) {
                layout.row(batch, i, nodes, z);
                border.row(batch, i, xy);
                double frequency = frequencies == null ? 1 : frequencies[i];
                double weight = weights == null ? 1 : weights[i];
                condensed.add(layout.factors, nodes, z, xy, frequency * weight);
                count += frequency;
                logs += weights == null ? 0 : frequency * Math.log(weight);
            }
            done += batch.rows();
            listener.progress(done, model.rows());
        }
        condensed.close();
        return new double[] {count, logs};
    }

    private void diagonals(int t) {
        int f = layout.factorOf[t];
        int q = layout.columns[t];
        int width = layout.width[f];
        Arrays.fill(meanDiagonal[t], 0);
        Arrays.fill(maxDiagonal[t], 0);
        for (int node = layout.firstNode[f]; node < layout.firstNode[f + 1]; node++) {
            for (int a = 0; a < q; a++) {
                int k = layout.columnOf[t] + a;
                double d = condensed.diagonal[condensed.diagonalOffset[node] + k * width + k];
                meanDiagonal[t][a] += d / layout.levels(f);
                maxDiagonal[t][a] = Math.max(maxDiagonal[t][a], d);
            }
        }
    }

    /** Smallest share of a column of X̃ that the columns before it leave, as cross-products see it. */
    static double smallestShare(double[] c, int p) {
        int width = p + 1;
        double[] a = c.clone();
        double share = 1;
        for (int i = 0; i < p; i++) {
            double pivot = a[i * width + i];
            double whole = c[i * width + i];
            share = whole > 0 ? Math.min(share, pivot / whole) : share;
            for (int k = i + 1; pivot > 0 && k < p; k++) {
                double f = a[i * width + k] / pivot;
                for (int j = k; j < p; j++) {
                    a[k * width + j] -= f * a[i * width + j];
                }
            }
        }
        return share;
    }

    private int[] leaves() {
        int[] starts = new int[elimination.components() + 1];
        int count = 0;
        int from = 0;
        for (int c = 0; c < elimination.components(); c++) {
            if (c == 0 || elimination.firstStep(c) - from >= LEAF) {
                from = elimination.firstStep(c);
                starts[count++] = c;
            }
        }
        starts[count] = elimination.components();
        return Arrays.copyOf(starts, count + 1);
    }

    /** The model. */
    public Model model() {
        return model;
    }

    /** Rows, replications counted. */
    public double n() {
        return n;
    }

    /** Columns of X. */
    public int p() {
        return border.p;
    }

    /** Root mean square of column {@code a} of term {@code t}'s design over its levels: √(mean diagonal of A). */
    public double rootMeanDiagonal(int t, int a) {
        return Math.sqrt(meanDiagonal[t][a]);
    }

    /** Standard deviation of column {@code j} of X (root mean square where there is no constant). */
    public double scale(int j) {
        return border.scale[j];
    }
}
