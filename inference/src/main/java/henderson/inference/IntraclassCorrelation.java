package henderson.inference;

import henderson.api.Fit;
import henderson.api.Fit.Parameter;
import henderson.api.HendersonException;
import henderson.api.Scale;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of the variance that units of a level share: {@code ρₗ = Σ_{k ≤ l} vₖ / (Σ vₖ + σ²)}, levels from the outermost,
 * {@code vₖ} the variance of the random intercepts (random slopes at zero). Standard errors by the delta method, intervals
 * symmetric on the logit scale.
 */
public final class IntraclassCorrelation {
    private final Fit fit;
    private final double latent;
    private final double[] variances;
    /** Parameters that add up to the variance of a level. */
    private final List<List<Integer>> parameters = new ArrayList<>();

    private IntraclassCorrelation(Fit fit, List<String> levels, double latent) {
        this.fit = fit;
        this.latent = latent;
        this.variances = new double[levels.size()];
        for (int l = 0; l < variances.length; l++) {
            parameters.add(new ArrayList<>());
            for (int t = 0; t < fit.random().size(); t++) {
                Term term = fit.random().get(t).term();
                int column = constant(term);
                if (term.group().equals(levels.get(l)) && column >= 0) {
                    variances[l] += fit.random().get(t).covariance().get(column, column);
                    parameters.get(l).add(parameter(fit, t, column));
                }
            }
        }
    }

    /** Index of a term's constant column, or −1. */
    static int constant(Term term) {
        int r = term.columns().indexOf("(Intercept)");
        return r >= 0 ? r : term.columns().indexOf("_cons");
    }

    /** The parameter that is the variance of a column, or −1. */
    private static int parameter(Fit fit, int term, int column) {
        for (int k = 0; k < fit.parameters().size(); k++) {
            Parameter p = fit.parameters().get(k);
            boolean here = p.natural().i() < 0 || p.natural().i() == column;
            if (p.term() == term && p.natural().symbol().equals("var") && here) {
                return k;
            }
        }
        return -1;
    }

    /**
     * One estimate a level, named {@code school} or, inside other levels, {@code state|region}.
     *
     * @param nesting grouping factors from the outermost to the innermost, or null for crossed ones
     * @param level   confidence level in percent
     * @throws HendersonException for crossed factors, a residual structure, or a model without random intercepts
     */
    public static List<Estimate> of(Fit fit, @Nullable List<String> nesting, double level) {
        return of(fit, nesting, level, Double.NaN);
    }

    /**
     * As {@link #of(Fit, List, double)}, of a generalized model too.
     *
     * @param latent variance of the latent residual of the model's link, NaN where it has none; not looked at for a linear
     *               model
     */
    public static List<Estimate> of(Fit fit, @Nullable List<String> nesting, double level, double latent) {
        if (fit.residual() != null) {
            throw new HendersonException("Intraclass correlations are defined for independent residuals.");
        }
        if (fit.generalized() && Double.isNaN(latent)) {
            throw new HendersonException(
                    "Intraclass correlations need a residual variance, and the family '"
                            + fit.model().spec().family() + "' with the link '"
                            + fit.model().spec().link() + "' has none.",
                    "Maybe look at the variances themselves, on the scale of the linear predictor.");
        }
        if (nesting == null) {
            throw new HendersonException(
                    "The grouping factors are crossed; intraclass correlations are defined for nested levels.",
                    "Maybe look at the variances themselves.");
        }
        if (nesting.isEmpty()) {
            throw new HendersonException("The model has no random effects, and so no intraclass correlation.");
        }
        IntraclassCorrelation own = new IntraclassCorrelation(fit, nesting, latent);
        Intervals intervals = new Intervals(level);
        List<Estimate> out = new ArrayList<>();
        String name = "";
        for (int l = 0; l < nesting.size(); l++) {
            name = name.isEmpty() ? nesting.get(l) : nesting.get(l) + '|' + name;
            if (!own.parameters.get(l).isEmpty()) {
                out.add(own.estimate(name, l, intervals));
            }
        }
        if (out.isEmpty()) {
            throw new HendersonException("The model has no random intercept, and so no intraclass correlation.");
        }
        return out;
    }

    private Estimate estimate(String name, int level, Intervals intervals) {
        int residual = fit.generalized() ? -1 : residual();
        double shared = 0;
        double total = residual < 0 ? latent : fit.parameters().get(residual).estimate();
        for (int l = 0; l < variances.length; l++) {
            total += variances[l];
            shared += l <= level ? variances[l] : 0;
        }
        double rho = shared / total;
        double[] gradient = new double[fit.parameters().size()];
        boolean known = true;
        for (int l = 0; l < variances.length; l++) {
            for (int k : parameters.get(l)) {
                known &= k >= 0;
                if (k >= 0) {
                    gradient[k] = ((l <= level ? 1 : 0) - rho) / total; // ∂ρ/∂v
                }
            }
        }
        if (residual >= 0) {
            gradient[residual] = -rho / total;
        }
        double variance = known ? quadraticForm(gradient) : Double.NaN;
        return intervals.estimate(name, null, rho, variance, Scale.LOGIT, !(rho > 0));
    }

    private int residual() {
        for (int k = 0; k < fit.parameters().size(); k++) {
            if (fit.parameters().get(k).term() < 0) {
                return k;
            }
        }
        throw new HendersonException("The fit has no residual variance.");
    }

    /** Conditional on parameters on their boundary. */
    private double quadraticForm(double[] g) {
        double sum = 0;
        for (int j = 0; j < g.length; j++) {
            for (int k = 0; k < g.length; k++) {
                boolean inside = !fit.parameters().get(j).boundary()
                        && !fit.parameters().get(k).boundary();
                sum += inside && g[j] != 0 && g[k] != 0
                        ? g[j] * fit.parameterCovariance().get(j, k) * g[k]
                        : 0;
            }
        }
        return sum;
    }
}
