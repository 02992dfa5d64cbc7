package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.NestedLikelihood;
import henderson.equations.ProfiledDeviance;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** The road of nested models, theory (143) to (146). */
final class NestedRoad implements Road {
    final NestedLikelihood likelihood;
    private final Place place;
    private final Parameters parameters;
    private final DMatrixRMaj[] work;
    private final DMatrixRMaj average;
    private final DMatrixRMaj exact;
    /** Fall of r² by coordinate. */
    private final double[] forms;

    private boolean trusted;
    private boolean curved;

    NestedRoad(Place place, NestedLikelihood likelihood) {
        this.place = place;
        this.parameters = place.parameters;
        this.likelihood = likelihood;
        this.work = parameters.matrices();
        this.average = new DMatrixRMaj(parameters.size(), parameters.size());
        this.exact = new DMatrixRMaj(parameters.size(), parameters.size());
        this.forms = new double[parameters.size()];
    }

    @Override
    public double value() {
        curved = false;
        trusted = likelihood.takes(place.lambda);
        return trusted ? likelihood.value(place.lambda) : Double.NaN;
    }

    @Override
    public boolean trusted() {
        return trusted;
    }

    @Override
    public boolean stands() {
        return true;
    }

    @Override
    public void gradient(double[] out) {
        DMatrixRMaj[] s = scores();
        for (int k = 0; k < parameters.size(); k++) { // theory (23)
            int t = parameters.termOf[k];
            place.derivative(k, work[t]);
            out[k] = Place.product(s[t], work[t]);
        }
    }

    @Override
    public DMatrixRMaj[] scores() {
        DMatrixRMaj[] out = parameters.matrices();
        for (int t = 0; t < out.length; t++) {
            likelihood.score(t, out[t]);
        }
        return out;
    }

    @Override
    public DMatrixRMaj average() {
        if (!curved) {
            DMatrixRMaj[] first = new DMatrixRMaj[parameters.size()];
            for (int k = 0; k < first.length; k++) {
                int q = parameters.at[parameters.termOf[k]].length;
                first[k] = new DMatrixRMaj(q, q);
                place.derivative(k, first[k]);
            }
            likelihood.curvature(parameters.termOf, first, average, exact, forms);
            DMatrixRMaj[] s = scores();
            place.addCurvature(s, work, average);
            place.addCurvature(s, work, exact);
            curved = true;
        }
        return average;
    }

    @Override
    public boolean exact(DMatrixRMaj h, double[] log) {
        if (!likelihood.hasCurvature()) {
            return false;
        }
        average();
        h.setTo(exact);
        for (int k = 0; k < log.length; k++) {
            log[k] = -forms[k] / likelihood.residualSumOfSquares();
        }
        return true;
    }

    @Override
    public boolean exactIsFree() {
        return true;
    }

    /** {@code n G − G S_G G}. */
    @Override
    public List<Moments> moments() {
        List<Moments> out = new ArrayList<>();
        DMatrixRMaj[] s = scores();
        for (int t = 0; t < s.length; t++) {
            int q = s[t].numRows;
            DMatrixRMaj g = new DMatrixRMaj(q, q);
            DMatrixRMaj gs = new DMatrixRMaj(q, q);
            DMatrixRMaj sum = new DMatrixRMaj(q, q);
            CommonOps_DDRM.multTransB(place.lambda[t], place.lambda[t], g);
            CommonOps_DDRM.mult(g, s[t], gs);
            CommonOps_DDRM.mult(-1, gs, g, sum);
            CommonOps_DDRM.addEquals(sum, likelihood.levels(t), g);
            out.add(new Moments(parameters.at[t], likelihood.levels(t), sum));
        }
        return out;
    }

    @Override
    public ProfiledDeviance profile() {
        return likelihood;
    }
}
