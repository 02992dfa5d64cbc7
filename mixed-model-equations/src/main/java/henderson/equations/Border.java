package henderson.equations;

import henderson.api.Batch;
import henderson.api.Model;

/**
 * How the columns of {@code [X y]} are carried inside: centred where the constant is a column of X, and divided by the
 * power of two next to their root mean square. Found in a pass over the rows.
 */
final class Border {
    final int p;
    final int intercept;
    /** Subtracted from each column of X; 0 without a constant. */
    final double[] centre;
    /** Divides each column of X. */
    final double[] scale;
    /** Subtracted from y. */
    double responseCentre;

    private final double[] first;
    private final double[] sum;
    private final double[] square;
    private double count;

    Border(Model model) {
        this.p = model.fixedNames().size();
        this.intercept = model.interceptColumn();
        this.centre = new double[p];
        this.scale = new double[p];
        this.first = new double[p + 1];
        this.sum = new double[p + 1];
        this.square = new double[p + 1];
    }

    /** Adds row i of a batch to the means. */
    void see(Batch batch, int i) {
        double[] x = batch.x().data;
        double offset = batch.offset() == null ? 0 : batch.offset()[i];
        for (int j = 0; j <= p; j++) {
            double value = j < p ? x[i * p + j] : batch.y()[i] - offset;
            if (count == 0) {
                first[j] = intercept >= 0 ? value : 0;
            }
            double d = value - first[j];
            sum[j] += d;
            square[j] += d * d;
        }
        count++;
    }

    /** Fixes centres and scales after the last row. */
    void close() {
        double[] means = new double[p + 1];
        double[] variances = new double[p + 1];
        for (int j = 0; j <= p; j++) {
            double mean = sum[j] / count;
            means[j] = first[j] + mean;
            variances[j] = square[j] / count - mean * mean;
        }
        close(means, variances);
    }

    /** Fixes centres and scales by the means and variances of the columns of X and of y, good to a few digits. */
    void close(double[] mean, double[] variance) {
        for (int j = 0; j < p; j++) {
            boolean centred = intercept >= 0 && j != intercept;
            double ms = centred ? variance[j] : variance[j] + mean[j] * mean[j];
            double rms = ms > 0 ? Math.sqrt(ms) : 1;
            centre[j] = centred ? rounded(mean[j], rms) : 0;
            scale[j] = j == intercept ? 1 : Math.scalb(1.0, Math.getExponent(rms));
        }
        double ms = variance[p];
        responseCentre = intercept >= 0 ? rounded(mean[p], ms > 0 ? Math.sqrt(ms) : 1) : 0;
    }

    /** Close to the mean, with so few bits that the subtraction is exact; scales are powers of two for the same reason. */
    private static double rounded(double mean, double rms) {
        double grain = Math.scalb(1.0, Math.getExponent(rms) - 5);
        return Math.rint(mean / grain) * grain;
    }

    /** {@code out ←} the border's entries of row i. Modified. */
    void row(Batch batch, int i, double[] out) {
        double[] x = batch.x().data;
        for (int j = 0; j < p; j++) {
            out[j] = (x[i * p + j] - centre[j]) / scale[j];
        }
        double offset = batch.offset() == null ? 0 : batch.offset()[i];
        out[p] = batch.y()[i] - offset - responseCentre;
    }

    /** What {@code log|XᵀV⁻¹X|} gains when columns are put back on their scale. */
    double logScale() {
        double sum = 0;
        for (double s : scale) {
            sum += Math.log(s);
        }
        return 2 * sum;
    }

    /** Fixed effects of the columns as given, shifts of the data included, theory (46). */
    double[] outside(double[] inside, Model model) {
        double[] beta = new double[p];
        double constant = intercept >= 0 ? inside[intercept] + responseCentre : 0;
        for (int j = 0; j < p; j++) {
            beta[j] = inside[j] / scale[j];
            if (j != intercept) {
                constant -= beta[j] * centre[j];
            }
        }
        if (intercept >= 0) {
            double shifts = model.responseShift();
            for (int j = 0; j < p; j++) {
                shifts -= j == intercept ? 0 : beta[j] * model.fixedShifts()[j];
            }
            beta[intercept] = constant + shifts;
        }
        return beta;
    }

    /** The matrix T with {@code β = T β̃ + const}, p × p, row-major. */
    double[] transform(Model model) {
        double[] t = new double[p * p];
        for (int j = 0; j < p; j++) {
            t[j * p + j] = 1 / scale[j];
            if (intercept >= 0 && j != intercept) {
                t[intercept * p + j] = -(centre[j] + model.fixedShifts()[j]) / scale[j];
            }
        }
        return t;
    }
}
