package henderson.equations.generalized;

/** Gauss–Hermite about mode and curvature. */
final class CurvatureRule implements ClusterRule {
    private final NestedPoint point;
    private final ModeSweeps sweeps;
    private final ClusterGrid grid;
    private final CentreAdjoint adjoint;
    private final CurvatureAdjoint curvature;

    CurvatureRule(NestedPoint point, ClusterGrid grid) {
        this.point = point;
        this.sweeps = new ModeSweeps(point, new ClusterMode(point));
        this.grid = grid;
        this.adjoint = new CentreAdjoint(point.rows);
        this.curvature = new CurvatureAdjoint(point);
    }

    @Override
    public boolean add(int from, int to, Sums sums) {
        sweeps.search(from, to, false);
        curvature.begin(from);
        boolean out = true;
        for (int c = from; c < to && out; c++) {
            out = add(c, sums);
        }
        curvature.end(to, sums);
        return out;
    }

    @Override
    public boolean add(int c, Sums sums) {
        if (!point.searched(c)) {
            return false;
        }
        double log = grid.logLikelihood(c, point.curvature);
        if (!Double.isFinite(log)) {
            return false;
        }
        sums.logLikelihood += log;
        grid.probabilities(c);
        grid.byCentre(c, point.curvature, grid.probability, null, adjoint);
        grid.addParameters(c, grid.probability, sums);
        adjoint.addLogRoot(c, point.curvature);
        curvature.pull(c, adjoint, false, sums);
        return true;
    }
}
