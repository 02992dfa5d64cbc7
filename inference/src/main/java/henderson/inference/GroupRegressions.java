package henderson.inference;

import henderson.api.Batch;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The fixed part of a model fitted by least squares to each level of its grouping factor, and beside it to all rows.
 *
 * @param group      the grouping factor
 * @param names      columns
 * @param levels     one a level, in order
 * @param summaries  of each column over the levels that determine all columns
 * @param covariance of the coefficients over those levels, divisor one less; null for fewer than two of them
 * @param pooled     of all rows
 * @param within     of deviations from the level's means, without the constant (NaN); null without a constant
 * @param between    of the level's means, each counted once; null without a constant
 */
public record GroupRegressions(
        String group,
        List<String> names,
        List<Level> levels,
        List<ColumnSummary> summaries,
        @Nullable DMatrixRMaj covariance,
        Regression pooled,
        @Nullable Regression within,
        @Nullable Regression between) {
    /** Numbers that all triangles together may have: 1.6 GB. */
    private static final double LIMIT = 2e8;

    /** A level: its name, rows, and fit. */
    public record Level(String name, double rows, Regression fit) {}

    /** A column over the levels; the standard deviation has divisor one less, and is NaN for one level. */
    public record ColumnSummary(String name, int levels, double mean, double sd, double min, double max) {}

    /**
     * Fits.
     *
     * @param model of one random term, whose columns do not matter
     * @throws HendersonException for several random terms, or more levels than memory is for
     */
    public static GroupRegressions of(Model model) {
        if (model.random().size() != 1) {
            throw new HendersonException(
                    "Least squares by group needs one grouping factor; the model has "
                            + model.random().size() + " random terms.",
                    "Maybe write \"y ~ x | group\".");
        }
        Term term = model.random().get(0);
        int p = model.fixedNames().size();
        if ((double) term.levels().size() * (p + 1) * (p + 1) > LIMIT) {
            throw new HendersonException("There are " + term.levels().size() + " levels of " + term.group() + " with "
                    + p + " columns each; least squares by group is for fewer.");
        }
        double[] rows = new double[term.levels().size()];
        Triangle[] triangles = triangles(model, rows);
        List<Level> levels = new ArrayList<>();
        for (int l = 0; l < rows.length; l++) {
            boolean constant = model.interceptColumn() == 0;
            levels.add(
                    new Level(term.levels().get(l), rows[l], whole(model, triangles[l].solve(rows[l], 0, constant))));
        }
        List<double[]> complete = levels.stream()
                .filter(l -> l.fit().complete())
                .map(l -> l.fit().coefficients())
                .toList();
        return new GroupRegressions(
                term.group(),
                model.fixedNames(),
                levels,
                summaries(model.fixedNames(), complete),
                complete.size() < 2 ? null : covariance(complete, p),
                pooled(model, triangles, rows),
                model.interceptColumn() == 0 ? within(triangles, rows, p) : null,
                model.interceptColumn() == 0 ? between(model, triangles, p) : null);
    }

    private static Triangle[] triangles(Model model, double[] rows) {
        int p = model.fixedNames().size();
        Triangle[] out = new Triangle[rows.length];
        double[] row = new double[p + 1];
        for (Batch batch : model.batches()) {
            double[] weights = batch.weights();
            double[] frequencies = batch.frequencies();
            double[] offset = batch.offset();
            for (int i = 0; i < batch.rows(); i++) {
                double f = frequencies == null ? 1 : frequencies[i];
                double root = Math.sqrt(f * (weights == null ? 1 : weights[i]));
                for (int j = 0; j < p; j++) {
                    row[j] = root * batch.x().data[i * p + j];
                }
                row[p] = root * (batch.y()[i] - (offset == null ? 0 : offset[i]));
                int level = batch.level(0)[i];
                rows[level] += f;
                if (out[level] == null) {
                    out[level] = new Triangle(p + 1);
                }
                out[level].add(row, 0);
            }
        }
        return out;
    }

    /** With the constant of unshifted columns and response. */
    private static Regression whole(Model model, Regression shifted) {
        if (model.interceptColumn() != 0) {
            return shifted;
        }
        double[] beta = shifted.coefficients();
        double[] shifts = model.fixedShifts();
        beta[0] += model.responseShift();
        for (int j = 1; j < beta.length; j++) {
            beta[0] -= shifts[j] == 0 || Double.isNaN(beta[j]) ? 0 : shifts[j] * beta[j];
        }
        return shifted;
    }

    private static Regression pooled(Model model, Triangle[] triangles, double[] rows) {
        Triangle all = new Triangle(model.fixedNames().size() + 1);
        double n = 0;
        for (int l = 0; l < rows.length; l++) {
            all.add(triangles[l], 0);
            n += rows[l];
        }
        return whole(model, all.solve(n, 0, model.interceptColumn() == 0));
    }

    /** The constant's row and column left out of every factor, deviations from the means are left. */
    private static Regression within(Triangle[] triangles, double[] rows, int p) {
        Triangle all = new Triangle(p);
        double n = 0;
        for (int l = 0; l < rows.length; l++) {
            all.add(triangles[l], 1);
            n += rows[l];
        }
        Regression slopes = all.solve(n, rows.length, false);
        double[] beta = new double[p];
        double[] se = new double[p];
        beta[0] = Double.NaN;
        se[0] = Double.NaN;
        System.arraycopy(slopes.coefficients(), 0, beta, 1, p - 1);
        System.arraycopy(slopes.standardErrors(), 0, se, 1, p - 1);
        return new Regression(beta, se, slopes.sigma(), slopes.df());
    }

    private static Regression between(Model model, Triangle[] triangles, int p) {
        Triangle means = new Triangle(p + 1);
        double[] row = new double[p + 1];
        for (Triangle t : triangles) {
            for (int j = 0; j <= p; j++) {
                row[j] = t.get(0, j) / t.get(0, 0);
            }
            means.add(row, 0);
        }
        return whole(model, means.solve(triangles.length, 0, true));
    }

    private static List<ColumnSummary> summaries(List<String> names, List<double[]> all) {
        List<ColumnSummary> out = new ArrayList<>();
        for (int j = 0; j < names.size() && !all.isEmpty(); j++) {
            int column = j;
            double[] x = all.stream().mapToDouble(b -> b[column]).toArray();
            double min = x[0];
            double max = x[0];
            for (double v : x) {
                min = Math.min(min, v);
                max = Math.max(max, v);
            }
            double sd = x.length < 2
                    ? Double.NaN
                    : Math.sqrt(covariance(all, names.size()).get(j, j));
            out.add(new ColumnSummary(names.get(j), x.length, mean(all, j), sd, min, max));
        }
        return out;
    }

    private static double mean(List<double[]> all, int j) {
        double sum = 0;
        for (double[] b : all) {
            sum += b[j];
        }
        double mean = sum / all.size();
        double rest = 0;
        for (double[] b : all) {
            rest += b[j] - mean;
        }
        return mean + rest / all.size();
    }

    private static DMatrixRMaj covariance(List<double[]> all, int p) {
        double[] mean = new double[p];
        for (int j = 0; j < p; j++) {
            mean[j] = mean(all, j);
        }
        DMatrixRMaj out = new DMatrixRMaj(p, p);
        for (double[] b : all) {
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    out.add(j, k, (b[j] - mean[j]) * (b[k] - mean[k]) / (all.size() - 1));
                }
            }
        }
        return out;
    }
}
