package henderson.equations.generalized;

/** Gauss–Hermite about the mean and covariance that the model gives before any response. */
final class PlainRule implements ClusterRule {
    private final NestedPoint point;
    private final ClusterGrid grid;
    private final Centre standard;
    private final CentreAdjoint unused;

    PlainRule(NestedPoint point, ClusterGrid grid, Centre standard) {
        this.point = point;
        this.grid = grid;
        this.standard = standard;
        this.unused = new CentreAdjoint(point.rows);
    }

    @Override
    public boolean add(int c, Sums sums) {
        point.prepare(point.rows.firstRow(c), point.rows.firstRow(c + 1));
        double log = grid.logLikelihood(c, standard);
        if (!Double.isFinite(log)) {
            return false;
        }
        sums.logLikelihood += log;
        grid.probabilities(c);
        grid.byCentre(c, standard, grid.probability, null, unused);
        grid.addParameters(c, grid.probability, sums);
        return true;
    }
}
