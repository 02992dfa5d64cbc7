package henderson.testkit;

import henderson.api.Batch;
import henderson.api.BoundFamily;
import henderson.api.BoundStructure;
import henderson.api.Certificate;
import henderson.api.Convergence;
import henderson.api.Coordinate;
import henderson.api.DataReport;
import henderson.api.Expression;
import henderson.api.Fit;
import henderson.api.FitOptions;
import henderson.api.Formula;
import henderson.api.Model;
import henderson.api.ModelSpec;
import henderson.api.Natural;
import henderson.api.Optimizer;
import henderson.api.StructureCall;
import henderson.api.Term;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Fits whose numbers are known without any estimator, for tests of tables and documents. */
public final class KnownFits {
    private KnownFits() {}

    /**
     * {@code weight ~ week + (1 | id)} by maximum likelihood, 48 pigs in 9 weeks. In closed form: the design is balanced, so
     * that all follows from the sums of squares between and within pigs, which are exact rationals of the data.
     */
    public static Fit pig() {
        double between = 2_856_191.0 / 432;
        double within = 19_390_159.0 / 11_520;
        double lambda = between / 48;
        double sigma2 = within / 384;
        double variance = (lambda - sigma2) / 9;
        double slope = 11_923.0 / 1_920;
        double slopeVariance = sigma2 / (48 * 60);
        DMatrixRMaj betaCovariance = new DMatrixRMaj(
                2, 2, true, lambda / 432 + 25 * slopeVariance, -5 * slopeVariance, -5 * slopeVariance, slopeVariance);
        double ofSigma2 = 2 * sigma2 * sigma2 / 384;
        double ofLambda = 2 * lambda * lambda / 48;
        DMatrixRMaj parameterCovariance =
                new DMatrixRMaj(2, 2, true, (ofLambda + ofSigma2) / 81, -ofSigma2 / 9, -ofSigma2 / 9, ofSigma2);
        Term id = term("id", List.of("(Intercept)"), "identity");
        return fit(
                model("weight", List.of("(Intercept)", "week"), id, report("pig.csv", 432, "id", 48, 9, 9, 9)),
                logLikelihood(384 * Math.log(sigma2) + 48 * Math.log(lambda), 432),
                logLikelihood(432 * Math.log((between + within) / 432), 432),
                new double[] {21_775.0 / 432 - 5 * slope, slope},
                betaCovariance,
                new DMatrixRMaj(1, 1, true, variance),
                List.of(
                        new Fit.Parameter(0, Natural.variance(0), "var(id:(Intercept))", variance, false),
                        new Fit.Parameter(-1, Natural.variance(-1), "var(Residual)", sigma2, false)),
                parameterCovariance);
    }

    private static double logLikelihood(double logDeterminant, int n) {
        return -0.5 * (logDeterminant + n * (1 + Math.log(2 * Math.PI)));
    }

    /**
     * {@code Reaction ~ Days + (Days | Subject)} by maximum likelihood, the sleep study of lme4. Figures: a Newton-polished
     * dense likelihood that agrees with lme4 1.1-31 on R 4.2.2; the linear model's log-likelihood by NumPy 2.4.6.
     */
    public static Fit sleepstudy() {
        Term subject = term("Subject", List.of("(Intercept)", "Days"), "unstructured");
        return fit(
                model(
                        "Reaction",
                        List.of("(Intercept)", "Days"),
                        subject,
                        report("sleepstudy.csv", 180, "Subject", 18, 10, 10, 10)),
                -875.969672231599,
                -950.1465281781818,
                new double[] {251.405104848486, 10.4672859595956},
                new DMatrixRMaj(2, 2, true, 43.9870956449953, -1.37047927775147, -1.37047927775147, 2.25671535013539),
                new DMatrixRMaj(2, 2, true, 565.515366803119, 11.0554290225985, 11.0554290225985, 32.6821971864093),
                List.of(
                        new Fit.Parameter(0, Natural.variance(0), "var(Subject:(Intercept))", 565.515366803119, false),
                        new Fit.Parameter(
                                0, Natural.covariance(1, 0), "cov(Subject:(Intercept),Days)", 11.0554290225985, false),
                        new Fit.Parameter(0, Natural.variance(1), "var(Subject:Days)", 32.6821971864093, false),
                        new Fit.Parameter(-1, Natural.variance(-1), "var(Residual)", 654.941027072299, false)),
                new DMatrixRMaj(new double[][] {
                    {70366.0989989229, -2282.46156327134, 92.5621403943219, -2058.08263381512},
                    {-2282.46156327134, 1838.32732680492, -115.279052564897, 324.960415865545},
                    {92.5621403943219, -115.279052564897, 184.214824426812, -72.2134257478988},
                    {-2058.08263381512, 324.960415865545, -72.2134257478988, 5957.60762420163}
                }));
    }

    /**
     * {@code Yield ~ 1 + (1 | Batch)} by maximum likelihood, the second dyestuff data: the variance between batches is zero,
     * so that all is the mean and the variance of 30 numbers.
     */
    public static Fit dyestuff2() {
        double sigma2 = 13.3460993066667;
        Term batch = term("Batch", List.of("(Intercept)"), "identity");
        double logLikelihood = logLikelihood(30 * Math.log(sigma2), 30);
        Fit inside = fit(
                model("Yield", List.of("(Intercept)"), batch, report("dyestuff2.csv", 30, "Batch", 6, 5, 5, 5)),
                logLikelihood,
                logLikelihood,
                new double[] {5.6656},
                new DMatrixRMaj(1, 1, true, sigma2 / 30),
                new DMatrixRMaj(1, 1, true, 0),
                List.of(
                        new Fit.Parameter(0, Natural.variance(0), "var(Batch:(Intercept))", 0, true),
                        new Fit.Parameter(-1, Natural.variance(-1), "var(Residual)", sigma2, false)),
                new DMatrixRMaj(2, 2, true, Double.NaN, Double.NaN, Double.NaN, 2 * sigma2 * sigma2 / 30));
        return ended(
                inside,
                new Convergence.Boundary(List.of("var(Batch:(Intercept)) is zero")),
                new Certificate(0, 3.5, 0, 0, 0, List.of(), 0, 1e-12));
    }

    /** The same fit with another end. */
    public static Fit ended(Fit f, Convergence end, @Nullable Certificate certificate) {
        return new Fit(
                f.model(),
                f.options(),
                f.estimator(),
                f.optimizer(),
                f.logLikelihood(),
                f.nullLogLikelihood(),
                f.beta(),
                f.betaCovariance(),
                f.sigma2(),
                f.random(),
                f.residual(),
                f.parameters(),
                f.parameterCovariance(),
                end,
                certificate,
                f.history(),
                f.evaluations(),
                f.effects(),
                f.notes(),
                f.seconds());
    }

    /** The same fit with other options. */
    public static Fit asked(Fit f, FitOptions options) {
        return new Fit(
                f.model(),
                options,
                f.estimator(),
                f.optimizer(),
                f.logLikelihood(),
                f.nullLogLikelihood(),
                f.beta(),
                f.betaCovariance(),
                f.sigma2(),
                f.random(),
                f.residual(),
                f.parameters(),
                f.parameterCovariance(),
                f.convergence(),
                f.certificate(),
                f.history(),
                f.evaluations(),
                f.effects(),
                f.notes(),
                f.seconds());
    }

    /** The same fit of another model, with notes. */
    public static Fit noted(Fit f, DataReport report, List<Fit.Note> notes) {
        KnownModel m = (KnownModel) f.model();
        return new Fit(
                new KnownModel(m.spec(), m.responseName(), m.fixedNames(), m.random(), report),
                f.options(),
                f.estimator(),
                f.optimizer(),
                f.logLikelihood(),
                f.nullLogLikelihood(),
                f.beta(),
                f.betaCovariance(),
                f.sigma2(),
                f.random(),
                f.residual(),
                f.parameters(),
                f.parameterCovariance(),
                f.convergence(),
                f.certificate(),
                f.history(),
                f.evaluations(),
                f.effects(),
                notes,
                f.seconds());
    }

    /** A fit of one random term, converged. The last parameter is the residual variance. */
    public static Fit fit(
            Model model,
            double logLikelihood,
            double nullLogLikelihood,
            double[] beta,
            DMatrixRMaj betaCovariance,
            DMatrixRMaj covariance,
            List<Fit.Parameter> parameters,
            DMatrixRMaj parameterCovariance) {
        int inside = parameters.size() - 1;
        return new Fit(
                model,
                FitOptions.DEFAULT,
                "newton",
                "trust-region",
                logLikelihood,
                nullLogLikelihood,
                beta,
                betaCovariance,
                parameters.get(inside).estimate(),
                List.of(new Fit.RandomEstimate(model.random().get(0), new double[inside], covariance)),
                null,
                parameters,
                parameterCovariance,
                new Convergence.Converged(),
                new Certificate(3.1e-17, Double.NaN, inside, 0, 0, List.of(), inside, 1e-12),
                List.of(
                        new Optimizer.Step(0, -2 * logLikelihood + 1, 0.5, 1),
                        new Optimizer.Step(1, -2 * logLikelihood, 3.1e-17, Double.NaN)),
                3,
                List.of(),
                List.of(),
                Map.of("fit", 0.5));
    }

    /** A random term over some columns. */
    public static Term term(String group, List<String> columns, String structure) {
        return new Term(
                group, List.of("a", "b"), columns, structure, StructureCall.of(structure, group), new Unbound(), null);
    }

    /** A model of one random term, without rows to read. */
    public static Model model(String response, List<String> fixed, Term random, DataReport report) {
        List<Formula.FixedTerm> slopes = fixed.stream()
                .filter(name -> !name.equals("(Intercept)"))
                .map(name -> new Formula.FixedTerm(List.of(new Expression.Name(name))))
                .toList();
        Formula.RandomTerm asked =
                new Formula.RandomTerm(random.structureName(), Map.of(), true, List.of(), List.of(random.group()));
        Formula formula = new Formula(new Expression.Name(response), true, slopes, List.of(), List.of(asked));
        return new KnownModel(ModelSpec.of(formula), response, fixed, List.of(random), report);
    }

    /** A report of complete data with one grouping factor. */
    public static DataReport report(
            String source, long rows, String group, int levels, long min, double mean, long max) {
        List<DataReport.Group> groups = List.of(new DataReport.Group(group, levels, min, mean, max));
        return new DataReport(source, "", rows, rows, List.of(), List.of(), List.of(), List.of(), groups);
    }

    /** A model that has names and no rows. */
    private record KnownModel(
            ModelSpec spec, String responseName, List<String> fixedNames, List<Term> random, DataReport report)
            implements Model {
        @Override
        public long rows() {
            return report.rowsUsed();
        }

        @Override
        public int interceptColumn() {
            return fixedNames.indexOf("(Intercept)");
        }

        @Override
        public double responseShift() {
            return 0;
        }

        @Override
        public double[] fixedShifts() {
            return new double[fixedNames.size()];
        }

        @Override
        public @Nullable Term residual() {
            return null;
        }

        @Override
        public @Nullable BoundFamily family() {
            return null;
        }

        @Override
        public Iterable<Batch> batches() {
            throw new UnsupportedOperationException("This model has no rows to read.");
        }
    }

    /** A structure that nobody asks for a matrix. */
    private static final class Unbound implements BoundStructure {
        @Override
        public List<Coordinate> coordinates() {
            return List.of();
        }

        @Override
        public DMatrixRMaj matrix(double[] tau, int[] at, DMatrixRMaj out) {
            throw new UnsupportedOperationException("This structure has no matrix.");
        }
    }
}
