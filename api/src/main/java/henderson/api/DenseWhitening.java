package henderson.api;

import org.ejml.data.DMatrixRMaj;

/** Whitening by the dense Cholesky factor {@code C} of a structure's matrix; n³/3 per update, n² per column. */
final class DenseWhitening implements Whitening {
    private final BoundStructure structure;
    private final int[] at;
    private final int n;
    /** C, lower triangular, n × n. */
    private final DMatrixRMaj c;
    /** Qₖ = C⁻¹ (∂R/∂ρₖ) C⁻ᵀ, n × n each. */
    private final DMatrixRMaj[] q;

    private double logDeterminant;

    DenseWhitening(BoundStructure structure, int[] at) {
        this.structure = structure;
        this.at = at.clone();
        this.n = at.length;
        this.c = new DMatrixRMaj(n, n);
        this.q = new DMatrixRMaj[structure.coordinates().size()];
        for (int k = 0; k < q.length; k++) {
            q[k] = new DMatrixRMaj(n, n);
        }
    }

    @Override
    public boolean update(double[] tau) {
        structure.matrix(tau, at, c);
        double[] d = c.data;
        logDeterminant = 0;
        for (int j = 0; j < n; j++) {
            double pivot = d[j * n + j];
            for (int k = 0; k < j; k++) {
                pivot -= d[j * n + k] * d[j * n + k];
            }
            if (!(pivot > 0)) {
                return false;
            }
            double root = Math.sqrt(pivot);
            d[j * n + j] = root;
            logDeterminant += 2 * Math.log(root); // doubled: determinant of the matrix, not of its factor
            for (int i = j + 1; i < n; i++) {
                double sum = d[i * n + j];
                for (int k = 0; k < j; k++) {
                    sum -= d[i * n + k] * d[j * n + k];
                }
                d[i * n + j] = sum / root;
                d[j * n + i] = 0;
            }
        }
        for (int k = 0; k < q.length; k++) {
            structure.derivative(tau, k, at, q[k]);
            whiten(q[k].data, 0, n);
            transpose(q[k].data);
            whiten(q[k].data, 0, n);
        }
        return true;
    }

    private void transpose(double[] a) {
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double t = a[i * n + j];
                a[i * n + j] = a[j * n + i];
                a[j * n + i] = t;
            }
        }
    }

    @Override
    public double logDeterminant() {
        return logDeterminant;
    }

    @Override
    public void whiten(double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            int row = offset + i * columns;
            for (int k = 0; k < i; k++) {
                double l = c.data[i * n + k];
                for (int j = 0; j < columns; j++) {
                    x[row + j] -= l * x[offset + k * columns + j];
                }
            }
            double pivot = c.data[i * n + i];
            for (int j = 0; j < columns; j++) {
                x[row + j] /= pivot;
            }
        }
    }

    @Override
    public void colour(double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            int row = offset + i * columns;
            double pivot = c.data[i * n + i];
            for (int j = 0; j < columns; j++) {
                x[row + j] *= pivot;
            }
            for (int k = 0; k < i; k++) {
                double l = c.data[i * n + k];
                for (int j = 0; j < columns; j++) {
                    x[row + j] += l * x[offset + k * columns + j];
                }
            }
        }
    }

    @Override
    public void q(int k, double[] x, int offset, int columns, double[] out) {
        for (int i = 0; i < n; i++) {
            int row = offset + i * columns;
            for (int j = 0; j < columns; j++) {
                out[row + j] = 0;
            }
            for (int l = 0; l < n; l++) {
                double v = q[k].data[i * n + l];
                for (int j = 0; j < columns; j++) {
                    out[row + j] += v * x[offset + l * columns + j];
                }
            }
        }
    }

    @Override
    public double traceQ(int k) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += q[k].data[i * n + i];
        }
        return sum;
    }

    @Override
    public boolean transposes() {
        return true;
    }

    @Override
    public void whitenTransposed(double[] x, int offset, int columns) {
        for (int i = n - 1; i >= 0; i--) {
            int row = offset + i * columns;
            double pivot = c.data[i * n + i];
            for (int j = 0; j < columns; j++) {
                x[row + j] /= pivot;
            }
            for (int k = 0; k < i; k++) {
                double l = c.data[i * n + k];
                for (int j = 0; j < columns; j++) {
                    x[offset + k * columns + j] -= l * x[row + j];
                }
            }
        }
    }

    @Override
    public void colourTransposed(double[] x, int offset, int columns) {
        for (int i = 0; i < n; i++) {
            int row = offset + i * columns;
            for (int k = 0; k < i; k++) {
                double l = c.data[i * n + k];
                for (int j = 0; j < columns; j++) {
                    x[offset + k * columns + j] += l * x[row + j];
                }
            }
            double pivot = c.data[i * n + i];
            for (int j = 0; j < columns; j++) {
                x[row + j] *= pivot;
            }
        }
    }
}
