package henderson.framework;

import henderson.api.Fit;
import henderson.api.FitListener;
import henderson.api.FitOptions;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.data.Table;
import henderson.equations.Clustering;
import henderson.inference.RobustCovariance;
import henderson.inference.Summary;
import java.util.List;

/** Cluster-robust standard errors of fits of one model: its clusters, found and checked. */
public final class Robust {
    private final Henderson henderson;
    private final Clustering clusters;

    Robust(Henderson henderson, Model model, FitOptions options, Table table, List<String> columns) {
        String refusal = RobustCovariance.refusal(options.criterion());
        if (refusal != null) {
            throw new HendersonException(
                    "There are no robust standard errors: " + refusal + ".", "Maybe fit with --ml.");
        }
        this.henderson = henderson;
        this.clusters = columns.isEmpty() ? Clustering.highest(model) : TableClusters.of(model, table, columns);
        clusters.require(model);
    }

    /**
     * Tests and intervals by the cluster-robust covariance CR0 of fixed effects and variance parameters; the fit inside
     * carries it, so that whatever is made of it is robust, too.
     *
     * @param fit   of the model, its rows at hand
     * @param level confidence level in percent
     */
    public Summary summarize(Fit fit, double level, FitListener listener) {
        Summary.requireLevel(level);
        return henderson.within(fit.options(), listener, context -> {
            Fit robust = RobustCovariance.apply(fit, Recertification.scores(fit, clusters, context));
            return Summary.of(robust, new RobustCovariance(clusters.name(), clusters.count()), level);
        });
    }
}
