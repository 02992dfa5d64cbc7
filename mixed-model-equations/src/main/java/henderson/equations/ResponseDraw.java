package henderson.equations;

import henderson.linalg.BlockFactor;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Responses of a linear mixed model drawn into its sums: afterwards the equations are those of a model with the same Z and X
 * and another y. Where the square root of the sums is there, nothing is drawn but what the likelihood sees of y, theory
 * (150): as many normal deviates as there are columns, and one χ² for the rest, whatever the number of rows. Otherwise rows
 * are drawn.
 */
public final class ResponseDraw {
    /** What is drawn, given the random effects. */
    interface Road {
        void draw(double[] effects, double[] beta, double sigma, RandomGenerator random);
    }

    private final Evaluation evaluation;
    private final LinearEquations equations;
    private final LambdaBlocks lambda;
    private final double[] beta;
    private final double sigma;
    private final double @Nullable [] held;
    private final double[] deviates;
    private final double[] effects;
    private final Road road;

    /**
     * Draws at the last value of an evaluation: its Λ, β̂ and σ̂, and the residual structure where the rows were last
     * whitened.
     *
     * @param held random effects by term, level-major, that all responses have in common; null to draw them too
     * @param rows whether to draw rows even where sums would do
     */
    public ResponseDraw(Evaluation at, double @Nullable [][] held, boolean rows) {
        this.evaluation = at;
        this.equations = at.equations;
        this.lambda = new LambdaBlocks(equations.layout);
        DMatrixRMaj[] copy = new DMatrixRMaj[equations.layout.columns.length];
        for (int t = 0; t < copy.length; t++) {
            copy[t] = at.lambdaOf(t);
        }
        lambda.set(copy);
        this.beta = at.betaInside.clone();
        this.sigma = Math.sqrt(at.sigma2);
        int order = equations.factor.order();
        this.deviates = new double[order];
        this.effects = new double[order];
        this.held = held == null ? null : inOrder(held);
        if (equations.residualRows != null) {
            this.road = new ResidualDraw(equations, equations.residualRows);
        } else if (equations.condensed.hasRoot() && !rows) {
            this.road = new RootDraw(equations);
        } else {
            this.road = new RowDraw(equations);
        }
    }

    private double[] inOrder(double[][] byTerm) {
        Layout layout = equations.layout;
        double[] out = new double[effects.length];
        for (int t = 0; t < byTerm.length; t++) {
            int q = layout.columns[t];
            for (int level = 0; level < byTerm[t].length / q; level++) {
                int at = equations.condensed.row[layout.node(t, level)] + layout.columnOf[t];
                System.arraycopy(byTerm[t], level * q, out, at, q);
            }
        }
        return out;
    }

    /** Whether it draws sums, not rows. */
    public boolean drawsSums() {
        return road instanceof RootDraw;
    }

    /** Replaces the response by a draw. */
    public void draw(RandomGenerator random) {
        if (held == null) {
            drawEffects(random);
        } else {
            System.arraycopy(held, 0, effects, 0, effects.length);
        }
        road.draw(effects, beta, sigma, random);
        evaluation.forget(); // what it computed last speaks of another response
    }

    /** {@code b = σΛv}, v independent or with the known precision of its levels. */
    private void drawEffects(RandomGenerator random) {
        for (int i = 0; i < deviates.length; i++) {
            deviates[i] = sigma * random.nextGaussian();
        }
        BlockFactor prior = equations.priorFactor;
        for (int c = 0; prior != null && c < equations.elimination.components(); c++) {
            prior.backward(c, deviates, 1);
        }
        for (int node = 0; node < equations.factorOfNode.length; node++) {
            lambda.times(equations.factorOfNode[node], false, deviates, equations.condensed.row[node], 1, effects);
        }
    }

    /** Forgets the products of the response in the sums. */
    static void clear(Condensed sums) {
        int border = sums.border;
        for (int i = border - 1; i < sums.b.length; i += border) {
            sums.b[i] = 0;
        }
        for (int a = 0; a < border; a++) {
            sums.c[a * border + border - 1] = 0;
        }
    }
}
