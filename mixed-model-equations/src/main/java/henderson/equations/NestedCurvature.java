package henderson.equations;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/** Average information and Hessian of {@code d} from the sums of a {@link NestedScore}, theory (145). */
final class NestedCurvature {
    private final NestedShape shape;
    private final NestedScore score;
    private final double[] reduced;
    private final int border;
    private final int p;
    private final double r2;
    private final double sigma2;

    NestedCurvature(NestedShape shape, NestedScore score, double[] reduced, double r2, double sigma2) {
        this.shape = shape;
        this.score = score;
        this.reduced = reduced;
        this.border = shape.w;
        this.p = shape.p;
        this.r2 = r2;
        this.sigma2 = sigma2;
    }

    /**
     * Both, without second derivatives of G.
     *
     * @param factorOf grouping factor of each parameter
     * @param wide     ∂G/∂τ of each, as wide as its factor
     * @param average  square. Modified.
     * @param hessian  square. Modified.
     * @param forms    {@code uᵀ(∂G/∂τ)u} of each. Modified.
     */
    void compute(
            int[] factorOf, double[][] wide, DMatrixRMaj average, DMatrixRMaj hessian, double[] forms, boolean reml) {
        int m = wide.length;
        double[] fixed = new double[m * p];
        double[] own = new double[p];
        for (int k = 0; k < m; k++) {
            forms[k] = form(factorOf[k], wide[k]);
            Arrays.fill(own, 0);
            tensors(factorOf[k]).fixed(wide[k], own);
            BorderSolve.rightSolve(reduced, border, own, 0, fixed, k * p);
        }
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                double product = product(factorOf[j], wide[j], factorOf[k], wide[k]);
                for (int c = 0; c < p; c++) {
                    product -= fixed[j * p + c] * fixed[k * p + c];
                }
                average.set(j, k, (product - forms[j] * forms[k] / r2) / sigma2);
                double trace = trace(factorOf[j], wide[j], factorOf[k], wide[k]);
                hessian.set(j, k, (2 * product - forms[j] * forms[k] / r2) / sigma2 - trace);
            }
        }
        if (reml && !shape.two) {
            addFixed(wide, hessian);
        }
    }

    private NestedTensors tensors(int factor) {
        return factor == shape.top.factor() ? score.topSums : score.innerSums;
    }

    private double form(int factor, double[] e) {
        NestedTensors of = tensors(factor);
        double sum = 0;
        for (int i = 0; i < of.q; i++) {
            for (int j = 0; j < of.q; j++) {
                sum += of.uu(i, j) * e[i * of.q + j];
            }
        }
        return sum;
    }

    /** Σ uᵀE W D u over all pairs of groups. */
    private double product(int f, double[] e, int g, double[] d) {
        if (f == g) {
            double sum = tensors(f).forms(e, d);
            return shape.two && f != shape.top.factor() ? sum + score.bridge.forms(e, d) : sum;
        }
        return f == shape.top.factor() ? score.bridge.crossForms(d, e) : score.bridge.crossForms(e, d);
    }

    /** Σ tr(W E W D) over all pairs of groups. */
    private double trace(int f, double[] e, int g, double[] d) {
        if (f == g) {
            double sum = tensors(f).traces(e, d);
            return shape.two && f != shape.top.factor() ? sum + score.bridge.traces(e, d) : sum;
        }
        return f == shape.top.factor() ? score.bridge.crossTraces(d, e) : score.bridge.crossTraces(e, d);
    }

    /** What {@code log|XᵀV⁻¹X|} adds to the Hessian. */
    private void addFixed(double[][] wide, DMatrixRMaj hessian) {
        int size = p * (p + 1) / 2;
        double[][] t = new double[wide.length][size];
        NestedTensors of = score.topSums;
        for (int k = 0; k < wide.length; k++) {
            of.fixedSquares(wide[k], t[k]);
        }
        for (int j = 0; j < wide.length; j++) {
            for (int k = 0; k < wide.length; k++) {
                double sum = 2 * of.fixedForms(wide[j], wide[k]);
                for (int c = 0, at = 0; c < p; c++) {
                    for (int d = c; d < p; d++, at++) {
                        sum -= (c == d ? 1 : 2) * t[j][at] * t[k][at];
                    }
                }
                hessian.add(j, k, sum);
            }
        }
    }
}
