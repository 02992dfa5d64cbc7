package henderson.equations.linear;

import henderson.equations.ClusterScores;
import henderson.equations.ClusterSums;
import henderson.equations.Clustering;
import org.ejml.data.DMatrixRMaj;

/**
 * Cluster scores of a linear model fitted by maximum likelihood, theory (80) to (85). Coordinates: the fixed effects
 * inside, the free search coordinates in the units of the search, {@code log σ}. The fixed effects and the variance
 * parameters are uncorrelated in the model-based covariance.
 */
public final class LinearClusterScores implements ClusterScores {
    private final DMatrixRMaj scores;
    private final DMatrixRMaj covariance;
    private final DMatrixRMaj jacobian;

    private LinearClusterScores(DMatrixRMaj scores, DMatrixRMaj covariance, DMatrixRMaj jacobian) {
        this.scores = scores;
        this.covariance = covariance;
        this.jacobian = jacobian;
    }

    /**
     * Scores at a point.
     *
     * @param problem  of maximum likelihood
     * @param tau      all search coordinates: the estimates
     * @param clusters in which all groups are nested
     */
    public static LinearClusterScores of(LinearProblem problem, double[] tau, Clustering clusters) {
        Parameters parameters = problem.parameters();
        DevianceObjective objective = problem.objective();
        objective.restrict(tau, parameters.free(tau));
        Curvature curvature = Curvature.at(objective, objective.inside(tau));
        objective.at(tau);
        double sigma = Math.sqrt(objective.evaluation().sigma2());
        NaturalCovariance natural = new NaturalCovariance(parameters, objective, tau, sigma, curvature);
        ClusterSums sums = new ClusterSums(objective.score(), clusters);
        int p = sums.fixed().numCols;
        DMatrixRMaj covariance = blocks(sums.fixedCovariance(), natural.joint);
        DMatrixRMaj jacobian = blocks(sums.fixedJacobian(), natural.jacobian);
        for (int k = 0; k < natural.boundary.length; k++) {
            for (int i = p; natural.boundary[k] && i < jacobian.numCols; i++) {
                jacobian.set(p + k, i, 0);
            }
        }
        return new LinearClusterScores(scores(objective, parameters, tau, sums, clusters), covariance, jacobian);
    }

    private static DMatrixRMaj scores(
            DevianceObjective objective, Parameters parameters, double[] tau, ClusterSums sums, Clustering clusters) {
        int[] active = objective.active();
        DMatrixRMaj fixed = sums.fixed();
        int p = fixed.numCols;
        DMatrixRMaj out = new DMatrixRMaj(clusters.count(), p + active.length + 1);
        for (int i = 0; i < out.numRows; i++) {
            System.arraycopy(fixed.data, i * p, out.data, i * out.numCols, p);
            out.set(i, out.numCols - 1, sums.logSigma(i));
        }
        int random = 0; // coordinates of random terms come first
        while (random < active.length && active[random] < parameters.randomSize()) {
            random++;
        }
        for (int i = 0; i < out.numRows; i++) {
            for (int a = random; a < active.length; a++) {
                int k = parameters.residualAt()[active[a] - parameters.randomSize()];
                out.set(i, p + a, sums.residual(i, k) * objective.unit(active[a]));
            }
        }
        boolean[] smooth = new boolean[random];
        DMatrixRMaj[] change = new DMatrixRMaj[random];
        boolean all = true;
        for (int a = 0; a < random; a++) {
            smooth[a] = factorDerivative(parameters, tau, active[a], change, a);
            all &= smooth[a];
        }
        // ℓ = −d/2 at fixed β and σ: −½ · 2⟨S_GΛ, ∂Λ⟩, or −½⟨S_G, ∂G⟩ where Λ is not smooth
        DMatrixRMaj[][] byFactor = sums.timesLambda();
        DMatrixRMaj[][] byMatrix = all ? byFactor : sums.matrices();
        for (int i = 0; i < out.numRows; i++) {
            for (int a = 0; a < random; a++) {
                int t = parameters.termOf[active[a]];
                double inner = smooth[a] ? product(byFactor[i][t], change[a]) : product(byMatrix[i][t], change[a]) / 2;
                out.set(i, p + a, -inner * objective.unit(active[a]));
            }
        }
        return out;
    }

    /** {@code change[a] ← ∂Λ/∂τ_k}, or {@code ∂G/∂τ_k} and false where the factor is not smooth. */
    private static boolean factorDerivative(Parameters parameters, double[] tau, int k, DMatrixRMaj[] change, int a) {
        int t = parameters.termOf[k];
        int q = parameters.at[t].length;
        double[] own = parameters.of(tau, t);
        change[a] = new DMatrixRMaj(q, q);
        int of = k - parameters.start[t];
        if (parameters.structure(t).factorDerivative(own, of, parameters.at[t], change[a])) {
            return true;
        }
        parameters.structure(t).derivative(own, of, parameters.at[t], change[a]);
        return false;
    }

    private static double product(DMatrixRMaj a, DMatrixRMaj b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.data[i] * b.data[i];
        }
        return sum;
    }

    /** The block-diagonal matrix of two. */
    private static DMatrixRMaj blocks(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj out = new DMatrixRMaj(a.numRows + b.numRows, a.numCols + b.numCols);
        for (int i = 0; i < a.numRows; i++) {
            System.arraycopy(a.data, i * a.numCols, out.data, i * out.numCols, a.numCols);
        }
        for (int i = 0; i < b.numRows; i++) {
            System.arraycopy(b.data, i * b.numCols, out.data, (a.numRows + i) * out.numCols + a.numCols, b.numCols);
        }
        return out;
    }

    @Override
    public DMatrixRMaj scores() {
        return scores;
    }

    @Override
    public DMatrixRMaj covariance() {
        return covariance;
    }

    @Override
    public DMatrixRMaj jacobian() {
        return jacobian;
    }
}
