package henderson.equations.generalized;

/** {@code log L ≈ −h(v̂) − ½ log|H|}, theory (111). */
final class LaplaceRule implements ClusterRule {
    private final NestedPoint point;
    private final ClusterMode mode;
    private final CentreAdjoint adjoint;
    private final CurvatureAdjoint curvature;

    LaplaceRule(NestedPoint point) {
        this.point = point;
        this.mode = new ClusterMode(point);
        this.adjoint = new CentreAdjoint(point.rows);
        this.curvature = new CurvatureAdjoint(point);
    }

    @Override
    public boolean add(int c, Sums sums) {
        double h = mode.search(c);
        if (Double.isNaN(h)) {
            return false;
        }
        sums.logLikelihood -= h + mode.logDeterminant() / 2;
        adjoint.clear(c);
        adjoint.addLogRoot(c, point.curvature);
        curvature.pull(c, adjoint, true, sums);
        return true;
    }
}
