package henderson.equations.linear;

import henderson.api.Moments;
import henderson.equations.MarginalDeviance;
import henderson.equations.ProfiledDeviance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.jspecify.annotations.Nullable;

/** {@code d}, its gradient and its exact Hessian in coordinates of all structures, from sums by pattern, theory (157) to (161). */
final class MarginalRoad implements Road {
    private final Place place;
    private final Parameters parameters;
    private final MarginalDeviance deviance;
    /** For what patterns do not say. */
    private final GeneralRoad general;

    private final DMatrixRMaj[] scores;
    private final DMatrixRMaj[] work;
    /** ∂G/∂τ_k of each parameter of random terms. */
    private final DMatrixRMaj[] first;

    private final DMatrixRMaj matrix;
    private boolean gradientFresh;
    private boolean curvatureFresh;

    private MarginalRoad(Place place, MarginalDeviance deviance, GeneralRoad general) {
        this.place = place;
        this.parameters = place.parameters;
        this.deviance = deviance;
        this.general = general;
        this.scores = parameters.matrices();
        this.work = parameters.matrices();
        int random = parameters.randomSize();
        this.first = new DMatrixRMaj[random];
        for (int k = 0; k < random; k++) {
            int q = parameters.at[parameters.termOf[k]].length;
            first[k] = new DMatrixRMaj(q, q);
        }
        this.matrix = new DMatrixRMaj(parameters.size(), parameters.size());
    }

    /** The road of a model whose residual groups fall into few patterns, or null. */
    static @Nullable MarginalRoad of(Place place, GeneralRoad general) {
        Parameters parameters = place.parameters;
        if (!parameters.hasResidual()) {
            return null;
        }
        int[] termOf = Arrays.copyOf(parameters.termOf, parameters.randomSize());
        MarginalDeviance deviance = MarginalDeviance.of(
                general.evaluation.equations(), general.evaluation.criterion(), termOf, parameters.residualAt());
        return deviance == null ? null : new MarginalRoad(place, deviance, general);
    }

    @Override
    public double value() {
        gradientFresh = false;
        curvatureFresh = false;
        return deviance.value(place.lambda, place.rho);
    }

    @Override
    public boolean trusted() {
        return deviance.trusted();
    }

    @Override
    public boolean stands() {
        return true;
    }

    private void refresh() {
        if (gradientFresh) {
            return;
        }
        deviance.score().update(place.rho);
        for (int t = 0; t < scores.length; t++) {
            deviance.score().ofTerm(t, scores[t]);
        }
        for (int k = 0; k < first.length; k++) {
            place.derivative(k, first[k]);
        }
        gradientFresh = true;
    }

    @Override
    public void gradient(double[] out) {
        refresh();
        for (int k = 0; k < first.length; k++) {
            out[k] = Place.product(scores[parameters.termOf[k]], first[k]);
        }
        for (int k = 0; k < parameters.residualAt().length; k++) {
            out[first.length + k] = deviance.score().residual(k);
        }
    }

    @Override
    public DMatrixRMaj[] scores() {
        refresh();
        DMatrixRMaj[] out = new DMatrixRMaj[scores.length];
        for (int t = 0; t < out.length; t++) {
            out[t] = scores[t].copy();
        }
        return out;
    }

    /** {@code count G − G S_G G}, theory (160). */
    @Override
    public List<Moments> moments() {
        refresh();
        List<Moments> out = new ArrayList<>();
        for (int t = 0; t < scores.length; t++) {
            int q = parameters.at[t].length;
            double count = parameters.terms.get(t).levels().size();
            DMatrixRMaj g = parameters.structure(t).matrix(place.own[t], parameters.at[t], new DMatrixRMaj(q, q));
            DMatrixRMaj half = new DMatrixRMaj(q, q);
            DMatrixRMaj sum = new DMatrixRMaj(q, q);
            CommonOps_DDRM.mult(g, scores[t], half);
            CommonOps_DDRM.mult(half, g, sum);
            CommonOps_DDRM.add(count, g, -1, sum, sum);
            out.add(new Moments(parameters.at[t], count, sum));
        }
        return out;
    }

    @Override
    public DMatrixRMaj average() {
        bend();
        deviance.curvature().average(matrix);
        place.addCurvature(scores, work, matrix);
        return matrix;
    }

    @Override
    public boolean exact(DMatrixRMaj h, double[] log) {
        bend();
        deviance.curvature().exact(place.rho, h);
        place.addCurvature(scores, work, h);
        for (int k = 0; k < log.length; k++) {
            log[k] = deviance.curvature().logResidual(k);
        }
        return true;
    }

    private void bend() {
        refresh();
        if (!curvatureFresh) {
            deviance.curvature().update(first);
            curvatureFresh = true;
        }
    }

    @Override
    public boolean exactIsFree() {
        return false;
    }

    @Override
    public ProfiledDeviance profile() {
        general.arrive();
        return general.profile();
    }
}
