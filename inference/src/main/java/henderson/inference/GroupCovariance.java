package henderson.inference;

import henderson.api.Batch;
import henderson.api.Fit;
import henderson.api.HendersonException;
import henderson.api.Model;
import henderson.api.Term;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The covariance of the responses of one group that a fitted model implies: {@code σ̂²(ZGZᵀ + W^{-½}RW^{-½})} of its rows, in
 * the order of their positions.
 *
 * @param factor     grouping factor
 * @param level      the group
 * @param positions  names of its rows: positions of the residual structure, otherwise 1, 2, …
 * @param covariance as many rows and columns
 */
public record GroupCovariance(String factor, String level, List<String> positions, DMatrixRMaj covariance) {
    /** Rows of a group that can be looked at. */
    private static final int MOST = 500;

    public GroupCovariance {
        positions = List.copyOf(positions);
    }

    /**
     * Of one group.
     *
     * @param model the fit's model, its rows at hand and its structures bound to them
     * @param level name of the group; null for the first. Groups are those of the residual structure, otherwise of the last
     *     random term.
     * @throws HendersonException for an unknown group, one of too many rows, or a model without groups
     */
    public static GroupCovariance of(Fit fit, Model model, @Nullable String level) {
        if (fit.generalized()) {
            throw new HendersonException(
                    "The covariance of responses within a group is that of a linear model; with the" + " family '"
                            + model.spec().family() + "' it differs from row to row.");
        }
        Term groups = groups(model);
        int wanted = level == null ? 0 : groups.levels().indexOf(level);
        if (wanted < 0) {
            throw new HendersonException(
                    "'" + groups.group() + "' has no level '" + level + "'.",
                    "Maybe one of: " + some(groups.levels()) + ".");
        }
        List<Line> lines = lines(model, groups, wanted);
        if (lines.size() > MOST) {
            throw new HendersonException("Group '" + groups.levels().get(wanted) + "' of '" + groups.group() + "' has "
                    + lines.size() + " rows; a matrix of more than " + MOST + " is not printed.");
        }
        lines.sort((a, b) -> Integer.compare(a.at, b.at));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            names.add(
                    model.residual() == null || model.residual().columns().isEmpty()
                            ? Integer.toString(i + 1)
                            : model.residual().columns().get(lines.get(i).at));
        }
        return new GroupCovariance(groups.group(), groups.levels().get(wanted), names, covariance(fit, model, lines));
    }

    private static String some(List<String> levels) {
        List<String> few = levels.subList(0, Math.min(8, levels.size()));
        return String.join(", ", few) + (few.size() < levels.size() ? ", …" : "");
    }

    private static Term groups(Model model) {
        if (model.residual() != null) {
            return model.residual();
        }
        if (model.random().isEmpty()) {
            throw new HendersonException("The model has no groups: its rows are independent.");
        }
        return model.random().get(model.random().size() - 1);
    }

    /** A row of the group: its position, weight, and levels and entries of Z by random term. */
    private record Line(int at, double weight, int[] level, double[][] z) {}

    private static List<Line> lines(Model model, Term groups, int wanted) {
        int term = model.random().indexOf(groups);
        int terms = model.random().size();
        List<Line> out = new ArrayList<>();
        for (Batch batch : model.batches()) {
            for (int i = 0; i < batch.rows(); i++) {
                int group = model.residual() != null ? batch.residualGroup()[i] : batch.level(term)[i];
                if (group == wanted) {
                    double[][] z = new double[terms][];
                    int[] level = new int[terms];
                    for (int t = 0; t < terms; t++) {
                        int q = model.random().get(t).columns().size();
                        z[t] = new double[q];
                        System.arraycopy(batch.z(t).data, i * q, z[t], 0, q);
                        level[t] = batch.level(t)[i];
                    }
                    int at = model.residual() != null ? batch.residualAt()[i] : out.size();
                    double weight = batch.weights() == null ? 1 : batch.weights()[i];
                    out.add(new Line(at, weight, level, z));
                }
            }
        }
        return out;
    }

    private static DMatrixRMaj covariance(Fit fit, Model model, List<Line> lines) {
        int n = lines.size();
        DMatrixRMaj out = new DMatrixRMaj(n, n);
        if (fit.residual() != null && model.residual() != null) {
            int[] at = lines.stream().mapToInt(Line::at).toArray();
            model.residual().structure().matrix(fit.residual().tau(), at, out);
        }
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Line a = lines.get(i);
                Line b = lines.get(j);
                double r = fit.residual() == null ? i == j ? 1 : 0 : out.get(i, j);
                double sum = fit.sigma2() * r / Math.sqrt(a.weight * b.weight);
                for (int t = 0; t < a.z.length; t++) {
                    if (a.level[t] == b.level[t]) {
                        sum += form(a.z[t], fit.random().get(t).covariance(), b.z[t]);
                    }
                }
                out.set(i, j, sum);
            }
        }
        return out;
    }

    private static double form(double[] a, DMatrixRMaj g, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * g.get(i, j) * b[j];
            }
        }
        return sum;
    }

    /** Roots of the diagonal. */
    public double[] standardDeviations() {
        double[] out = new double[positions.size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Math.sqrt(covariance.get(i, i));
        }
        return out;
    }

    /** The correlations. */
    public DMatrixRMaj correlation() {
        double[] sd = standardDeviations();
        DMatrixRMaj out = covariance.copy();
        for (int i = 0; i < sd.length; i++) {
            for (int j = 0; j < sd.length; j++) {
                out.set(i, j, i == j ? 1 : out.get(i, j) / (sd[i] * sd[j]));
            }
        }
        return out;
    }
}
