package henderson.equations;

import henderson.api.Criterion;
import henderson.testkit.Design;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Average information from V itself: {@code yᵀPV_jPV_kPy/σ̂² − (yᵀPV_jPy)(yᵀPV_kPy)/(yᵀPy σ̂²)}. */
final class DenseInformation {
    private DenseInformation() {}

    static DMatrixRMaj average(Design design, Criterion criterion, List<Integer> termOf, List<DMatrixRMaj> derivative) {
        int n = design.y().length;
        DMatrixRMaj v = CommonOps_DDRM.identity(n);
        for (int i = 0; i < n && design.weights() != null; i++) {
            v.set(i, i, 1 / design.weights()[i]);
        }
        for (Design.TermData term : design.terms()) {
            DMatrixRMaj l = new DMatrixRMaj(term.lambda());
            DMatrixRMaj g = new DMatrixRMaj(l.numRows, l.numRows);
            CommonOps_DDRM.multTransB(l, l, g);
            CommonOps_DDRM.addEquals(v, spread(term, g, n));
        }
        DMatrixRMaj[] derivatives = new DMatrixRMaj[termOf.size()];
        for (int k = 0; k < derivatives.length; k++) {
            derivatives[k] = spread(design.terms().get(termOf.get(k)), derivative.get(k), n);
        }
        return average(v, design.x(), design.y(), criterion, derivatives);
    }

    /** The same of V and its derivatives. */
    static DMatrixRMaj average(
            DMatrixRMaj v, double[][] design, double[] response, Criterion criterion, DMatrixRMaj[] derivatives) {
        int n = response.length;
        DMatrixRMaj x = new DMatrixRMaj(design);
        DMatrixRMaj y = new DMatrixRMaj(n, 1, true, response);
        DMatrixRMaj p = projection(v, x);
        DMatrixRMaj py = times(p, y);
        double yPy = CommonOps_DDRM.dot(y, py);
        double sigma2 = yPy / (criterion == Criterion.ML ? n : n - x.numCols);
        int m = derivatives.length;
        DMatrixRMaj[] f = new DMatrixRMaj[m];
        for (int k = 0; k < m; k++) {
            f[k] = times(derivatives[k], py);
        }
        DMatrixRMaj out = new DMatrixRMaj(m, m);
        for (int j = 0; j < m; j++) {
            for (int k = 0; k < m; k++) {
                double own = CommonOps_DDRM.dot(f[j], times(p, f[k]));
                out.set(j, k, (own - CommonOps_DDRM.dot(f[j], py) * CommonOps_DDRM.dot(f[k], py) / yPy) / sigma2);
            }
        }
        return out;
    }

    private static DMatrixRMaj projection(DMatrixRMaj v, DMatrixRMaj x) {
        DMatrixRMaj inverse = v.copy();
        CommonOps_DDRM.invert(inverse);
        DMatrixRMaj vx = times(inverse, x);
        DMatrixRMaj xvx = new DMatrixRMaj(x.numCols, x.numCols);
        CommonOps_DDRM.multTransA(x, vx, xvx);
        CommonOps_DDRM.invert(xvx);
        DMatrixRMaj hat = new DMatrixRMaj(v.numRows, v.numRows);
        CommonOps_DDRM.multTransB(times(vx, xvx), vx, hat);
        CommonOps_DDRM.subtractEquals(inverse, hat);
        return inverse;
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, out);
        return out;
    }

    /** {@code Z(I ⊗ g)Zᵀ}. */
    static DMatrixRMaj spread(Design.TermData term, DMatrixRMaj g, int n) {
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (term.level()[i] == term.level()[j]) {
                    double sum = 0;
                    for (int a = 0; a < g.numRows; a++) {
                        for (int b = 0; b < g.numRows; b++) {
                            sum += term.z()[i][a] * g.get(a, b) * term.z()[j][b];
                        }
                    }
                    out.set(i, j, sum);
                }
            }
        }
        return out;
    }
}
