package henderson.equations.generalized;

import henderson.api.Clusters;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.equations.ClusterScores;
import henderson.equations.Clustering;
import henderson.equations.Symmetric;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Cluster scores of a generalized model, theory (86): {@code −½} of each cluster's part of the gradient of d, its rule of
 * integration as in the fit. Coordinates: the free ones of (β, τ, φ) in the units of the search.
 */
public final class JointClusterScores implements ClusterScores {
    private final DMatrixRMaj scores;
    private final DMatrixRMaj covariance;
    private final DMatrixRMaj jacobian;

    private JointClusterScores(DMatrixRMaj scores, DMatrixRMaj covariance, DMatrixRMaj jacobian) {
        this.scores = scores;
        this.covariance = covariance;
        this.jacobian = jacobian;
    }

    /**
     * Scores of a fit at its parameters.
     *
     * @param fit      its rows at hand
     * @param clusters in which all groups are nested
     * @param threads  sums of the likelihood
     * @throws HendersonException for crossed grouping factors, whose likelihood is no sum here
     */
    public static JointClusterScores of(Fit fit, Clustering clusters, Clusters threads) {
        Fit.Integrated rule = Objects.requireNonNull(fit.integrated(), "a generalized model");
        JointParameters parameters = new JointParameters(fit.model());
        double[] point = parameters.point(
                fit.beta(), fit.random().stream().map(Fit.RandomEstimate::tau).toList(), rule.phi());
        Integration integration = Integration.of(rule.method(), rule.points());
        Approximation approximation = Approximations.byCluster(fit.model(), integration, threads);
        int[] parts = approximation.clusterOfRows();
        if (parts.length == 0) {
            throw new HendersonException(
                    "There are no robust standard errors: the grouping factors are crossed, and with a family the likelihood"
                            + " has no parts by cluster.");
        }
        JointObjective objective = new JointObjective(parameters, approximation);
        objective.restrict(point, parameters.free(point));
        objective.at(point);
        objective.scale(Symmetric.units(objective.fullInformation()));
        JointCurvature curvature = JointCurvature.at(objective, objective.inside(point));
        objective.at(point);
        DMatrixRMaj covariance = new DMatrixRMaj(0, 0);
        CommonOps_DDRM.scale(2, curvature.inverse(), covariance);
        return new JointClusterScores(
                scores(objective, parts, clusters),
                covariance,
                parameters.jacobian(point, objective.active(), objective::unit));
    }

    /** Sums over the parts of the likelihood that lie in each cluster; no part lies in two. */
    private static DMatrixRMaj scores(JointObjective objective, int[] partOfRow, Clustering clusters) {
        int parts = objective.approximation().clusters();
        int[] of = new int[parts];
        for (int i = 0; i < partOfRow.length; i++) {
            of[partOfRow[i]] = clusters.of()[i];
        }
        int[] active = objective.active();
        DMatrixRMaj out = new DMatrixRMaj(clusters.count(), active.length);
        double[] g = new double[objective.parameters().size()];
        for (int c = 0; c < parts; c++) {
            if (!objective.clusterGradient(c, g)) {
                throw new HendersonException("The score of a cluster cannot be computed at the estimates.");
            }
            for (int i = 0; i < active.length; i++) {
                out.add(of[c], i, -g[active[i]] * objective.unit(active[i]) / 2);
            }
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
