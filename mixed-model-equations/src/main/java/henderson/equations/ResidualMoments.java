package henderson.equations;

import henderson.api.Moments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;

/** Second moments of residuals by pattern of positions; of long groups, pieces spread over their length. */
final class ResidualMoments {
    /** Positions of a piece. */
    private static final int LONGEST = 64;
    /** Pieces of a group at most. */
    private static final int PIECES = 24;
    /** Pieces of all groups at most. */
    private static final int ALL_PIECES = 240;

    private final double[] beta;
    private final double sigma2;
    private int pieces;

    /**
     * Of residuals at given fixed effects.
     *
     * @param beta   fixed effects inside
     * @param sigma2 what moments are measured in
     */
    ResidualMoments(double[] beta, double sigma2) {
        this.beta = beta;
        this.sigma2 = sigma2;
    }

    List<Moments> of(List<ResidualRows.Group> groups) {
        Map<ResidualRows.Pattern, DMatrixRMaj> sums = new LinkedHashMap<>();
        List<Moments> out = new ArrayList<>();
        for (ResidualRows.Group group : groups) {
            double[] e = residuals(group);
            if (group.rows <= LONGEST) {
                int n = group.rows;
                add(e, 0, sums.computeIfAbsent(group.pattern, p -> new DMatrixRMaj(n, n)));
            } else {
                pieces(group, e, out);
            }
        }
        sums.forEach((p, sum) -> out.add(new Moments(p.at.clone(), p.count(), sum)));
        return out;
    }

    private double[] residuals(ResidualRows.Group group) {
        double[] e = new double[group.rows];
        int border = beta.length + 1;
        int c = group.random + border;
        for (int i = 0; i < e.length; i++) {
            e[i] = group.raw[(i + 1) * c - 1];
            for (int j = 0; j < beta.length; j++) {
                e[i] -= group.raw[i * c + group.random + j] * beta[j];
            }
        }
        return e;
    }

    private void pieces(ResidualRows.Group group, double[] e, List<Moments> out) {
        int whole = group.rows / LONGEST;
        int taken = Math.min(whole, PIECES);
        for (int k = 0; k < taken && pieces < ALL_PIECES; k++, pieces++) {
            int from = (int) ((long) k * whole / taken) * LONGEST;
            DMatrixRMaj sum = new DMatrixRMaj(LONGEST, LONGEST);
            add(e, from, sum);
            out.add(new Moments(Arrays.copyOfRange(group.pattern.at, from, from + LONGEST), 1, sum));
        }
    }

    private void add(double[] e, int from, DMatrixRMaj sum) {
        int n = sum.numRows;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                sum.data[i * n + j] += e[from + i] * e[from + j] / sigma2;
            }
        }
    }
}
