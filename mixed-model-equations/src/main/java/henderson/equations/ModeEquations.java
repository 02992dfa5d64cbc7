package henderson.equations;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.linalg.BlockFactor;
import henderson.linalg.BlockGraph;
import henderson.linalg.Elimination;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;

/**
 * The rows of a model with a family, kept for reweighting, on the same graph of blocks as a linear model's: for any
 * arrangement of grouping factors.
 */
public final class ModeEquations {
    final Model model;
    final Layout layout;
    final BoundFamily family;
    final Elimination elimination;
    final BlockFactor factor;
    final int n;
    final int p;
    /** Nodes of each row, n × factors. */
    final int[] nodes;
    /** Entries of Z of each row, n × columns of all factors. */
    final double[] z;
    /** X, n × p. */
    final double[] x;
    /** Offset of each row. */
    final double[] offset;
    /** Entries of Z of a row. */
    final int entries;

    private ModeEquations(Model model) {
        this.model = model;
        this.family = Objects.requireNonNull(model.family(), "a model with a family");
        this.layout = new Layout(model.random());
        if (layout.hasPrecision()) {
            throw new HendersonException("Levels with a known precision cannot stand beside a family and a link here.");
        }
        this.n = Math.toIntExact(model.rows());
        this.p = model.fixedNames().size();
        this.entries = Arrays.stream(layout.width).sum();
        this.nodes = new int[n * layout.factors];
        this.z = new double[n * entries];
        this.x = new double[n * p];
        this.offset = new double[n];
        BlockGraph graph = layout.graph();
        read(graph);
        this.elimination = Elimination.of(graph, layout.leading(), 0);
        this.factor = new BlockFactor(elimination);
    }

    /** Reads a model's rows. */
    public static ModeEquations of(Model model) {
        return new ModeEquations(model);
    }

    private void read(BlockGraph graph) {
        int[] ids = new int[layout.factors];
        double[] line = new double[entries];
        int row = 0;
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++, row++) {
                layout.row(batch, i, ids, line);
                System.arraycopy(ids, 0, nodes, row * ids.length, ids.length);
                System.arraycopy(line, 0, z, row * entries, entries);
                System.arraycopy(batch.x().data, i * p, x, row * p, p);
                offset[row] = batch.offset() == null ? 0 : batch.offset()[i];
                for (int a = 0; a < ids.length; a++) {
                    for (int b = a + 1; b < ids.length; b++) {
                        graph.join(ids[a], ids[b]);
                    }
                }
            }
        }
    }

    /** Zero matrices, one per term. */
    DMatrixRMaj[] matrices() {
        DMatrixRMaj[] out = new DMatrixRMaj[layout.columns.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = new DMatrixRMaj(layout.columns[t], layout.columns[t]);
        }
        return out;
    }
}
