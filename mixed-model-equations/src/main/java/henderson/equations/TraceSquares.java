package henderson.equations;

import henderson.api.Criterion;
import henderson.linalg.BlockFactor;
import henderson.linalg.Elimination;
import henderson.linalg.InverseSquares;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * {@code ‖Z̃_jᵀPZ̃_k‖²} for every pair of terms at the last {@link Score}, P being {@code V⁻¹} under ML: with the average
 * information they make the exact second derivatives of {@code d}, theory (155). For models whose terms have one column
 * each and a factor of their own, and whose factor is a diagonal and dense tails, see {@link InverseSquares}: one random
 * intercept, nested or crossed ones. With {@code N = M⁻¹ + WWᵀ}, {@code W = V_X R_X⁻¹} (0 under ML), and Λ = λ_j I in term j:
 *
 * <pre>
 * Z̃ᵀPZ̃ = Λ⁻¹(I − N)Λ⁻¹
 * ‖(I − N)_jk‖² = ‖(I − M⁻¹)_jk‖² − 2 tr W_jᵀ(I − M⁻¹)_jk W_k + tr W_jᵀW_j W_kᵀW_k
 * </pre>
 */
public final class TraceSquares {
    /** Smallest λ√(mean diagonal of A) at which {@code 1 − M⁻¹} has enough digits. */
    private static final double SMALLEST = 0.02;

    private final Score score;
    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final BlockFactor factor;
    private final Elimination elimination;
    private final InverseSquares squares;
    private final int terms;
    private final int p;
    /** W by factor, then M⁻¹ times it, order × terms p. */
    private double[] x = new double[0];
    /** ‖(I − M⁻¹)_jk‖², then what is asked for, terms × terms. */
    private final double[] sums;
    /** W_jᵀW_j, terms × p × p. */
    private final double[] products;
    /** W_jᵀ(I − M⁻¹)_jk W_k, its trace, terms × terms. */
    private final double[] cross;

    private TraceSquares(Score score) {
        this.score = score;
        this.evaluation = score.evaluation();
        this.equations = evaluation.equations;
        this.factor = evaluation.factor;
        this.elimination = equations.elimination;
        this.terms = equations.layout.columns.length;
        this.p = evaluation.p;
        this.squares = new InverseSquares(factor, equations.factorOfNode, terms);
        this.sums = new double[terms * terms];
        this.products = new double[terms * p * p];
        this.cross = new double[terms * terms];
    }

    /** A workspace, or null for a model of another kind. */
    public static @Nullable TraceSquares of(Score score) {
        LinearEquations equations = score.evaluation().equations;
        Layout layout = equations.layout;
        boolean applies = equations.residualRows == null
                && !layout.hasPrecision()
                && layout.factors > 0
                && layout.factors == layout.columns.length
                && InverseSquares.applies(equations.elimination, equations.factorOfNode);
        return applies ? new TraceSquares(score) : null;
    }

    /** Whether they can be had to ten digits at the last score: no term close to zero. */
    public boolean accurate() {
        for (int t = 0; t < terms; t++) {
            if (!(Math.abs(evaluation.lambda.of(equations.layout.factorOf[t])[0]) * equations.rootMeanDiagonal(t, 0)
                    >= SMALLEST)) {
                return false;
            }
        }
        return true;
    }

    /** Computes them at the last score, which is up to date; terms × terms, symmetric. Belongs to this workspace. */
    public double[] update() {
        Arrays.fill(sums, 0);
        for (int c = 0; c < elimination.components(); c++) {
            squares.add(c, sums);
        }
        if (evaluation.criterion == Criterion.REML) {
            restrict();
        }
        double[] out = new double[terms * terms];
        for (int j = 0; j < terms; j++) {
            for (int k = 0; k < terms; k++) {
                int fj = equations.layout.factorOf[j];
                int fk = equations.layout.factorOf[k];
                double lj = evaluation.lambda.of(fj)[0];
                double lk = evaluation.lambda.of(fk)[0];
                out[j * terms + k] = sums[fj * terms + fk] / (lj * lj * lk * lk);
            }
        }
        return out;
    }

    /** From V⁻¹ to P. */
    private void restrict() {
        int m = terms * p;
        x = x.length == 0 ? new double[factor.order() * m] : x;
        Arrays.fill(x, 0);
        Arrays.fill(products, 0);
        Arrays.fill(cross, 0);
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            int f = equations.factorOfNode[node];
            int row = equations.condensed.row[node];
            for (int a = 0; a < p; a++) {
                double value = score.w[row * p + a];
                x[row * m + f * p + a] = value;
                for (int b = 0; b < p; b++) {
                    products[(f * p + a) * p + b] += value * score.w[row * p + b];
                }
            }
        }
        for (int c = 0; c < elimination.components(); c++) {
            factor.forward(c, x, m);
            factor.backward(c, x, m);
        }
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            int f = equations.factorOfNode[node];
            int row = equations.condensed.row[node];
            for (int k = 0; k < terms; k++) {
                for (int a = 0; a < p; a++) {
                    double own = score.w[row * p + a];
                    cross[f * terms + k] += own * ((k == f ? own : 0) - x[row * m + k * p + a]);
                }
            }
        }
        for (int j = 0; j < terms; j++) {
            for (int k = 0; k < terms; k++) {
                double trace = 0;
                for (int i = 0; i < p * p; i++) {
                    trace += products[j * p * p + i] * products[k * p * p + i];
                }
                sums[j * terms + k] += trace - cross[j * terms + k] - cross[k * terms + j];
            }
        }
    }
}
