package henderson.equations;

import org.ejml.data.DMatrixRMaj;

/** Λ of each grouping factor, block-diagonal over the terms of the factor. */
final class LambdaBlocks {
    private final Layout layout;
    /** width × width each, row-major. */
    private final double[][] blocks;

    LambdaBlocks(Layout layout) {
        this.layout = layout;
        this.blocks = new double[layout.factors][];
        for (int f = 0; f < blocks.length; f++) {
            blocks[f] = new double[layout.width[f] * layout.width[f]];
        }
    }

    /** Takes over one matrix per term. */
    void set(DMatrixRMaj[] given) {
        for (int t = 0; t < given.length; t++) {
            int f = layout.factorOf[t];
            int width = layout.width[f];
            int q = layout.columns[t];
            int at = layout.columnOf[t];
            for (int i = 0; i < q; i++) {
                for (int j = 0; j < q; j++) {
                    blocks[f][(at + i) * width + at + j] = given[t].data[i * q + j];
                }
            }
        }
    }

    /** A bound of max diag(ΛᵀAΛ), given the largest diagonal entries of A by term and column. */
    double largest(double[][] maxDiagonal) {
        double largest = 0;
        for (int t = 0; t < layout.columns.length; t++) {
            int f = layout.factorOf[t];
            int width = layout.width[f];
            int q = layout.columns[t];
            int at = layout.columnOf[t];
            for (int j = 0; j < q; j++) {
                double sum = 0;
                for (int i = 0; i < q; i++) {
                    sum += Math.abs(blocks[f][(at + i) * width + at + j]) * Math.sqrt(maxDiagonal[t][i]);
                }
                largest = Math.max(largest, sum * sum);
            }
        }
        return largest;
    }

    /** Λ of a factor. */
    double[] of(int factor) {
        return blocks[factor];
    }

    /** Λ of a term, a copy. */
    DMatrixRMaj ofTerm(int term) {
        int q = layout.columns[term];
        int width = layout.width[layout.factorOf[term]];
        int at = layout.columnOf[term];
        DMatrixRMaj out = new DMatrixRMaj(q, q);
        for (int i = 0; i < q; i++) {
            for (int j = 0; j < q; j++) {
                out.data[i * q + j] = blocks[layout.factorOf[term]][(at + i) * width + at + j];
            }
        }
        return out;
    }

    /** {@code out ← Λx} (or {@code Λᵀx}) for rows {@code row …} of one node of a factor, m columns. Modified. */
    void times(int factor, boolean transposed, double[] x, int row, int m, double[] out) {
        double[] l = blocks[factor];
        int q = layout.width[factor];
        for (int i = 0; i < q; i++) {
            for (int c = 0; c < m; c++) {
                double sum = 0;
                for (int j = 0; j < q; j++) {
                    sum += (transposed ? l[j * q + i] : l[i * q + j]) * x[(row + j) * m + c];
                }
                out[(row + i) * m + c] = sum;
            }
        }
    }
}
