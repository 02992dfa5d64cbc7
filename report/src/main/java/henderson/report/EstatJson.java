package henderson.report;

import henderson.api.DataReport;
import henderson.api.Fit;
import henderson.inference.Estimate;
import henderson.inference.GroupCovariance;
import henderson.inference.GroupRegressions;
import henderson.inference.InformationCriteria;
import henderson.inference.LikelihoodRatio;
import henderson.inference.OneWayAnalysis;
import henderson.inference.Regression;
import henderson.inference.Summary;
import henderson.inference.VarianceExplained;
import henderson.inference.Verification;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** What {@link EstatText} prints, as JSON. Unknown numbers are null; matrices are arrays of rows. */
public final class EstatJson {
    private EstatJson() {}

    private record IntraclassPart(double confidenceLevel, List<Estimate> levels, List<AnalysisPart> analyses) {}

    private record AnalysisPart(
            String group, int levels, double rows, double between, double within, double plain, double unbiased) {}

    private record MatricesPart(List<MatrixPart> matrices) {}

    private record MatrixPart(@Nullable String group, List<String> names, double[][] values) {}

    private record GroupCovariancePart(
            String group,
            String level,
            List<String> positions,
            double[] standardDeviations,
            double[][] correlation,
            double[][] covariance) {}

    private record DeviationsPart(List<BlockPart> randomEffects, List<Estimate> residual) {}

    private record BlockPart(String group, String structure, List<Estimate> standardDeviations) {}

    private record GroupsPart(List<DataReport.Group> groups) {}

    private record ExplainedPart(
            double fixedVariance,
            double randomVariance,
            double residualVariance,
            double marginal,
            double conditional) {}

    private record ReductionsPart(String smaller, String larger, List<ReductionPart> reductions) {}

    private record ReductionPart(String name, double before, double after, double proportion) {}

    private record RatioPart(
            String smaller, String larger, double statistic, int df, double pValue, boolean conservative) {}

    private record RegressionsPart(
            String group,
            List<String> names,
            List<LevelPart> levels,
            List<GroupRegressions.ColumnSummary> summaries,
            double @Nullable [][] covariance,
            Regression pooled,
            @Nullable Regression within,
            @Nullable Regression between) {}

    private record LevelPart(String name, double rows, double[] coefficients, double[] standardErrors, double sigma) {}

    private record VerificationPart(
            boolean verified,
            @Nullable String dataChanged,
            int compared,
            List<Verification.Difference> differences,
            @Nullable Boolean certificateHolds) {}

    /** Information criteria. */
    public static String informationCriteria(InformationCriteria c) {
        return FitJson.write(c);
    }

    /** Intraclass correlations. */
    public static String intraclass(List<Estimate> estimates, List<OneWayAnalysis> analyses, double level) {
        List<AnalysisPart> parts = analyses.stream()
                .map(a -> new AnalysisPart(
                        a.group(), a.levels(), a.rows(), a.between(), a.within(), a.plain(), a.unbiased()))
                .toList();
        return FitJson.write(new IntraclassPart(level, estimates, parts));
    }

    /** {@code estat wcorrelation}. */
    public static String groupCovariance(GroupCovariance g) {
        return FitJson.write(new GroupCovariancePart(
                g.factor(),
                g.level(),
                g.positions(),
                g.standardDeviations(),
                rows(g.correlation()),
                rows(g.covariance())));
    }

    /** Covariance or correlation matrices of the random effects. */
    public static String randomCovariance(Fit fit, boolean correlation) {
        return FitJson.write(new MatricesPart(fit.random().stream()
                .map(r -> new MatrixPart(
                        r.term().group(),
                        r.term().columns(),
                        rows(correlation ? EstatText.correlations(r.covariance()) : r.covariance())))
                .toList()));
    }

    /** Covariance or correlation matrix of the fixed effects. */
    public static String fixedCovariance(Fit fit, boolean correlation) {
        DMatrixRMaj m = correlation ? EstatText.correlations(fit.betaCovariance()) : fit.betaCovariance();
        return FitJson.write(
                new MatricesPart(List.of(new MatrixPart(null, fit.model().fixedNames(), rows(m)))));
    }

    /** Standard deviations and correlations. */
    public static String standardDeviations(Summary s) {
        List<BlockPart> blocks = s.random().stream()
                .map(r -> new BlockPart(r.term().group(), r.structure(), r.standardDeviations()))
                .toList();
        return FitJson.write(new DeviationsPart(blocks, s.residual().standardDeviations()));
    }

    /** Grouping factors. */
    public static String groups(DataReport report) {
        return FitJson.write(new GroupsPart(report.groups()));
    }

    /** Explained variance. */
    public static String explained(VarianceExplained v) {
        return FitJson.write(new ExplainedPart(v.fixed(), v.random(), v.residual(), v.marginal(), v.conditional()));
    }

    /** Reductions of variances. */
    public static String reductions(List<VarianceExplained.Reduction> all, String smaller, String larger) {
        List<ReductionPart> parts = all.stream()
                .map(r -> new ReductionPart(r.name(), r.before(), r.after(), r.proportion()))
                .toList();
        return FitJson.write(new ReductionsPart(smaller, larger, parts));
    }

    /** A likelihood-ratio test. */
    public static String likelihoodRatio(LikelihoodRatio r, String smaller, String larger) {
        return FitJson.write(new RatioPart(
                smaller, larger, r.test().statistic(), r.test().df(), r.test().pValue(), r.variance()));
    }

    /** Least squares by group. */
    public static String regressions(GroupRegressions g) {
        List<LevelPart> levels = g.levels().stream()
                .map(l -> new LevelPart(
                        l.name(),
                        l.rows(),
                        l.fit().coefficients(),
                        l.fit().standardErrors(),
                        l.fit().sigma()))
                .toList();
        return FitJson.write(new RegressionsPart(
                g.group(),
                g.names(),
                levels,
                g.summaries(),
                g.covariance() == null ? null : rows(g.covariance()),
                g.pooled(),
                g.within(),
                g.between()));
    }

    /** The check of a saved fit. */
    public static String verification(Verification v, @Nullable String dataChanged) {
        return FitJson.write(new VerificationPart(
                v.holds() && dataChanged == null,
                dataChanged,
                v.compared(),
                v.differences(),
                v.certificate() == null ? null : v.certificate().holds()));
    }

    private static double[][] rows(DMatrixRMaj m) {
        double[][] out = new double[m.numRows][m.numCols];
        for (int i = 0; i < m.numRows; i++) {
            System.arraycopy(m.data, i * m.numCols, out[i], 0, m.numCols);
        }
        return out;
    }
}
