package henderson.testkit;

import henderson.api.Batch;
import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Criterion;
import henderson.api.Estimator;
import henderson.api.Fit;
import henderson.api.FitContext;
import henderson.api.FitOptions;
import henderson.api.Model;
import henderson.api.Natural;
import henderson.api.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Fits one random intercept by bisection of the derivative of the profiled likelihood, and refuses everything else. */
class OneVariance implements Estimator {
    @Override
    public String name() {
        return "one-variance";
    }

    @Override
    public @Nullable String refusal(Model model, FitOptions options) {
        boolean one =
                model.random().size() == 1 && model.random().get(0).columns().size() == 1;
        boolean plain = model.family() == null && model.residual() == null;
        return one && plain ? null : "it fits linear models with one random effect";
    }

    @Override
    public Fit fit(Model model, FitOptions options, FitContext context) {
        OneVarianceProfile profile = new OneVarianceProfile(model, options.criterion());
        double none = profile.at(0);
        double low = 0;
        double high = 1;
        List<Optimizer.Step> history = new ArrayList<>();
        boolean boundary = profile.slope() >= 0;
        double gamma = boundary ? 0 : 1;
        if (!boundary) {
            profile.at(high);
            while (profile.slope() < 0) {
                high *= 4;
                profile.at(high);
            }
        }
        int step = 0;
        boolean done = false;
        while (step < options.iterations() && !done) {
            if (boundary) {
                gamma = 0;
                done = true;
            } else {
                gamma = low == 0 ? high / 2 : Math.sqrt(low * high);
                profile.at(gamma);
                low = profile.slope() < 0 ? gamma : low;
                high = profile.slope() < 0 ? high : gamma;
                done = high - low <= 2 * Math.ulp(high);
            }
            step++;
            history.add(new Optimizer.Step(step, profile.at(gamma), Double.NaN, Double.NaN));
        }
        double d = profile.at(gamma);
        return assemble(model, options, profile, gamma, boundary && done, done, d, none, history);
    }

    private Fit assemble(
            Model model,
            FitOptions options,
            OneVarianceProfile profile,
            double gamma,
            boolean boundary,
            boolean done,
            double d,
            double none,
            List<Optimizer.Step> history) {
        double sigma2 = profile.sigma2();
        Convergence convergence = !done
                ? new Convergence.Stopped("the limit of " + options.iterations() + " was reached", profile.culprits())
                : boundary ? new Convergence.Boundary(List.of("var = 0")) : new Convergence.Converged();
        Certificate certificate =
                done ? new Certificate(0, boundary ? 1 : Double.NaN, boundary ? 0 : 1, 0, 0, List.of(), 1, 1) : null;
        DMatrixRMaj g = new DMatrixRMaj(1, 1, true, gamma * sigma2);
        double[] values = profile.effects();
        return new Fit(
                model,
                options,
                name(),
                options.optimizer() == null ? "bisection" : options.optimizer(),
                -d / 2,
                -none / 2,
                profile.beta(),
                profile.betaCovariance(),
                sigma2,
                List.of(new Fit.RandomEstimate(model.random().get(0), new double[] {Math.sqrt(gamma)}, g)),
                null,
                List.of(
                        new Fit.Parameter(0, Natural.variance(0), "var(g)", gamma * sigma2, boundary),
                        new Fit.Parameter(-1, Natural.variance(-1), "var(Residual)", sigma2, false)),
                profile.varianceCovariance(gamma, boundary),
                convergence,
                certificate,
                history,
                history.size(),
                List.of(new Fit.Effects(values, new double[values.length], new double[values.length])),
                List.of(),
                Map.of());
    }

    /** All rows of a model, copied from its batches. */
    record AllRows(double[] y, double[][] x, int[] level, double[] z, double[] weight, double[] count) {
        static AllRows of(Model model) {
            int n = (int) model.rows();
            int p = model.fixedNames().size();
            AllRows out = new AllRows(
                    new double[n], new double[n][p], new int[n], new double[n], new double[n], new double[n]);
            int row = 0;
            for (Batch b : model.batches()) {
                for (int i = 0; i < b.rows(); i++, row++) {
                    out.y[row] = b.y()[i];
                    System.arraycopy(b.x().data, i * p, out.x[row], 0, p);
                    out.level[row] = b.level(0)[i];
                    out.z[row] = b.z(0).data[i];
                    out.weight[row] = b.weights() == null ? 1 : b.weights()[i];
                    out.count[row] = b.frequencies() == null ? 1 : b.frequencies()[i];
                }
            }
            return out;
        }

        double rows(Criterion criterion) {
            double sum = criterion == Criterion.ML ? 0 : -x[0].length;
            for (double c : count) {
                sum += c;
            }
            return sum;
        }
    }
}
