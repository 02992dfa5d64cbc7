package henderson.benchmarks.kernels;

import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.data.DMatrixSparseTriplet;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.ops.DConvertMatrixStruct;
import org.ejml.sparse.csc.decomposition.chol.CholeskyUpLooking_DSCC;

/**
 * Cholesky and selected inverse over a pattern of blocks: ours, EJML's sparse one in our order of elimination, and EJML's
 * dense one. A Cholesky gives {@code log|M|}; an inverse gives its diagonal, node after node.
 */
final class BlockTasks {
    private BlockTasks() {}

    static Task cholesky(String library, BlockInput in) {
        return switch (library) {
            case "henderson" -> henderson(in, false);
            case "ejml-sparse" -> sparse(in);
            case "ejml-dense" -> dense(in);
            default -> throw new IllegalStateException(library + " has no block Cholesky");
        };
    }

    static Task inverse(String library, BlockInput in) {
        return switch (library) {
            case "henderson" -> henderson(in, true);
            case "ejml-dense" -> denseInverse(in);
            default -> throw new IllegalStateException(library + " has no selected inverse");
        };
    }

    private static Task henderson(BlockInput in, boolean inverse) {
        Elimination e = in.elimination;
        BlockFactor factor = new BlockFactor(e);
        BlockFactor.Scratch scratch = factor.scratch();
        double[] filled = panels(in, factor);
        double[] cross = new double[BlockInput.BORDER * BlockInput.BORDER];
        return new SimpleTask(
                () -> {
                    System.arraycopy(filled, 0, factor.panels(), 0, filled.length);
                    Arrays.fill(cross, 0);
                    for (int c = 0; c < e.components(); c++) {
                        if (!factor.cholesky(c, cross, scratch)) {
                            throw new IllegalStateException("not positive definite");
                        }
                        if (inverse) {
                            factor.invert(c, scratch);
                        }
                    }
                    return factor;
                },
                () -> inverse ? diagonal(in.graph, factor) : new double[] {logDeterminant(factor)});
    }

    private static double logDeterminant(BlockFactor factor) {
        double sum = 0;
        for (int c = 0; c < factor.elimination().components(); c++) {
            sum += factor.logDeterminant(c);
        }
        return sum;
    }

    private static double[] diagonal(BlockGraph graph, BlockFactor factor) {
        double[] out = new double[factor.order()];
        int at = 0;
        for (int node = 0; node < graph.nodes(); node++) {
            for (int i = 0; i < graph.size(node); i++) {
                out[at++] = factor.inverse()[factor.inverseOffset(node, node) + i * (factor.inverseStride(node) + 1)];
            }
        }
        return out;
    }

    /** The panels that hold M and its border. */
    private static double[] panels(BlockInput in, BlockFactor factor) {
        Elimination e = in.elimination;
        BlockGraph graph = in.graph;
        double[] panels = new double[factor.panels().length];
        for (int node = 0; node < graph.nodes(); node++) {
            int size = graph.size(node);
            put(in.diagonal[node], size, size, false, panels, e.offset(node, node), e.stride(node));
            put(in.border[node], size, BlockInput.BORDER, false, panels, e.borderOffset(node), e.stride(node));
        }
        for (int k = 0; k < graph.edges(); k++) {
            int a = graph.first(k);
            int b = graph.second(k);
            boolean turned = e.earlier(a, b) != a;
            put(in.beside[k], graph.size(a), graph.size(b), turned, panels, e.offset(a, b), e.stride(a, b));
        }
        return panels;
    }

    private static void put(
            double[] block, int rows, int columns, boolean turned, double[] panels, int at, int stride) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                panels[at + (turned ? j * stride + i : i * stride + j)] = block[i * columns + j];
            }
        }
    }

    /** Whole symmetric M; a node's first column is at {@code start[node]}. */
    private static DMatrixSparseTriplet triplets(BlockInput in, int[] start) {
        BlockGraph graph = in.graph;
        DMatrixSparseTriplet out = new DMatrixSparseTriplet(in.order(), in.order(), 16 * in.order());
        for (int node = 0; node < graph.nodes(); node++) {
            int size = graph.size(node);
            for (int i = 0; i < size * size; i++) {
                out.addItem(start[node] + i / size, start[node] + i % size, in.diagonal[node][i]);
            }
        }
        for (int k = 0; k < graph.edges(); k++) {
            int a = start[graph.first(k)];
            int b = start[graph.second(k)];
            int columns = graph.size(graph.second(k));
            for (int i = 0; i < in.beside[k].length; i++) {
                out.addItem(a + i / columns, b + i % columns, in.beside[k][i]);
                out.addItem(b + i % columns, a + i / columns, in.beside[k][i]);
            }
        }
        return out;
    }

    /** Columns in the order of nodes. */
    private static int[] byNode(BlockInput in) {
        int[] start = new int[in.graph.nodes()];
        for (int node = 1; node < start.length; node++) {
            start[node] = start[node - 1] + in.graph.size(node - 1);
        }
        return start;
    }

    /** Columns in the order of elimination. */
    private static int[] byElimination(BlockInput in) {
        BlockFactor factor = new BlockFactor(in.elimination);
        int[] start = new int[in.graph.nodes()];
        Arrays.setAll(start, factor::row);
        return start;
    }

    private static Task sparse(BlockInput in) {
        DMatrixSparseCSC m = DConvertMatrixStruct.convert(triplets(in, byElimination(in)), (DMatrixSparseCSC) null);
        m.sortIndices(null);
        CholeskyUpLooking_DSCC cholesky = new CholeskyUpLooking_DSCC();
        return new SimpleTask(() -> cholesky.decompose(m), () -> new double[] {2 * logSum(cholesky.getT(null))});
    }

    private static double logSum(DMatrixSparseCSC triangle) {
        double sum = 0;
        for (int i = 0; i < triangle.numCols; i++) {
            sum += Math.log(triangle.get(i, i));
        }
        return sum;
    }

    private static DMatrixRMaj whole(BlockInput in) {
        return DConvertMatrixStruct.convert(triplets(in, byNode(in)), (DMatrixRMaj) null);
    }

    private static Task dense(BlockInput in) {
        DMatrixRMaj m = whole(in);
        DMatrixRMaj copy = m.createLike();
        var cholesky = DecompositionFactory_DDRM.chol(m.numRows, false);
        return new SimpleTask(
                () -> {
                    copy.setTo(m);
                    return cholesky.decompose(copy);
                },
                () -> {
                    DMatrixRMaj r = cholesky.getT(null);
                    double sum = 0;
                    for (int i = 0; i < r.numRows; i++) {
                        sum += 2 * Math.log(r.get(i, i));
                    }
                    return new double[] {sum};
                });
    }

    private static Task denseInverse(BlockInput in) {
        DMatrixRMaj m = whole(in);
        DMatrixRMaj copy = m.createLike();
        DMatrixRMaj z = m.createLike();
        var solver = LinearSolverFactory_DDRM.symmPosDef(m.numRows);
        return new SimpleTask(
                () -> {
                    copy.setTo(m);
                    solver.setA(copy);
                    solver.invert(z);
                    return z;
                },
                () -> {
                    double[] out = new double[z.numRows];
                    Arrays.setAll(out, i -> z.get(i, i));
                    return out;
                });
    }
}
