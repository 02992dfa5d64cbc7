package henderson.equations.generalized;

/** {@code log L ≈ −h(v̂) − ½ log|H|}, theory (111). */
final class LaplaceRule implements ClusterRule {
    private final NestedPoint point;
    private final ClusterMode mode;
    private final ModeSweeps sweeps;
    private final CentreAdjoint adjoint;
    private final CurvatureAdjoint curvature;

    LaplaceRule(NestedPoint point) {
        this.point = point;
        this.mode = new ClusterMode(point);
        this.sweeps = new ModeSweeps(point, mode);
        this.adjoint = new CentreAdjoint(point.rows);
        this.curvature = new CurvatureAdjoint(point);
    }

    @Override
    public boolean add(int from, int to, Sums sums) {
        sweeps.search(from, to, true);
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
        sums.logLikelihood -= mode.laplace(c);
        adjoint.clear(c);
        adjoint.addLogRoot(c, point.curvature);
        curvature.pull(c, adjoint, true, sums);
        return true;
    }
}
