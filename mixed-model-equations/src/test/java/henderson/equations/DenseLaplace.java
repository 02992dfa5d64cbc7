package henderson.equations;

import henderson.api.BoundFamily;
import henderson.testkit.Design;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/** {@code 2h(v̂) + log|I + DᵀWD|} with one dense {@code D = ZΛ} and a Newton search of its own from zero. */
public final class DenseLaplace {
    private final Design design;
    private final BoundFamily family;
    private final double[] offset;

    public DenseLaplace(Design design, BoundFamily family, double[] offset) {
        this.design = design;
        this.family = family;
        this.offset = offset;
    }

    /** At β and Λ of each term. */
    public double value(double[] beta, DMatrixRMaj[] lambda) {
        int n = design.rows();
        DMatrixRMaj d = product(lambda);
        int q = d.numCols;
        DMatrixRMaj v = new DMatrixRMaj(q, 1);
        double[] density = new double[4 * n];
        double h = penalized(beta, d, v, density);
        for (int step = 0; ; step++) {
            DMatrixRMaj hessian = CommonOps_DDRM.identity(q);
            DMatrixRMaj slope = v.copy();
            for (int i = 0; i < n; i++) {
                for (int a = 0; a < q; a++) {
                    slope.data[a] -= density[n + i] * d.get(i, a);
                    for (int b = 0; b < q; b++) {
                        hessian.add(a, b, -density[2 * n + i] * d.get(i, a) * d.get(i, b));
                    }
                }
            }
            CholeskyDecomposition_F64<DMatrixRMaj> factor = DecompositionFactory_DDRM.chol(q, true);
            if (!factor.decompose(hessian)) {
                return Double.NaN;
            }
            DMatrixRMaj l = factor.getT(null);
            TriangularSolver_DDRM.solveL(l.data, slope.data, q);
            TriangularSolver_DDRM.solveTranL(l.data, slope.data, q);
            if (CommonOps_DDRM.elementMaxAbs(slope) < 1e-13 * (1 + CommonOps_DDRM.elementMaxAbs(v)) || step == 200) {
                double logDeterminant = 0;
                for (int a = 0; a < q; a++) {
                    logDeterminant += 2 * Math.log(l.get(a, a));
                }
                return 2 * h + logDeterminant;
            }
            h = halve(beta, d, v, slope, h, density);
        }
    }

    private double halve(double[] beta, DMatrixRMaj d, DMatrixRMaj v, DMatrixRMaj move, double h, double[] density) {
        DMatrixRMaj from = v.copy();
        for (double step = 1; step > 1e-12; step /= 2) {
            CommonOps_DDRM.add(from, -step, move, v);
            double there = penalized(beta, d, v, density);
            if (there <= h + 1e-13 * Math.abs(h)) {
                return there;
            }
        }
        throw new IllegalStateException("No step lowers h.");
    }

    private double penalized(double[] beta, DMatrixRMaj d, DMatrixRMaj v, double[] density) {
        int n = design.rows();
        double[] eta = offset.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < beta.length; j++) {
                eta[i] += design.x()[i][j] * beta[j];
            }
            for (int a = 0; a < v.numRows; a++) {
                eta[i] += d.get(i, a) * v.data[a];
            }
        }
        family.logDensity(0, n, eta, new double[0], 3, density);
        double h = CommonOps_DDRM.dot(v, v) / 2;
        for (int i = 0; i < n; i++) {
            h -= density[i];
        }
        return h;
    }

    /** D, n × all random effects, term by term and level by level. */
    private DMatrixRMaj product(DMatrixRMaj[] lambda) {
        int columns =
                design.terms().stream().mapToInt(t -> t.levels() * t.columns()).sum();
        DMatrixRMaj d = new DMatrixRMaj(design.rows(), columns);
        int from = 0;
        for (int t = 0; t < lambda.length; t++) {
            Design.TermData term = design.terms().get(t);
            int q = term.columns();
            for (int i = 0; i < design.rows(); i++) {
                for (int a = 0; a < q; a++) {
                    for (int b = 0; b < q; b++) {
                        d.add(i, from + term.level()[i] * q + a, term.z()[i][b] * lambda[t].get(b, a));
                    }
                }
            }
            from += term.levels() * q;
        }
        return d;
    }

    /** Central differences at h, h/2, h/4, h/8 extrapolated to zero: of order eight, and rounding over {@code h/8}. */
    public static double derivative(ToDoubleFunction<Double> f, double h) {
        double[] table = new double[4];
        for (int k = 0; k < table.length; k++) {
            double step = h / (1 << k);
            double next = (f.applyAsDouble(step) - f.applyAsDouble(-step)) / (2 * step);
            double power = 1;
            for (int j = 0; j <= k; j++) {
                double before = table[j];
                table[j] = next;
                power *= 4;
                next += (next - before) / (power - 1);
            }
        }
        return table[table.length - 1];
    }
}
